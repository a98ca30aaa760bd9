"""The table of the preview: one line per person of the file, the mapping inside its headings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.importing.layout import Layout
from app.importing.rows import RowFault
from app.services.residents_import import ImportPlan, PlannedRow, RowState
from app.ui.kit import theme
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_header import HeadNote
from app.ui.kit.table_model import PagedTableModel
from app.ui.residents.import_state import Reading, columns_of, heading_of
from app.ui.residents.import_words import (
    PLACE,
    document_shown,
    fields_at_fault,
    phone_shown,
    place_of,
    raw_cell,
    short_reason,
    state_chip,
    tone_of,
)

TROUBLED = (RowState.FAULT, RowState.QUESTION)
_ORDER = (
    RowState.FAULT,
    RowState.QUESTION,
    RowState.UPDATE,
    RowState.NEW,
    RowState.UNCHANGED,
)
_ICONS = {"danger": "alert-circle-outline", "warn": "help-circle-outline"}
_MAPPED = {
    "name": ("name",),
    "sex": ("sex",),
    "birth_date": ("birth_date", "birth_year", "birth_month", "birth_day"),
    "document_number": ("document_number",),
    "phones": ("phones",),
    "place": PLACE[:4],
}
"""Which fields of the file stand behind a column of the table."""
_CHANGED_BY = {
    "name": ("name",),
    "sex": ("sex",),
    "birth_date": ("birth_date",),
    "document_number": ("document_number", "document_kind"),
    "phones": ("phone", "other_phones"),
    "place": ("place", "other_address"),
}
"""Which columns of a resident an update makes bold."""


@dataclass(frozen=True)
class Line:
    """A planned row with what its cells need."""

    row: PlannedRow
    faults: dict[str, RowFault]
    changed: frozenset[str]


def columns() -> list[Column]:
    """The columns of the preview."""
    return [
        Column("sheet", "工作表", lambda line: line.row.parsed.sheet, width=80, tone="text2"),
        Column("row", "行", lambda line: f"{line.row.parsed.row}", width=48, align="right"),
        Column("state", "状态", lambda line: (state_chip(line.row.state),), width=70),
        Column("name", "姓名", _cell("name", _name), width=86, weight=2, bold=True),
        Column("sex", "性别", _cell("sex", _sex), width=78, large_mode=False),
        Column("birth_date", "出生日期", _cell("birth_date", _birth), width=108, large_mode=False),
        Column("document_number", "证件号", _cell("document_number", _document), width=108),
        Column("phones", "电话", _cell("phones", _phone), width=116, large_mode=False),
        Column("place", "楼-单元-室", _cell("place", _place), width=104, weight=1),
        Column("reason", "原因或改动", _reason, width=104, weight=2),
    ]


def _sex(line: Line) -> str:
    return line.row.parsed.values.sex or "—"


def _name(line: Line) -> str:
    return line.row.parsed.values.name or "（空）"


def _birth(line: Line) -> str:
    birth = line.row.parsed.values.birth_date
    return birth.isoformat() if birth else "—"


def _document(line: Line) -> str:
    return document_shown(line.row.parsed.values.document_number) or "—"


def _phone(line: Line) -> str:
    return phone_shown(line.row.parsed) if line.row.parsed.values.phones else "—"


def _place(line: Line) -> str:
    return place_of(line.row.parsed) or "—"


def _cell(key: str, text: Callable[[Line], str]) -> Callable[[Line], Cell]:
    """The cell of a field: coloured where it is at fault, bold where an update changes it."""

    def cell(line: Line) -> Cell:
        fault = line.faults.get(key)
        bold = key == "name" or key in line.changed
        if fault is None:
            return Cell(text(line), bold=bold)
        tone = "warn" if line.row.state is RowState.QUESTION else "danger"
        raw = raw_cell(line.row.parsed, fault.column)
        shown = _shortened(key, raw) if raw else text(line)
        return Cell(shown, bold=bold, tone=tone, fill=tone, icon=_ICONS[tone])

    return cell


def _shortened(key: str, raw: str) -> str:
    """A long number shows its end; 2.10214E+17 and other oddities are shown as they are."""
    if key == "document_number" and len(raw) >= 15 and raw.replace("X", "0").isalnum():
        return document_shown(raw)
    return raw if len(raw) <= 14 else f"{raw[:13]}…"


def _reason(line: Line) -> Cell:
    tone = tone_of(line.row.state)
    quiet = tone if line.row.state in TROUBLED else "text2"
    return Cell(short_reason(line.row), tone=quiet)


class PreviewTable(PagedTable):
    """Rows of the plan, the troubled ones first. Tab goes to the next of them."""

    skip_asked = Signal()
    trouble_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._plan: ImportPlan | None = None
        self._layouts: dict[str, Layout] = {}
        super().__init__(PagedTableModel(columns(), self._fetch), name="导入预览", parent=parent)

    def show_plan(self, plan: ImportPlan, reading: Reading, state: RowState | None) -> None:
        """Show the rows of one state, or all; the current row stays where it is still listed."""
        current = self.current_id()
        self._plan = plan
        self._layouts = {layout.sheet: layout for layout in reading.layouts}
        found = range(len(plan.rows))
        rank = {one: place for place, one in enumerate(_ORDER)}
        chosen = [i for i in found if state is None or plan.rows[i].state is state]
        chosen.sort(key=lambda i: rank[plan.rows[i].state])
        self.paged_model.set_ids(chosen)
        if current is None or not self.select_id(current):
            self.select_row(0)

    def show_mapping(self, layout: Layout) -> None:
        """Which columns of a sheet stand behind ours."""
        self.set_notes(_notes(layout))

    def show_only(self, indexes: list[int]) -> None:
        """Just these rows: 同样毛病还有 3 行."""
        self.paged_model.set_ids(indexes)
        self.select_row(0)

    def next_trouble(self) -> bool:
        """Make the next open trouble current; False where there is none below."""
        number = self._trouble_below()
        if number is not None:
            self.select_row(number)
        return number is not None

    def has_trouble_below(self) -> bool:
        return self._trouble_below() is not None

    def step(self, by: int) -> None:
        """One row up or down, from a field beside the table."""
        last = len(self.paged_model.ids) - 1
        self.select_row(min(max(0, self.currentIndex().row() + by), last))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.skip_asked.emit()
            return
        super().keyPressEvent(event)

    def _trouble_below(self) -> int | None:
        ids = self.paged_model.ids
        rows = self._plan.rows if self._plan is not None else ()
        below = range(self.currentIndex().row() + 1, len(ids))
        return next((n for n in below if _is_open(rows[ids[n]])), None)

    def event(self, event: QEvent) -> bool:
        # Tab is taken before Qt makes it leave the table.
        if _is_tab(event) and self.has_trouble_below():
            self.trouble_asked.emit()
            return True
        return super().event(event)

    def _fetch(self, indexes: Sequence[int]) -> list[Line]:
        rows = self._plan.rows if self._plan is not None else ()
        return [self._line(rows[index]) for index in indexes]

    def _line(self, row: PlannedRow) -> Line:
        layout = self._layouts[row.parsed.sheet]
        touched = (
            {change.field for change in row.changes} if row.state is RowState.UPDATE else set()
        )
        changed = frozenset(key for key, names in _CHANGED_BY.items() if touched & set(names))
        return Line(row, fields_at_fault(row, layout), changed)


def _is_tab(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
        return False
    return event.key() == Qt.Key.Key_Tab


def _is_open(row: PlannedRow) -> bool:
    return row.state in TROUBLED and not row.decision


def _note(key: str, letters: str, heading: str) -> str:
    """B 姓名; a heading that does not fit under ours gives way: B 列."""
    px, pad = theme.current().px, theme.current().pad
    width = next(px(column.width) for column in columns() if column.key == key)
    whole = f"{letters} {heading}"
    fits = theme.text_width(whole, "small") <= width - 2 * pad - px(17)
    return whole if heading and fits else f"{letters} 列"


def _notes(layout: Layout) -> dict[str, HeadNote]:
    """B 姓名 ▾ below 姓名; several columns that make one are amber."""
    notes = {}
    for key, fields in _MAPPED.items():
        found = [one for one in columns_of(layout) if one.field in fields]
        if len(found) > 1:
            letters = "+".join(one.letters for one in found)
            notes[key] = HeadNote(f"{letters} 合成", "warn")
        elif found:
            notes[key] = HeadNote(_note(key, found[0].letters, heading_of(found[0])))
        else:
            notes[key] = HeadNote("没有这一列", "warn")
    return notes
