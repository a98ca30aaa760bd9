"""经费 by its keys: a source, money in, a payment that is questioned, a line that was wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import Notice, Project
from app.services import fund_views, publicity
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.meetings.fund.entry_dialog import EntryDialog
from app.ui.meetings.fund.line_dialog import LineDialog
from app.ui.meetings.fund.source_dialog import SourceDialog
from app.ui.meetings.fund.tab import FundTab
from app.ui.meetings.page import MeetingsPage
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import MadeNotice
from app.values.rights import READER
from tests.actors import seen_by
from tests.conftest import Dialogs
from tests.reports.reading import text_by_pdfium
from tests.services.meeting_stage import Stage, stage_on

ENTER, CTRL, ALT = (
    Qt.Key.Key_Return,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def stage(context: Context) -> Stage:
    return stage_on(context.database)


def opened(qtbot: QtBot, context: Context) -> FundTab:
    page = MeetingsPage(context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    context.signals.changed.connect(lambda _: page.refresh())
    with qtbot.waitActive(page):
        page.show()
    tab = page.open("经费")
    assert isinstance(tab, FundTab)
    tab.take_focus()
    return tab


def project(stage: Stage, *, budget: int = 18_600_00) -> int:
    return stage.put(
        Project,
        number="项-2026-001",
        year=2026,
        name="楼道照明改造",
        funded=True,
        budget=budget,
        entered_at=stage.now,
    )


def fill_source(dialog: SourceDialog) -> None:
    dialog.name.setCurrentText("市级")
    dialog.planned.setText("200000")
    dialog.save()


def fill_entry(dialog: EntryDialog, amount: str, words: str) -> None:
    dialog.amount.setText(amount)
    dialog.words.setCurrentText(words)
    dialog.payee.setText("光明灯具店")
    dialog.ticket.setText("0012345")
    dialog.approved.setText("李建国")
    dialog.save()


def test_a_year_is_lived_by_its_keys(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    project(stage)
    tab = opened(qtbot, context)
    told: list[str] = []

    def answer(dialog: QDialog) -> int:
        if isinstance(dialog, SourceDialog):
            fill_source(dialog)
        elif isinstance(dialog, EntryDialog) and dialog.windowTitle().endswith("拨入"):
            fill_entry(dialog, "20000", "拨入全年经费")
        elif isinstance(dialog, EntryDialog):
            told.append(dialog.cautions.text())
            fill_entry(dialog, "6480", "购买办公区声控灯")
            told.append(dialog.reason_field.message)
            dialog.reason.setText("装在居民议事亭门口")
            dialog.save()
        return dialog.result()

    dialogs.on_dialog = answer
    qtbot.keyClick(tab, Qt.Key.Key_N, CTRL)
    assert [one.name for one in tab._sources] == ["市级"]
    qtbot.keyClick(tab, Qt.Key.Key_B, ALT)
    qtbot.keyClick(tab, Qt.Key.Key_N, CTRL)
    assert told == [
        "注意：还没有写明是哪次会议议定的。还没有审批文号。",
        "“办公”在专项经费不得使用的范围里。确实可以用的，请在“用途说明”里写明理由。",
    ]
    assert tab.book.totals.words == "拨入 20,000.00 － 支出 6,480.00 ＝ 结余 13,520.00 元"
    assert tab.book.current is not None
    assert tab.book.current.reason == "装在居民议事亭门口"
    assert tab.book.table.hasFocus()


def booked(stage: Stage, tab: FundTab, dialogs: Dialogs) -> None:
    """A source with 20,000.00, of which 6,480.00 went to the project."""

    def answer(dialog: QDialog) -> int:
        if isinstance(dialog, SourceDialog):
            fill_source(dialog)
        elif isinstance(dialog, EntryDialog):
            came = dialog.windowTitle().endswith("拨入")
            fill_entry(dialog, "20000" if came else "6480", "拨入" if came else "购买声控灯")
        return dialog.result()

    project(stage)
    dialogs.on_dialog = answer
    tab.edit_source(None)
    tab.grant_button.click()
    tab.spend_button.click()


def test_enter_opens_a_line_which_is_met_and_struck_through(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    tab = opened(qtbot, context)
    booked(stage, tab, dialogs)

    def answer(dialog: QDialog) -> int:
        if isinstance(dialog, LineDialog):
            dialog.wrong.click()
        elif isinstance(dialog, ReasonDialog):
            dialog.line.setCurrentText("金额记错了")
            dialog.save()
        return dialog.result()

    dialogs.on_dialog = answer
    qtbot.keyClick(tab.book.table, ENTER)
    lines = stage.look(fund_views.entries, 2026)
    assert [(line.amount, line.reversed) for line in lines] == [
        (20_000_00, False),
        (-6_480_00, True),
        (6_480_00, False),
    ]
    assert tab.book.totals.words == "拨入 20,000.00 － 支出 0.00 ＝ 结余 20,000.00 元"


def test_a_project_filters_the_book_and_escape_shows_all_again(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    tab = opened(qtbot, context)
    booked(stage, tab, dialogs)
    tab.projects.chosen.emit(tab._projects[0].id)
    assert tab.book.model.rowCount() == 1
    qtbot.keyClick(tab.book.table, Qt.Key.Key_Escape)
    assert tab.book.model.rowCount() == 2


def test_the_book_is_printed_with_its_proof(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    tab = opened(qtbot, context)
    booked(stage, tab, dialogs)
    seen: list[str] = []

    def look(dialog: QDialog) -> int:
        assert isinstance(dialog, PaperPreview)
        seen.append(text_by_pdfium(dialog.data))
        return 0

    dialogs.on_dialog = look
    qtbot.keyClick(tab, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(seen))
    assert "拨入 20,000.00 － 支出 6,480.00 ＝ 结余 13,520.00 元" in seen[0]
    assert "光明灯具店" in seen[0]


def test_the_notice_of_the_use_is_written_and_hangs_fifteen_days(
    qtbot: QtBot, context: Context, stage: Stage, dialogs: Dialogs
) -> None:
    tab = opened(qtbot, context)
    booked(stage, tab, dialogs)
    asked: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda key, wish: asked.append((key, wish)))
    tab.publish()
    [(key, wish)] = asked
    assert key == "papers"
    assert isinstance(wish, MadeNotice)
    notice = stage.see(lambda s: s.get_one(Notice, wish.notice_id))
    assert (notice.period_days, notice.affair) == (15, publicity.AFFAIRS[1])
    assert "楼道照明改造：预算 18,600.00 元，已支出 6,480.00 元。" in notice.body


def test_who_only_looks_books_nothing(qtbot: QtBot, context: Context, stage: Stage) -> None:
    tab = opened(qtbot, seen_by(context, "何婷", READER))
    assert not tab.spend_button.isVisible()
    assert not tab.sources.new_button.isVisible()
    qtbot.keyClick(tab, Qt.Key.Key_N, CTRL)
    assert stage.ask("SELECT count(*) FROM fund_source") == [(0,)]
