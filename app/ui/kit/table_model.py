"""A table of any length: a list of ids, and rows fetched in pages when they are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtCore import Signal as QtSignal

from app.ui.kit.table_columns import Cell, Column

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[Sequence[Any]], Sequence[Any]]
PAGE = 200
# A page is read again in two milliseconds; forty screens around the place are enough to go back.
KEPT_PAGES = 3
CELLS = Qt.ItemDataRole.UserRole
"""Role that gives the Cell, ROW the row object itself."""
ROW = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class PagedTableModel(QAbstractTableModel):
    """`fetch(ids)` returns one row object per id, in the same order. It is called with at most
    `page` ids. With `tickable`, column 0 is a tick box and `ticked` holds ids, not row numbers.
    """

    ticks_changed = QtSignal()

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Fetch,
        *,
        tickable: bool = False,
        page: int = PAGE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.tickable = tickable
        self._fetch = fetch
        self._page = page
        self._ids: Sequence[Any] = ()
        self._bands: Mapping[Any, str] = {}
        self._pages: OrderedDict[int, list[tuple[Any, tuple[Cell, ...]]]] = OrderedDict()
        self._ticked: set[Any] = set()

    # -- contents

    @property
    def ids(self) -> Sequence[Any]:
        return self._ids

    @property
    def lines(self) -> Sequence[Any]:
        """The ids without the bands between them."""
        if not self._bands:
            return self._ids
        return [one for one in self._ids if one not in self._bands]

    def set_ids(self, ids: Sequence[Any], bands: Mapping[Any, str] | None = None) -> None:
        """Show other rows. Ticks stay on the ids that are still in the list.

        Where an id is one of `bands`, its words head a group: no row of its own, nothing to tick.
        """
        self.beginResetModel()
        self._ids = ids
        self._bands = bands or {}
        self._pages.clear()
        lost = self._ticked.difference(ids) if self._ticked else set()
        self._ticked -= lost
        self.endResetModel()
        if lost:
            self.ticks_changed.emit()

    def reload(self) -> None:
        """Fetch what is seen anew, keeping ids, place and ticks."""
        self._pages.clear()
        if self._ids:
            last = self.index(len(self._ids) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def id_at(self, number: int) -> Any:
        return self._ids[number]

    def band_at(self, number: int) -> str | None:
        """The words of the band at a position; None for a row."""
        return self._bands.get(self._ids[number]) if self._bands else None

    def lines_before(self, number: int) -> int:
        """How many rows stand before a position."""
        return number - sum(self._ids.index(band) < number for band in self._bands)

    def row(self, number: int) -> Any:
        """The row object at a position."""
        return self._line(number)[0]

    def cells(self, number: int) -> tuple[Cell, ...]:
        """The cells of a position, without the tick column."""
        return self._line(number)[1]

    def rows_of(self, ids: Sequence[Any]) -> list[Any]:
        """Row objects of any ids, for copying; in pages, nothing is kept."""
        pages = (ids[start : start + PAGE] for start in range(0, len(ids), PAGE))
        return [row for page in pages for row in self._fetch(page)]

    def _line(self, number: int) -> tuple[Any, tuple[Cell, ...]]:
        page, offset = divmod(number, self._page)
        lines = self._pages.get(page)
        if lines is None:
            lines = self._load(page)
        else:
            self._pages.move_to_end(page)
        return lines[offset]

    def _load(self, page: int) -> list[tuple[Any, tuple[Cell, ...]]]:
        ids = self._ids[page * self._page : (page + 1) * self._page]
        wanted = [one for one in ids if one not in self._bands] if self._bands else ids
        rows = self._fetch(wanted)
        lines = [(row, tuple(column.cell(row) for column in self.columns)) for row in rows]
        for place in (place for place, one in enumerate(ids) if one in self._bands):
            lines.insert(place, (None, (Cell(),) * len(self.columns)))
        self._pages[page] = lines
        if len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        return lines

    # -- ticks

    @property
    def ticked(self) -> frozenset[Any]:
        return frozenset(self._ticked)

    def ticked_in_order(self) -> list[Any]:
        """The ticked ids in the order of the list."""
        return [one for one in self._ids if one in self._ticked]

    def is_ticked(self, number: int) -> bool:
        return self._ids[number] in self._ticked

    def tick(self, numbers: Iterable[int], *, on: bool) -> None:
        ids = {self._ids[number] for number in numbers}.difference(self._bands)
        self._set_ticked(self._ticked | ids if on else self._ticked - ids)

    def group(self, number: int) -> range:
        """The rows between the bands around a row; of a list without bands all."""
        bands = [self._ids.index(band) for band in self._bands]
        first = max((one + 1 for one in bands if one <= number), default=0)
        return range(first, min((one for one in bands if one > number), default=len(self._ids)))

    def tick_all(self, *, on: bool) -> None:
        """All ids of the list, not only the rows that are seen."""
        self._set_ticked(set(self._ids).difference(self._bands) if on else set())

    def tick_state(self) -> Qt.CheckState:
        """Of the heading: none, some or all of the list."""
        if not self._ticked:
            return Qt.CheckState.Unchecked
        full = len(self._ticked) == len(self._ids) - len(self._bands)
        return Qt.CheckState.Checked if full else Qt.CheckState.PartiallyChecked

    def _set_ticked(self, ticked: set[Any]) -> None:
        if ticked == self._ticked or not self.tickable:
            return
        self._ticked = ticked
        if self._ids:
            self.dataChanged.emit(
                self.index(0, 0),
                self.index(len(self._ids) - 1, 0),
                [Qt.ItemDataRole.CheckStateRole],
            )
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        self.ticks_changed.emit()

    # -- what Qt asks

    def column_of(self, section: int) -> Column | None:
        """The declared column of a section, None for the tick column."""
        number = section - int(self.tickable)
        return self.columns[number] if number >= 0 else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns) + int(self.tickable)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.band_at(index.row()) is not None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.column_of(index.column()) is None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        band = self.band_at(index.row())
        if band is not None:
            return band if role in _WORDS and index.column() == 0 else None
        if role == ROW:
            return self.row(index.row())
        column = self.column_of(index.column())
        if column is None:
            return self._tick_data(index.row(), role)
        cell = self.cells(index.row())[index.column() - int(self.tickable)]
        if role in _WORDS:
            return cell.plain
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return cell if role == CELLS else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or self.column_of(index.column()) is not None:
            return False
        self.tick([index.row()], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        column = self.column_of(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title if column else "勾选"
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return _alignment(column)
        return None

    def _tick_data(self, number: int, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            on = self.is_ticked(number)
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "已勾选" if self.is_ticked(number) else "未勾选"
        return None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
