"""Pictures of the door and of 使用人: locked, 换人, the table of rights, the dialogs."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.services.users import UserView
from app.ui.frame import Frame
from app.ui.kit.dialogs import Question
from app.ui.login import LoginFacts, LoginView
from app.ui.office.key_actions import REKEY_WORDS, REMOVED_WORDS
from app.ui.office.user_dialog import UserDialog
from app.ui.office.users import UsersTab
from app.values.rights import GRID_MEMBER

GRIDS = [(number, f"第{name}网格") for number, name in enumerate("一二三四五六七", start=1)]


def locked(stage: Any, clock: Any) -> QWidget:
    """The lock screen of the second user; the last one is a 网格员 of many grids."""
    people = stage.vault.users()
    roles = {people[-1].slot: f"网格员（海湾花园东区第一网格等 {len(GRIDS)} 个网格）"}
    facts = LoginFacts(
        "海湾街道望海社区",
        "备份 今天 09:30，本机已核验",
        backup_good=True,
        locked_slot=people[1].slot,
        roles=roles,
    )
    return Frame(LoginView(stage.vault, clock, facts))


def another(stage: Any, clock: Any) -> QWidget:
    """Somebody else wants to work."""
    frame = locked(stage, clock)
    view = frame.findChild(LoginView)
    view.show_everybody()
    view.users.choose(stage.vault.users()[-1].slot)
    return frame


def rights(office_page: QWidget) -> None:
    office_page.show_record("使用人")
    office_page.findChild(UsersTab).show_part(1)


def colleague(office_page: QWidget) -> None:
    """The card of somebody else, who can be removed."""
    office_page.show_record("使用人")
    office_page.findChild(UsersTab).table.select_row(2)


def _grid_member() -> QWidget:
    user = UserView(4, "孙丽", GRID_MEMBER, "d", tuple(GRIDS[2:4]))
    return UserDialog(GRIDS, user)


def _removed() -> QWidget:
    words = REMOVED_WORDS.format(name="赵敏")
    return Question("要不要更换资料钥匙", words, "更换钥匙", cancel_label="暂不更换")


DIALOGS: dict[str, Callable[[], QWidget]] = {
    "修改使用人 网格员": _grid_member,
    "移除使用人 换钥匙": _removed,
    "更换资料钥匙": lambda: Question("更换资料钥匙", REKEY_WORDS, "更换钥匙"),
}
