"""The fields of one template: wording with fill codes, basis, purpose, who approves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from app.services.certificate_views import APPROVERS
from app.services.templates import LAYOUT_LABELS, TemplateInput, TemplateView
from app.ui.kit import theme
from app.ui.kit.card import Card
from app.ui.kit.chips import ChipLabel
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import row
from app.ui.papers.certificates.fields import TextArea
from app.ui.papers.grades import grade_chip
from app.ui.papers.templates.body_edit import BodyField

_NO_LAYOUT = "不认识的版式"
_DAYS_WRONG = "有效天数要写整数，如 90；没有期限就空着。"


class TemplateEditor(Card):
    """`show_template` fills it, `entered` reads it; nothing is kept before the dialog saves."""

    changed = Signal()
    save_requested = Signal()
    leave_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(14, 10, 14, 10), spacing=6, parent=parent)
        self.form = Form(columns=2, label=60)
        self.title = line_edit(hint="如 居住情况证明", limit=60)
        self.layout_choice = choice(list(LAYOUT_LABELS.values()))
        self.body_field = BodyField()
        self.basis = BasisField()
        self.purpose = line_edit(hint="可到开证明时填", limit=120)
        self.recipient = line_edit(hint="可到开证明时填", limit=120)
        self.verification = line_edit(hint="看了什么原件，怎样核实的", limit=200)
        self.days = line_edit(hint="天；空着为长期", limit=4)
        self.approver = choice(list(APPROVERS))
        self.book_word = line_edit(hint="如 居", limit=10)
        self.seal_mark = QCheckBox("印盖章位置")
        self.counterfoil = QCheckBox("带存根")
        self._lay_out()
        self.form.changed.connect(self._on_changed)
        self.form.save_requested.connect(self.save_requested)
        self.form.leave_requested.connect(self.leave_requested)

    @property
    def dirty(self) -> bool:
        return self.form.dirty

    def show_template(self, view: TemplateView) -> None:
        """Its fields, as they are kept."""
        self.show_input(view.entered)
        self.basis.show_grade(view.basis_grade if view.legal_basis else "")

    def show_input(self, entered: TemplateInput) -> None:
        """Values of a template, or of none for a new one."""
        self.title.setText(entered.title)
        _choose(self.layout_choice, LAYOUT_LABELS.get(entered.layout, _NO_LAYOUT))
        self.body_field.set_value(entered.body)
        self.basis.set_value(entered.legal_basis)
        self.basis.show_grade("")
        self.purpose.setText(entered.purpose)
        self.recipient.setText(entered.recipient)
        self.verification.setText(entered.verification)
        self.verification.setCursorPosition(0)
        self.days.setText("" if entered.valid_days is None else str(entered.valid_days))
        _choose(self.approver, entered.approver)
        self.book_word.setText(entered.book_word)
        self.seal_mark.setChecked(entered.seal_mark)
        self.counterfoil.setChecked(entered.counterfoil)
        self.show_fault("")
        self.form.mark_clean()

    def entered(self) -> TemplateInput:
        """What stands in the fields; a number of days that is none counts as no limit."""
        days = self.days.text().strip()
        return TemplateInput(
            title=self.title.text(),
            layout=_key(self.layout_choice.currentText()),
            body=self.body_field.value(),
            legal_basis=self.basis.value(),
            purpose=self.purpose.text(),
            recipient=self.recipient.text(),
            verification=self.verification.text(),
            valid_days=int(days) if days.isdecimal() else None,
            approver=self.approver.currentText(),
            seal_mark=self.seal_mark.isChecked(),
            counterfoil=self.counterfoil.isChecked() and self.counterfoil.isEnabled(),
            book_word=self.book_word.text(),
        )

    def wrong_days(self) -> bool:
        """Whether the days are no number; tells it at the field."""
        days = self.days.text().strip()
        wrong = bool(days) and not days.isdecimal()
        self._days_field.set_message(_DAYS_WRONG if wrong else "", "danger")
        return wrong

    def show_fault(self, words: str) -> None:
        """What is wrong with the body, below it; '' takes it away."""
        self._body_field.set_message(words, "danger")

    def set_usable(self, on: bool) -> None:
        """Off for those who may read templates and not change them."""
        self.body_field.set_usable(on)
        for field in self.form.fields:
            control = field.control
            if isinstance(control, QLineEdit):
                control.setReadOnly(not on)
            elif control not in (self.body_field, self.basis):
                control.setEnabled(on)
        self.basis.line.setReadOnly(not on)
        self._suit_layout()

    # -- assembling

    def _lay_out(self) -> None:
        form = self.form
        form.add("标题", self.title, required=True)
        form.add("版式", self.layout_choice)
        self._body_field = form.add("正文", self.body_field, required=True, span=2)
        form.add("法律依据", self.basis, span=2)
        form.add("核实方式", self.verification, span=2)
        form.add("用途", self.purpose)
        form.add("接收单位", self.recipient)
        self._days_field = form.add("有效期", self.days)
        form.add("由谁批准", self.approver)
        form.add("编号用字", self.book_word)
        form.add("纸面", _Ticks(self.seal_mark, self.counterfoil))
        form.finish()
        form.grid.setRowStretch(form.grid.rowCount() - 1, 0)
        form.grid.setRowStretch(1, 1)
        self._body_field.set_filling()
        if theme.current().large:
            # The smallest screen has room for two lines of the body beside a notice.
            form.grid.setVerticalSpacing(5)
        self.body_field.edit.setMinimumHeight(70 if theme.current().large else 110)
        self.body.addWidget(form, 1)

    def _on_changed(self) -> None:
        self._suit_layout()
        self.changed.emit()

    def _suit_layout(self) -> None:
        """A certificate of honour has no counterfoil."""
        usable = not self.title.isReadOnly()
        honor = _key(self.layout_choice.currentText()) == "honor"
        self.counterfoil.setEnabled(usable and not honor)


class BasisField(QWidget):
    """The legal basis, and how sure it is; the grade is the program's, not to be typed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        lines = 1 if theme.current().large else 2
        self.line = TextArea("文件名称、文号和条款；没有依据不能启用", lines)
        self.line.setAccessibleName("法律依据")
        if lines == 1:
            self.line.setLineWrapMode(TextArea.LineWrapMode.NoWrap)
            self.line.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        height = lines * self.line.fontMetrics().lineSpacing()
        self.line.setFixedHeight(height + theme.current().px(22))
        self.grade = ChipLabel("未核")
        self.setLayout(row((self.line, 1), self.grade))
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self.changed)

    def value(self) -> str:
        return self.line.answer()

    def set_value(self, words: str) -> None:
        self.line.setPlainText(words)

    def show_grade(self, grade: str) -> None:
        """The chip of what is kept; none for '' ."""
        self.grade.setVisible(bool(grade))
        self.grade.set_chip(grade_chip(grade))


class _Ticks(QWidget):
    """Two tick boxes as one control of a form."""

    changed = Signal()

    def __init__(self, *boxes: QCheckBox) -> None:
        super().__init__()
        self._boxes = boxes
        for box in boxes:
            box.toggled.connect(lambda _: self.changed.emit())
        self.setLayout(row(*boxes, None, spacing=14))
        self.setFixedHeight(theme.current().control)
        self.setFocusProxy(boxes[0])

    def value(self) -> tuple[bool, ...]:
        return tuple(box.isChecked() for box in self._boxes)


def _choose(box: QComboBox, words: str) -> None:
    """Show a value; one that is not in the list, from a damaged file, is shown as it is."""
    if box.findText(words) < 0:
        box.addItem(words)
    box.setCurrentText(words)


def _key(label: str) -> str:
    return next((key for key, words in LAYOUT_LABELS.items() if words == label), label)
