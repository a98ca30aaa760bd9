"""统计 of 积分超市 as somebody uses it: other months, other tables, the file, the paper."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from app.context import Context
from app.models import Action, Change, Operation
from app.services import office, periods
from app.storage.engine import Database
from app.ui.kit.background import Progress
from app.ui.points.statistics import workbook
from app.ui.points.statistics.tab import StatisticsTab
from tests.reports.reading import text_by_pypdf
from tests.storage.offices import CLOCK, furnish
from tests.ui import month_states
from tests.ui.hands import until

OCTOBER = periods.month_before(CLOCK.today())


def _fill(database: Database) -> None:
    with database.transaction("三个月的积分") as session:
        office.seed(session, today=CLOCK.today())
        month_states.write(session, CLOCK.now())


@pytest.fixture
def tab(context: Context) -> Iterator[StatisticsTab]:
    furnish(context.database, _fill)
    tab = StatisticsTab(context)
    tab.resize(1180, 620)
    tab.show()
    tab.refresh()
    settled(tab)
    yield tab
    settled(tab)
    tab.close()
    tab.deleteLater()


def settled(tab: StatisticsTab) -> None:
    """Until the paper that was asked for last stands on the desk."""
    until(lambda: tab._latest._job is None and not tab.context.background.busy)


def lines(tab: StatisticsTab, part: int) -> list[tuple[str, ...]]:
    model = tab.figures.tables[part].paged_model
    return [model.row(place) for place in range(len(model.ids))]


def paper(tab: StatisticsTab) -> str:
    settled(tab)
    return "".join(text_by_pypdf(tab.preview._pdf).split())


def test_every_table_ends_with_the_total_that_the_balances_tell(tab: StatisticsTab) -> None:
    assert [line[:2] for line in lines(tab, 0)][:5] == [
        ("期初结余", "0 分"),
        ("增加", "564 分"),
        ("减少", "15 分"),
        ("期末结余", "549 分"),
        ("余额合计", "549 分"),
    ]
    for part in range(1, 5):
        *rows, total = lines(tab, part)
        assert total == ("合计", "8", "25", "0.0", "564", "15")
        for place in (2, 4, 5):
            assert sum(int(row[place]) for row in rows) == int(total[place])
    assert "期初结余0＋增加564－减少15＝期末结余549" in paper(tab)


def test_another_month_has_other_figures_and_another_paper(tab: StatisticsTab) -> None:
    tab.period.choose(OCTOBER)
    settled(tab)
    assert lines(tab, 4) == [
        ("2026年10月", "8", "9", "0.0", "188", "15"),
        ("合计", "8", "9", "0.0", "188", "15"),
    ]
    assert "期初结余188＋增加188－减少15＝期末结余361" in paper(tab)
    tab.period.choose(None)
    assert tab.period.period == periods.year_of(CLOCK.today())


def test_the_workbook_has_the_tables_of_the_screen_under_the_proof(
    tab: StatisticsTab, tmp_path: Path
) -> None:
    file = tmp_path / "统计.xlsx"
    period = tab.period.period
    file.write_bytes(workbook.make(tab.context, period, Progress(lambda *_: None)))
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["汇总", "按类型", "按队伍", "按年龄", "按月份"]
    for place, name in enumerate(book.sheetnames[1:], start=1):
        values = [tuple(map(str, row)) for row in book[name].values]
        assert values[-1][0] == "合计"
        assert [row[0] for row in values[4:]] == [line[0] for line in lines(tab, place)]
        assert book[name].cell(book[name].max_row, 5).value in (564, "564")
        assert "期末结余 549；8 个账户余额合计 549，相符" in str(book[name]["A2"].value)


def test_what_was_printed_is_on_record(tab: StatisticsTab) -> None:
    tab.preview.taken.emit("已送到打印机")
    with tab.context.database.reading() as session:
        last = session.scalars(select(Operation).order_by(Operation.id.desc())).first()
        assert last is not None
        assert last.sentence == "打印 积分超市统计 2026年"
        action = session.scalar(select(Change.action).where(Change.operation_id == last.id))
    assert action is Action.PRINTED


def test_the_tables_are_reached_by_arrows(tab: StatisticsTab) -> None:
    tab.activateWindow()
    tab.take_focus()
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or tab.figures.parts, Qt.Key.Key_Right)
    assert tab.figures._stack.currentIndex() == 1
