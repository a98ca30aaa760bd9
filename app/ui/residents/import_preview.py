"""Step 3: every row of the file with what would become of it, and the row in hand in full."""

from itertools import pairwise

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.importing.cells import column_letters
from app.services.import_known import Known
from app.services.residents_import import PlannedRow, RowState
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, box, column, icon_label, row, rule, small
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.tokens import COLORS
from app.ui.residents.import_counts import CountCards
from app.ui.residents.import_detail import DetailPanel
from app.ui.residents.import_state import Reading, columns_of, heading_of
from app.ui.residents.import_steps import Step, link
from app.ui.residents.import_table import TROUBLED, PreviewTable
from app.ui.residents.import_unused import UnusedColumns
from app.ui.residents.import_words import short_reason
from app.ui.residents.import_work import Prepared, rest_file

_FIELD_BEHIND = {
    "name": "name",
    "sex": "sex",
    "birth_date": "birth_date",
    "document_number": "document_number",
    "phones": "phones",
    "place": "address",
}


class PreviewPage(Step):
    """Nothing is written here; mending, deciding and re-mapping give another plan."""

    mended = Signal(object)
    """Reading with the mended cell"""
    decided = Signal(int, str)
    """index in the plan, decision"""
    remapped = Signal(object)
    """Reading with another column"""
    mapping_asked = Signal()

    legend = (
        ("↑ ↓", "换行"),
        ("Tab", "下一处问题"),
        ("Enter", "补好再查"),
        (keys.cap("skip_row"), "跳过这行"),
    )

    def __init__(self, *, backs_up: bool) -> None:
        super().__init__()
        self._prepared: Prepared | None = None
        self._state: RowState | None = None
        self._sheet = ""
        self._backs_up = backs_up
        self.counts = CountCards()
        self.table = PreviewTable()
        self.detail = DetailPanel()
        self.unused = UnusedColumns()
        self._file = Label(role="title", bold=True)
        self._meta = small()
        self._order = small("有问题的排在前面")
        self._all = link("看全部")
        self._mapping = Button("再看列对应", kind="link", size="small", action="mapping")
        self._promise = Label()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px = theme.current().px
        excel = icon_label("microsoft-excel", COLORS.ok)
        head = row(
            excel,
            self._file,
            self._meta,
            None,
            self._order,
            self._all,
            self._mapping,
            margins=(14, 6, 8, 6),
        )
        ways_out = TableFoot(self.table)
        card = TableCard(self.table, ways_out)
        self.table.paper.filter_words = self._paper_words
        card.body.insertWidget(0, box(head))
        card.body.insertWidget(1, rule())
        self.detail.setFixedWidth(px(252) if not theme.current().large else px(268))
        self.unused.setFixedWidth(self.detail.width())
        self.unused.setFixedHeight(px(128))
        side = column((self.detail, 1), self.unused, spacing=12)
        foot = Card(margins=(16, 8, 16, 8))
        shield = icon_label("shield-check-outline", COLORS.ok)
        foot.body.addLayout(row(shield, self._promise, None, spacing=10))
        table_line = row((card, 1), side, spacing=12)
        self.setLayout(column(self.counts, (table_line, 1), foot, spacing=12))
        self.setFocusProxy(self.table)
        QWidget.setTabOrder(self._all, self._mapping)
        for first, second in pairwise(
            (self._mapping, self.table, ways_out.print_button, ways_out.export_button)
        ):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self.counts.chosen.connect(self._filter)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(lambda _: self.focus_mend())
        self.table.skip_asked.connect(self.detail.skip)
        self.table.note_clicked.connect(self._choose_column)
        self.table.trouble_asked.connect(self.go_on)
        self.detail.mended.connect(self._mend)
        self.detail.decided.connect(self._decide)
        self.detail.next_asked.connect(self.go_on)
        self.detail.moved.connect(self.table.step)
        self.detail.alike_asked.connect(self._show_alike)
        self.unused.changed.connect(self._use_column)
        self._all.clicked.connect(lambda: self.counts.choose(None))
        self._mapping.clicked.connect(self.mapping_asked)
        self._mapping.bind(self)

    @property
    def promise(self) -> str:
        """What the button at the top will do, in words."""
        return self._promise.text()

    # -- showing

    def show_prepared(self, prepared: Prepared, *, first: bool) -> None:
        """Show a plan; `first` starts at the first trouble with all rows."""
        self._prepared = prepared
        if first:
            self._state = None
            self.counts.card(None).setChecked(True)
        reading = prepared.reading
        self._file.setText(_short_name(reading.file.name))
        self._meta.setText(reading.heading_words)
        self.counts.show_counts(prepared.plan.counts, f"{len(reading.used)} 张表")
        self._sheet = ""
        self._promise.setText(self._promise_words(prepared))
        self._tell_forward(prepared)
        self._fill_table(prepared)
        if first:
            self.table.select_row(0)

    def _paper_words(self) -> str:
        words = [self._file.text(), self._state.label if self._state else ""]
        return "，".join(word for word in words if word)

    def _tell_forward(self, prepared: Prepared) -> None:
        number = prepared.plan.importable
        self.forward_words = f"导入 {number:,} 行"
        self.why_not = "" if number else "没有可以导入的行"
        self.forward_changed.emit()

    def _promise_words(self, prepared: Prepared) -> str:
        number, rest = prepared.plan.importable, len(prepared.left_over)
        if not prepared.plan.rows:
            return "表头认出来了，下面还没有填人。"
        if not number:
            return "没有可以写入的行：都和名册一样，或还有问题要解决。"
        first = "先自动备份，再" if self._backs_up else ""
        words = f"{first}把 {number:,} 行一次写入；"
        if rest and theme.current().large:
            words += f"{rest:,} 行连同原因另写一个表，改好再导入。"
        elif rest:
            name = _short_name(rest_file(prepared.reading.file).name)
            words += f"{rest:,} 行连同原因写到「{name}」，改好再导入。"
        return words + "整次导入可以撤销。"

    def _fill_table(self, prepared: Prepared) -> None:
        self._order.setText("有问题的排在前面")
        self._order.setVisible(not theme.current().large)
        self._all.hide()
        self.table.set_empty(_empty(prepared))
        self.table.show_plan(prepared.plan, prepared.reading, self._state)
        self._show_current(self.table.current_id())

    def _filter(self, state: RowState | None) -> None:
        self._state = state
        if self._prepared:
            self._fill_table(self._prepared)

    def _show_current(self, index: int | None) -> None:
        if self._prepared is None:
            return
        planned = self._prepared.plan.rows[index] if index is not None else None
        sheets = [layout.sheet for layout in self._prepared.reading.used]
        self._show_sheet(planned.parsed.sheet if planned else self._sheet or sheets[0])
        alike = len(self._alike(index)) - 1 if index is not None else 0
        typing = self.detail.mend.hasFocus()
        known = self._known(planned) if planned else None
        self.detail.show_row(planned, self._prepared.reading, alike, known)
        if typing and not self.detail.mend.isVisible():
            # A field that goes must not throw the focus onto whatever comes next.
            self.table.setFocus()

    def _known(self, planned: PlannedRow) -> Known | None:
        """The person on file whom a row may be about."""
        if self._prepared is None or not planned.candidates or planned.decision:
            return None
        return self._prepared.plan.known.by_id[planned.candidates[0]]

    def _show_sheet(self, sheet: str) -> None:
        """Headings and unused columns belong to the sheet of the row in hand."""
        if self._prepared and sheet != self._sheet:
            self._sheet = sheet
            layout = self._prepared.reading.layout(sheet)
            self.table.show_mapping(layout)
            self.unused.show_sheet(layout)

    # -- one after the other

    def focus_mend(self) -> None:
        """Into the field of the row in hand, where there is one."""
        if self.detail.mend.isVisible():
            self.detail.mend.setFocus()

    def go_on(self) -> None:
        """To the next trouble; the field that mends it gets the focus."""
        if self.table.next_trouble():
            self.focus_mend()
        else:
            self.table.setFocus()

    def _alike(self, index: int) -> list[int]:
        """All undecided rows with the same trouble, this one among them."""
        if self._prepared is None:
            return []
        rows = self._prepared.plan.rows
        own = rows[index]
        if own.state not in TROUBLED or own.decision:
            return [index]
        words = short_reason(own)
        return [
            place
            for place, one in enumerate(rows)
            if one.state is own.state and not one.decision and short_reason(one) == words
        ]

    def _show_alike(self) -> None:
        index = self.table.current_id()
        if index is None or self._prepared is None:
            return
        found = self._alike(index)
        words = short_reason(self._prepared.plan.rows[index])
        self._order.setText(f"只看「{words}」{len(found)} 行")
        self._order.show()
        self._all.show()
        self.table.show_only(found)

    # -- changing

    def _mend(self, text: str) -> None:
        index = self.table.current_id()
        if index is None or self._prepared is None or not self.detail.column:
            return
        parsed = self._prepared.plan.rows[index].parsed
        reading = self._prepared.reading
        self.mended.emit(reading.with_cell(parsed.sheet, parsed.row, self.detail.column, text))

    def _decide(self, decision: str) -> None:
        index = self.table.current_id()
        if index is not None:
            self.decided.emit(index, decision)

    def _use_column(self, sheet: str, letters: str, field: str) -> None:
        if self._prepared:
            self.remapped.emit(self._prepared.reading.with_field(sheet, letters, field))

    def _choose_column(self, key: str, place: QPoint) -> None:
        """The mapping inside a heading: which column of the file stands behind it."""
        if self._prepared:
            self.column_menu(key).popup(place)

    def column_menu(self, key: str) -> QMenu:
        """The columns of the file to choose from, the present one ticked."""
        menu = QMenu(self)
        reading = self._prepared.reading if self._prepared else None
        field = _FIELD_BEHIND.get(key, "")
        if reading is None or not field:
            return menu
        layout = reading.layout(self._sheet)
        for one in columns_of(layout):
            entry = menu.addAction(
                f"{column_letters(one.index)}　{heading_of(one) or '（没有表头）'}"
            )
            entry.setCheckable(True)
            entry.setChecked(one.field == field)
            chosen = _moved(reading, layout.sheet, field, one.letters)
            entry.triggered.connect(lambda _=False, chosen=chosen: self.remapped.emit(chosen))
        return menu


def _empty(prepared: Prepared) -> EmptyState:
    if prepared.plan.rows:
        return EmptyState("check-circle-outline", "这一类里没有行")
    return EmptyState("table-off", "表里还没有填人", "填好以后再导入；已经填了的，请看列对应。")


def _moved(reading: Reading, sheet: str, field: str, letters: str) -> Reading:
    """The field is read from this column and from no other."""
    for one in columns_of(reading.layout(sheet)):
        if one.field == field and one.letters != letters:
            reading = reading.with_field(sheet, one.letters, "")
    return reading.with_field(sheet, letters, field)


def _short_name(name: str, most: int = 30) -> str:
    return name if len(name) <= most else f"{name[: most - 12]}…{name[-11:]}"
