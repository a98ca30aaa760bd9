"""Step 2: which sheets are read, where their headings stand, and what each column means."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.importing.fields import fields
from app.importing.layout import Column, Layout
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import Label, box, clear, column, row, rule, small
from app.ui.kit.pinyin_choice import PinyinChoice
from app.ui.kit.scroll import scrolled
from app.ui.residents.import_state import (
    UNUSED,
    Reading,
    columns_of,
    field_of_label,
    heading_of,
    label_of,
)
from app.ui.residents.import_steps import Step

_SOURCES = {
    "content": ("按内容认出", "info"),
    "user": ("您改过", "ok"),
    "remembered": ("按上次改过的", "ok"),
}


class ColumnsPage(Step):
    """Everything is recognised beforehand; here it can be put right."""

    changed = Signal(object)
    """Reading with other columns or sheets"""

    legend = (("Tab", "下一列"), ("空格", "展开选项"), ("Ctrl+Enter", "下一步"))

    def __init__(self) -> None:
        super().__init__()
        self._reading: Reading | None = None
        self._sheet = ""
        self._shown: tuple[Path, str] | None = None
        self._chips: dict[str, ChipLabel] = {}
        self.boxes: dict[str, PinyinChoice] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self._title = Label(role="title", bold=True)
        self._meta = small()
        self._problem = Notice("", tone="warn")
        self._sheets = QVBoxLayout()
        self._sheets.setSpacing(theme.current().px(2))
        self._columns = QVBoxLayout()
        self._columns_meta = small()
        self._columns_title = Label(role="title", bold=True)
        self._arrange()

    def _arrange(self) -> None:
        left = Card()
        left.heading("工作表", "打勾的才读")
        left.body.addWidget(scrolled(box(column(self._sheets, None))), 1)
        right = Card(margins=(16, 12, 4, 8))
        right.body.addLayout(row(self._columns_title, self._columns_meta, None, spacing=10))
        right.body.addWidget(rule())
        right.body.addWidget(scrolled(box(column(self._columns, None, spacing=0))), 1)
        head = row(self._title, self._meta, None, spacing=10)
        cards = row((left, 3), (right, 9), spacing=12)
        self.setLayout(column(head, self._problem, (cards, 1), spacing=10))

    def show_reading(self, reading: Reading) -> None:
        """Show a file; the sheet in view stays in view."""
        new = self._reading is None or self._reading.file != reading.file
        self._reading = reading
        self._title.setText(reading.file.name)
        self._meta.setText(reading.heading_words)
        if new or not self._sheet:
            first = next(iter(reading.used or reading.layouts), None)
            self._sheet = first.sheet if first else ""
        self._show_sheets()
        self._show_columns()
        self._tell_problem()

    def choose_sheet(self, sheet: str) -> None:
        self._sheet = sheet
        self._show_sheets()
        self._show_columns()

    def first_box(self) -> PinyinChoice | None:
        return next(iter(self.boxes.values()), None)

    # -- sheets

    def _show_sheets(self) -> None:
        clear(self._sheets)
        self.ticks.clear()
        if self._reading:
            for layout in self._reading.layouts:
                self._sheets.addWidget(self._sheet_line(self._reading, layout))

    def _sheet_line(self, reading: Reading, layout: Layout) -> QWidget:
        tick = QCheckBox()
        tick.setAccessibleName(f"读工作表 {layout.sheet}")
        tick.setChecked(layout.used)
        tick.setEnabled(bool(layout.tables))
        tick.toggled.connect(lambda on, sheet=layout.sheet: self._use(sheet, on))
        self.ticks[layout.sheet] = tick
        current = layout.sheet == self._sheet
        name = Button(layout.sheet, kind="filter_on" if current else "link", size="small")
        name.clicked.connect(lambda _=False, sheet=layout.sheet: self.choose_sheet(sheet))
        return box(
            column(
                row(tick, name, None), row(26, small(_facts(reading, layout)), None), 4, spacing=2
            )
        )

    def _use(self, sheet: str, on: bool) -> None:
        if self._reading:
            self.changed.emit(self._reading.with_used(sheet, on))

    # -- columns

    def _show_columns(self) -> None:
        """Built anew only for another sheet: the box in use must not vanish under the hand."""
        if self._reading is None or not self._sheet:
            return
        layout = self._reading.layout(self._sheet)
        columns = columns_of(layout)
        self._tell_columns(self._reading, layout, columns)
        shown = (self._reading.file, self._sheet)
        if shown != self._shown:
            self._shown = shown
            clear(self._columns)
            self.boxes.clear()
            self._chips.clear()
            self._columns.addWidget(self._grid(columns))
        for one in columns:
            self._show_column(one)

    def _tell_columns(self, reading: Reading, layout: Layout, columns: tuple[Column, ...]) -> None:
        used = sum(1 for one in columns if one.field)
        self._columns_title.setText(f"「{layout.sheet}」的列")
        alike = [one for one in reading.layouts if one.fingerprint == layout.fingerprint]
        same = f"，同样表头的 {len(alike)} 张表一起改" if len(alike) > 1 else ""
        self._columns_meta.setText(f"{len(columns)} 列，用上 {used} 列{same}")

    def _show_column(self, one: Column) -> None:
        box, chip = self.boxes[one.letters], self._chips[one.letters]
        box.blockSignals(True)
        box.set_value(label_of(one.field) if one.field else "")
        box.blockSignals(False)
        chip.setVisible(one.source in _SOURCES)
        if one.source in _SOURCES:
            chip.set_chip(Chip(*_SOURCES[one.source]))

    def _grid(self, columns: tuple[Column, ...]) -> QWidget:
        px = theme.current().px
        grid = QGridLayout()
        grid.setContentsMargins(0, px(4), px(10), 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(5))
        for place, words in enumerate(("列", "表头", "导入成", "", "前几行里是")):
            grid.addWidget(small(words), 0, place)
        for number, one in enumerate(columns, start=1):
            self._add_line(grid, number, one)
        grid.setColumnMinimumWidth(1, px(120))
        grid.setColumnMinimumWidth(3, px(84))
        grid.setColumnStretch(4, 1)
        return box(grid)

    def _add_line(self, grid: QGridLayout, number: int, one: Column) -> None:
        labels = [field.label for field in fields().values()]
        quiet = "text" if one.field else "placeholder"
        grid.addWidget(small(one.letters), number, 0)
        grid.addWidget(Label(heading_of(one) or "（没有表头）", tone=quiet), number, 1)
        grid.addWidget(small(_samples(one)), number, 4)
        choice = PinyinChoice(labels, name=f"{one.letters} 列 {one.heading}", blank=UNUSED)
        choice.currentIndexChanged.connect(lambda _, letters=one.letters: self._chosen(letters))
        choice.setFixedWidth(theme.current().px(190))
        self.boxes[one.letters] = choice
        grid.addWidget(choice, number, 2)
        chip = ChipLabel("")
        self._chips[one.letters] = chip
        grid.addWidget(chip, number, 3)

    def _chosen(self, letters: str) -> None:
        field = field_of_label(self.boxes[letters].currentText())
        if self._reading:
            self.changed.emit(self._reading.with_field(self._sheet, letters, field))

    # -- may one go on

    def _tell_problem(self) -> None:
        self.why_not = _problem(self._reading)
        self._problem.show_text(self.why_not, tone="warn")
        self._problem.setVisible(bool(self.why_not))
        self.forward_changed.emit()


def _problem(reading: Reading | None) -> str:
    """Why the rows cannot be read yet."""
    if reading is None or not reading.used:
        return "没有认出居民表。请在左边勾选要读的工作表，并告诉程序哪一列是姓名。"
    for layout in reading.used:
        fields = {one.field for one in columns_of(layout)}
        if not fields & {"name", "head_name"}:
            return f"「{layout.sheet}」还没有姓名列。请在下面把姓名那一列改成「姓名」。"
    return ""


def _facts(reading: Reading, layout: Layout) -> str:
    if not layout.tables:
        return "没有认出表头"
    rows = "、".join(str(number) for number in layout.heading_rows)
    heading = f"表头第 {rows} 行" if rows else "没有表头"
    hidden = "，隐藏的表" if layout.hidden else ""
    return f"{heading}，{reading.rows_of(layout):,} 行{hidden}"


def _samples(one: Column) -> str:
    # In 大字 two of them have room beside the choice.
    seen = one.samples[:2] if theme.current().large else one.samples
    return "、".join(_short("".join(text.split())) for text in seen) or "（空）"


def _short(text: str, most: int = 14) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
