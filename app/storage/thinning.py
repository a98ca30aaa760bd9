"""Which backups to keep: all of two days, then 12 daily, 10 weekly and 9 monthly ones."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from app.storage.atomic import patiently
from app.storage.backup_info import UNFINISHED, BackupInfo, list_backups

ALL_OF = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9

_PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (DAYS, lambda at: at.date()),
    (WEEKS, lambda at: at.isocalendar()[:2]),
    (MONTHS, lambda at: (at.year, at.month)),
)


def thin_out(folder: Path, now: datetime, office_id: bytes | None = None) -> list[BackupInfo]:
    """Remove the backups that are not worth their room; the ones removed.

    Not to be called after a restore before the office has said that all is well: the good copies
    would be rotated out.
    """
    backups = list_backups(folder, office_id)
    kept = worth_keeping([info.at for info in backups if info.ok], now)
    spare = [info for info in backups if info.ok and info.at not in kept]
    for info in spare:
        _remove(info.folder)
    return spare


def worth_keeping(moments: list[datetime], now: datetime) -> set[datetime]:
    """The moments to keep. Those in the future (a clock was wrong) are kept and push none out."""
    kept = {at for at in moments if at > now - ALL_OF}
    past = sorted(at for at in moments if at <= now)
    for number, period in _PERIODS:
        # The last of each day, week, month; ascending, so that the latest wins.
        last = {period(at): at for at in past}
        kept |= set(sorted(last.values())[-number:])
    return kept


def forgotten_by(day: date) -> date:
    """When the last backup made up to `day` is gone, if the program is used every month."""
    # The newest backup of a month stays until MONTHS later months have one of their own.
    months = day.year * 12 + day.month - 1 + MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _remove(folder: Path) -> None:
    # Renamed first: half a backup must not look like one.
    doomed = folder.with_name(f"{UNFINISHED}{folder.name}")
    # One that cannot be removed now is looked at again after the next backup.
    with suppress(OSError):
        patiently(lambda: os.replace(folder, doomed))
        shutil.rmtree(doomed, ignore_errors=True)
