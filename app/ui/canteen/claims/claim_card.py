"""向谁申报: what each payer is asked for, a door to its meals, and the button of the next step."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Payer
from app.services.meal_claim_facts import ClaimFacts
from app.services.meal_claim_views import Step
from app.ui.canteen.claims.matrix_rows import short_month
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.labels import column, row, small, title
from app.values.money import yuan
from app.values.rights import Right

_ACTIONS = {
    Step.CHECK: "提交并锁定",
    Step.PREPARE: "制表人签字",
    Step.SIGN: "负责人签字",
    Step.SUBMIT: "提交并锁定",
    Step.RECEIVE: "登记到账",
}


class PayerLine(QWidget):
    """A payer with what is asked for; `amount` is pressed for the meals behind it."""

    def __init__(self, payer: Payer) -> None:
        super().__init__()
        self.payer = payer
        self.sub = small()
        self.amount = Button("", kind="link")
        # As high as the words beside it: the column has no room to spare.
        self.amount.setFixedHeight(theme.current().px(20))
        name = small(payer.label, tone="text")
        self.setLayout(row(name, self.sub, None, self.amount))

    def show_part(self, facts: ClaimFacts) -> None:
        """Of a month; hidden where it bears nothing."""
        sub, amount = "；".join(_subs(facts, self.payer)), _amount(facts, self.payer)
        self.sub.setText(sub)
        self.amount.setText(amount)
        self.amount.setAccessibleName(" ".join(filter(None, (self.payer.label, sub, amount))))
        self.setVisible(self.payer in facts.matrix.payers)


class ClaimCard(Card):
    """`next_asked` for the step that comes, `back_asked` to have it signed anew.

    `opened` with the payer whose meals are to be seen.
    """

    opened = Signal(object)
    next_asked = Signal()
    back_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=5)
        self.body.addLayout(row(title("向谁申报"), small("单位：元"), None))
        self.lines = [PayerLine(payer) for payer in Payer]
        self.nobody = small("没有要申报的补贴。")
        self.body.addLayout(column(*self.lines, self.nobody, spacing=3))
        self.button = Button("提交并锁定", kind="primary", action="claim_step", wide=True)
        self.body.addWidget(self.button)
        self.told = small(tone="warn", wrap=True)
        self.back = Button("退回重新签字", kind="link", size="small", action="sign_again")
        self.body.addLayout(row((self.told, 1), self.back))
        offer(context.may(Right.SETTLE_MEALS), self.button, self.back)
        for line in self.lines:
            line.amount.clicked.connect(lambda _=False, payer=line.payer: self.opened.emit(payer))
        self.button.clicked.connect(self.next_asked)
        self.back.clicked.connect(self.back_asked)
        self.button.bind(self)
        self.back.bind(self)

    @property
    def words(self) -> list[str]:
        """What stands in the lines: 区财政 含 10 月差额 −4.00 4,592.00."""
        return [one.amount.accessibleName() for one in self.lines if not one.isHidden()]

    def show_facts(self, facts: ClaimFacts) -> None:
        """A month as it is now."""
        for line in self.lines:
            line.show_part(facts)
        self.nobody.setVisible(not facts.matrix.payers)
        self.button.setVisible(facts.step is not None)
        if facts.step is not None:
            self.button.setText(_ACTIONS[facts.step])
        self.button.setEnabled(not facts.refusal)
        told = facts.refusal or ("制表以后有变动，请重新制表签字" if facts.stale else "")
        self.told.setText("已锁定" if facts.locked and not told else told)
        self.told.set_tone("text2" if facts.locked else "warn")
        self.told.setVisible(bool(self.told.text()))
        signed = facts.claim is not None and facts.claim.prepared_on is not None
        self.back.setVisible(signed and not facts.locked and not facts.stale)


def _amount(facts: ClaimFacts, payer: Payer) -> str:
    part = facts.claim.part(payer) if facts.claim is not None and facts.claim.locked else None
    return yuan(part.claimed if part is not None else facts.matrix.claimed(payer))


def _subs(facts: ClaimFacts, payer: Payer) -> Iterator[str]:
    part = facts.claim.part(payer) if facts.claim is not None and facts.claim.locked else None
    difference = facts.matrix.difference.shares.of(payer) if part is None else part.difference
    if part is not None and part.received is not None:
        yield f"{part.received_on:%m-%d} 到账" + (
            f" {yuan(part.received)}" if part.received != part.claimed else ""
        )
    elif difference:
        months = facts.matrix.corrected
        which = short_month(months[0]) if len(months) == 1 else "以前月份"
        yield f"含 {which}差额 {yuan(difference)}"
