"""饮食和家属: how the kitchen is to cook for somebody, and what the carrier must know."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Diner
from app.services import diners
from app.services.diners import AVOIDS, DIETS, DinerView
from app.ui.canteen.food_field import FoodField
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.signals import Area
from app.ui.people.date_line import NearLine
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_RELATIONS = ["", "女儿", "儿子", "老伴", "儿媳", "孙辈", "亲戚", "邻居"]


class DinerDialog(Dialog):
    """One form for whoever gets meals; the family's number in the clear only for who may see it."""

    def __init__(
        self, context: Context, resident_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"饮食和家属：{name}", parent, width=640)
        self._context, self._name = context, name
        self._known = self._read(resident_id)
        self._make_fields()
        self._lay_out()
        self.form.finish()
        self.diet.line.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered, today = self._entered(), self._context.clock.today()
            with self._context.database.transaction(f"登记饮食和家属 {self._name}") as session:
                diners.save(session, entered, today=today)
            self._context.signals.changed.emit(Area.CANTEEN)
            self.accept()

    # -- inside

    def _read(self, resident_id: int) -> DinerView:
        with self._context.database.lookup() as lookup:
            known = diners.diner(lookup, resident_id)
        self._clear = not known.contact_phone or self._context.may(Right.SEE_NUMBERS)
        if known.contact_phone and self._clear:
            with self._context.database.transaction(f"打开饮食和家属 {self._name}") as session:
                diners.note_opened(session, resident_id)
        return known

    def _make_fields(self) -> None:
        known, today = self._known, self._context.clock.today()
        self.diet = FoodField(DIETS, known.diet, name="饮食要求", hint="没有就空着")
        self.avoids = FoodField(AVOIDS, known.avoids, name="忌口", hint="不吃什么，没有就空着")
        self.consented = NearLine(today, known.consented_on)
        self.contact = line_edit(known.contact, hint="如 王丽", limit=60)
        self.relation = choice(_RELATIONS, known.contact_relation, name="关系", editable=True)
        shown = known.contact_phone if self._clear else known.phone_masked
        self.phone = line_edit(shown, hint="没人应门时打给谁", limit=40)
        self.phone.setEnabled(self._clear)
        self.note = line_edit(known.door_note, hint="如 敲门要重，放门口架子上", limit=120)

    def _lay_out(self) -> None:
        self.form = Form(columns=2, label=72)
        self.form.add_full(
            Notice("只写怎么做饭，不写得了什么病。", "要本人单独同意才能记。", tone="soft")
        )
        self.form.add("饮食要求", self.diet, span=2)
        self.form.add("忌口", self.avoids, span=2)
        self.form.add("同意日期", self.consented)
        self.form.add("家属", self.contact)
        self.form.add("关系", self.relation)
        self.form.add("家属电话", self.phone)
        self.form.add("送餐提示", self.note, span=2)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(history_button(self._context, self, self._record))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)

    def _record(self) -> Record | None:
        with self._context.database.lookup() as lookup:
            row_id = diners.row_id(lookup, self._known.resident_id)
        return None if row_id is None else Record(Diner, row_id, f"{self._name} 饮食和家属")

    def _entered(self) -> DinerView:
        if self.consented.is_wrong:
            raise DomainError("“同意日期”不对，请写成 2026-11-20 这样。")
        return DinerView(
            resident_id=self._known.resident_id,
            version=self._known.version,
            diet=self.diet.value(),
            avoids=self.avoids.value(),
            consented_on=self.consented.value(),
            contact=self.contact.text(),
            contact_relation=self.relation.currentText(),
            contact_phone=self.phone.text() if self._clear else self._known.contact_phone,
            door_note=self.note.text(),
        )
