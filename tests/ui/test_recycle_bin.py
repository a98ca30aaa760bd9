"""回收站 on screen, and its end after 30 days without anybody asking."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import tidying
from app.clock import FixedClock
from app.context import Context
from app.services import grids, recycle_bin, resident_forms
from app.ui.main_window import MainWindow
from app.ui.recent.recycle_bin import RecycleBinDialog
from app.values.rights import DEFAULTS, Actor
from tests.conftest import Dialogs
from tests.services.conftest import Clerk


@pytest.fixture
def clerk(context: Context) -> Clerk:
    """One person and one grid in the bin."""
    clerk = Clerk(context.database, context.clock.now())
    lan = clerk.add("王秀兰")
    grid = clerk.do("新网格", lambda s: grids.add(s, number=3, name="第三网格"))
    clerk.do("删", lambda s: resident_forms.delete(s, lan, now=clerk.now))
    clerk.do("删网格", lambda s: grids.remove(s, grid, now=clerk.now))
    return clerk


def _later(context: Context, days: int) -> Context:
    return replace(context, clock=FixedClock(context.clock.now() + timedelta(days=days)))


def test_the_bin_is_searched_and_one_is_put_back(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    dialog = RecycleBinDialog(context)
    qtbot.addWidget(dialog)
    assert len(dialog.model.ids) == 2
    dialog.search.setText("第三网格")
    assert [line.name for line in dialog._lines] == ["第三网格"]
    qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    assert dialog.sentence.startswith("已放回 第三网格")
    assert set(clerk.see(grids.names).values()) == {"第三网格"}


def test_what_stands_in_the_way_is_told_and_nothing_is_half_put_back(
    qtbot: QtBot, context: Context, clerk: Clerk, dialogs: Dialogs
) -> None:
    clerk.do("又建", lambda s: grids.add(s, number=3, name="东片"))
    dialog = RecycleBinDialog(context)
    qtbot.addWidget(dialog)
    dialog.model.tick_all(on=True)
    dialog.restore()
    assert "同号或同名" in dialogs.shown[0]
    assert dialog.result() == 0
    assert clerk.names() == []


def test_after_30_days_the_program_tidies_by_itself(
    qtbot: QtBot, context: Context, clerk: Clerk
) -> None:
    window = MainWindow(context)
    qtbot.addWidget(window)
    tidying.tidy(_later(context, 30), window)
    qtbot.waitUntil(lambda: not context.background.busy)
    assert len(clerk.see(lambda s: recycle_bin.lines(s, now=clerk.now))) == 2
    tidying.tidy(_later(context, 31), window)
    qtbot.waitUntil(lambda: not context.background.busy)
    assert clerk.see(lambda s: recycle_bin.lines(s, now=clerk.now)) == []
    assert window.status._sentence.text().startswith("回收站里满 30 天的已清理：")


def test_nobody_tidies_what_he_may_not_touch(qtbot: QtBot, context: Context, clerk: Clerk) -> None:
    context.database.act_as(Actor("李娜", "食堂", DEFAULTS["食堂"]))
    window = MainWindow(context)
    qtbot.addWidget(window)
    tidying.tidy(_later(context, 31), window)
    assert not context.background.busy
    context.database.act_as(Actor("王书记", "书记"))
    assert len(clerk.see(lambda s: recycle_bin.lines(s, now=clerk.now))) == 2
