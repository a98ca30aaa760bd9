"""幸福账单 as somebody uses it: another month, another grid, what hangs on the board, the file."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from app.models import Action, Change, Grid, Operation
from app.reports.charts import Bar
from app.reports.happiness_bill import bar_words, render
from app.services import happiness, periods
from app.ui.grids.bill import workbook
from app.ui.grids.bill.tab import BillTab
from app.ui.kit.background import Progress
from app.ui.kit.pdf_panel import PdfPanel
from tests.reports.papers import happiness_bill
from tests.reports.reading import text_by_pdfium
from tests.ui import bill_states
from tests.ui.hands import until
from tests.ui.screens import Stage, make_stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = make_stage(tmp_path_factory.mktemp("office"), people=0)
    with stage.database.transaction("建网格") as session:
        session.add_all([Grid(number=n, name=f"第{n}网格") for n in (1, 2)])
    bill_states.write_some(stage.context())
    yield stage
    stage.database.close()


@pytest.fixture
def tab(stage: Stage, qapp: QApplication) -> Iterator[BillTab]:
    stage.sit_down()
    tab = BillTab(stage.context())
    tab.resize(1180, 620)
    tab.show()
    tab.refresh()
    settled(tab)
    yield tab
    tab.close()
    tab.deleteLater()


def settled(tab: BillTab) -> None:
    """Until the paper that was asked for last stands on the desk."""
    until(lambda: tab._latest._job is None and not tab._timer.isActive())


def paper(tab: BillTab) -> str:
    return "".join(text_by_pdfium(tab.preview._pdf).split())


def lines(tab: BillTab, part: int) -> list[tuple[str, ...]]:
    table = tab.figures.tables[part]
    return [table.paged_model.row(place) for place in range(len(table.paged_model.ids))]


def test_grids_and_kinds_end_with_the_total_that_stands_on_the_paper(tab: BillTab) -> None:
    grids, kinds = lines(tab, 1), lines(tab, 2)
    assert grids[-1][:5] == kinds[-1][:5] == ("合计", "12", "9", "3", "0")
    for part in (grids, kinds):
        for place in range(1, 6):
            assert sum(int(line[place]) for line in part[:-1]) == int(part[-1][place])
    assert "12件" in paper(tab)
    assert "9件" in paper(tab)


def test_one_grid_has_its_own_bill_and_says_so(tab: BillTab) -> None:
    first, _ = tab.grid._choices[0]
    tab.grid.choose(first)
    settled(tab)
    assert [line[0] for line in lines(tab, 1)] == ["第1网格", "合计"]
    assert "2026年11月第1网格" in paper(tab)
    tab.grid.choose(None)
    settled(tab)
    assert lines(tab, 1)[-1][1] == "12"


def test_a_month_without_requests_says_so_on_screen_and_paper(tab: BillTab) -> None:
    tab.period.choose(periods.month_before(tab.context.clock.today()))
    settled(tab)
    assert lines(tab, 2) == []
    assert ("平均用时", "—", "还没有办结的") in lines(tab, 0)
    assert "这段时间没有办结的诉求" in paper(tab)
    tab.period.choose(None)
    settled(tab)
    assert tab.period.period == periods.month(tab.context.clock.today())


def test_what_is_ticked_hangs_on_the_board(tab: BillTab) -> None:
    assert "申请临时救助" not in paper(tab)
    model = tab.figures.matters.paged_model
    place = next(
        number for number in range(len(model.ids)) if model.row(number).matter == "申请临时救助"
    )
    tab.figures.show_part(3)
    tab.figures.matters.setFocus()
    tab.figures.matters.select_row(place)
    QTest.keyClick(tab.figures.matters, Qt.Key.Key_Space)
    settled(tab)
    assert "申请临时救助" in paper(tab)


def test_what_was_taken_off_the_board_stays_off_when_something_changes(tab: BillTab) -> None:
    first, *rest = tab.figures.listed
    tab.figures.matters.paged_model.tick(
        [tab.figures.matters.paged_model.ids.index(first)], on=False
    )
    tab.refresh()
    assert tab.figures.listed == tuple(rest)
    tab.period.choose(periods.month_before(tab.context.clock.today()))
    tab.period.choose(None)
    settled(tab)
    assert tab.figures.listed == (first, *rest), "another month begins with what is proposed"


def test_a3_is_drawn_on_a3(tab: BillTab) -> None:
    tab.paper_size.chosen.emit(True)
    settled(tab)
    width, height = tab.preview.view.pages.size(0)
    assert (round(width), round(height)) == (842, 1191)


def test_a_printed_bill_is_on_record(tab: BillTab, stage: Stage) -> None:
    tab.preview.taken.emit("已送到打印机")
    with stage.database.reading() as session:
        last = session.scalars(select(Operation).order_by(Operation.id.desc())).first()
        assert last is not None
        assert last.sentence == "打印 幸福账单 2026年11月"
        action = session.scalar(select(Change.action).where(Change.operation_id == last.id))
    assert action is Action.PRINTED


def test_the_workbook_has_the_figures_of_the_screen(
    tab: BillTab, stage: Stage, tmp_path: Path
) -> None:
    file = tmp_path / "账单.xlsx"
    file.write_bytes(workbook.make(stage.context(), tab.wish, Progress(lambda *_: None)))
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["汇总", "按网格", "按类别", "问题清单"]
    for place, name in ((1, "按网格"), (2, "按类别")):
        total = [str(cell) for cell in list(book[name].values)[-1] if cell is not None]
        assert tuple(total) == lines(tab, place)[-1]
    assert len(list(book["问题清单"].values)) == 3 + len(tab.figures.matters.paged_model.ids)
    assert "件数按来件日期算" in book["汇总"]["A2"].value
    with stage.database.lookup() as lookup:
        today = stage.context().clock.today()
        total = happiness.bill(lookup, periods.month(today), today=today).total
    assert book["按网格"].cell(book["按网格"].max_row, 2).value == total.raised


def test_the_bill_can_be_printed_by_its_key(tab: BillTab) -> None:
    asked: list[PdfPanel] = []
    tab.preview.print_instead = lambda: asked.append(tab.preview) is None
    tab.activateWindow()
    QApplication.processEvents()
    tab.figures.tables[0].setFocus()
    QTest.keyClick(tab.figures.tables[0], Qt.Key.Key_F9)
    assert asked == [tab.preview]


def test_a_long_name_of_a_grid_stands_whole_beside_its_bar() -> None:
    grid = Bar("望海小学专属网格", 1, 2, bar_words(1, 2))
    pdf = render(happiness_bill(by_grid=(grid,)))
    assert "望海小学专属网格" in "".join(text_by_pdfium(pdf).split())
