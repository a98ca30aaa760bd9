"""The life of the program: first start, login, pages, sizes, locking, backup, end."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.application import remembered_mode
from app.bootstrap import Desk
from app.clock import FixedClock
from app.context import Context, LiveSettings
from app.errors import DomainError
from app.services.office import Office, office, set_office
from app.services.settings import BACKUP_FOLDER, COMMUNITY_NAME, change
from app.storage.backup import list_backups
from app.storage.engine import Database
from app.storage.lock import holder_of
from app.storage.office_file import load_vault
from app.ui.first_start import FirstStart
from app.ui.frame import Frame
from app.ui.kit import theme
from app.ui.kit.background import Background
from app.ui.kit.chips import KeyHints
from app.ui.kit.sidebar import NavButton
from app.ui.kit.signals import AppSignals, Area
from app.ui.kit.tokens import Mode
from app.ui.login import LoginView
from app.ui.main_window import UNDO_DELAY_MS, MainWindow
from app.ui.office.page import OfficePage
from app.ui.pages import PAGES, Page
from app.ui.rescue import RescueDialog
from app.version import VERSION
from tests.actors import actor
from tests.conftest import Dialogs
from tests.ui.sweep import focusable

PASSWORD = "three quiet words"


@pytest.fixture
def desk(qapp: QApplication, clock: FixedClock) -> Iterator[Desk]:
    desk = Desk(qapp, clock, paths.database_file())
    yield desk
    put_away(desk)


def put_away(desk: Desk) -> None:
    """End the program on a desk, as its last window does."""
    desk.quit()
    QApplication.processEvents()
    assert desk.window is None


def view(desk: Desk, kind: type[QWidget]) -> QWidget:
    assert isinstance(desk.window, Frame)
    return desk.window.findChild(kind)


def make_office(desk: Desk, dialogs: Dialogs, folder: Path) -> FirstStart:
    """Walk through the first start as a secretary would, up to the last step."""
    assert desk.start()
    wizard = view(desk, FirstStart)
    wizard.community.name.setText("望海社区")
    wizard.community.street.setText("海湾街道")
    wizard.go_on()
    wizard.secretary.name.setText("周立群")
    wizard.secretary.first.setText(PASSWORD)
    wizard.secretary.second.setText(PASSWORD)
    wizard.go_on()
    dialogs.files += [folder / "恢复单.pdf"]
    wizard.recovery.save_button.click()
    return wizard


def prove(wizard: FirstStart, group: str) -> None:
    wizard.recovery.proof.setText(group)
    wizard.recovery.away.setChecked(True)


def last_group(folder: Path) -> str:
    """Read from the paper, as a person does."""
    import pypdf

    text = pypdf.PdfReader(folder / "恢复单.pdf").pages[0].extract_text()
    return next(line for line in reversed(text.split()) if len(line) == 4 and line.isalnum())


@pytest.fixture
def opened(desk: Desk, dialogs: Dialogs, tmp_path: Path) -> Desk:
    """A fresh office, begun empty."""
    wizard = make_office(desk, dialogs, tmp_path)
    prove(wizard, wizard.recovery._proof)
    wizard.go_on()
    wizard.origin.choices[1].click()
    return desk


def test_a_secretary_gets_from_nothing_to_the_residents_page(opened: Desk) -> None:
    assert isinstance(opened.window, MainWindow)
    assert opened.window.current_key == "residents"
    assert "望海社区" in opened.window.windowTitle()
    assert paths.database_file().read_bytes()[:6] != b"SQLite"


def test_the_recovery_sheet_cannot_be_clicked_through(
    desk: Desk, dialogs: Dialogs, tmp_path: Path
) -> None:
    wizard = make_office(desk, dialogs, tmp_path)

    wizard.go_on()
    assert wizard.step == 2
    prove(wizard, "AAAA")
    wizard.go_on()
    assert wizard.step == 2
    prove(wizard, wizard.recovery._proof.lower())
    wizard.go_on()

    assert wizard.step == 3


def test_enter_behind_the_group_leads_to_the_last_tick(
    desk: Desk, dialogs: Dialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    wizard = make_office(desk, dialogs, tmp_path)
    qtbot.waitUntil(wizard.recovery.proof.hasFocus)

    qtbot.keyClick(wizard.recovery.proof, Qt.Key.Key_Return)

    qtbot.waitUntil(wizard.recovery.away.hasFocus)


def test_the_group_asked_for_stands_on_the_paper(
    desk: Desk, dialogs: Dialogs, tmp_path: Path
) -> None:
    import pypdf

    wizard = make_office(desk, dialogs, tmp_path)

    text = pypdf.PdfReader(tmp_path / "恢复单.pdf").pages[1].extract_text()
    assert wizard.recovery._proof in text.replace(" ", "")
    assert "望海社区" in text


def test_the_code_is_gone_from_the_screen_after_its_step(
    desk: Desk, dialogs: Dialogs, tmp_path: Path
) -> None:
    wizard = make_office(desk, dialogs, tmp_path)
    prove(wizard, wizard.recovery._proof)

    wizard.go_on()

    assert not wizard.recovery.isVisible()
    assert wizard.back.isHidden()


def test_going_back_makes_no_second_office(desk: Desk, dialogs: Dialogs, tmp_path: Path) -> None:
    wizard = make_office(desk, dialogs, tmp_path)
    group = wizard.recovery._proof

    wizard.show_step(0)
    wizard.community.name.setText("望山社区")
    wizard.go_on()
    wizard.go_on()
    assert wizard.recovery._proof == group
    prove(wizard, group)
    wizard.go_on()
    wizard.origin.choices[1].click()

    assert "望山社区" in desk.window.windowTitle()


def test_a_first_start_broken_off_before_the_sheet_is_told_until_there_is_one(
    desk: Desk, dialogs: Dialogs, tmp_path: Path, clock: FixedClock, qapp: QApplication
) -> None:
    make_office(desk, dialogs, tmp_path)
    desk._release()
    again = Desk(qapp, clock, paths.database_file())
    again.start()
    login = view(again, LoginView)
    login.password.setText(PASSWORD)
    login.enter()
    missing = again.window.status._sheet
    assert missing.isVisibleTo(again.window)

    load_vault(paths.database_file()).note_sheet_kept()
    again._context.signals.changed.emit(Area.OFFICE)

    assert not missing.isVisibleTo(again.window)
    put_away(again)


def test_an_office_whose_sheet_was_proved_is_not_reminded(opened: Desk) -> None:
    assert not opened.window.status._sheet.isVisibleTo(opened.window)


def test_a_password_that_is_too_short_stops_the_wizard(desk: Desk) -> None:
    desk.start()
    wizard = view(desk, FirstStart)
    wizard.community.name.setText("望海社区")
    wizard.go_on()
    wizard.secretary.name.setText("周立群")
    wizard.secretary.first.setText("ab1")
    wizard.secretary.second.setText("ab1")

    wizard.go_on()

    assert wizard.step == 1
    assert "6 个字符" in wizard.reason.text()
    assert not paths.database_file().exists()


def test_the_second_start_asks_for_the_password(
    opened: Desk, qapp: QApplication, clock: FixedClock
) -> None:
    put_away(opened)
    again = Desk(qapp, clock, paths.database_file())

    assert again.start()
    login = view(again, LoginView)
    login.password.setText(PASSWORD)
    login.enter()

    assert isinstance(again.window, MainWindow)
    holder = holder_of(paths.database_file())
    assert holder
    assert holder.user == "周立群"
    put_away(again)


def test_a_wrong_password_waits_and_says_no_more_than_that(
    opened: Desk, qapp: QApplication, clock: FixedClock
) -> None:
    put_away(opened)
    again = Desk(qapp, clock, paths.database_file())
    again.start()
    login = view(again, LoginView)

    login.password.setText("something else")
    login.enter()

    assert isinstance(again.window, Frame)
    assert login.notice.isVisible()
    assert not login.enter_button.isEnabled()
    assert "秒" in login.enter_button.text()
    login.password.setText(PASSWORD)
    login.enter()
    assert isinstance(again.window, Frame)
    put_away(again)


def test_a_wrong_password_is_told_until_the_next_one_is_typed(
    opened: Desk,
    qapp: QApplication,
    clock: FixedClock,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put_away(opened)
    again = Desk(qapp, clock, paths.database_file())
    again.start()
    login = view(again, LoginView)
    login.password.setText("something else")
    login.enter()

    monkeypatch.setattr(type(again._vault), "seconds_to_wait", lambda *_: 0)
    login._show_wait()
    assert login.enter_button.isEnabled()
    assert login.notice.isVisible()
    qtbot.keyClicks(login.password, "t")

    assert not login.notice.isVisible()
    put_away(again)


def test_the_office_is_named_at_the_login_and_nobody_else(
    opened: Desk, qapp: QApplication, clock: FixedClock
) -> None:
    put_away(opened)
    again = Desk(qapp, clock, paths.database_file())
    again.start()

    login = view(again, LoginView)

    assert [login.users.item(i).text() for i in range(login.users.count())] == ["周立群"]
    assert login.findChildren(QWidget)
    assert any("望海社区" in text for text in texts(login))
    put_away(again)


def texts(widget: QWidget) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in widget.findChildren(QLabel)]


def test_a_second_start_raises_the_first_window(
    opened: Desk, qapp: QApplication, clock: FixedClock, qtbot: QtBot
) -> None:
    second = Desk(qapp, clock, paths.database_file())

    with qtbot.waitSignal(opened._first.raise_requested):
        assert not second.start()

    assert second.window is None


def decline(dialogs: Dialogs) -> list[str]:
    """Backups are offered and not taken; the reasons that were told."""
    told: list[str] = []

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, RescueDialog)
        told.append(dialog.reason)
        return 0

    dialogs.on_dialog = answer
    return told


def test_a_damaged_key_file_is_one_sentence(
    opened: Desk, qapp: QApplication, clock: FixedClock, dialogs: Dialogs
) -> None:
    put_away(opened)
    paths.database_file().with_suffix(".linli-key").write_bytes(b"rubbish")
    told = decline(dialogs)
    again = Desk(qapp, clock, paths.database_file())

    assert not again.start()

    assert len(told) == 1
    assert "密钥" in told[0]


def test_a_foreign_file_is_one_sentence(
    opened: Desk, qapp: QApplication, clock: FixedClock, dialogs: Dialogs
) -> None:
    put_away(opened)
    paths.database_file().write_bytes(b"PK\x03\x04" + bytes(5000))
    told = decline(dialogs)
    again = Desk(qapp, clock, paths.database_file())

    assert not again.start()

    assert len(told) == 1


def test_the_lock_is_given_back_after_a_failed_start(
    opened: Desk, qapp: QApplication, clock: FixedClock, dialogs: Dialogs
) -> None:
    put_away(opened)
    key = paths.database_file().with_suffix(".linli-key")
    good = key.read_bytes()
    key.write_bytes(b"rubbish")
    decline(dialogs)
    Desk(qapp, clock, paths.database_file()).start()
    key.write_bytes(good)

    again = Desk(qapp, clock, paths.database_file())

    assert again.start()
    put_away(again)


def test_the_exit_backs_up_what_changed_and_nothing_else(
    opened: Desk, qapp: QApplication, clock: FixedClock
) -> None:
    put_away(opened)
    assert len(list_backups(paths.backup_dir())) == 1

    again = Desk(qapp, clock, paths.database_file())
    again.start()
    login = view(again, LoginView)
    login.password.setText(PASSWORD)
    login.enter()
    put_away(again)

    assert len(list_backups(paths.backup_dir())) == 1


def test_a_backup_that_cannot_be_made_lets_the_user_decide(
    opened: Desk, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("app.storage.backup_place.free_bytes", lambda _: 1000)
        dialogs.answers += ["取消"]

        opened.quit()
        QApplication.processEvents()

        assert isinstance(opened.window, MainWindow)
        assert "MB" in dialogs.shown[0]


def test_a_stick_that_is_not_there_holds_nobody_up_at_the_end_of_the_day(
    opened: Desk, dialogs: Dialogs
) -> None:
    with opened._context.database.transaction("设第二备份") as session:
        change(session, BACKUP_FOLDER, "/没有插上/备份")
    opened._context.signals.changed.emit(Area.OFFICE)

    put_away(opened)

    assert dialogs.shown == []
    assert len(list_backups(paths.backup_dir())) == 1


def test_the_locked_screen_knows_only_its_user(opened: Desk) -> None:
    opened.window.open_page("office")

    opened.lock()
    login = view(opened, LoginView)
    assert login.users.count() == 1
    login.password.setText(PASSWORD)
    login.enter()

    assert isinstance(opened.window, MainWindow)
    assert opened.window.current_key == "office"


def test_another_size_builds_the_window_anew_and_is_remembered(opened: Desk) -> None:
    before = opened.window
    before.open_page("office")

    opened._context.signals.mode_requested.emit(Mode.LARGE.value)

    assert opened.window is not before
    assert theme.current().large
    assert opened.window.current_key == "office"
    assert remembered_mode() is Mode.LARGE


def test_a_forgotten_password_is_replaced_by_the_sheet(
    opened: Desk, qapp: QApplication, clock: FixedClock, dialogs: Dialogs, tmp_path: Path
) -> None:
    from app.ui.office.recover import RecoverDialog
    from app.ui.office.sheet import NewSheetDialog

    put_away(opened)
    vault = load_vault(paths.database_file())
    code = read_code(tmp_path / "恢复单.pdf")
    dialogs.on_dialog = lambda dialog: int(isinstance(dialog, NewSheetDialog))
    dialog = RecoverDialog(vault, clock, lambda *_: b"")
    dialog.code.setText(code.lower())
    dialog.first.setText("another quiet word")
    dialog.second.setText("another quiet word")

    dialog.go.click()

    assert dialog.opened is not None
    again = load_vault(paths.database_file())
    assert again.unlock(again.users()[0].slot, "another quiet word") == dialog.opened[1]
    with pytest.raises(DomainError):
        again.unlock_with_recovery(code)


@pytest.mark.parametrize(("code", "asked"), [("", "code"), ("ABCD" * 6, "first")])
def test_the_code_that_opened_a_backup_is_not_asked_for_again(
    opened: Desk, clock: FixedClock, code: str, asked: str
) -> None:
    from app.ui.office.recover import RecoverDialog

    vault = load_vault(paths.database_file())
    dialog = RecoverDialog(vault, clock, lambda *_: b"", code=code)

    assert dialog.code.text() == code
    assert dialog.focusWidget() is getattr(dialog, asked)


def read_code(sheet: Path) -> str:
    import re

    import pypdf

    text = pypdf.PdfReader(sheet).pages[0].extract_text()
    groups = re.findall(r"\b[2-9A-HJ-NP-Z]{4}\b", text)
    assert len(groups) >= 6, text
    return "".join(groups[:6])


# -- the main window alone


class Counting(QWidget):
    """A page that counts its refreshes and can refuse to be left."""

    def __init__(self, areas: Area) -> None:
        super().__init__()
        self.areas = areas
        self.refreshed = 0
        self.may_go = True
        self.legend = [("Enter", "打开")]
        self.shown: list[object] = []

    def refresh(self) -> None:
        self.refreshed += 1

    def leave(self) -> bool:
        return self.may_go

    def show_record(self, payload: object) -> None:
        self.shown.append(payload)


@pytest.fixture
def context(database: Database, clock: FixedClock) -> Context:
    with database.transaction("填写社区资料") as session:
        set_office(session, Office("望海社区", "海湾街道"))
    signals = AppSignals()
    database.act_as(actor("赵敏", "书记"))
    return Context(database, signals, Background(), LiveSettings(database, signals), clock)


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    pages = (
        Page("one", "一", "account-outline", lambda *_: Counting(Area.RESIDENTS)),
        Page("two", "二", "account-outline", lambda *_: Counting(Area.PAPERS)),
        PAGES[-1],
    )
    window = MainWindow(context, pages)
    with qtbot.waitActive(window):
        window.show()
    yield window
    window.hide()
    window.deleteLater()


def test_pages_are_built_when_they_are_first_opened(window: MainWindow) -> None:
    assert window.stack.count() == 1

    window.open_page("two")

    assert window.stack.count() == 2


def test_a_change_refreshes_the_page_that_is_seen(window: MainWindow, context: Context) -> None:
    page = window.stack.currentWidget()

    context.signals.changed.emit(Area.RESIDENTS)
    context.signals.changed.emit(Area.PAPERS)

    assert page.refreshed == 1


def test_a_hidden_page_refreshes_once_when_it_is_shown(
    window: MainWindow, context: Context
) -> None:
    first = window.stack.currentWidget()
    window.open_page("two")
    for _ in range(3):
        context.signals.changed.emit(Area.RESIDENTS)
    assert first.refreshed == 0

    window.open_page("one")
    window.open_page("two")
    window.open_page("one")

    assert first.refreshed == 1


def test_the_digits_open_pages(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert window.current_key == "two"


def test_a_page_with_something_unsaved_can_keep_the_user(window: MainWindow) -> None:
    window.stack.currentWidget().may_go = False

    assert not window.open_page("two")

    assert window.current_key == "one"
    assert not window.may_close()


def test_another_page_can_be_asked_to_show_a_record(window: MainWindow, context: Context) -> None:
    context.signals.page_requested.emit("two", 17)

    assert window.current_key == "two"
    assert window.stack.currentWidget().shown == [17]


def test_the_status_line_says_what_was_done_and_when(window: MainWindow, context: Context) -> None:
    context.signals.notified.emit("已保存 王秀兰")
    context.signals.changed.emit(Area.RESIDENTS)

    shown = [text for text in texts(window.status) if text]
    assert "已保存 王秀兰" in shown
    assert "已保存 09:30" in shown
    assert "经办 赵敏" in shown
    assert "2026-11-21 周六" in shown


def test_what_was_not_done_is_said_in_another_colour(window: MainWindow, context: Context) -> None:
    context.signals.notified.emit("已保存")
    done = window.status._sentence.palette()
    context.signals.warned.emit("没有权限")

    assert "没有权限" in texts(window.status)
    assert window.status._sentence.palette() != done


def test_a_window_that_was_built_anew_is_told_no_more(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    before = MainWindow(context, PAGES[-1:])
    with qtbot.waitSignal(before.destroyed):
        before.deleteLater()

    context.signals.warned.emit("没有权限")

    assert "没有权限" in texts(window.status)


def test_a_change_of_the_office_counts_as_saved(window: MainWindow, context: Context) -> None:
    assert window.status._saved.text() == "没有改动"

    context.signals.changed.emit(Area.OFFICE)

    assert window.status._saved.text() == f"已保存 {context.clock.now():%H:%M}"


def test_a_new_name_of_the_community_shows_at_once(window: MainWindow, context: Context) -> None:
    window.open_page("office")
    page = window.stack.currentWidget()
    assert isinstance(page, OfficePage)
    card = page.stack.currentWidget().card
    name = card.form.fields[0].control
    name.setText("望山社区")

    card.save_button.click()

    assert context.settings[COMMUNITY_NAME] == "望山社区"
    assert any("望山社区" in text for text in texts(window.sidebar))
    with context.database.reading() as session:
        assert office(session).street == "海湾街道"


def test_a_setting_that_cannot_be_is_refused_in_words(
    window: MainWindow, context: Context, dialogs: Dialogs
) -> None:
    window.open_page("office")
    card = window.stack.currentWidget().stack.currentWidget().card
    card.form.fields[2].control.setText("21x")

    card.save_button.click()

    assert "区划代码" in dialogs.shown[0]
    assert card.form.dirty


def test_unsaved_settings_are_asked_about_before_leaving(
    window: MainWindow, dialogs: Dialogs
) -> None:
    window.open_page("office")
    card = window.stack.currentWidget().stack.currentWidget().card
    card.form.fields[0].control.setText("别的名字")
    dialogs.answers += ["取消", "不保存，离开"]

    assert not window.open_page("one")
    assert window.open_page("one")


def test_ctrl_z_takes_back_the_last_step_after_asking(
    window: MainWindow, context: Context, qtbot: QtBot, dialogs: Dialogs
) -> None:
    with context.database.transaction("修改社区资料") as session:
        set_office(session, Office("写错的名字", "海湾街道"))
    context.signals.changed.emit(Area.OFFICE)
    dialogs.answers += ["取消", "撤销"]

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(dialogs.shown) == 1 and not context.background.busy)
    assert context.settings[COMMUNITY_NAME] == "写错的名字"
    with qtbot.waitActive(window):
        window.activateWindow()

    # While a job runs the key is answered with a note, and one may begin at any moment.
    def asked_again() -> bool:
        if len(dialogs.shown) == 1:
            qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        return len(dialogs.shown) == 2

    qtbot.waitUntil(asked_again)
    qtbot.waitUntil(lambda: context.settings[COMMUNITY_NAME] == "望海社区")
    assert "修改社区资料" in dialogs.shown[0]


def test_the_status_line_names_what_ctrl_z_would_take_back(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    with context.database.transaction("修改社区资料") as session:
        set_office(session, Office("望海社区", "海湾街道", phone="0411-84641234"))
    context.signals.changed.emit(Area.OFFICE)

    hints = window.status.findChild(KeyHints)

    qtbot.waitUntil(lambda: "Ctrl+Z 撤销：修改社区资料" in hints.accessibleName())


def test_the_founding_of_an_office_cannot_be_undone(opened: Desk, qtbot: QtBot) -> None:
    hints = opened.window.status.findChild(KeyHints)

    qtbot.wait(UNDO_DELAY_MS + 100)

    assert "撤销" not in hints.accessibleName()


def test_the_sidebar_is_one_tab_stop_and_arrows_walk_through_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    stops = [one for one in focusable(window) if isinstance(one, NavButton)]
    assert [one.text() for one in stops] == ["一"]
    stops[0].setFocus()

    qtbot.keyClick(stops[0], Qt.Key.Key_Down)

    assert window.current_key == "two"
    assert [one.text() for one in focusable(window) if isinstance(one, NavButton)] == ["二"]


def test_ctrl_t_goes_to_the_papers_from_every_page(opened: Desk, qtbot: QtBot) -> None:
    opened.window.activateWindow()

    with qtbot.waitActive(opened.window):
        opened.window.show()
    qtbot.keyClick(opened.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)

    assert opened.window.current_key == "papers"


@pytest.mark.parametrize(("answer", "opens"), [("取消", False), ("仍然打开", True)])
def test_a_file_that_another_computer_holds_is_asked_about(
    opened: Desk,
    qapp: QApplication,
    clock: FixedClock,
    dialogs: Dialogs,
    answer: str,
    opens: bool,
) -> None:
    put_away(opened)
    holder = {"computer": "居委会二号机", "user": "赵敏", "pid": 7, "since": "2026-11-21 08:00"}
    lock = paths.database_file().with_suffix(".linli-lock")
    lock.write_text(json.dumps(holder), encoding="utf-8")
    dialogs.answers += [answer]
    again = Desk(qapp, clock, paths.database_file())

    assert again.start() is opens

    assert "居委会二号机" in dialogs.shown[0]
    put_away(again)


def test_a_folder_that_cannot_be_made_is_one_sentence(
    qapp: QApplication, clock: FixedClock, dialogs: Dialogs, office_folder: Path
) -> None:
    office_folder.write_text("a file where the folder should be")
    desk = Desk(qapp, clock, paths.database_file())

    assert not desk.start()

    assert len(dialogs.shown) == 1


def test_a_newer_file_is_refused_with_both_versions(
    opened: Desk, qapp: QApplication, clock: FixedClock, dialogs: Dialogs
) -> None:
    with opened._context.database.transaction("来自将来") as session:
        session.connection().exec_driver_sql(
            "INSERT INTO schema_version (number, program, at) VALUES (99, '9.9.9', '2030-01-01')"
        )
    put_away(opened)
    again = Desk(qapp, clock, paths.database_file())
    again.start()
    login = view(again, LoginView)
    login.password.setText(PASSWORD)

    login.enter()

    assert isinstance(again.window, Frame)
    assert "9.9.9" in dialogs.shown[0]
    assert VERSION in dialogs.shown[0]
    put_away(again)


def test_the_demo_opens_without_a_password_and_leaves_nothing(
    desk: Desk, qtbot: QtBot, office_folder: Path
) -> None:
    desk.start_demo(people=60)
    assert isinstance(desk.window, Frame)
    qtbot.waitUntil(lambda: isinstance(desk.window, MainWindow), timeout=20_000)
    folder = desk._demo.folder

    assert desk.window.current_key == "residents"
    put_away(desk)

    assert not folder.exists()
    assert not paths.database_file().exists()
    assert not paths.backup_dir().exists()


def test_closing_the_window_while_the_demo_is_made_ends_cleanly(desk: Desk) -> None:
    desk.start_demo(people=60)
    folder = desk._demo.folder

    put_away(desk)

    assert not folder.exists()
