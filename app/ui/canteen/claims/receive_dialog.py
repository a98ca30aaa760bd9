"""登记到账: what a payer transferred, when, under which voucher."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import meal_claim_after
from app.services.meal_claim_facts import ClaimFacts
from app.services.meal_claim_views import PartView
from app.ui.canteen.claims.doing import name_of
from app.ui.canteen.claims.step_dialogs import ClaimDialog
from app.ui.kit.forms import choice, line_edit
from app.ui.people.date_line import NearLine
from app.values.money import read_yuan, yuan


class ReceiveDialog(ClaimDialog):
    """The payers that still owe, one at a time; the claimed amount is proposed."""

    def __init__(self, context: Context, facts: ClaimFacts, parent: QWidget | None = None) -> None:
        words = "到账和申报不一样时，请写明原因。每一方到账登记一次。"
        super().__init__(context, "登记到账", words, parent)
        parts = facts.claim.parts if facts.claim is not None else ()
        self._waiting = [one for one in parts if not one.settled]
        self.payer = choice([one.payer.label for one in self._waiting], name="承担方")
        self.amount = line_edit(hint="如 4,592.00", limit=16)
        self.day = NearLine(context.clock.today(), context.clock.today())
        self.voucher = line_edit(hint="银行回单号", limit=40)
        self.note = line_edit(hint="不一样时写明原因", limit=60)
        self.form.add("承担方", self.payer, required=True)
        self.form.add("到账金额", self.amount, required=True)
        self.form.add("到账日期", self.day, required=True)
        self.form.add("凭证号", self.voucher)
        self.form.add("说明", self.note)
        self.payer.currentIndexChanged.connect(lambda _: self._propose())
        self._propose()
        self.ready(self._write, lambda: self._sentence(facts))

    @property
    def part(self) -> PartView | None:
        """Of the payer that is chosen."""
        label = self.payer.currentText()
        return next((one for one in self._waiting if one.payer.label == label), None)

    def _propose(self) -> None:
        if self.part is not None:
            self.amount.setText(yuan(self.part.claimed))

    def _sentence(self, facts: ClaimFacts) -> str:
        return f"登记 {name_of(facts)} {self.payer.currentText()} 到账 {self.amount.text()} 元"

    def _write(self, session: Any) -> None:
        day, part = self.day.value(), self.part
        if part is None:
            raise DomainError("请先选是哪一方到账。")
        if day is None:
            raise DomainError("日期不对，请写成 2026-12-20。")
        meal_claim_after.receive(
            session,
            part.id,
            amount=read_yuan(self.amount.text()),
            on=day,
            voucher=self.voucher.text(),
            note=self.note.text(),
            version=part.version,
            today=self.context.clock.today(),
        )
