"""The lock screen: everything goes, comes back as it was, and nobody slips in by it."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app import paths
from app.bootstrap import Desk
from app.clock import FixedClock
from app.errors import DomainError
from app.models import Operation
from app.services import drafts, grids, office, rights
from app.services.authorisation import authorise
from app.services.settings import CARD_SECONDS, LOCK_MINUTES, change
from app.services.user_keys import UserKeys
from app.storage.backup import backup_now
from app.storage.keyfile import KeyFile, write_keyfile
from app.storage.office_file import create_office
from app.storage.rekey import change_data_key
from app.storage.slots import WEAK_COST
from app.storage.vault import Vault, keyfile_of
from app.storage.vault_faults import WrongPassword
from app.ui.frame import Frame
from app.ui.kit import curtain, theme
from app.ui.kit.curtain import CURTAIN
from app.ui.kit.dialogs import NumberMessage, Question
from app.ui.kit.idle import ASLEEP_SECONDS, Idle
from app.ui.kit.signals import Area
from app.ui.kit.tokens import Mode
from app.ui.login import LoginView
from app.ui.main_window import MainWindow
from app.ui.papers.registers.seal_form import SealDialog
from app.values.rights import GRID_MEMBER, Right
from tests.conftest import Dialogs
from tests.services.conftest import Clerk

PASSWORD, OTHER = "three quiet words", "four other words"
REAL_EXEC = QDialog.exec


@pytest.fixture
def desk(qapp: QApplication, clock: FixedClock) -> Iterator[Desk]:
    """周立群 has come in; 赵敏 and 孙丽 have passwords too."""
    new = create_office(
        paths.database_file(),
        user="周立群",
        role="书记",
        password=PASSWORD,
        clock=clock,
        cost=WEAK_COST,
    )
    with new.database.transaction("填写社区资料") as session:
        office.set_office(session, office.Office("望海社区"))
        third = grids.add(session, number=3, name="第三网格")
    keys = UserKeys(new.database, new.vault)
    keys.add(name="赵敏", role="社工", grids=(), password=OTHER)
    keys.add(name="孙丽", role=GRID_MEMBER, grids=(third,), password=OTHER)
    new.vault.note_sheet_kept()
    new.database.close()
    desk = Desk(qapp, clock, paths.database_file())
    assert desk.start()
    enter(desk, "周立群", PASSWORD)
    yield desk
    desk.quit()
    for _ in range(3):
        QApplication.processEvents()
    assert desk.window is None


def vault_of(desk: Desk) -> Vault:
    assert desk._vault is not None
    return desk._vault


def slot(desk: Desk, name: str) -> str:
    return next(one.slot for one in vault_of(desk).users() if one.name == name)


def screen(desk: Desk) -> LoginView:
    assert isinstance(desk.window, Frame)
    found = desk.window.findChild(LoginView)
    assert isinstance(found, LoginView)
    return found


def enter(desk: Desk, name: str, password: str) -> None:
    login = screen(desk)
    if name not in [one.name for one in login._people.values()]:
        login.show_everybody()
    login.users.choose(slot(desk, name))
    login.password.setText(password)
    login.enter()


def shown() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def test_everything_goes_and_an_unsaved_form_comes_back_as_it_was(
    desk: Desk, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The offscreen platform does not tell whose clipboard it is.
    monkeypatch.setattr(curtain, "_is_ours", lambda *_: True)
    window = desk.window
    window.open_page("residents")
    page = window.stack.currentWidget()
    page.add_person("半途而废")
    form = page.stack.currentWidget()
    QApplication.clipboard().setText("210214198003032345")

    desk.lock()

    assert shown() == [desk.window]
    assert "望海" not in desk.window.windowTitle()
    assert QApplication.clipboard().text() == ""
    assert dialogs.shown == []
    enter(desk, "周立群", PASSWORD)
    assert desk.window is window
    assert window.isVisible()
    assert page.stack.currentWidget() is form
    assert "半途而废" in [edit.text() for edit in form.findChildren(QLineEdit)]


def test_a_key_file_of_somebodys_own_making_does_not_open_the_lock_screen(
    desk: Desk, dialogs: Dialogs
) -> None:
    desk.lock()
    genuine = vault_of(desk).keyfile.read_bytes()
    vault_of(desk).keyfile.write_bytes(_forged(desk, "my own words"))
    enter(desk, "周立群", "my own words")
    assert isinstance(desk.window, Frame)
    assert "不是这份资料的密钥" in dialogs.shown[0]
    vault_of(desk).keyfile.write_bytes(genuine)
    enter(desk, "周立群", PASSWORD)
    assert isinstance(desk.window, MainWindow)


def _forged(desk: Desk, password: str) -> bytes:
    """A key file for the office's file, whose salt is no secret, by who knows no password of it."""
    target = paths.database_file().parent / "forged.linli-key"
    forger = Vault(target, KeyFile(vault_of(desk).office_id), cost=WEAK_COST, now=lambda: 0.0)
    key, mine = bytes(32), slot(desk, "周立群")
    write_keyfile(target, forger._with_slot(forger._content, key, mine, "周立群", "书记", password))
    return target.read_bytes()


def test_another_user_gets_a_window_of_the_own_rights(desk: Desk) -> None:
    before = desk.window
    desk.lock()
    assert screen(desk).users.count() == 1
    enter(desk, "孙丽", OTHER)
    assert isinstance(desk.window, MainWindow)
    assert desk.window is not before
    actor = desk._context.user
    assert (actor.name, actor.role) == ("孙丽", GRID_MEMBER)
    assert actor.grids is not None
    assert not desk._context.may(Right.MANAGE_USERS)
    assert desk.window.status._user.text() == "经办 孙丽"
    database = desk._context.database
    UserKeys(database, vault_of(desk)).change_password(OTHER, "five new words")
    with database.reading() as session:
        last = session.query(Operation).order_by(Operation.id.desc()).first()
        assert last.user_name == "孙丽"


def test_the_role_that_was_given_meanwhile_holds_from_the_next_entering(desk: Desk) -> None:
    desk.lock()
    enter(desk, "赵敏", OTHER)
    assert not desk._context.may(Right.EXPORT_FULL)
    desk.lock()
    enter(desk, "周立群", PASSWORD)
    with desk._context.database.transaction("给权限") as session:
        rights.set_right(session, "社工", Right.EXPORT_FULL, allowed=True)
    desk.lock()
    enter(desk, "赵敏", OTHER)
    assert desk._context.may(Right.EXPORT_FULL)


def test_who_was_removed_while_locked_out_cannot_come_back(desk: Desk) -> None:
    desk.lock()
    enter(desk, "赵敏", OTHER)
    desk.lock()
    enter(desk, "周立群", PASSWORD)
    gone = slot(desk, "赵敏")
    UserKeys(desk._context.database, vault_of(desk)).remove(gone)
    desk.lock()
    login = screen(desk)
    login.show_everybody()
    assert gone not in login._people
    enter(desk, "周立群", PASSWORD)


def test_another_size_chosen_at_the_lock_screen_holds_afterwards(desk: Desk) -> None:
    desk.lock()
    screen(desk).mode_requested.emit(Mode.LARGE.value)
    assert screen(desk).users.count() == 1
    enter(desk, "周立群", PASSWORD)
    assert isinstance(desk.window, MainWindow)
    assert theme.current().large


def test_the_program_can_be_left_from_the_lock_screen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.lock()
    screen(desk).quit_requested.emit()
    for _ in range(3):
        QApplication.processEvents()
    assert desk.window is None
    assert not CURTAIN.is_down


def test_a_dialog_waits_behind_the_lock_screen_and_is_answered_afterwards(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDialog, "exec", REAL_EXEC)
    question = Question("删除", "删除 王秀兰", "删除", parent=desk.window)
    seen: list[bool] = []

    def lock_and_return() -> None:
        desk.lock()
        seen.append(question.isVisible())
        enter(desk, "周立群", PASSWORD)
        seen.append(question.isVisible())
        QTimer.singleShot(0, question.action.click)

    QTimer.singleShot(0, lock_and_return)
    assert question.exec() == 1
    assert seen == [False, True]


def test_a_dialog_of_the_one_before_is_given_up_when_another_enters(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDialog, "exec", REAL_EXEC)
    question = Question("删除", "删除 王秀兰", "删除", parent=desk.window)

    def lock_and_change() -> None:
        desk.lock()
        enter(desk, "赵敏", OTHER)

    QTimer.singleShot(0, lock_and_change)
    assert question.exec() == 0
    assert desk._context.user.name == "赵敏"


def waiting(desk: Desk) -> list[str]:
    with desk._context.database.reading() as session:
        return [one.title for one in drafts.waiting(session)]


def test_what_was_typed_a_moment_before_locking_waits_though_another_enters(desk: Desk) -> None:
    desk.window.open_page("residents")
    page = desk.window.stack.currentWidget()
    page.add_person("")
    page.stack.currentWidget().fields.lines["name"].setText("王新人")
    desk.lock()
    enter(desk, "赵敏", OTHER)
    QApplication.processEvents()
    assert waiting(desk) == []
    desk.lock()
    enter(desk, "周立群", PASSWORD)
    assert waiting(desk) == ["居民 王新人"]


@pytest.mark.parametrize("busy", [False, True])
def test_a_dialog_closed_for_another_user_leaves_its_draft_and_takes_none_of_his(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, busy: bool
) -> None:
    monkeypatch.setattr(QDialog, "exec", REAL_EXEC)
    desk.lock()
    enter(desk, "赵敏", OTHER)
    with desk._context.database.transaction("保存草稿") as session:
        now = desk._context.clock.now()
        drafts.keep(session, "seal:new", {"content": "她的"}, now=now, title="她的用印")
    desk.lock()
    enter(desk, "周立群", PASSWORD)
    dialog = SealDialog(desk._context, parent=desk.window)

    def type_and_go() -> None:
        dialog.content.setText("会议签到表")
        monkeypatch.setattr(type(desk._context.background), "busy", busy)
        desk.lock()
        enter(desk, "赵敏", OTHER)

    QTimer.singleShot(0, type_and_go)
    assert dialog.exec() == 0
    assert waiting(desk) == ["她的用印"]
    desk.lock()
    enter(desk, "周立群", PASSWORD)
    assert len(waiting(desk)) == 1


def test_a_form_behind_the_lock_screen_waits_where_the_program_is_left_from_there(
    desk: Desk, qapp: QApplication, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDialog, "exec", REAL_EXEC)
    dialog = SealDialog(desk._context, parent=desk.window)

    def type_and_leave() -> None:
        dialog.content.setText("会议签到表")
        desk.lock()
        screen(desk).quit_requested.emit()

    QTimer.singleShot(0, type_and_leave)
    assert dialog.exec() == 0
    for _ in range(3):
        QApplication.processEvents()
    again = Desk(qapp, clock, paths.database_file())
    assert again.start()
    enter(again, "周立群", PASSWORD)
    assert len(waiting(again)) == 1
    again.quit()
    QApplication.processEvents()


@pytest.mark.parametrize("mode", [Mode.STANDARD, Mode.LARGE])
def test_the_lock_screen_says_what_becomes_of_what_is_not_saved(desk: Desk, mode: Mode) -> None:
    desk.lock()
    screen(desk).mode_requested.emit(mode.value)
    QApplication.processEvents()
    [words] = [one for one in screen(desk).findChildren(QLabel) if "草稿" in one.text()]
    assert words.text() == "页面会关掉；表和长文留作草稿，小窗口要重填"
    assert words.width() >= words.fontMetrics().horizontalAdvance(words.text())


def test_what_a_job_wants_to_show_waits_until_somebody_is_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDialog, "exec", REAL_EXEC)
    window = desk.window
    desk.lock()
    question = Question("导入好了", "看看结果", "好", parent=window)
    seen: list[bool] = []

    def come_back() -> None:
        seen.append(question.isVisible())
        enter(desk, "周立群", PASSWORD)
        QTimer.singleShot(50, look)

    def look() -> None:
        seen.append(question.isVisible())
        question.action.click()

    QTimer.singleShot(0, come_back)
    assert question.exec() == 1
    assert seen == [False, True]


def test_a_job_goes_on_while_the_screen_is_locked(desk: Desk, qtbot: QtBot) -> None:
    done: list[int] = []
    desk.lock()
    desk._context.background.start(lambda _: 7, done=done.append, failed=print)
    qtbot.waitUntil(lambda: done == [7])
    enter(desk, "周立群", PASSWORD)


def test_the_key_locks_also_while_a_dialog_is_open(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question("删除", "删除 王秀兰", "删除", parent=desk.window)
    question.show()
    qtbot.waitUntil(question.isActiveWindow)
    qtbot.keyClick(question, Qt.Key.Key_F6)
    assert isinstance(desk.window, Frame)
    assert not question.isVisible()
    enter(desk, "周立群", PASSWORD)
    assert question.isVisible()
    question.close()


def test_wrong_passwords_before_a_login_stand_in_the_journal(desk: Desk, qtbot: QtBot) -> None:
    desk.lock()
    enter(desk, "赵敏", "not this one")
    assert isinstance(desk.window, Frame)
    enter(desk, "周立群", PASSWORD)
    desk._note_tries()
    with desk._context.database.reading() as session:
        last = session.query(Operation).order_by(Operation.id.desc()).first()
        assert (last.user_name, last.sentence) == ("周立群", "进入前输错密码：赵敏 1 次")


def test_wrong_words_for_an_act_and_wrong_passwords_at_the_lock_are_all_on_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = desk._context.database
    waited = 0.0
    monkeypatch.setattr(vault_of(desk)._patience, "_now", lambda: time.time() + waited)
    for _ in range(2):
        with pytest.raises(WrongPassword):
            authorise(
                database,
                Right.EXPORT_FULL,
                slot=database.actor.slot,
                password="not this one",
                what="导出 2 人的完整号码",
            )
        time.sleep(1.01)
    waited = 10.0
    with pytest.raises(WrongPassword) as caught:
        vault_of(desk).unlock(slot(desk, "周立群"), "nor this one")
    assert caught.value.seconds == 4
    desk._note_tries()
    with database.reading() as session:
        told = session.scalars(
            select(Operation.sentence).where(Operation.sentence.contains("输错密码"))
        ).all()
    assert told == ["输错密码，没有做：导出 2 人的完整号码"] * 2 + ["进入前输错密码：周立群 1 次"]


def test_the_login_names_the_grids_of_a_grid_member(desk: Desk) -> None:
    desk.lock()
    enter(desk, "孙丽", OTHER)
    desk.lock()
    login = screen(desk)
    assert login.role.text() == "网格员（第三网格）"


def test_who_is_chosen_next_is_not_told_of_the_password_of_another(desk: Desk) -> None:
    desk.lock()
    enter(desk, "赵敏", "mistyped")
    login = screen(desk)
    assert not login.enter_button.isEnabled()

    login.users.choose(slot(desk, "孙丽"))

    assert login.notice.isHidden()
    assert login.enter_button.isEnabled()


class Hands:
    """Clocks that move by hand."""

    def __init__(self) -> None:
        self.ran, self.wall = 100.0, 1_000_000.0

    def wait(self, seconds: float, *, asleep: float = 0) -> None:
        self.ran += seconds
        self.wall += seconds + asleep

    def idle(self, parent: QWidget) -> Idle:
        return Idle(parent, now=lambda: self.ran, wall=lambda: self.wall)


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_keys_and_mouse_in_a_window_are_signs_of_life(qtbot: QtBot, hands: Hands) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    idle = hands.idle(window)
    for event in (
        QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
        QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(1, 1),
            QPointF(1, 1),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    ):
        hands.wait(50)
        assert idle.seconds == 50
        QApplication.sendEvent(window.windowHandle(), event)
        assert idle.seconds == 0


def test_a_computer_that_slept_is_locked_and_one_that_worked_is_not(
    qtbot: QtBot, hands: Hands
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    idle, slept = hands.idle(parent), []
    idle.slept.connect(lambda: slept.append(hands.wall))
    hands.wait(600)
    idle.tick()
    assert slept == []
    hands.wait(2, asleep=ASLEEP_SECONDS + 1)
    idle.tick()
    assert len(slept) == 1


def test_the_screen_locks_after_the_minutes_that_are_set(desk: Desk) -> None:
    with desk._context.database.transaction("改设置") as session:
        change(session, LOCK_MINUTES, 4)
    desk._context.signals.changed.emit(Area.OFFICE)
    desk._locking.idle.ticked.emit(3.9 * 60)
    assert isinstance(desk.window, MainWindow)
    desk._locking.idle.ticked.emit(4.1 * 60)
    assert isinstance(desk.window, Frame)


def test_a_card_that_lies_open_is_put_away_after_the_seconds_that_are_set(desk: Desk) -> None:
    database = desk._context.database
    with database.transaction("改设置") as session:
        change(session, CARD_SECONDS, 30)
    wang = Clerk(database, desk._context.clock.now()).add("王秀兰")
    desk._context.signals.changed.emit(Area.OFFICE | Area.RESIDENTS)
    desk.window.open_page("residents")
    residents = desk.window.stack.currentWidget().list
    residents.table.select_id(wang)
    desk._locking.idle.ticked.emit(29)
    assert residents.card.person_id == wang
    desk._locking.idle.ticked.emit(31)
    assert residents.card.person_id is None


def test_a_number_in_a_dialog_goes_when_nobody_is_there_and_a_question_stays(
    desk: Desk, qtbot: QtBot
) -> None:
    question = Question("删除", "删除 王秀兰", "删除", parent=desk.window)
    question.show()
    number = NumberMessage("提出人的电话", "王秀兰　13812340611", question)
    number.show()
    desk._locking.idle.ticked.emit(61)
    assert not number.isVisible()
    assert question.isVisible()
    question.close()


def test_a_desk_whose_window_is_gone_puts_nothing_of_another_away(desk: Desk) -> None:
    number = NumberMessage("提出人的电话", "王秀兰　13812340611", None)
    number.show()
    desk.window.hide()
    desk._locking.idle.ticked.emit(61)
    assert number.isVisible()
    number.close()


def test_a_key_file_from_before_the_change_of_the_data_key_is_told_from_damage(
    desk: Desk, dialogs: Dialogs, qapp: QApplication, clock: FixedClock
) -> None:
    database, vault = desk._context.database, vault_of(desk)
    before = vault.keyfile.read_bytes()
    change_data_key(database, vault, backup=lambda: None, report=lambda *_: None)
    backup = backup_now(database, vault, paths.backup_dir(), reason="手动")
    desk.quit()
    QApplication.processEvents()
    vault.keyfile.write_bytes(before)
    again = Desk(qapp, clock, paths.database_file())
    assert again.start()
    enter(again, "周立群", PASSWORD)
    assert isinstance(again.window, Frame)
    assert "资料没有损坏" in dialogs.shown[0]
    assert f"{backup.at:%Y-%m-%d %H:%M} 的备份" in dialogs.shown[0]
    vault.keyfile.write_bytes(keyfile_of(backup.file).read_bytes())
    enter(again, "周立群", PASSWORD)
    assert isinstance(again.window, MainWindow)
    again.quit()
    QApplication.processEvents()


def test_a_click_on_the_lock_in_the_status_line_locks(desk: Desk, qtbot: QtBot) -> None:
    lock = desk.window.status.lock
    assert lock.isVisible()
    qtbot.mouseClick(lock, Qt.MouseButton.LeftButton)
    assert isinstance(desk.window, Frame)


def test_the_demo_has_no_password_and_does_not_lock(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.bootstrap import DEMO_USER

    actor = desk._context.user
    desk._context.database.act_as(DEMO_USER)
    desk.lock()
    assert isinstance(desk.window, MainWindow)
    desk._context.database.act_as(actor)


def test_a_full_disk_while_somebody_else_enters_does_not_lend_him_the_window(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, dialogs: Dialogs
) -> None:
    before = desk.window
    desk.lock()
    with monkeypatch.context() as patch:
        patch.setattr(desk, "_name_on_lock", _refuse)
        enter(desk, "赵敏", OTHER)
    assert dialogs.shown == ["磁盘已满"]
    assert isinstance(desk.window, Frame)
    enter(desk, "赵敏", OTHER)
    assert desk.window is not before
    assert desk._context.user.name == "赵敏"


def _refuse(_name: str) -> None:
    raise DomainError("磁盘已满")
