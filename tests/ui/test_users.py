"""设置 - 使用人: colleagues come and go, their rights, and another data key."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app import paths
from app.clock import FixedClock
from app.context import Context, LiveSettings
from app.services import grids, rights, users
from app.storage.backup import list_backups
from app.storage.connection import fits
from app.storage.office_file import create_office, load_vault
from app.storage.slots import WEAK_COST
from app.ui.kit.background import Background
from app.ui.kit.signals import AppSignals
from app.ui.office.rights_table import RightsTable
from app.ui.office.user_dialog import UserDialog
from app.ui.office.users import UsersTab
from app.values.rights import GRID_MEMBER, Right
from tests.conftest import Dialogs

PASSWORD, OTHER = "three quiet words", "four other words"


@pytest.fixture
def context(qapp: QApplication, clock: FixedClock) -> Iterator[Context]:
    """An office of 周立群, who has come in, with two grids."""
    new = create_office(
        paths.database_file(),
        user="周立群",
        role="书记",
        password=PASSWORD,
        clock=clock,
        cost=WEAK_COST,
    )
    database = new.database
    with database.transaction("建网格") as session:
        for number, name in ((1, "第一网格"), (3, "第三网格")):
            grids.add(session, number=number, name=name)
    with database.lookup() as lookup:
        database.act_as(rights.load_actor(lookup, new.vault.users()[0].slot))
    signals, background = AppSignals(), Background(qapp)
    yield Context(database, signals, background, LiveSettings(database, signals), clock)
    assert background.finish()
    database.close()


@pytest.fixture
def tab(context: Context, qtbot: QtBot) -> UsersTab:
    tab = UsersTab(context)
    qtbot.addWidget(tab)
    context.signals.changed.connect(lambda _: tab.refresh())
    return tab


def test_who_manages_users_without_being_a_secretary_is_offered_nothing_on_one(
    context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    me = context.user
    context.database.act_as(replace(me, name="赵敏", role="社工", slot="another"))
    tab = UsersTab(context)
    qtbot.addWidget(tab)
    assert tab.chosen is not None
    assert tab.chosen.role == "书记"
    buttons = (tab.change_button, tab.reset_button, tab.remove_button)
    assert all(button.isHidden() for button in buttons)
    seen: list[list[str]] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, UserDialog)
        seen.append([dialog.role.itemText(place) for place in range(dialog.role.count())])
        return 0

    dialogs.on_dialog = look
    tab.add_button.click()
    assert "书记" not in seen[0]
    assert "社工" in seen[0]
    context.database.act_as(me)
    tab.refresh()
    assert not tab.change_button.isHidden()


def filled(name: str, role: str, ticked: tuple[str, ...] = ()) -> Callable[[QDialog], int]:
    """Fill the dialog of a new colleague."""

    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, UserDialog)
        dialog.name.setText(name)
        dialog.role.setCurrentText(role)
        dialog.first.setText(OTHER)
        dialog.second.setText(OTHER)
        for tick in dialog.grids.boxes.values():
            tick.setChecked(tick.text() in ticked)
        return int(dialog.save.isEnabled())

    return fill


def add(tab: UsersTab, dialogs: Dialogs, *who: object) -> None:
    dialogs.on_dialog = filled(*who)
    tab.keys.add_user()
    dialogs.on_dialog = None


def listed(context: Context) -> list[users.UserView]:
    with context.database.reading() as session:
        return users.users(session)


def test_a_grid_member_is_added_with_the_grids_and_not_without(
    tab: UsersTab, dialogs: Dialogs, context: Context
) -> None:
    add(tab, dialogs, "孙丽", GRID_MEMBER)
    assert [user.name for user in listed(context)] == ["周立群"]
    add(tab, dialogs, "孙丽", GRID_MEMBER, ("第三网格",))
    assert [name for _, name in listed(context)[1].grids] == ["第三网格"]


def test_who_leaves_is_removed_and_the_data_key_changed_in_the_background(
    tab: UsersTab, dialogs: Dialogs, context: Context, qtbot: QtBot
) -> None:
    add(tab, dialogs, "赵敏", "社工")
    assert tab.chosen.name == "赵敏", "who was just added is marked"
    before = context.database.key
    dialogs.answers += ["移除", "更换钥匙"]
    said: list[str] = []
    context.signals.notified.connect(said.append)

    tab.remove_button.click()
    qtbot.waitUntil(lambda: bool(said) and "钥匙已更换" in said[-1])

    assert [user.name for user in listed(context)] == ["周立群"]
    assert "旧密码还能打开它们" in dialogs.shown[1]
    assert not fits(paths.database_file(), before)
    vault = load_vault(paths.database_file())
    assert vault.unlock(vault.users()[0].slot, PASSWORD) == context.database.key
    backup = list_backups(paths.backup_dir())[0]
    assert (backup.reason, fits(backup.file, before)) == ("换钥匙前", True)


def test_nobody_removes_himself(tab: UsersTab) -> None:
    tab.table.select_row(0)
    assert tab.change_button.isEnabled()
    assert not tab.remove_button.isEnabled()
    assert not tab.reset_button.isEnabled()


def test_a_tick_gives_a_right_and_the_default_takes_it_back(
    context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    table = RightsTable(context)
    qtbot.addWidget(table)
    table.ticks["社工", Right.EXPORT_FULL].click()
    with context.database.lookup() as lookup:
        assert Right.EXPORT_FULL in rights.rights_of(lookup, "社工")
    assert ("书记", Right.EXPORT_FULL) not in table.ticks

    dialogs.answers += ["恢复默认"]
    table.reset_button.click()

    assert not table.ticks["社工", Right.EXPORT_FULL].isChecked()
    assert not table.reset_button.isEnabled()


def test_who_manages_users_without_being_secretary_does_not_give_rights(
    tab: UsersTab, dialogs: Dialogs, context: Context, qtbot: QtBot
) -> None:
    add(tab, dialogs, "李主任", "主任")
    with context.database.transaction("给权限") as session:
        rights.set_right(session, "主任", Right.MANAGE_USERS, allowed=True)
    with context.database.lookup() as lookup:
        context.database.act_as(rights.load_actor(lookup, listed(context)[1].slot))
    table = RightsTable(context)
    qtbot.addWidget(table)
    assert not table.ticks["主任", Right.RESTORE].isEnabled()
    table.set_right("主任", Right.RESTORE, allowed=True)
    assert "只有书记可以调整" in dialogs.shown[-1]
    assert not table.ticks["主任", Right.RESTORE].isChecked()
