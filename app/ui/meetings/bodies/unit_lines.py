"""What is an owner's: a line of 楼 单元 室 面积 below which the dwellings stand."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.errors import DomainError
from app.services.owners import UnitInput
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import Label, column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard
from app.ui.kit.table_model import PagedTableModel
from app.values.addresses import parse_address
from app.values.areas import plain_metres, read_area, square_metres
from app.values.owned_places import owned_place

COLUMNS = (
    Column("place", "房屋", lambda one: Cell(one.words, bold=True), 200, weight=1),
    Column("area", "面积（㎡）", lambda one: plain_metres(one.area), 120, align="right"),
)


class UnitLines(QWidget):
    """Enter goes from the dwelling to its area, and adds; Del takes a line out again."""

    changed = Signal()

    def __init__(self, units: Sequence[UnitInput] = ()) -> None:
        super().__init__()
        self._units: dict[int, UnitInput] = dict(enumerate(units))
        self.place = line_edit(hint="房号，如 3-2-501", name="房号", limit=40)
        self.area = line_edit(hint="面积，如 86.50", name="专有面积，平方米", limit=14)
        self.add_button = Button("加入", cap="Enter")
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="业主的房屋")
        self.table.paper.offered = False
        self.sums = Label(bold=True)
        self._lay_out()
        self.setFocusProxy(self.place)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add_button.clicked.connect(self.add)
        self.table.opened.connect(self._change)
        self._show()

    @property
    def units(self) -> tuple[UnitInput, ...]:
        """As the service takes them; what was typed and not added counts too.

        Raises DomainError where it cannot be read.
        """
        typed = self._typed()
        return (*self._units.values(), *((typed,) if typed else ()))

    def value(self) -> list[list[Any]]:
        """What a draft keeps."""
        return [[one.building, one.unit, one.room, one.area] for one in self._units.values()]

    def set_value(self, kept: Sequence[Sequence[Any]]) -> None:
        """Lines of a draft."""
        self._units = {
            number: UnitInput(building=building, unit=unit, room=room, area=area)
            for number, (building, unit, room, area) in enumerate(kept or ())
        }
        self._show()

    def add(self) -> None:
        """The line that was typed joins the list; one of the same place is changed."""
        with messages.domain_errors_shown(self):
            typed = self._typed()
            if typed is None:
                self.place.setFocus()
                return
            same = (key for key, one in self._units.items() if one.place == typed.place)
            key = next(same, max(self._units, default=-1) + 1)
            self._units[key] = typed
            self.place.clear()
            self.area.clear()
            self._show()
            self.place.setFocus()
            self.changed.emit()

    def remove(self) -> None:
        """The current line goes."""
        current = self.table.current_id()
        if current is not None:
            del self._units[current]
            self._show()
            self.changed.emit()

    def take_enter(self) -> None:
        """Called after the form watches us: the last filter is asked first."""
        for part in (self.place, self.area, self.table, self.add_button):
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter walks along the line, before a form around it takes the key."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if watched is self.table:
            if event.key() != Qt.Key.Key_Delete:
                return False
            self.remove()
            return True
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain:
            return False
        if watched is self.place and self.place.text().strip():
            self.area.setFocus()
        elif watched is self.place:
            # Nothing more to enter: on to the next field of the form.
            return False
        else:
            self.add()
        return True

    # -- inside

    def _typed(self) -> UnitInput | None:
        place, area = self.place.text().strip(), self.area.text().strip()
        if not place and not area:
            return None
        read = owned_place(parse_address(place), place)
        if read is None:
            raise DomainError(f"房号“{place}”看不懂，请写成 3-2-501（楼-单元-室）或 商铺 12。")
        measured = read_area(area)
        return UnitInput(building=read.building, unit=read.unit, room=read.room, area=measured)

    def _change(self, key: int) -> None:
        one = self._units[key]
        self.place.setText("-".join(part for part in one.place if part))
        self.area.setText(plain_metres(one.area).replace(",", ""))
        self.area.setFocus()
        self.area.selectAll()

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.area.setFixedWidth(metrics.px(130))
        self.table.setFixedHeight(metrics.head + 4 * metrics.row)
        foot = QWidget()
        foot.setLayout(row(self.sums, None, small("Del 去掉一套"), margins=(14, 4, 14, 4)))
        line = row((self.place, 1), self.area, self.add_button)
        self.setLayout(column(line, TableCard(self.table, foot), spacing=6))

    def _show(self) -> None:
        self.model.set_ids(list(self._units))
        if not self._units:
            self.table.set_empty(
                EmptyState("home-outline", "还没有房屋", "写房号和面积，按 Enter。")
            )
        area = sum(one.area for one in self._units.values())
        words = f"{len(self._units)} 套　{square_metres(area)}" if self._units else ""
        self.sums.setText(words)

    def _fetch(self, ids: Sequence[int]) -> list[UnitInput]:
        return [self._units[one] for one in ids]
