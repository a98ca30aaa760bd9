"""设置 and the backups behind it, on a real office with its key file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app import paths
from app.clock import FixedClock
from app.context import Context, LiveSettings
from app.errors import DomainError
from app.services.settings import MASK_SECONDS, SENSITIVE_TAGS
from app.storage.office_file import create_office, load_vault
from app.storage.slots import WEAK_COST
from app.storage.vault import Vault
from app.ui.kit.background import Background
from app.ui.kit.signals import AppSignals
from app.ui.office.new_password import NewPasswordDialog
from app.ui.office.settings_form import ProgramTab
from app.ui.office.sheet import NewSheetDialog
from app.ui.office.user_dialog import UserDialog
from app.ui.office.users import UsersTab
from tests.actors import actor, seen_by
from tests.conftest import Dialogs

PASSWORD = "three quiet words"
OTHER = "four other words"


@pytest.fixture
def vault(clock: FixedClock) -> Iterator[Vault]:
    new = create_office(
        paths.database_file(),
        user="周立群",
        role="书记",
        password=PASSWORD,
        clock=clock,
        cost=WEAK_COST,
    )
    new.database.close()
    return new.vault


@pytest.fixture
def context(vault: Vault, clock: FixedClock) -> Iterator[Context]:
    from app.storage.engine import Database

    me = vault.users()[0]
    key = vault.unlock(me.slot, PASSWORD)
    database = Database.open(paths.database_file(), key, clock=clock, user_name=me.name)
    signals, background = AppSignals(), Background()
    database.act_as(actor(me.name, me.role, me.slot))
    yield Context(database, signals, background, LiveSettings(database, signals), clock)
    background.finish()
    database.close()


@pytest.fixture
def users(context: Context, qtbot: QtBot) -> UsersTab:
    tab = UsersTab(context)
    qtbot.addWidget(tab)
    return tab


def names(tab: UsersTab) -> list[str]:
    model = tab.table.paged_model
    return [model.row(number).name for number in range(model.rowCount())]


def test_a_colleague_is_added_and_can_open_the_file(
    users: UsersTab, dialogs: Dialogs, context: Context
) -> None:
    def fill(dialog: QDialog) -> int:
        assert isinstance(dialog, UserDialog)
        assert not dialog.save.isEnabled()
        dialog.name.setText("赵敏")
        dialog.first.setText(OTHER)
        dialog.second.setText(OTHER)
        assert dialog.save.isEnabled()
        return 1

    dialogs.on_dialog = fill
    users.keys.add_user()
    users.refresh()

    assert names(users) == ["周立群", "赵敏"]
    vault = load_vault(paths.database_file())
    slot = next(one.slot for one in vault.users() if one.name == "赵敏")
    assert vault.unlock(slot, OTHER) == context.database.key


def test_a_name_that_is_taken_leaves_no_key_behind(users: UsersTab, dialogs: Dialogs) -> None:
    shown: list[str] = []

    def fill(dialog: QDialog) -> int:
        if not isinstance(dialog, UserDialog):
            shown.append(dialog.words)
            return 1
        dialog.name.setText("周立群")
        dialog.first.setText(OTHER)
        dialog.second.setText(OTHER)
        return 1

    dialogs.on_dialog = fill
    users.keys.add_user()

    assert "周立群" in shown[0]
    assert len(load_vault(paths.database_file()).users()) == 1


def test_the_own_password_is_changed_with_the_old_one(
    users: UsersTab, dialogs: Dialogs, context: Context
) -> None:
    dialogs.on_dialog = lambda dialog: fill_password(dialog, PASSWORD)

    users.keys.change_password()

    vault = load_vault(paths.database_file())
    assert vault.unlock(context.user.slot, OTHER) == context.database.key


def test_a_wrong_old_password_changes_nothing(
    users: UsersTab, dialogs: Dialogs, context: Context
) -> None:
    shown: list[str] = []

    def answer(dialog: QDialog) -> int:
        if isinstance(dialog, NewPasswordDialog):
            return fill_password(dialog, "not the old one")
        shown.append(dialog.words)
        return 1

    dialogs.on_dialog = answer
    users.keys.change_password()

    assert "密码不对" in shown[0]


def fill_password(dialog: QDialog, old: str) -> int:
    dialog.old.setText(old)
    dialog.first.setText(OTHER)
    dialog.second.setText(OTHER)
    assert dialog.save.isEnabled()
    return 1


def test_a_new_sheet_voids_the_old_code(
    users: UsersTab, dialogs: Dialogs, context: Context
) -> None:
    vault = load_vault(paths.database_file())
    old = vault.new_recovery(context.database.key)
    seen: list[NewSheetDialog] = []

    def answer(dialog: QDialog) -> int:
        if isinstance(dialog, NewSheetDialog):
            seen.append(dialog)
        return 1

    dialogs.on_dialog = answer
    users.keys.new_sheet()

    assert len(seen) == 1
    with pytest.raises(DomainError):
        load_vault(paths.database_file()).unlock_with_recovery(old)


def test_the_new_sheet_cannot_be_closed_before_it_is_proved(
    context: Context, clock: FixedClock, qtbot: QtBot, dialogs: Dialogs, tmp_path: Path
) -> None:
    groups = ("K7QM", "2XVD", "9RTA", "H4PE", "W8NC", "6JYB")
    dialog = NewSheetDialog(groups, b"%PDF", clock)
    qtbot.addWidget(dialog)
    dialog.show()

    dialog.reject()
    assert dialog.isVisible()
    dialogs.files += [tmp_path / "恢复单.pdf"]
    dialog.steps.save_button.click()
    dialog.steps.proof.setText("6jyb")
    dialog.steps.away.setChecked(True)
    dialog.done_button.click()

    assert not dialog.isVisible()


def test_a_clerk_sees_no_keys_of_others(context: Context, qtbot: QtBot) -> None:

    clerk = seen_by(context, "赵敏", "社工", "someslot")

    tab = UsersTab(clerk)
    qtbot.addWidget(tab)

    assert hasattr(tab, "password_button")
    assert not hasattr(tab, "add_button")
    assert not hasattr(tab, "sheet_button")


def test_settings_of_every_kind_are_stored(context: Context, qtbot: QtBot) -> None:
    tab = ProgramTab(context)
    qtbot.addWidget(tab)
    by_name = {field.name: field.control for field in tab.card.form.fields}
    by_name[MASK_SECONDS.label].setValue(30)
    by_name[SENSITIVE_TAGS.label].setChecked(True)

    tab.card.save_button.click()

    assert context.settings[MASK_SECONDS] == 30
    assert context.settings[SENSITIVE_TAGS] is True
