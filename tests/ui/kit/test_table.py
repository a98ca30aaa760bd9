"""The paged table, with the keyboard and the mouse of a person."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.kit import table_clipboard, theme
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import CELLS, KEPT_PAGES, PAGE, ROW, PagedTableModel
from app.ui.kit.tokens import Mode


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    document: str


class Source:
    """Stands for a service: remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Sequence[int]] = []

    def __call__(self, ids: Sequence[int]) -> list[Person]:
        self.asked.append(ids)
        return [Person(one, f"居民{one}", f"21021419560101{one:04}") for one in ids]


COLUMNS = (
    Column("name", "姓名", lambda one: one.name, 90, bold=True, sortable=True),
    Column("age", "年龄", lambda one: str(one.id % 100), 64, align="right", sortable=True),
    Column("document", "证件", lambda one: f"…{one.document[-4:]}", 90),
    Column("tags", "标签", lambda one: (Chip("独居老人", "warn"), Chip("党员")), 120, weight=1),
    Column("note", "备注", lambda one: Cell("改电话", sub="昨天"), 110, large_mode=False),
)


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def model(source: Source, qapp: QApplication) -> PagedTableModel:
    return PagedTableModel(COLUMNS, source, tickable=True)


@pytest.fixture
def table(model: PagedTableModel, qtbot: QtBot) -> PagedTable:
    table = PagedTable(model, name="居民")
    qtbot.addWidget(table)
    table.resize(640, 403)
    model.set_ids(range(1000, 2000))
    table.show()
    table.setFocus()
    qtbot.waitExposed(table)
    return table


def test_qt_finds_no_fault_in_the_model(model: PagedTableModel, qtmodeltester: ModelTester) -> None:
    model.set_ids(range(50))

    qtmodeltester.check(model)


def test_an_invalid_index_has_no_data(model: PagedTableModel) -> None:
    model.set_ids([7])

    assert model.data(QModelIndex()) is None
    assert model.rowCount(model.index(0, 0)) == 0


def test_rows_are_fetched_in_pages_when_they_are_looked_at(
    model: PagedTableModel, source: Source
) -> None:
    model.set_ids(range(100_000))

    assert source.asked == []
    assert model.row(PAGE + 3) == source([PAGE + 3])[0]
    assert source.asked[0] == range(PAGE, 2 * PAGE)


def test_old_pages_are_forgotten(model: PagedTableModel, source: Source) -> None:
    model.set_ids(range(100_000))
    for page in range(KEPT_PAGES + 1):
        model.row(page * PAGE)

    model.row(0)

    assert len(source.asked) == KEPT_PAGES + 2


def test_reload_fetches_again_and_keeps_ticks(model: PagedTableModel, source: Source) -> None:
    model.set_ids(range(10))
    model.tick([3], on=True)
    model.row(3)

    model.reload()
    model.row(3)

    assert len(source.asked) == 2
    assert model.ticked == {3}


def test_ticks_stay_on_the_person_when_the_order_changes(model: PagedTableModel) -> None:
    model.set_ids([1, 2, 3])
    model.tick([0], on=True)

    model.set_ids([3, 2, 1])

    assert [model.is_ticked(number) for number in range(3)] == [False, False, True]


def test_a_tick_on_somebody_filtered_away_is_dropped_and_announced(
    model: PagedTableModel, qtbot: QtBot
) -> None:
    model.set_ids([1, 2, 3])
    model.tick([0], on=True)

    with qtbot.waitSignal(model.ticks_changed):
        model.set_ids([2, 3])

    assert model.ticked == frozenset()


def test_roles_give_the_row_and_the_cell(model: PagedTableModel) -> None:
    model.set_ids([5])

    assert model.data(model.index(0, 1), ROW).id == 5
    assert model.data(model.index(0, 4), CELLS).chips[0].text == "独居老人"
    assert model.data(model.index(0, 4)) == "独居老人、党员"
    assert model.data(model.index(0, 5)) == "改电话 昨天"


def test_no_half_row_and_no_gap_at_the_foot(table: PagedTable) -> None:
    for height in range(300, 420, 7):
        table.resize(640, height)
        last = table.verticalScrollBar().value() + table.visible_rows() - 1

        rect = table.visualRect(table.paged_model.index(last, 0))

        assert rect.bottom() == table.viewport().height() - 1


def test_a_click_meets_the_row_that_is_painted_there(table: PagedTable) -> None:
    table.verticalScrollBar().setValue(40)
    for number in range(40, 40 + table.visible_rows()):
        rect = table.visualRect(table.paged_model.index(number, 1))

        assert table.indexAt(rect.center()).row() == number
        assert table.indexAt(QPoint(rect.x(), rect.bottom())).row() == number
        assert table.indexAt(QPoint(rect.x(), rect.top())).row() == number


def test_the_last_row_can_be_reached(table: PagedTable, qtbot: QtBot) -> None:
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)

    rect = table.visualRect(table.currentIndex())
    assert table.currentIndex().row() == 999
    assert table.viewport().rect().contains(rect.center())


def test_space_ticks_and_shift_down_collects(table: PagedTable, qtbot: QtBot) -> None:
    table.select_row(2)

    qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    assert table.paged_model.ticked == {1002, 1003, 1004}


def test_ctrl_a_ticks_the_whole_list_and_esc_takes_it_back(table: PagedTable, qtbot: QtBot) -> None:
    counts: list[int] = []
    table.ticks_changed.connect(counts.append)

    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_Escape)

    assert counts == [1000, 0]


def test_esc_without_ticks_is_passed_on(table: PagedTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.escaped):
        qtbot.keyClick(table, Qt.Key.Key_Escape)


def test_shift_click_ticks_from_the_last_tick_to_here(table: PagedTable, qtbot: QtBot) -> None:
    def click(number: int, modifier: Qt.KeyboardModifier) -> None:
        place = table.visualRect(table.paged_model.index(number, 1)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    click(1, Qt.KeyboardModifier.ControlModifier)
    click(4, Qt.KeyboardModifier.ShiftModifier)

    assert table.paged_model.ticked == {1001, 1002, 1003, 1004}


def test_a_click_on_the_tick_box_ticks_and_a_click_beside_it_does_not(
    table: PagedTable, qtbot: QtBot
) -> None:
    box = table.visualRect(table.paged_model.index(3, 0)).center()
    name = table.visualRect(table.paged_model.index(5, 1)).center()

    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=name)

    assert table.paged_model.ticked == {1003}
    assert table.current_id() == 1005


def test_the_box_in_the_heading_ticks_all_then_none(table: PagedTable, qtbot: QtBot) -> None:
    head = table.horizontalHeader()
    table.paged_model.tick([0], on=True)
    assert table.paged_model.tick_state() is Qt.CheckState.PartiallyChecked

    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(16, 16))
    assert table.paged_model.ticked == frozenset()
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(16, 16))
    assert len(table.paged_model.ticked) == 1000


def test_enter_and_double_click_open_the_person(table: PagedTable, qtbot: QtBot) -> None:
    opened: list[int] = []
    table.opened.connect(opened.append)
    table.select_row(2)

    qtbot.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(table.paged_model.index(4, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert opened == [1002, 1004]


def test_a_heading_asks_for_sorting_both_ways_and_sorts_nothing(
    table: PagedTable, qtbot: QtBot
) -> None:
    asked: list[tuple[str, bool]] = []
    table.sort_requested.connect(lambda key, up: asked.append((key, up)))
    head = table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(1) + 30, 16)

    for _ in range(2):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert asked == [("name", True), ("name", False)]
    assert table.paged_model.ids[0] == 1000


def test_a_heading_that_cannot_sort_does_not_ask(table: PagedTable, qtbot: QtBot) -> None:
    head = table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(3) + 30, 16)

    with qtbot.assertNotEmitted(table.sort_requested):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_copy_takes_the_ticked_rows_with_headings(table: PagedTable, qtbot: QtBot) -> None:
    table.paged_model.tick([2, 0], on=True)

    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    data = QGuiApplication.clipboard().mimeData()
    rows = table_clipboard.from_tsv(data.text())
    assert rows[0] == ["姓名", "年龄", "证件", "标签", "备注"]
    assert [row[0] for row in rows[1:]] == ["居民1000", "居民1002"]
    assert rows[1][2] == "…1000"
    assert "<th>姓名</th>" in data.html()
    assert "mso-number-format" in data.html()


def test_copy_without_ticks_takes_the_current_row(table: PagedTable) -> None:
    table.select_row(9)

    table.copy()

    assert len(table_clipboard.pasted()) == 2


def test_paste_is_offered_only_where_the_page_takes_it(table: PagedTable, qtbot: QtBot) -> None:
    got: list[list[list[str]]] = []
    table.pasted.connect(got.append)
    QGuiApplication.clipboard().setText("王秀兰\t女\r\n陈桂芳\t女\r\n")

    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert got == []
    table.accept_paste()
    qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert got == [[["王秀兰", "女"], ["陈桂芳", "女"]]]


@pytest.mark.parametrize("text", ["一行\n两行", '他说"好"', "有\t格", "平常"])
def test_cells_survive_the_clipboard(text: str) -> None:
    assert table_clipboard.from_tsv(table_clipboard.to_tsv([[text, "完"]])) == [[text, "完"]]


def test_html_of_the_clipboard_shows_data_as_text() -> None:
    assert "<b>" not in table_clipboard.to_html(["姓名"], [["<b>王"]])


def test_the_columns_fill_the_width(table: PagedTable) -> None:
    for width in (640, 800, 1000):
        table.resize(width, 400)
        total = sum(table.columnWidth(i) for i in range(table.paged_model.columnCount()))

        assert total == table.viewport().width()


def test_a_dragged_width_is_remembered(
    table: PagedTable, model: PagedTableModel, qtbot: QtBot
) -> None:
    table.horizontalHeader().resizeSection(1, 177)

    again = PagedTable(model, name="居民")
    qtbot.addWidget(again)
    again.resize(900, 400)
    again.show()

    assert again.columnWidth(1) == 177


def test_the_order_of_columns_is_remembered(
    table: PagedTable, model: PagedTableModel, qtbot: QtBot
) -> None:
    head = table.horizontalHeader()
    head.moveSection(head.visualIndex(2), 1)

    again = PagedTable(model, name="居民")
    qtbot.addWidget(again)

    assert again.horizontalHeader().visualIndex(2) == 1


def test_the_large_mode_leaves_columns_out(
    model: PagedTableModel, qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, Mode.LARGE)
    table = PagedTable(model, name="居民")
    qtbot.addWidget(table)

    assert [table.isColumnHidden(i) for i in range(6)] == [False] * 5 + [True]


def test_an_empty_list_says_so_and_a_filled_one_does_not(
    table: PagedTable, model: PagedTableModel
) -> None:
    state = EmptyState("account-group-outline", "还没有居民资料")
    table.set_empty(state)
    assert not state.isVisible()

    model.set_ids([])

    assert state.isVisible()
    assert table.current_id() is None


def test_the_foot_tells_range_and_ticks(table: PagedTable, qtbot: QtBot) -> None:
    foot = TableFoot(table, unit="人")
    qtbot.addWidget(foot)
    foot.show()

    table.verticalScrollBar().setValue(10)
    table.paged_model.tick([0, 1], on=True)

    words = [label.text() for label in foot.findChildren(type(foot.count)) if label.isVisible()]
    last = 10 + table.visible_rows()
    assert words == ["已选 2 人", f"第 11–{last} 行，共 1,000 人"]


def test_selecting_a_person_who_is_not_listed_says_no(table: PagedTable) -> None:
    assert table.select_id(1500)
    assert table.current_id() == 1500
    assert not table.select_id(5)
