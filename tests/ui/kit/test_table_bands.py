"""Bands that head groups of rows in one table: seen, and never mistaken for rows."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.kit import table_paper
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.table_paper import SeenTable

WAITING, DONE = -1, -2
BANDS = {WAITING: "待复核 2 笔", DONE: "已记账 3 笔"}
COLUMNS = (Column("name", "姓名", lambda row: f"居民{row}", 90, weight=1),)


@pytest.fixture
def table(qapp: QApplication, qtbot: QtBot) -> PagedTable:
    def fetch(ids: Sequence[int]) -> list[int]:
        assert not set(ids) & set(BANDS), "a band was looked up in the file"
        return list(ids)

    table = PagedTable(PagedTableModel(COLUMNS, fetch, tickable=True), name="流水")
    qtbot.addWidget(table)
    table.resize(400, 500)
    table.show()
    table.paged_model.set_ids([WAITING, 11, 12, DONE, 21, 22, 23], BANDS)
    return table


def test_the_model_of_a_table_with_bands_is_sound(
    table: PagedTable, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(table.paged_model)


def test_arrows_step_over_a_band(table: PagedTable, qtbot: QtBot) -> None:
    table.setFocus()
    table.select_row(0)
    seen = [table.current_id()]
    for _ in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Down)
        seen.append(table.current_id())
    assert seen == [11, 12, 21, 22]
    for _ in range(4):
        qtbot.keyClick(table, Qt.Key.Key_Up)
    assert table.current_id() == 11


def test_a_band_is_never_ticked(table: PagedTable) -> None:
    model = table.paged_model
    model.tick(range(7), on=True)
    assert model.ticked == {11, 12, 21, 22, 23}
    assert model.tick_state() is Qt.CheckState.Checked
    model.tick_all(on=False)
    model.tick_all(on=True)
    assert model.ticked_in_order() == [11, 12, 21, 22, 23]


def test_ctrl_a_ticks_the_group_of_the_cursor_and_pressed_again_the_whole_list(
    table: PagedTable, qtbot: QtBot
) -> None:
    with qtbot.waitActive(table):
        table.activateWindow()
    table.setFocus()
    seen = []
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        seen.append(table.paged_model.ticked_in_order())
    assert seen == [[11, 12], [11, 12, 21, 22, 23]]
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    table.select_id(22)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.paged_model.ticked_in_order() == [21, 22, 23]


def test_only_rows_are_counted_and_leave_on_paper(table: PagedTable, qtbot: QtBot) -> None:
    foot = TableFoot(table, unit="笔")
    qtbot.addWidget(foot)
    told: list[tuple[int, ...]] = []
    table.range_changed.connect(lambda *numbers: told.append(numbers))
    table.paged_model.set_ids([WAITING, 11, 12, DONE, 21, 22, 23], BANDS)
    assert told[-1] == (1, 5, 5)
    papers: list[SeenTable] = []
    table_paper.see(table, papers.append)
    assert papers[0].rows == [("居民11",), ("居民12",), ("居民21",), ("居民22",), ("居民23",)]
    assert papers[0].count_words == "共 5 笔"


def test_a_band_says_its_words_to_a_screen_reader(table: PagedTable) -> None:
    model = table.paged_model
    assert model.data(model.index(3, 0), Qt.ItemDataRole.AccessibleTextRole) == "已记账 3 笔"
    assert model.cells(2)[0].plain == "居民12"
    assert model.cells(4)[0].plain == "居民21"
