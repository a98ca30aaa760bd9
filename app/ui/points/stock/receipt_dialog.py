"""入库: what was bought or given, several articles on one receipt."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.context import Context
from app.models import ReceiptKind
from app.services import drafts, goods, receipt_views, receipts
from app.services.goods import GoodsView
from app.services.receipts import ReceiptFacts
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.people.date_line import NearLine
from app.ui.people.phone_line import PhoneLine
from app.ui.points.stock.figures import day_of
from app.ui.points.stock.receipt_lines import ReceiptLines
from app.ui.recent.unsaved import keep_dialog

DRAFT = "receipt"
_KEY = f"{DRAFT}:new"


class FactsFields:
    """The head of a receipt as fields, for a new one and for corrections."""

    def __init__(self, context: Context, givers: list[str], facts: ReceiptFacts) -> None:
        self.giver = choice(givers, editable=True)
        self.giver.setCurrentText(facts.giver)
        self.voucher = line_edit(facts.voucher, hint="发票或收据号", limit=40)
        self.contact = line_edit(facts.contact, limit=60)
        self._phone = PhoneLine(context)
        self._phone.show(facts.phone)
        self.phone = self._phone.edit
        self.note = line_edit(facts.note, limit=120)
        self.named = QCheckBox("可以公布捐赠人")
        self.named.setChecked(facts.named)
        self.named.setMinimumHeight(theme.current().control)

    def add_to(self, form: Form) -> None:
        self.giver_field = form.add("供货单位", self.giver, required=True)
        form.add("票据号", self.voucher)
        form.add("联系人", self.contact)
        form.add("电话", self.phone)
        form.add("备注", self.note)
        self.named_field = form.add("公布", self.named)

    @property
    def edits(self) -> list[QLineEdit]:
        """Whatever is written in."""
        giver = self.giver.lineEdit()
        known = [] if giver is None else [giver]
        return [*known, self.voucher, self.contact, self.phone, self.note]

    def show_kind(self, kind: ReceiptKind) -> None:
        """A donor is asked whether the name may be told."""
        given = kind is ReceiptKind.DONATION
        self.giver_field.label.setText("捐赠人*" if given else "供货单位*")
        for widget in (self.named_field, self.named_field.label):
            widget.setVisible(given)

    def show_phone(self, phone: str, receipt_id: int, number: str) -> None:
        """Of a booked one: in the clear for who may see it, which is put on record."""
        self._phone.show(phone, f"入库单 {number} ", lambda s: receipts.note_opened(s, receipt_id))

    def facts(self) -> ReceiptFacts:
        """What stands in the fields; raises DomainError for half a telephone number."""
        return ReceiptFacts(
            giver=self.giver.currentText(),
            contact=self.contact.text(),
            phone=self._phone.phone,
            named=self.named.isChecked(),
            voucher=self.voucher.text(),
            note=self.note.text(),
        )


class ReceiptDialog(Dialog):
    """A new receipt; it begins with an article if one is given."""

    def __init__(
        self, context: Context, first: GoodsView | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("入库", parent, width=860)
        self._context = context
        self.receipt_id: int | None = None
        today = context.clock.today()
        with context.database.lookup() as lookup:
            givers = receipt_views.givers(lookup)
        self.kind = Segments([(one.value, one.label, one.label) for one in ReceiptKind])
        self.kind.show_value(ReceiptKind.PURCHASE.value)
        self.day = NearLine(today, today)
        self.fields = FactsFields(context, givers, ReceiptFacts())
        self.lines = ReceiptLines(context)
        self.form = self._form()
        self.body.addWidget(self.form, 1)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("入库", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.keeper = keep_dialog(context, self, self.form, _KEY, "入库单")
        self._show_kind()
        if first is not None:
            self.lines.pick(first)
        for edit in self.fields.edits:
            edit.editingFinished.connect(lambda edit=edit: self._take_scan(edit))
        self.fields.giver.setFocus()

    @property
    def chosen_kind(self) -> ReceiptKind:
        return ReceiptKind.of(str(self.kind.value()))

    def save(self) -> None:
        """Book it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            facts, lines = self.fields.facts(), self.lines.lines
            sentence = f"{self.chosen_kind.label}入库 {facts.giver.strip()} {len(lines)} 种"
            with self._context.database.transaction(sentence) as session:
                self.receipt_id = receipts.add(
                    session,
                    self.chosen_kind,
                    facts,
                    lines,
                    on_date=day_of(self.day),
                    now=self._context.clock.now(),
                )
                # With the receipt, not after it: a power cut between would offer it once more.
                drafts.drop(session, _KEY)
            self._context.signals.changed.emit(Area.POINTS)
            messages.notify(self._context.signals, f"已入库：{sentence}")
            self.accept()

    def _take_scan(self, edit: QLineEdit) -> None:
        """A packet scanned into the head is the next article: nobody is called like its bars."""
        with self._context.database.lookup() as lookup:
            found = goods.labelled(lookup, edit.text(), self._context.clock.today())
        if found is not None:
            edit.clear()
            # After the step to the next field, which the Enter of the scanner means.
            QTimer.singleShot(0, self, lambda: self.lines.pick(found))

    def _form(self) -> Form:
        form = Form(columns=2, label=64)
        form.add("来源", self.kind)
        form.add("日期", self.day, required=True)
        self.fields.add_to(form)
        field = form.add("商品", self.lines, span=2)
        field.set_filling()
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.lines.take_enter()
        self.kind.chosen.connect(lambda _: self._show_kind())
        return form

    def _show_kind(self) -> None:
        self.fields.show_kind(self.chosen_kind)
        self.lines.show_cost(self.chosen_kind is ReceiptKind.PURCHASE)
