"""The papers by stage as one list: bands with counts, and lines read when they are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
PAGE = 200
KEPT_PAGES = 10
ITEM = Qt.ItemDataRole.UserRole
"""Role that gives the Band or the Line of a row."""
_NOWHERE = QModelIndex()


class Line(Protocol):
    """What a row shows of a paper."""

    @property
    def id(self) -> int: ...
    @property
    def serial(self) -> int | None: ...
    @property
    def title(self) -> str: ...
    @property
    def holder(self) -> str: ...
    @property
    def stage_label(self) -> str: ...
    @property
    def tone(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Band:
    """A group of papers that wait for the same thing."""

    title: str
    ids: Sequence[int]


class StageModel(QAbstractListModel):
    """`fetch(ids)` gives a line per id, at most `PAGE` at a time, and none for one that is gone."""

    def __init__(
        self, fetch: Callable[[Sequence[int]], Sequence[Line]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._rows: list[Band | int] = []
        self._places: dict[int, int] = {}
        self._ids: list[int] = []
        self._pages: OrderedDict[int, dict[int, Line]] = OrderedDict()

    def set_bands(self, bands: Sequence[Band]) -> None:
        """Show other papers; a band without papers is left out."""
        self.beginResetModel()
        self._rows, self._ids, self._places = [], [], {}
        self._pages.clear()
        for band in bands:
            if band.ids:
                self._rows.append(band)
                for one in band.ids:
                    self._places[one] = len(self._rows)
                    self._rows.append(len(self._ids))
                    self._ids.append(one)
        self.endResetModel()

    @property
    def ids(self) -> Sequence[int]:
        """All papers in the order of the list."""
        return self._ids

    def row_of(self, paper_id: int) -> int | None:
        """Where a paper stands, None if it is not in the list."""
        return self._places.get(paper_id)

    def id_at(self, row: int) -> int | None:
        """The paper of a row, None for a band."""
        place = self._rows[row] if 0 <= row < len(self._rows) else None
        return self._ids[place] if isinstance(place, int) else None

    def item(self, row: int) -> Band | Line | None:
        """The band or the line of a row, None for a paper that was deleted meanwhile."""
        place = self._rows[row]
        return self._line(place) if isinstance(place, int) else place

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.id_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ITEM:
            return self.item(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(self.item(index.row()))
        return None

    def _line(self, place: int) -> Line | None:
        page = place // PAGE
        if page not in self._pages:
            found = self._fetch(self._ids[page * PAGE : (page + 1) * PAGE])
            self._pages[page] = {line.id: line for line in found}
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return self._pages[page].get(self._ids[place])


def number_words(serial: int | None) -> str:
    """What stands in the column 编号: the serial, or a dash before there is one."""
    return "—" if serial is None else str(serial)


def _spoken(item: Band | Line | None) -> str:
    if item is None:
        return ""
    if isinstance(item, Band):
        return f"{item.title} {len(item.ids):,}"
    return f"{number_words(item.serial)} {item.title} {item.holder} {item.stage_label}"
