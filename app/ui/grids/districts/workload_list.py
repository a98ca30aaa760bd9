"""谁的担子重: one line a grid, the same scale down each column, a hairline at the average."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.services.grid_advice import marks
from app.services.grid_workload import Average, GridLoad, Load, Workload
from app.ui.grids.districts.workload_painter import paint_line
from app.ui.kit import theme
from app.ui.kit.labels import tip_of

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
LOWEST, HIGHEST = 43, 63
NOBODY, WHERE = "没有专职网格员", "竖线所在"


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a line: in words, its share of the column's scale, the mark, the average."""

    words: str
    share: float
    mark: str
    average: float


@dataclass(frozen=True, slots=True)
class Line:
    """A grid, or the average of all; `grid_id` is None for the latter."""

    grid_id: int | None
    name: str
    member: str
    bars: tuple[Bar, ...]

    @property
    def spoken(self) -> str:
        """For screen readers and tips."""
        told = (
            f"{head} {bar.words}{f'（{bar.mark}）' if bar.mark else ''}"
            for head, bar in zip(heads(), self.bars, strict=True)
        )
        return f"{self.name} {self.member}：{'，'.join(told)}"


HEADS = ("户数", "重点对象", "本月走访", "在办诉求")
_KEYS = ("households", "key", "visits", "requests")


def heads() -> tuple[str, ...]:
    """The columns there is room for: in 大字 the households stand beside the member."""
    return HEADS[1:] if theme.current().large else HEADS


def lines(work: Workload) -> list[Line]:
    """The grids of a comparison, and the average as the last line."""
    average = work.average
    values = [_values(one) for one in work.grids] or [(0.0, 0.0, 0.0, 0.0)]
    households, key, _, requests = (max(column) for column in zip(*values, strict=True))
    scales = (_scale(households), _scale(key), 1.0, _scale(requests))
    usual = (average.households, average.key, average.share, average.requests)
    found = [_line(one, average, scales, usual) for one in work.grids]
    words = (
        f"{average.households:,.0f}",
        f"{average.key:,.0f}",
        f"{average.share:.0%}",
        f"{average.requests:.1f}",
    )
    bars = tuple(
        Bar(text, value / scale, "", value / scale)
        for text, value, scale in zip(words, usual, scales, strict=True)
    )
    return [*found, _line_of(None, "平均", WHERE, bars)]


def _line(one: GridLoad, average: Average, scales: Sequence[float], usual: Sequence[float]) -> Line:
    found = marks(one.load, average)
    load = one.load
    words = (
        f"{load.households:,}",
        f"{load.key:,}",
        f"{load.visited:,}/{load.wanted:,}",
        f"{load.requests:,}",
    )
    bars = tuple(
        Bar(text, value / scale, found.get(key, ""), mean / scale)
        for text, value, scale, key, mean in zip(
            words, _values(one), scales, _KEYS, usual, strict=True
        )
    )
    return _line_of(one.grid_id, one.name, one.member or NOBODY, bars)


def _line_of(grid_id: int | None, name: str, member: str, bars: tuple[Bar, ...]) -> Line:
    if theme.current().large:
        beside = member if member not in (NOBODY, WHERE) else ""
        return Line(grid_id, name, f"{bars[0].words} 户　{beside}".rstrip("　"), bars[1:])
    return Line(grid_id, name, member, bars)


def _values(one: GridLoad) -> tuple[float, ...]:
    load: Load = one.load
    return (load.households, load.key, load.share if load.wanted else 0.0, load.requests)


def _scale(top: float) -> float:
    """A little beyond the longest bar, so that it is seen to end."""
    return max(1.0, top * 1.15)


class WorkloadModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, found: list[Line]) -> None:
        """Other lines."""
        self.beginResetModel()
        self.lines = found
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_of(line.spoken)
        return line if role == LINE else None


class WorkloadList(QListView):
    """↑↓ and a click choose a grid; the heights are such that no half line is seen."""

    chosen = Signal(int)
    """id of a grid that the user chose here"""

    def __init__(self) -> None:
        super().__init__()
        self.model_ = WorkloadModel(self)
        self.painter = _LineDelegate(self)
        self.setModel(self.model_)
        self.setItemDelegate(self.painter)
        self.setAccessibleName("谁的担子重")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.clicked.connect(lambda _: self._announce())

    def show_lines(self, found: Sequence[Line]) -> None:
        """Read anew; the grid that is chosen stays so."""
        kept = self.current_grid
        self.model_.show(list(found))
        self._fit()
        self.mark(kept)

    @property
    def current_grid(self) -> int | None:
        """The grid of the current line."""
        index = self.currentIndex()
        return self.model_.lines[index.row()].grid_id if index.isValid() else None

    def mark(self, grid_id: int | None) -> None:
        """Show which grid is chosen elsewhere."""
        rows = [n for n, line in enumerate(self.model_.lines) if line.grid_id == grid_id]
        if grid_id is None or not rows:
            self.setCurrentIndex(QModelIndex())
        elif self.currentIndex().row() != rows[0]:
            self.setCurrentIndex(self.model_.index(rows[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.current_grid
        super().keyPressEvent(event)
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered or self.current_grid != before:
            self._announce()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _announce(self) -> None:
        if self.current_grid is not None:
            self.chosen.emit(self.current_grid)

    def _fit(self) -> None:
        """As high as the mock where there is room, never lower than two lines of words."""
        px, height = theme.current().px, max(1, self.viewport().height())
        lowest, highest = px(LOWEST), px(HIGHEST)
        count = max(1, len(self.model_.lines))
        seen = min(count, max(1, height // lowest))
        wanted = min(highest, height // seen)
        if seen < count:
            wanted = height // seen
        if wanted != self.painter.height:
            self.painter.height = wanted
            self.scheduleDelayedItemsLayout()


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.height = theme.current().px(HIGHEST)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # missing in PySide6's stubs
        rect = option.rect  # type: ignore[attr-defined]  # the same
        if rect.bottom() >= self._view.viewport().height():
            return  # Half a line at the foot would look like a fault.
        on = index == self._view.currentIndex()
        focus = on and self._view.hasFocus() and bool(state & QStyle.StateFlag.State_Enabled)
        painter.save()
        paint_line(painter, rect, index.data(LINE), on=on, focus=focus)
        painter.restore()
