"""Other programs, other folders, wrong clocks: what lies around the file."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import paths
from app.bootstrap import Desk
from app.clock import FixedClock
from app.reminders import clock_words, remind
from app.services.ages import age_on
from app.storage import cloud, network
from app.storage import connection as raw
from app.storage.backup import list_backups
from app.storage.check import check_file
from app.storage.cloud import cloud_of, cloud_words
from app.storage.faults import FileBusy
from app.storage.thinning import thin_out
from app.ui.login import LoginView
from app.ui.main_window import MainWindow
from tests.conftest import Dialogs
from tests.faults import acts, aftermath
from tests.faults.acts import PASSWORD
from tests.faults.children import meanwhile, run
from tests.faults.conftest import DeskOf
from tests.faults.kinds import KINDS, look_after

# 200 characters, as the folders of a department become.
LONG = Path("海湾街道 办事处", *["望海社区 2026 wanghai shequ ziliao"] * 6, "台账 taizhang")
# The same in Chinese alone has three times as many bytes as characters: SQLite opens 512.
TOO_LONG = Path(*["海湾街道望海社区居民委员会资料台账"] * 12)


# -- other programs


def test_a_second_program_says_that_the_first_has_the_office(
    folder: Path, qapp: QApplication, dialogs: Dialogs
) -> None:
    with meanwhile(acts.hold, folder):
        desk = Desk(qapp, acts.NOW, paths.database_file())
        assert not desk.start()
    assert desk.window is None
    [sentence] = dialogs.shown
    assert "已经在本机打开" in sentence


def test_a_program_that_writes_in_the_file_is_waited_for_and_then_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "BUSY_SECONDS", 0.05)
    with aftermath.started(folder) as program:
        with meanwhile(acts.write_on, folder):
            with pytest.raises(FileBusy, match="没有保存"):
                acts.add(program.database, "等不到的人")
            # Reading goes on, and so does a backup.
            assert acts.AFTER_BACKUP in aftermath.people(program)
            program.back_up()
        acts.add(program.database, "等到了的人")
        assert "等不到的人" not in aftermath.people(program)


# -- folders


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.usefixtures("next_program")
def test_everything_works_beneath_two_hundred_characters_and_blanks(
    name: str, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / LONG / "邻里 工作台"
    assert len(str(LONG)) >= 200
    assert len(str(TOO_LONG)) >= 200
    monkeypatch.setenv("LINLI_DATA", str(folder))
    if name != "first start":
        shutil.copytree(template, folder)
    ended = run(KINDS[name].act, folder)
    assert ended.said
    assert not ended.fault
    look_after(name, folder, ended)


def test_the_program_opens_beneath_them_too(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk_of: DeskOf
) -> None:
    folder = tmp_path / LONG
    monkeypatch.setenv("LINLI_DATA", str(folder))
    shutil.copytree(template, folder)
    desk_of(PASSWORD)


def test_a_path_that_cannot_be_opened_is_told_before_anything_is_written(
    tmp_path: Path, qapp: QApplication, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / TOO_LONG
    monkeypatch.setenv("LINLI_DATA", str(folder))
    assert not Desk(qapp, acts.NOW, paths.database_file()).start()
    [sentence] = dialogs.shown
    assert "太长" in sentence
    assert not folder.exists() or not list(folder.iterdir())


def test_an_office_on_a_share_is_not_opened_and_nothing_is_left_there(
    folder: Path, qapp: QApplication, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "on_network_share", lambda _: True)
    before = sorted(folder.rglob("*"))
    assert not Desk(qapp, acts.NOW, paths.database_file()).start()
    [sentence] = dialogs.shown
    assert "网络共享" in sentence
    assert sorted(folder.rglob("*")) == before


@pytest.fixture
def no_onedrive(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in cloud._SAID:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_onedrive")
@pytest.mark.parametrize(
    ("folder", "drive"),
    [
        ("OneDrive/文档/邻里", "OneDrive"),
        ("OneDrive - 海湾街道办事处/桌面", "OneDrive"),
        ("iCloudDrive/邻里", "iCloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Dropbox (个人)/资料", "Dropbox"),
        ("Google Drive/资料", "Google 云端硬盘"),
        ("我的坚果云/社区", "坚果云"),
        ("Nutstore/1/社区", "坚果云"),
        ("BaiduSyncdisk/资料", "百度网盘"),
        ("百度网盘同步空间", "百度网盘"),
        ("微云同步助手（10001）/资料", "微云"),
        ("WPS云盘/资料", "WPS 云盘"),
        ("WPS Cloud Files/1/资料", "WPS 云盘"),
        ("天翼云盘同步盘/资料", "天翼云盘"),
        ("某某同步盘/资料", "同步盘"),
        ("社区云资料/微云图", ""),
        ("坚果云南路社区", ""),
        ("百度", ""),
        ("邻里社区工作台", ""),
    ],
)
def test_a_cloud_drive_is_known_by_the_name_of_its_folder(
    tmp_path: Path, folder: str, drive: str
) -> None:
    assert cloud_of(tmp_path / folder / "邻里") == drive


@pytest.mark.usefixtures("no_onedrive")
def test_a_cloud_drive_is_known_by_its_traces_and_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "工作" / "资料").mkdir(parents=True)
    (tmp_path / "工作" / ".dropbox.cache").mkdir()
    (tmp_path / "桌面").symlink_to(tmp_path / "工作" / "资料")
    assert cloud_of(tmp_path / "工作" / "资料") == "Dropbox"
    assert cloud_of(tmp_path / "桌面") == "Dropbox"
    assert cloud_of(tmp_path) == ""


def test_a_desktop_that_windows_moved_into_onedrive_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "单位"))
    assert cloud_of(tmp_path / "单位" / "桌面") == "OneDrive"
    assert cloud_of(tmp_path / "单位二") == ""


def test_an_office_in_a_cloud_drive_opens_and_is_warned_once(
    template: Path,
    tmp_path: Path,
    qapp: QApplication,
    dialogs: Dialogs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from app.ui.kit.labels import Label
    from app.ui.office.about import AboutTab

    folder = tmp_path / "我的坚果云" / "邻里"
    monkeypatch.setenv("LINLI_DATA", str(folder))
    shutil.copytree(template, folder)
    with opened(qapp, acts.NOW) as desk:
        remind(desk._context, desk.window)
        assert dialogs.shown == [cloud_words(folder)]
        remind(desk._context, desk.window)
        assert len(dialogs.shown) == 1
        tab = AboutTab(desk._context)
        assert cloud_words(folder) in [label.text() for label in tab.findChildren(Label)]


def test_the_first_start_in_a_cloud_drive_says_so(tmp_path: Path, qapp: QApplication) -> None:
    from app.ui.first_start import FirstStart

    def view(folder: Path) -> FirstStart:
        return FirstStart(
            acts.NOW,
            create=lambda *_: (),
            change_office=lambda _: None,
            make_sheet=lambda *_: b"",
            folder=folder,
        )

    warned, plain = view(tmp_path / "OneDrive" / "邻里"), view(tmp_path / "邻里")
    assert not warned.cloud.isHidden()
    assert plain.cloud.isHidden()


# -- clocks


class opened:
    """The program after a login, under a clock."""

    def __init__(self, app: QApplication, clock: FixedClock) -> None:
        self.desk = Desk(app, clock, paths.database_file())

    def __enter__(self) -> Desk:
        assert self.desk.start()
        assert self.desk.window is not None
        login = self.desk.window.findChild(LoginView)
        login.password.setText(PASSWORD)
        login.enter()
        assert isinstance(self.desk.window, MainWindow)
        return self.desk

    def __exit__(self, *_: object) -> None:
        self.desk.quit()
        QApplication.processEvents()


BACK = {"a day": timedelta(days=1), "a year": timedelta(days=365)}


@pytest.mark.parametrize("back", BACK.values(), ids=BACK)
def test_a_clock_that_went_back_loses_nothing_and_is_told(
    folder: Path, qapp: QApplication, dialogs: Dialogs, back: timedelta
) -> None:
    before = [info.folder for info in list_backups(paths.backup_dir())]
    wrong = FixedClock(acts.NOW.now() - back)
    with opened(qapp, wrong) as desk:
        context = desk._context
        assert "电脑的时间可能不对" in clock_words(context)
        remind(context, desk.window)
        assert dialogs.shown == [clock_words(context)]
        acts.add(context.database, "钟错时来的人")
        assert clock_words(context) == ""
    with aftermath.started(folder) as program:
        assert aftermath.people(program)[-1] == "钟错时来的人"
        # In the order in which it was done, whatever the dates say.
        assert aftermath.operations(program)[-1] == "新增居民 钟错时来的人"
        saved_on = aftermath.column(program.database, "SELECT at FROM operation ORDER BY id")
        assert saved_on[-1] < saved_on[-2]
        made = [info for info in list_backups(paths.backup_dir()) if info.folder not in before]
        # The last at the exit, with everybody in it, under the date that the clock had.
        assert [info.at for info in made] == [wrong.now()]
        assert check_file(made[0].file, program.database.key).counts == _counts(program)


def _counts(program: acts.Program) -> object:
    return check_file(program.database.file, program.database.key).counts


@pytest.mark.parametrize("back", BACK.values(), ids=BACK)
def test_under_a_wrong_clock_no_good_backup_is_thinned_out(folder: Path, back: timedelta) -> None:
    before = {info.folder for info in list_backups(paths.backup_dir())}
    with aftermath.started(folder) as program:
        program.database.clock = FixedClock(acts.NOW.now() - back)
        for _ in range(3):
            acts.add(program.database, "又来一人")
            program.back_up()
        thin_out(paths.backup_dir(), program.database.clock.now())
        newest = program.back_up()
        kept = {info.folder for info in list_backups(paths.backup_dir())}
        assert before <= kept
        assert newest in {folder.name for folder in kept}


def test_a_backup_of_a_wrong_clock_survives_the_day_the_clock_is_put_right(folder: Path) -> None:
    with aftermath.started(folder) as program:
        program.database.clock = FixedClock(acts.NOW.now() - BACK["a year"])
        acts.add(program.database, "钟错时来的人")
        wrong = program.back_up()
        thin_out(paths.backup_dir(), acts.NOW.now())
        assert wrong in {info.folder.name for info in list_backups(paths.backup_dir())}


def test_ages_follow_the_day_that_the_clock_has() -> None:
    today = acts.NOW.today()
    birth = today.replace(year=today.year - 80)
    assert age_on(birth, today) == 80
    assert age_on(birth, today - timedelta(days=1)) == 79
    assert age_on(birth, today - timedelta(days=365 * 81)) is None
