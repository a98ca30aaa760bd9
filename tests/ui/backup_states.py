"""States of 备份与恢复: a month of backups in two places, and after a restore."""

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.clock import FixedClock
from app.peek import Look, PeekWindow
from app.services.settings import BACKUP_FOLDER, MASK_SECONDS, change
from app.storage import after_restore
from app.storage.backup import BackupInfo, backup_now
from app.storage.backup_place import copy_backup
from app.storage.second_place import FOLDER_NAME, SecondNote, write_note
from app.ui.backup_keys import UnlockDialog
from app.ui.first_start import FirstStart
from app.ui.kit.signals import BACKUPS
from app.ui.rescue import RescueDialog

PAST = (
    (29.7, "退出时", True),
    (8.7, "退出时", True),
    (2.7, "导入前", False),
    (1.7, "退出时", True),
    (0.03, "定时", True),
)


def two_places(stage: object) -> None:
    """Backups of a month, most of them on the stick as well."""
    database, stick = stage.database, stage.folder / FOLDER_NAME
    now = database.clock.now()
    after_restore.confirm(paths.backup_dir())
    note(now - timedelta(hours=1), kind="U 盘")
    if stick.exists():
        _use(stage, stick)
        return
    stick.mkdir()
    for number, (days, reason, both) in enumerate(PAST):
        database.clock = FixedClock(now - timedelta(days=days))
        info = backup_now(database, stage.vault, paths.backup_dir(), reason=reason)
        if both:
            copy_backup(info, stick)
        database.clock = FixedClock(now)
        with database.transaction("修改设置") as session:
            change(session, MASK_SECONDS, 20 + number)
    _use(stage, stick)


def _use(stage: object, folder: Path) -> None:
    with stage.database.transaction("设第二备份位置") as session:
        change(session, BACKUP_FOLDER, str(folder))


def note(good_at: datetime, *, kind: str = "", fault: str = "") -> None:
    """What is remembered of the second place."""
    write_note(paths.backup_dir(), SecondNote(good_at, good_at, kind, fault))


def restored(stage: object) -> None:
    """Nobody has said yet that all is well."""
    two_places(stage)
    now = stage.database.clock.now()
    after_restore.mark(paths.backup_dir(), now - timedelta(days=1.7), now, "")


def pulled(stage: object) -> None:
    """The stick was not seen for some days."""
    two_places(stage)
    _use(stage, Path("/media/没有插上") / FOLDER_NAME)
    note(stage.database.clock.now() - timedelta(days=4), kind="U 盘")


def refused(stage: object) -> None:
    """The stick is full."""
    two_places(stage)
    words = "没有备份：“F:\\邻里备份”所在的磁盘只剩 3 MB，备份需要 17 MB。请清理磁盘。"
    note(stage.database.clock.now() - timedelta(days=1), kind="U 盘", fault=words)


def show_tab(office_page: QWidget) -> None:
    office_page.show_record(BACKUPS)


def newest(stage: object) -> BackupInfo:
    """One to look at or to open."""
    return backup_now(stage.database, stage.vault, paths.backup_dir(), reason="手动")


def nothing_found(stage: object) -> QWidget:
    """On a computer that has no office yet, before the stick is plugged in."""
    return RescueDialog("", [], stage.folder / "没有.linli", stage.database.clock)


def by_code(stage: object) -> QWidget:
    """The password is forgotten, the recovery sheet is at hand."""
    dialog = RescueDialog("", [newest(stage)], stage.folder / "没有.linli", stage.database.clock)
    dialog.keys.use_code(True)
    dialog.keys.code.setText("K7QM 2XVD 9RTA")
    dialog.keys.tell("恢复单不对：请照着单子核对每一组。")
    return dialog


def old_key(stage: object) -> QWidget:
    """The data key was changed since."""
    return UnlockDialog(newest(stage))


def peek(stage: object) -> QWidget:
    """A backup that is only looked at."""
    info = newest(stage)
    look = Look(info, stage.database.key, stage.database)
    return PeekWindow(look, info, QApplication.instance())


def offered(stage: object, view: FirstStart) -> None:
    """A stick with backups is plugged in at the first start."""
    view.offer(newest(stage))


STATES = {
    "两处": two_places,
    "恢复后": restored,
    "U 盘没插": pulled,
    "U 盘满了": refused,
}
DIALOGS = {
    "从备份恢复 新电脑": nothing_found,
    "从备份恢复 恢复单": by_code,
    "备份要用那天的密码": old_key,
    "只打开看看": peek,
}
