"""Backups as an office meets them: by themselves, in two places, and the way back."""

import errno
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app import paths
from app.backups import BackupKeeper
from app.bootstrap import Desk
from app.clock import FixedClock
from app.context import Context
from app.errors import DomainError
from app.models import Resident
from app.services import office
from app.services.office import Office
from app.services.settings import BACKUP_FOLDER, change
from app.services.user_keys import NEWER
from app.storage import after_restore, drives
from app.storage.backup import backup_now, list_backups
from app.storage.backup_info import BackupInfo
from app.storage.drives import Drive
from app.storage.faults import DiskFull
from app.storage.keyfile import KeyFile, write_keyfile
from app.storage.office_file import create_office, load_vault
from app.storage.recovery import RecoveryCode
from app.storage.restore import restore_backup
from app.storage.second_place import FOLDER_NAME, SecondNote, read_note, write_note
from app.storage.slots import WEAK_COST
from app.storage.vault import Vault, keyfile_of
from app.ui.backup_keys import UnlockDialog
from app.ui.first_start import FirstStart
from app.ui.frame import Frame
from app.ui.kit import theme
from app.ui.kit.dialogs import Message, Question
from app.ui.kit.signals import BACKUPS, Area
from app.ui.kit.tokens import Mode
from app.ui.login import LoginView
from app.ui.main_window import MainWindow
from app.ui.office.backup.tab import BackupsTab
from app.ui.office.recover import RecoverDialog
from app.ui.office.sheet import NewSheetDialog
from app.ui.rescue import RescueDialog
from app.values.rights import DEFAULTS, Actor
from tests.clocks import HandClock
from tests.conftest import Dialogs
from tests.ui.hands import until

REAL_EXEC = QDialog.exec

PASSWORD = "three quiet words"
OTHER = "four other words"


def found() -> RecoveryCode:
    """Make the office, as the first start does, and close it."""
    clock = HandClock()
    new = create_office(
        paths.database_file(),
        user="周立群",
        role="书记",
        password=PASSWORD,
        clock=clock,
        cost=WEAK_COST,
    )
    with new.database.transaction("填写社区资料") as session:
        office.set_office(session, Office("望海社区"))
        office.seed(session, today=clock.today())
    new.vault.note_sheet_kept()
    new.database.close()
    return new.recovery_code


class Life:
    """An office at work: its program, its clock, its stick."""

    def __init__(self, app: QApplication, folder: Path, code: RecoveryCode) -> None:
        self.app = app
        self.clock = HandClock()
        self.stick = folder / "U 盘"
        self.stick.mkdir()
        self.desk: Desk | None = None
        self.code = code

    def start(self) -> Desk:
        self.desk = Desk(self.app, self.clock, paths.database_file())
        assert self.desk.start()
        return self.desk

    def come_in(self, password: str = PASSWORD) -> MainWindow:
        """Type the password at the login."""
        desk = self.desk or self.start()
        login = desk.window.findChild(LoginView)
        login.password.setText(password)
        login.enter()
        assert isinstance(desk.window, MainWindow)
        return desk.window

    def leave(self) -> None:
        if self.desk is not None:
            self.desk.quit()
            self.settle()
            self.desk = None

    @property
    def context(self) -> Context:
        return self.desk._context

    @property
    def keeper(self) -> BackupKeeper:
        return self.desk._safe.keeper

    def settle(self) -> None:
        """Let everything that was begun come to its end."""
        for _ in range(3):
            self.app.processEvents()
        until(lambda: not self._works())
        self.app.processEvents()

    def _works(self) -> bool:
        desk = self.desk
        return desk is not None and bool(
            (desk._context is not None and desk._context.background.busy)
            or (desk._safe is not None and desk._safe.keeper._watcher.busy)
            or (desk._making is not None and desk._making.busy)
        )

    def add(self, name: str) -> None:
        with self.context.database.transaction(f"新增居民 {name}") as session:
            session.add(Resident(name=name, name_order=name))
        self.context.signals.changed.emit(Area.RESIDENTS)

    def names(self) -> list[str]:
        with self.context.database.reading() as session:
            return [one.name for one in session.query(Resident).order_by(Resident.id)]

    def sentences(self) -> list[str]:
        from app.services import history

        with self.context.database.reading() as session:
            return [line.sentence for line in history.recent(session)]

    def use_stick(self) -> Path:
        folder = self.stick / FOLDER_NAME
        folder.mkdir(exist_ok=True)
        with self.context.database.transaction("设第二备份位置") as session:
            change(session, BACKUP_FOLDER, str(folder))
        self.context.signals.changed.emit(Area.OFFICE)
        return folder

    def back_up(self) -> None:
        self.context.signals.backup_requested.emit()
        self.settle()

    def tab(self) -> BackupsTab:
        self.desk.window._on_page_requested("office", BACKUPS)
        self.settle()
        return self.desk.window.findChild(BackupsTab)

    def here(self) -> list[str]:
        return [info.reason for info in list_backups(paths.backup_dir())]

    def pass_days(self, days: float) -> None:
        self.clock.moment += timedelta(days=days)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RecoveryCode]:
    """An office that nobody has come into yet, and the code on its sheet."""
    folder = tmp_path_factory.mktemp("begun") / "office"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINLI_DATA", str(folder))
        code = found()
    return folder, code


@pytest.fixture
def life(
    qapp: QApplication, tmp_path: Path, begun: tuple[Path, RecoveryCode], office_folder: Path
) -> Iterator[Life]:
    folder, code = begun
    shutil.copytree(folder, office_folder)
    life = Life(qapp, tmp_path, code)
    yield life
    life.leave()


@pytest.fixture
def working(life: Life) -> Life:
    life.come_in()
    life.settle()
    return life


def status(life: Life) -> tuple[str, str]:
    said = life.keeper.words()
    assert life.desk.window.status._backup.text() == said.words
    return said.words, said.tone


# -- by themselves


def test_half_an_hour_after_a_change_there_is_a_backup_and_without_one_there_is_none(
    working: Life,
) -> None:
    working.back_up()
    working.keeper._on_timer()
    working.settle()
    assert working.here() == ["手动"]

    working.add("甲")
    working.pass_days(0.02)
    working.keeper._on_timer()
    working.settle()

    assert working.here() == ["定时", "手动"]


def test_a_backup_that_nobody_asked_for_fails_into_the_status_line_and_not_into_a_dialog(
    working: Life, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    working.add("甲")
    with monkeypatch.context() as patch:
        patch.setattr("app.storage.backup_place.free_bytes", lambda _: 1000)
        working.keeper._on_timer()
        working.settle()

    assert dialogs.shown == []
    assert status(working) == ("备份没有成，点这里看原因", "danger")
    working.desk.window.status.backup_clicked.emit()
    assert "MB" in dialogs.shown[0]
    working.back_up()
    assert status(working)[1] != "danger"


def test_a_backup_that_was_asked_for_and_failed_is_told_at_once(
    working: Life, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("app.storage.backup_place.free_bytes", lambda _: 1000)
        working.back_up()

    assert "MB" in dialogs.shown[0]


# -- the second place


def test_the_second_place_gets_a_copy_each_day_and_one_at_the_end_of_the_day(working: Life) -> None:
    folder = working.use_stick()
    working.keeper.watch()
    working.settle()
    assert len(list_backups(folder)) == 1

    working.pass_days(0.1)
    working.keeper.watch()
    working.settle()
    assert len(list_backups(folder)) == 1

    working.pass_days(1)
    working.add("甲")
    working.keeper.watch()
    working.settle()
    assert len(list_backups(folder)) == 2

    working.pass_days(0.1)
    working.add("乙")
    working.leave()
    assert [info.people for info in list_backups(folder)] == [2, 1, 0]


def test_a_stick_that_came_for_the_last_minute_leaves_with_the_newest_backup(
    working: Life,
) -> None:
    folder = working.use_stick()
    folder.rename(folder.with_name("weg"))
    working.add("甲")
    working.back_up()
    folder.with_name("weg").rename(folder)

    working.leave()

    assert [info.people for info in list_backups(folder)] == [1]


def test_a_stick_that_comes_back_is_given_the_newest_backup_by_itself(working: Life) -> None:
    folder = working.use_stick()
    away = working.stick.rename(working.stick.with_name("in der Tasche"))
    working.add("甲")
    working.keeper.start("定时")
    working.settle()
    assert not folder.exists()

    away.rename(working.stick)
    working.keeper.watch()
    working.settle()

    [copy] = list_backups(folder)
    [own] = list_backups(paths.backup_dir())
    assert (copy.digest, copy.people, copy.folder.name) == (own.digest, 1, own.folder.name)
    assert status(working)[0].startswith("备份 09:41 本机、")


def test_another_stick_under_the_same_letter_gets_nothing(working: Life) -> None:
    folder = working.use_stick()
    folder.rmdir()

    working.keeper.watch()
    working.settle()

    assert list(working.stick.iterdir()) == []


def test_a_full_stick_is_told_once_and_tried_again_when_it_was_plugged_in_anew(
    working: Life, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = working.use_stick()
    tries: list[Path] = []

    def full(place: Path) -> int:
        tries.append(place)
        return 1000 if place == folder else 10**12

    with monkeypatch.context() as patch:
        patch.setattr("app.storage.backup_place.free_bytes", full)
        for _ in range(3):
            working.keeper.watch()
            working.settle()

    assert tries.count(folder) == 1
    assert status(working)[1] == "danger"
    assert dialogs.shown == []
    assert working.here()
    folder.rename(folder.with_name("weg"))
    working.keeper.watch()
    working.settle()
    folder.with_name("weg").rename(folder)
    working.keeper.watch()
    working.settle()
    assert len(list_backups(folder)) == 1
    assert status(working)[1] == "text2"


def test_a_stick_that_is_pulled_out_in_the_middle_leaves_nothing_half(
    working: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.storage import backup_place

    folder = working.use_stick()

    def pull(file: Path) -> None:
        if file.is_relative_to(working.stick):
            shutil.rmtree(working.stick)
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(backup_place, "sync_file", pull)
    working.keeper.watch()
    working.settle()

    assert "U 盘没有插上" in read_note(paths.backup_dir(), working.clock.now()).fault
    assert len(working.here()) == 1
    assert not folder.exists()


def test_three_days_without_a_second_copy_are_amber_and_seven_are_asked_about_once_a_day(
    working: Life, dialogs: Dialogs
) -> None:
    working.back_up()
    assert status(working) == ("备份 09:41 本机，没有第二处", "text2")
    working.pass_days(3)
    working.back_up()
    assert status(working)[1] == "warn"
    working.keeper.watch()
    assert dialogs.shown == []

    working.pass_days(4)
    dialogs.answers += ["知道了"]
    for _ in range(3):
        working.keeper.watch()
    assert len(dialogs.shown) == 1
    assert "U 盘" in dialogs.shown[0]

    working.pass_days(1)
    dialogs.answers += ["去选位置"]
    working.keeper.watch()
    working.settle()
    assert working.desk.window.current_key == "office"


def test_a_clock_that_was_a_year_ahead_does_not_hide_that_there_is_no_copy(working: Life) -> None:
    now = working.clock.now()
    write_note(paths.backup_dir(), SecondNote(now, now + timedelta(days=365), "U 盘"))
    working.clock.moment = now + timedelta(days=365)
    working.add("甲")
    working.back_up()
    working.clock.moment = now

    assert read_note(paths.backup_dir(), now).good_at is None
    working.keeper._look()
    assert working.keeper.words().words == "还没有备份"
    tab = working.tab()
    assert tab.moments.current().state == "时间不对"


def test_a_place_on_the_same_disk_is_warned_of_and_one_among_the_data_refused(
    working: Life, dialogs: Dialogs
) -> None:
    tab = working.tab()
    dialogs.files += [working.stick]
    dialogs.answers += ["先用这里"]
    tab.choose_second(None)
    working.settle()
    tab = working.tab()

    assert "同一块硬盘" in dialogs.shown[0]
    assert "同一块硬盘" in tab.second._line.text()
    assert len(list_backups(working.stick / FOLDER_NAME)) == 1

    tab.choose_second(paths.data_dir() / "里面")
    assert "资料所在的文件夹" in dialogs.shown[1]


def test_a_stick_that_is_plugged_in_is_proposed(
    working: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = Drive(working.stick, "KINGSTON", True, 8 * 1024**3)
    monkeypatch.setattr("app.ui.office.backup.moments.drives", lambda: [stick])
    monkeypatch.setattr("app.ui.office.backup.moments.same_disk", lambda *_: False)
    monkeypatch.setattr("app.ui.office.backup.tab.same_disk", lambda *_: False)
    tab = working.tab()
    assert tab.here._line.text().startswith("还剩")

    tab.second._buttons.itemAt(0).widget().click()
    working.settle()
    tab = working.tab()

    assert tab.here._line.text().startswith("1 份，共 1 MB，还剩")
    assert len(list_backups(working.stick / FOLDER_NAME)) == 1


# -- the list


def test_the_list_says_where_a_moment_lies_and_what_differs_from_now(working: Life) -> None:
    working.back_up()
    working.use_stick()
    working.add("甲")
    working.pass_days(0.1)
    working.back_up()
    working.add("乙")
    tab = working.tab()

    lines = [
        (one.places, one.info.reason, one.against_now, one.state) for one in tab.moments._moments
    ]

    assert lines == [("两处", "手动", "少 1 人", "已核验"), ("本机", "手动", "少 2 人", "已核验")]
    assert "比现在少 1 人" in tab.foretell._line.text()


def count_in_the_backup(**figures: int) -> None:
    """The only backup is one of an office with so many points and meals."""
    [one] = list_backups(paths.backup_dir())
    file = one.folder / "backup.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | figures))


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, Mode.LARGE)
    yield
    theme.apply(qapp)


def figures_shown(tab: BackupsTab) -> list[str]:
    [moment] = tab.moments._moments
    words = {"at", "places", "reason", "now", "state"}
    columns = [column for column, _ in tab.table.shown_columns()]
    return [column.cell(moment).text for column in columns if column.key not in words]


def test_the_list_and_the_line_below_it_count_people_points_and_meals(working: Life) -> None:
    working.add("甲")
    working.back_up()
    count_in_the_backup(points=1_234_567, meals=123_456, diary=7)
    tab = working.tab()

    assert figures_shown(tab) == ["1", "0", "0", "1,234,567", "123,456"]
    line = tab.foretell._line
    assert "居民 1 人，0 户，证明 0 份，积分 1,234,567 分，用餐 123,456 餐；" in line.text()
    assert line.toolTip() == "日记 7 条"


@pytest.mark.usefixtures("large")
def test_in_large_letters_households_and_certificates_give_way_to_points_and_meals(
    working: Life,
) -> None:
    working.add("甲")
    working.back_up()
    count_in_the_backup(points=1_234_567, meals=123_456, certificates=3)
    tab = working.tab()

    assert figures_shown(tab) == ["1", "1,234,567", "123,456"]
    line = tab.foretell._line
    assert "：居民 1 人，积分 1,234,567 分，用餐 123,456 餐；" in line.text()
    assert line.toolTip() == "证明 3 份"


def test_steps_that_leave_every_figure_as_it_was_are_counted(working: Life) -> None:
    working.add("甲")
    working.back_up()
    with working.context.database.transaction("修改姓名") as session:
        session.query(Resident).one().name = "乙"
    [line] = working.tab().moments._moments
    assert line.against_now == "改 1 处"


def test_a_thousand_backups_are_listed(working: Life) -> None:
    working.back_up()
    [one] = list_backups(paths.backup_dir())
    facts = json.loads((one.folder / "backup.json").read_bytes())
    for number in range(1000):
        folder = one.folder.with_name(f"copy-{number}")
        folder.mkdir()
        (folder / one.file.name).hardlink_to(one.file)
        keyfile_of(folder / one.file.name).hardlink_to(keyfile_of(one.file))
        facts["at"] = (one.at - timedelta(hours=number + 1)).isoformat()
        (folder / "backup.json").write_text(json.dumps(facts))
    assert working.tab().table.paged_model.rowCount() == 1001


# -- looking


def test_a_backup_is_looked_at_without_touching_what_is_there(
    working: Life, dialogs: Dialogs
) -> None:
    from app.services import residents
    from app.storage.read_only import OnlyALook

    working.add("甲")
    working.back_up()
    working.add("乙")
    tab = working.tab()
    tab.foretell.peek.click()
    working.settle()

    [peek] = working.desk._safe._peeks
    database = peek._context.database
    with database.lookup() as lookup:
        ids = residents.list_ids(lookup, today=working.clock.today()).ids
        assert [one.name for one in residents.rows(lookup, ids, today=working.clock.today())] == [
            "甲"
        ]
    with pytest.raises(OnlyALook), database.transaction("改"):
        pass
    assert "只能看" in peek.windowTitle() or "只读" in peek.windowTitle()
    assert list(peek._pages) == ["residents", "grids", "points", "canteen", "meetings"]
    assert peek.open_page("canteen")
    folder = database.file.parent
    peek.close()
    working.settle()
    assert not folder.exists()
    assert working.desk._safe._peeks == []
    assert working.names() == ["甲", "乙"]


def test_a_card_in_a_look_is_put_away_too_and_its_key_locks_the_program(
    working: Life, qtbot: QtBot
) -> None:
    working.add("甲")
    working.back_up()
    working.tab().foretell.peek.click()
    working.settle()
    [peek] = working.desk._safe._peeks
    folder = peek._context.database.file.parent
    peek.open_page("residents")
    people = peek.stack.currentWidget().list
    people.table.select_row(0)
    assert people.card.person_id is not None

    working.desk._locking.idle.ticked.emit(61)
    assert people.card.person_id is None

    peek.activateWindow()
    qtbot.waitUntil(peek.isActiveWindow)
    qtbot.keyClick(peek, Qt.Key.Key_F6)
    working.settle()
    assert isinstance(working.desk.window, Frame)
    assert working.desk._safe._peeks == []
    assert not folder.exists()


def test_the_key_locks_from_a_dialog_of_a_look(
    working: Life, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    working.back_up()
    working.tab().foretell.peek.click()
    working.settle()
    [peek] = working.desk._safe._peeks
    question = Question("删除", "删除 王秀兰", "删除", parent=peek)
    monkeypatch.setattr(QDialog, "exec", REAL_EXEC)

    def press() -> None:
        qtbot.waitUntil(question.isActiveWindow)
        qtbot.keyClick(question, Qt.Key.Key_F6)

    QTimer.singleShot(0, press)
    assert question.exec() == 0
    working.settle()
    assert isinstance(working.desk.window, Frame)
    assert working.desk._safe._peeks == []


@pytest.mark.parametrize("way", ["locked", "ended"])
def test_a_look_does_not_outlast_the_lock_screen_or_the_program(working: Life, way: str) -> None:
    working.back_up()
    working.tab().foretell.peek.click()
    working.settle()
    [peek] = working.desk._safe._peeks
    folder = peek._context.database.file.parent

    if way == "locked":
        working.desk.lock()
    else:
        working.leave()
    working.app.processEvents()

    assert not folder.exists()
    if way == "locked":
        working.come_in()


# -- going back


def go_back(life: Life, dialogs: Dialogs, number: int = 0) -> None:
    tab = life.tab()
    tab.table.select_row(number)
    dialogs.answers += ["恢复"]
    tab.foretell.restore.click()
    life.settle()


def test_going_back_keeps_what_was_there_and_can_itself_be_taken_back(
    working: Life, dialogs: Dialogs
) -> None:
    working.add("甲")
    working.back_up()
    working.pass_days(0.1)
    working.add("乙")

    go_back(working, dialogs)

    assert "一切正常" in dialogs.shown[-1]
    working.come_in()
    assert working.names() == ["甲"]
    assert working.sentences()[0] == "恢复到 11-20 09:41"
    tab = working.tab()
    assert [one.info.reason for one in tab.moments._moments] == ["恢复前的资料", "手动"]
    assert tab.moments._moments[0].against_now == "多 1 人"
    assert list(paths.data_dir().glob("社区资料 2026-11-20_*.linli"))

    go_back(working, dialogs)
    working.come_in()
    assert working.names() == ["甲", "乙"]


def test_after_going_back_nothing_is_thinned_out_until_all_is_well(
    working: Life, dialogs: Dialogs
) -> None:
    old = [working.clock.moment - timedelta(days=30, hours=hours) for hours in (3, 2, 1)]
    vault = Vault.load(keyfile_of(paths.database_file()))
    for moment in old:
        working.context.database.clock = FixedClock(moment)
        backup_now(working.context.database, vault, paths.backup_dir(), reason="退出时")
    working.context.database.clock = working.clock
    assert len(working.here()) == 3

    go_back(working, dialogs, 0)
    working.come_in()
    working.back_up()
    assert len(working.here()) == 5
    assert not working.desk.window.status._unconfirmed.isHidden()

    working.leave()
    working.come_in()
    working.add("甲")
    working.back_up()
    assert len(working.here()) >= 6

    tab = working.tab()
    assert not tab.all_well.isHidden()
    dialogs.answers += ["一切正常"]
    tab.all_well.click()
    working.back_up()
    assert len([info for info in list_backups(paths.backup_dir()) if info.at in old]) == 1
    assert working.desk.window.status._unconfirmed.isHidden()


def test_who_comes_in_after_a_restore_has_changed_nothing_since(
    working: Life, dialogs: Dialogs
) -> None:
    working.add("甲")
    working.back_up()
    [kept] = list_backups(paths.backup_dir())
    working.pass_days(0.1)

    go_back(working, dialogs, 0)
    working.come_in()

    [moment] = [one for one in working.tab().moments._moments if one.info.at == kept.at]
    assert moment.against_now == "一样"


def test_a_mark_that_cannot_be_read_keeps_everything_all_the_same(working: Life) -> None:
    paths.backup_dir().mkdir(exist_ok=True)
    (paths.backup_dir() / after_restore.MARK).write_text("{")
    assert working.keeper.waits_for_confirmation


def test_a_restore_that_fails_leaves_everything_and_says_why(
    working: Life, dialogs: Dialogs
) -> None:
    working.add("甲")
    working.back_up()
    working.add("乙")
    [info] = list_backups(paths.backup_dir())
    with info.file.open("r+b") as stream:
        stream.seek(9000)
        stream.write(b"\xaa" * 64)

    go_back(working, dialogs, 0)

    assert "没有动" in dialogs.shown[-1]
    working.come_in()
    assert working.names() == ["甲", "乙"]
    assert not working.keeper.waits_for_confirmation


# -- on another computer


@pytest.fixture
def lost(working: Life, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Life:
    """The stick of yesterday, and a computer on which the program was never started."""
    working.use_stick()
    working.add("甲")
    working.back_up()
    working.leave()
    monkeypatch.setenv("LINLI_DATA", str(tmp_path / "新电脑"))
    working.pass_days(1)
    return working


def plug_in(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = Drive(life.stick, "KINGSTON", True, 10**10)
    for module in ("app.storage.finding", "app.ui.rescue", "app.storage.drives"):
        monkeypatch.setattr(f"{module}.drives", lambda: [stick])


def by_password(password: str) -> Callable[[QDialog], int]:
    def act(dialog: QDialog) -> int:
        assert isinstance(dialog, RescueDialog)
        dialog.password.setText(password)
        dialog.go.click()
        return dialog.result()

    return act


def test_the_office_goes_on_from_the_stick_on_a_new_computer(
    lost: Life, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug_in(lost, monkeypatch)
    desk = lost.start()
    lost.settle()
    wizard = desk.window.findChild(FirstStart)
    assert wizard.take_found.isVisible()
    assert "望海社区" in wizard._found._line.text()
    dialogs.on_dialog = by_password(PASSWORD)

    wizard.take_found.click()
    lost.settle()

    assert isinstance(desk.window, MainWindow)
    assert lost.names() == ["甲"]
    assert lost.sentences()[0] == "恢复到 11-20 09:41"
    assert lost.keeper.waits_for_confirmation


def test_a_stick_that_is_plugged_in_while_one_looks_appears_by_itself(
    lost: Life, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = lost.start()
    wizard = desk.window.findChild(FirstStart)
    assert not wizard.take_found.isVisible()

    def act(dialog: QDialog) -> int:
        assert dialog.model.rowCount() == 0
        assert not dialog.go.isEnabled()
        plug_in(lost, monkeypatch)
        dialog.look()
        return by_password(PASSWORD)(dialog)

    dialogs.on_dialog = act
    wizard.restore.click()
    lost.settle()

    assert lost.names() == ["甲"]


def test_the_recovery_sheet_opens_the_stick_where_the_password_is_forgotten(
    lost: Life, dialogs: Dialogs
) -> None:
    desk = lost.start()
    dialogs.files += [lost.stick]

    def act(dialog: QDialog) -> int:
        if isinstance(dialog, RescueDialog):
            dialog.open_button.click()
            dialog.keys.other.click()
            dialog.keys.code.setText(str(lost.code))
            dialog.go.click()
        elif isinstance(dialog, RecoverDialog):
            # Copied from the step before: it is typed once.
            dialog.first.setText(OTHER)
            dialog.second.setText(OTHER)
            dialog.go.click()
        elif isinstance(dialog, NewSheetDialog | Message | Question):
            return 1
        return dialog.result()

    dialogs.on_dialog = act
    desk.window.findChild(FirstStart).restore.click()
    lost.settle()

    assert isinstance(desk.window, MainWindow)
    assert lost.names() == ["甲"]
    lost.leave()
    dialogs.on_dialog = None
    lost.come_in(OTHER)


def test_a_wrong_password_on_a_new_computer_makes_no_office(lost: Life, dialogs: Dialogs) -> None:
    desk = lost.start()
    dialogs.files += [lost.stick]
    told: list[str] = []

    def act(dialog: QDialog) -> int:
        dialog.open_button.click()
        dialog.password.setText("not that")
        dialog.go.click()
        told.append(dialog.fault._line.text())
        return 0

    dialogs.on_dialog = act
    desk.window.findChild(FirstStart).restore.click()

    assert "密码" in told[0]
    assert not paths.database_file().exists()
    assert after_restore.marked(paths.backup_dir()) is None
    dialogs.on_dialog = None


def test_the_backups_of_another_office_are_told_and_not_listed(
    working: Life, dialogs: Dialogs, tmp_path: Path
) -> None:
    other = create_office(
        tmp_path / "别的" / "社区资料.linli",
        user="别人",
        role="书记",
        password=PASSWORD,
        clock=working.clock,
        cost=WEAK_COST,
    )
    backup_now(other.database, other.vault, tmp_path / "别的备份", reason="手动")
    other.database.close()
    tab = working.tab()
    dialogs.files += [tmp_path / "别的备份"]

    tab.open_elsewhere()
    working.settle()

    assert "都是别的社区的" in dialogs.shown[0]
    assert tab.moments._moments == []


def test_backups_of_this_office_from_elsewhere_join_the_list(
    working: Life, dialogs: Dialogs, tmp_path: Path
) -> None:
    vault = Vault.load(keyfile_of(paths.database_file()))
    backup_now(working.context.database, vault, tmp_path / "移动硬盘" / "备份", reason="手动")
    tab = working.tab()
    dialogs.files += [tmp_path / "移动硬盘"]

    tab.open_elsewhere()
    working.settle()

    assert [one.places for one in tab.moments._moments] == ["移动硬盘"]


def test_a_stick_known_to_the_system_is_found_by_its_mount(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = tmp_path / "我的 U 盘"
    root.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sdb1 {str(root).replace(' ', chr(92) + '040')} vfat rw 0 0\n")
    monkeypatch.setattr(drives, "MOUNTS", mounts)
    monkeypatch.setattr(drives, "PLUGGED", (str(tmp_path),))

    [stick] = drives.drives()

    assert (stick.root, stick.label, stick.removable) == (root, "我的 U 盘", True)
    assert drives.kind_of(root / FOLDER_NAME) == "U 盘"


def test_the_data_folder_of_a_dead_computer_is_as_good_as_a_backup(
    working: Life, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    working.add("甲")
    # As a power cut leaves it: what was saved last is in the log beside the file.
    shutil.copytree(paths.data_dir(), tmp_path / "旧硬盘" / "资料")
    assert list((tmp_path / "旧硬盘" / "资料").glob("*.linli-wal"))
    working.leave()
    shutil.rmtree(tmp_path / "旧硬盘" / "资料" / "备份", ignore_errors=True)
    monkeypatch.setenv("LINLI_DATA", str(tmp_path / "新电脑"))
    desk = working.start()
    dialogs.files += [tmp_path / "旧硬盘"]

    def act(dialog: QDialog) -> int:
        dialog.open_button.click()
        return by_password(PASSWORD)(dialog)

    dialogs.on_dialog = act
    desk.window.findChild(FirstStart).restore.click()
    working.settle()

    assert working.names() == ["甲"]
    assert not list(paths.data_dir().glob(".*"))


# -- after the data key was changed


def test_a_backup_from_before_the_key_was_changed_asks_for_the_password_of_that_day(
    working: Life, dialogs: Dialogs
) -> None:
    from app.storage.rekey import change_data_key

    working.add("甲")
    working.back_up()
    vault = Vault.load(keyfile_of(paths.database_file()))
    change_data_key(working.context.database, vault, backup=lambda: None, report=lambda *_: None)
    vault.set_password(vault.users()[0].slot, working.context.database.key, OTHER)
    working.add("乙")
    asked: list[str] = []

    def act(dialog: QDialog) -> int:
        if isinstance(dialog, UnlockDialog):
            asked.append(dialog.windowTitle())
            dialog.keys.password.setText(PASSWORD)
            dialog.go.click()
            return dialog.result()
        return 1

    dialogs.on_dialog = act
    tab = working.tab()
    tab.table.select_row(len(tab.moments._moments) - 1)
    tab.foretell.restore.click()
    working.settle()

    assert asked == ["这份备份要用那天的密码"]
    dialogs.on_dialog = None
    working.come_in(PASSWORD)
    assert working.names() == ["甲"]
    assert list(paths.data_dir().glob("社区资料 *.linli-key"))


# -- who may


@pytest.mark.parametrize(("role", "backs_up"), [("社工", True), ("只读", False)])
def test_what_one_may_not_do_is_not_offered(working: Life, role: str, backs_up: bool) -> None:
    working.back_up()
    database = working.context.database
    database.act_as(replace(database.actor, role=role, rights=DEFAULTS[role]))
    tab = working.tab()

    assert tab.now_button.isHidden() is not backs_up
    assert tab.open_button.isHidden()
    assert tab.foretell.restore.isHidden()
    assert tab.foretell.peek.isHidden()
    assert ("立即备份" in [words for _, words in tab.legend]) is backs_up
    [info] = list_backups(paths.backup_dir())
    working.context.signals.restore_requested.emit(info)
    working.settle()
    assert isinstance(working.desk.window, MainWindow)
    database.act_as(Actor(slot=database.actor.slot))


def test_ctrl_m_makes_none_for_whom_it_is_not_allowed(working: Life) -> None:
    database = working.context.database
    database.act_as(replace(database.actor, role="只读", rights=DEFAULTS["只读"]))
    working.back_up()
    assert working.here() == []
    assert "权限" in working.desk.window.status._sentence.text()
    database.act_as(Actor(slot=database.actor.slot))


# -- a restore that was killed


def test_a_restore_that_was_killed_at_its_end_is_in_the_journal_at_the_next_start(
    working: Life,
) -> None:
    working.back_up()
    key = working.context.database.key
    working.add("甲")
    working.leave()
    info = list_backups(paths.backup_dir())[-1]
    # What `put_back` does, up to where the program was killed.
    after_restore.mark(paths.backup_dir(), info.at, working.clock.now(), info.counts.head)
    restore_backup(info, paths.database_file(), key, clock=working.clock)

    working.come_in()

    assert working.names() == []
    assert working.sentences()[0] == "恢复到 11-20 09:41"
    assert working.keeper.waits_for_confirmation
    working.leave()
    working.come_in()
    assert working.sentences().count("恢复到 11-20 09:41") == 1


def test_a_mark_without_its_restore_is_forgotten(working: Life) -> None:
    after_restore.mark(paths.backup_dir(), working.clock.now(), working.clock.now(), "another head")
    working.leave()
    working.come_in()
    assert not working.keeper.waits_for_confirmation
    assert "恢复到" not in "".join(working.sentences())


# -- a recovery by the printed code that breaks off


def by_code(life: Life, told: list[str]) -> Callable[[QDialog], int]:
    """Whoever types the printed code and a new password, and keeps the new sheet."""

    def act(dialog: QDialog) -> int:
        if not isinstance(dialog, RecoverDialog):
            return 1
        dialog.code.setText(str(life.code))
        dialog.first.setText(OTHER)
        dialog.second.setText(OTHER)
        dialog.go.click()
        told.append(dialog.fault._line.text())
        return dialog.result()

    return act


@pytest.mark.parametrize("writes", [0, 1])
def test_a_full_disk_at_a_recovery_is_a_sentence_and_leaves_the_printed_code(
    life: Life, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    """The disk takes none or one more of the key files that are written."""
    life.start()
    told: list[str] = []
    dialogs.on_dialog = by_code(life, told)
    done: list[Path] = []

    def write(file: Path, content: KeyFile) -> None:
        if len(done) == writes:
            raise OSError(errno.ENOSPC, "no room")
        done.append(file)
        write_keyfile(file, content)

    with monkeypatch.context() as patch:
        patch.setattr("app.storage.vault.write_keyfile", write)
        # That the new sheet is on paper is a write of its own, after the recovery.
        patch.setattr(Vault, "note_sheet_kept", lambda _: None)
        life.desk.window.findChild(LoginView).recovery_requested.emit()
        life.settle()
    dialogs.on_dialog = None

    if writes:
        assert told == [""]
        assert isinstance(life.desk.window, MainWindow)
        assert life.keeper.sheet_missing
        assert life.sentences()[0] == "周立群 用恢复单设了新密码，恢复单换了新的"
        assert NEWER not in life.sentences()
    else:
        assert "磁盘已满" in told[0]
        life.come_in()
        assert not life.keeper.sheet_missing


def test_after_a_recovery_that_was_killed_the_missing_sheet_is_told_at_the_next_start(
    life: Life,
) -> None:
    vault = load_vault(paths.database_file())
    key = vault.unlock_with_recovery(life.code)
    vault.recover(vault.users()[0].slot, key, OTHER)

    window = life.come_in(OTHER)

    assert life.keeper.sheet_missing
    assert not window.status._sheet.isHidden()
    assert life.sentences()[0] == NEWER
    life.leave()
    life.come_in(OTHER)
    assert life.sentences().count(NEWER) == 1
    with pytest.raises(DomainError):
        load_vault(paths.database_file()).unlock_with_recovery(life.code)


# -- a restore that comes to nothing after one that waits


def wait_for_confirmation(life: Life, dialogs: Dialogs) -> list[BackupInfo]:
    """Go back once and say nothing; all backups there are then, newest first."""
    for name in ("甲", "乙"):
        life.add(name)
        life.back_up()
        life.pass_days(1)
    go_back(life, dialogs, 1)
    life.come_in()
    life.settle()
    assert life.keeper.waits_for_confirmation
    return list_backups(paths.backup_dir())


def test_a_second_restore_on_a_full_disk_leaves_the_pause_of_the_first(
    working: Life, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for_confirmation(working, dialogs)
    first = after_restore.marked(paths.backup_dir())

    with monkeypatch.context() as patch:
        patch.setattr("app.storage.restore.require_room", full)
        go_back(working, dialogs, 0)

    assert "没有动" in dialogs.shown[-1]
    assert after_restore.marked(paths.backup_dir()) == first
    working.come_in()
    assert working.keeper.waits_for_confirmation


def test_a_disk_too_full_for_the_mark_of_before_pauses_all_the_same_and_lets_people_in(
    working: Life, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for_confirmation(working, dialogs)
    first = after_restore.marked(paths.backup_dir())

    with monkeypatch.context() as patch:
        patch.setattr("app.storage.restore.require_room", full)
        patch.setattr("app.storage.after_restore.set_back", full)
        go_back(working, dialogs, 0)
        working.come_in()
        assert working.keeper.waits_for_confirmation

    working.leave()
    working.come_in()
    assert after_restore.marked(paths.backup_dir()) == first


def test_a_second_restore_that_was_killed_leaves_the_pause_of_the_first(
    working: Life, dialogs: Dialogs
) -> None:
    newest, *_ = wait_for_confirmation(working, dialogs)
    first = after_restore.marked(paths.backup_dir())
    for _ in range(2):
        # The first thing that `put_back` does; twice, by the help on a computer without a login.
        after_restore.mark(paths.backup_dir(), newest.at, working.clock.now(), newest.counts.head)
    working.leave()

    working.come_in()

    assert working.keeper.waits_for_confirmation
    assert after_restore.marked(paths.backup_dir()) == first
    assert len([line for line in working.sentences() if line.startswith("恢复到")]) == 1


def test_a_second_restore_that_was_done_waits_in_the_place_of_the_first(
    working: Life, dialogs: Dialogs
) -> None:
    wait_for_confirmation(working, dialogs)
    working.pass_days(0.1)

    go_back(working, dialogs, 1)
    working.come_in()

    waits = after_restore.marked(paths.backup_dir())
    assert waits is not None
    assert waits.journaled
    assert waits.former is None


def full(place: Path, *_: object) -> None:
    raise DiskFull(place)
