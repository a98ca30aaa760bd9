"""What is done with people's keys: adding, changing, removing, passwords, sheet, data key."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import grids, rights
from app.services.user_keys import UserKeys
from app.services.users import UserView
from app.storage.backup import back_up_before
from app.storage.office_file import load_vault
from app.storage.rekey import change_data_key
from app.storage.vault import Vault, keyfile_of
from app.ui.kit.background import Progress
from app.ui.kit.dialogs import Question
from app.ui.kit.messages import confirm, domain_errors_shown, notify, run_with_progress
from app.ui.kit.signals import Area
from app.ui.office.new_password import NewPasswordDialog
from app.ui.office.sheet import hand_out_new_sheet
from app.ui.office.user_dialog import UserDialog
from app.values.rights import ROLES, SECRETARY

REMOVED_WORDS = (
    "{name} 已经移除，他的密码不能用了。\n\n"
    "他手里如果留有旧的备份或密钥文件，用旧密码还能打开它们，以后的备份落到他手里也打得开。"
    "更换资料钥匙以后，以后的资料和备份他都打不开；别人的密码都不变，旧备份仍用旧密码打开。"
)
REKEY_WORDS = (
    "先做一份备份，再把全部资料用一把新钥匙重新加密，逐页核对以后换上，要等一会儿。"
    "中途断电也不丢资料。\n\n大家的密码和恢复单都不变。以前的备份仍用当时的密码打开；"
    "拿着旧密钥文件的人，打不开以后的资料和备份。"
)


class KeyActions:
    """Asks, does, and says what was done; `owner` is the page that the dialogs belong to."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self._context = context
        self._owner = owner

    @property
    def sheet_kept(self) -> bool:
        """Whether the recovery sheet was proved to be on paper."""
        return self._vault().sheet_kept

    def add_user(self) -> None:
        dialog = UserDialog(self._grids(), roles=self._roles(), parent=self._owner)
        if not dialog.exec():
            return
        name = dialog.name.text().strip()
        with domain_errors_shown(self._owner):
            self._keys().add(
                name=name,
                role=dialog.role.currentText(),
                grids=dialog.grids.value(),
                password=dialog.first.text(),
            )
            self._tell(f"已添加 {name}，请他进入后自己换密码")

    def change_user(self, user: UserView | None) -> None:
        if user is None:
            return
        mine = user.slot == self._context.user.slot
        dialog = UserDialog(self._grids(), user, own=mine, roles=self._roles(), parent=self._owner)
        if not dialog.exec():
            return
        with domain_errors_shown(self._owner):
            self._keys().change(
                user.slot,
                name=dialog.name.text(),
                role=dialog.role.currentText(),
                grids=dialog.grids.value(),
            )
            self._tell(f"已修改 {dialog.name.text().strip()}，他下次进入时生效")

    def remove_user(self, user: UserView | None) -> None:
        if user is None:
            return
        words = "他的密码马上不能用，也不能撤销。他做过的事仍记在他的名下。"
        title = f"移除 {user.name}"
        if not confirm(self._owner, title, words, "移除", destructive=True):
            return
        with domain_errors_shown(self._owner):
            self._keys().remove(user.slot)
            self._tell(f"已移除 {user.name}")
            question = Question(
                "要不要更换资料钥匙",
                REMOVED_WORDS.format(name=user.name),
                "更换钥匙",
                cancel_label="暂不更换",
                parent=self._owner.window(),
            )
            if question.exec():
                self._rekey()

    def reset_password(self, user: UserView | None) -> None:
        if user is None:
            return
        words = f"给 {user.name} 设一个临时密码，请他进入后自己再换。"
        dialog = NewPasswordDialog("重设密码", words, ask_old=False, parent=self._owner)
        if dialog.exec():
            with domain_errors_shown(self._owner):
                self._keys().reset_password(user.slot, dialog.first.text())
                self._tell(f"已给 {user.name} 设新密码")

    def change_password(self) -> None:
        words = "先输入现在的密码，再输两遍新密码。以前的备份还是用以前的密码。"
        dialog = NewPasswordDialog("换我的密码", words, ask_old=True, parent=self._owner)
        if dialog.exec():
            with domain_errors_shown(self._owner):
                self._keys().change_password(dialog.old.text(), dialog.first.text())
                self._tell("密码已更换，下次进入时用新密码")

    def new_sheet(self) -> None:
        words = "换了以后，现有的恢复单马上作废。请先确认打印机可用，或准备好 U 盘。"
        if not confirm(self._owner, "换一张新的恢复单", words, "换新的", destructive=True):
            return
        with domain_errors_shown(self._owner):
            hand_out_new_sheet(self._context, self._owner)
            self._context.signals.changed.emit(Area.OFFICE)

    def change_data_key(self) -> None:
        if confirm(self._owner, "更换资料钥匙", REKEY_WORDS, "更换钥匙"):
            self._rekey()

    def _rekey(self) -> None:
        database = self._context.database

        def work(progress: Progress) -> None:
            keys, vault = self._keys(), self._vault()
            keys.note_rekey("开始更换资料钥匙")
            change_data_key(
                database,
                vault,
                backup=lambda: back_up_before(database, "换钥匙前"),
                report=progress,
            )
            keys.note_rekey("更换了资料钥匙")

        def done(_nothing: object) -> None:
            self._tell("资料钥匙已更换，大家的密码不变")

        run_with_progress(self._owner, self._context.background, "更换资料钥匙", work, done=done)

    def _tell(self, sentence: str) -> None:
        self._context.signals.changed.emit(Area.OFFICE)
        notify(self._context.signals, sentence)

    def _grids(self) -> list[tuple[int, str]]:
        with self._context.database.reading() as session:
            return [(one.id, one.name) for one in grids.grids(session)]

    def _roles(self) -> list[str]:
        """Those that may be given: a 书记 is made by a 书记."""
        highest = rights.is_secretary(self._context.user)
        return [role for role in ROLES if highest or role != SECRETARY]

    def _keys(self) -> UserKeys:
        return UserKeys(self._context.database, self._vault())

    def _vault(self) -> Vault:
        if not keyfile_of(self._context.database.file).exists():
            raise DomainError("这份资料没有密钥文件，不能改密码。")
        return load_vault(self._context.database.file)
