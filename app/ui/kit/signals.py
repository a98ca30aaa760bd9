"""Announcements between windows: what changed, never how to react."""

import enum

from PySide6.QtCore import QObject, Signal


class Area(enum.Flag):
    """Parts of the office's data; a change may touch several."""

    RESIDENTS = enum.auto()
    PAPERS = enum.auto()
    OFFICE = enum.auto()
    GRIDS = enum.auto()
    """Organisation, diary, visits"""
    REQUESTS = enum.auto()
    POINTS = enum.auto()
    """Volunteers, activities, the points ledger, the shop"""
    CANTEEN = enum.auto()
    """Menus, meals, accounts, orders, deliveries, claims"""
    MEETINGS = enum.auto()
    """Topics, bodies, meetings, votes, resolutions, 大党委, the fund"""


IMPORT = "import"
"""What `page_requested` asks of the page 居民 when a roster is to be brought in."""


BACKUPS = "备份与恢复"
"""What `page_requested` asks of the page 设置 where something is to be done about backups."""


PRIVACY = "隐私"
"""The same where something is to be done about people's data."""


class AppSignals(QObject):
    """One object for the whole program; a window emits `changed` after its commit."""

    changed = Signal(object)
    """Area"""
    notified = Signal(str)
    """A sentence for the status line, after something was done."""
    warned = Signal(str)
    """The same where something was not done."""
    page_requested = Signal(str, object)
    """Key of a page, and what to show there: ("residents", resident id)."""
    mode_requested = Signal(str)
    """标准 or 大字: the shell builds the window anew."""
    backup_requested = Signal()
    restore_requested = Signal(object)
    """BackupInfo that the office shall go back to; the user has agreed"""
    peek_requested = Signal(object)
    """BackupInfo to be looked at without changing anything"""
    lock_requested = Signal()
    keep_requested = Signal()
    """What is typed and not saved is kept now: the screen locks, or the program ends"""
