"""Asking whose round a day sheet is for, before it gets its number."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.errors import DomainError
from app.services import members, post_views
from app.services.visit_sheets import SheetInput
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import Label, hide_unless, small
from app.ui.people.authorisation import can_be_authorised
from app.ui.people.date_line import DateLine
from app.values.rights import Right


class SheetDialog(Dialog):
    """`entered` and `whole` (phones) hold what was asked for, after it was accepted."""

    def __init__(
        self,
        context: Context,
        ids: Sequence[int],
        grid_id: int | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("打印走访单", parent, width=480)
        self._context, self._ids, self._grid_id = context, tuple(ids), grid_id
        today = context.clock.today()
        with context.database.lookup() as lookup:
            self._members = {one.name: one.id for one in members.members(lookup, on=today)}
            own = members.own_member(lookup, lookup.actor)
            staff = post_views.staff_of(lookup, today).get(grid_id or 0)
        proposed = own or (staff[0] if staff else None)
        named = next((name for name, key in self._members.items() if key == proposed), "")
        self.day = DateLine(today, today, future=True)
        self.visitor = choice(list(self._members), named, editable=True)
        if not named:
            self.visitor.setCurrentText("")
        self.phones = QCheckBox("电话印完整号码（要写明用途，留痕）")
        hide_unless(can_be_authorised(context, Right.EXPORT_FULL), self.phones)
        self._lay_out()
        self.confirm.setFocus()

    @property
    def whole(self) -> bool:
        return self.phones.isChecked()

    @property
    def entered(self) -> SheetInput:
        """Raises DomainError while the day is none."""
        day, visitor = self.day.value(), self.visitor.currentText().strip()
        if day is None:
            raise DomainError("走访日期没有写对，请写成 2026-11-25 这样。")
        return SheetInput(
            resident_ids=self._ids,
            on_date=day,
            visitor=visitor,
            member_id=self._members.get(visitor),
            grid_id=self._grid_id,
        )

    def save(self) -> None:
        """Close with the answer; a day that is none is told."""
        with messages.domain_errors_shown(self):
            _ = self.entered
            self.accept()

    def _lay_out(self) -> None:
        self.form = Form(label=72)
        self.form.add("走访日期", self.day, required=True)
        self.form.add("走访人", self.visitor)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(Label(f"{len(self._ids):,} 人，按楼和单元的走访顺序排。", tone="text2"))
        self.body.addWidget(self.form)
        self.body.addWidget(self.phones)
        words = "走访单有自己的号。回来后按“录入走访”，照着单子一人一键录进去。"
        self.body.addWidget(small(words, wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("生成走访单", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
