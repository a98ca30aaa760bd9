"""Widths, order and choice of a table's columns: spread over the room there is, and remembered."""

import re
from typing import Any

from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from app.ui.kit import theme
from app.ui.kit.memory import window_memory
from app.ui.kit.table_columns import Column
from app.ui.kit.table_model import PagedTableModel

# What else stands in a damaged memory is no width.
_PIXELS = re.compile(r"[1-9][0-9]{0,3}")


class ColumnLayout:
    """Columns get their least width, the rest is shared by weight. What the user drags stays."""

    def __init__(self, table: QTableView, model: PagedTableModel, name: str) -> None:
        self._table = table
        self._model = model
        self._group = f"列/{name}/{theme.current().mode.value}"
        self._dragged: dict[str, int] = {}
        self._hidden: set[str] = set()
        self._absent: set[str] = set()
        self._order: list[str] = []
        self._spreading = False
        self._read()
        head = table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.sectionResized.connect(self._resized)
        self._apply_order()
        head.sectionMoved.connect(self._moved)
        self._apply_hidden()

    def visible(self) -> list[Column]:
        """The columns on the screen, in the order of the screen."""
        return [column for column, _ in self.visible_widths()]

    def visible_widths(self) -> list[tuple[Column, int]]:
        """The same with their widths in pixels."""
        head = self._table.horizontalHeader()
        sections = [head.logicalIndex(place) for place in range(head.count())]
        pairs = [(self._model.column_of(one), head.sectionSize(one)) for one in sections]
        return [(one, width) for one, width in pairs if one is not None and self._seen(one)]

    def spread(self, room: int) -> None:
        """Share `room` pixels out; called whenever the table changes its width."""
        head = self._table.horizontalHeader()
        widths = self._widths(room)
        self._spreading = True
        for section, width in widths.items():
            if head.sectionSize(section) != width:
                head.resizeSection(section, width)
        self._spreading = False

    def set_present(self, key: str, *, present: bool) -> None:
        """Take a column out while it says nothing (all rows alike); the user's choice stays."""
        if present is (key in self._absent):
            self._absent ^= {key}
            self._apply_hidden()

    def fill_menu(self, menu: QMenu) -> None:
        """One tick entry per column, and the way back to the original arrangement."""
        for column in self._model.columns:
            if column.key in self._absent:
                continue
            entry = menu.addAction(column.title)
            entry.setCheckable(True)
            entry.setChecked(column.key not in self._hidden)
            entry.toggled.connect(lambda on, key=column.key: self._show(key, on))
        menu.addSeparator()
        menu.addAction("恢复原来的列", self.reset)

    def reset(self) -> None:
        self._dragged.clear()
        self._hidden = self._hidden_at_first()
        head = self._table.horizontalHeader()
        for section in range(head.count()):
            head.moveSection(head.visualIndex(section), section)
        window_memory().remove(self._group)
        self._apply_hidden()

    def _widths(self, room: int) -> dict[int, int]:
        metrics = theme.current()
        widths: dict[int, int] = {}
        weights: dict[int, int] = {}
        for section in range(self._model.columnCount()):
            column = self._model.column_of(section)
            if column is None:
                widths[section] = 2 * metrics.pad + metrics.box + metrics.px(10)
            elif self._seen(column):
                widths[section] = self._dragged.get(column.key) or metrics.px(column.width)
                if column.weight and column.key not in self._dragged:
                    weights[section] = column.weight
        return self._shared(widths, weights, room)

    def _shared(self, widths: dict[int, int], weights: dict[int, int], room: int) -> dict[int, int]:
        spare = room - sum(widths.values())
        if spare <= 0 or not widths:
            return widths
        weights = weights or {max(widths): 1}
        total, given = sum(weights.values()), 0
        for section, weight in weights.items():
            extra = spare * weight // total
            widths[section] += extra
            given += extra
        widths[max(weights)] += spare - given
        return widths

    def _show(self, key: str, on: bool) -> None:
        self._hidden = self._hidden - {key} if on else self._hidden | {key}
        if len(self._hidden) == len(self._model.columns):
            self._hidden.discard(key)
        self._write()
        self._apply_hidden()

    def _hidden_at_first(self) -> set[str]:
        if not theme.current().large:
            return set()
        return {column.key for column in self._model.columns if not column.large_mode}

    def _apply_hidden(self) -> None:
        for section in range(self._model.columnCount()):
            column = self._model.column_of(section)
            hidden = column is not None and not self._seen(column)
            self._table.setColumnHidden(section, hidden)
        self.spread(self._table.viewport().width())

    def _seen(self, column: Column) -> bool:
        return column.key not in self._hidden | self._absent

    def _resized(self, section: int, _old: int, width: int) -> None:
        column = self._model.column_of(section)
        if self._spreading or column is None or width == 0:
            return
        self._dragged[column.key] = width
        self._write()

    def _moved(self, *_places: Any) -> None:
        head = self._table.horizontalHeader()
        columns = [self._model.column_of(head.logicalIndex(i)) for i in range(head.count())]
        self._order = [column.key for column in columns if column is not None]
        self._write()

    def _apply_order(self) -> None:
        head = self._table.horizontalHeader()
        keys = [column.key for column in self._model.columns]
        shift = int(self._model.tickable)
        for place, key in enumerate(self._order):
            section = keys.index(key) + shift
            head.moveSection(head.visualIndex(section), place + shift)

    def _read(self) -> None:
        memory = window_memory()
        memory.beginGroup(self._group)
        known = {column.key for column in self._model.columns}
        widths = str(memory.value("宽", "")).split()
        pairs = (entry.partition("=") for entry in widths)
        self._dragged = {
            key: int(px) for key, _, px in pairs if key in known and _PIXELS.fullmatch(px)
        }
        self._order = [key for key in str(memory.value("序", "")).split() if key in known]
        if memory.contains("藏"):
            self._hidden = set(str(memory.value("藏")).split()) & known
        else:
            self._hidden = self._hidden_at_first()
        memory.endGroup()

    def _write(self) -> None:
        memory = window_memory()
        memory.beginGroup(self._group)
        memory.setValue("宽", " ".join(f"{key}={px}" for key, px in self._dragged.items()))
        memory.setValue("藏", " ".join(sorted(self._hidden)))
        memory.setValue("序", " ".join(self._order))
        memory.endGroup()
