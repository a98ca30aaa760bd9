"""制表人签字, 负责人签字, 更正日期: a few fields and what they have written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import meal_claim_steps, meal_taking_back
from app.services.meal_claim_facts import ClaimFacts
from app.ui.canteen.claims.doing import Wrong, name_of
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.people.date_line import NearLine


class ClaimDialog(Dialog):
    """`_write` gives the sentence and what is done under it."""

    def __init__(self, context: Context, title: str, words: str, parent: QWidget | None) -> None:
        super().__init__(title, parent, width=480)
        self.context = context
        self.body.addWidget(small(words, wrap=True))
        self.form = Form(label=88)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button(title, kind="primary", cap=CONFIRM_CAP))

    def ready(self, write: Callable[[Any], None], sentence: Callable[[], str]) -> None:
        """All fields are there; `write` gets the session."""

        def save() -> None:
            with messages.domain_errors_shown(self):
                said = sentence()
                with self.context.database.transaction(said) as session:
                    write(session)
                self.context.signals.changed.emit(Area.CANTEEN)
                messages.notify(self.context.signals, f"已{said}")
                self.accept()

        self.form.finish()
        self.form.save_requested.connect(save)
        self.form.leave_requested.connect(self.reject)
        self.confirm.clicked.connect(save)
        self.form.fields[0].control.setFocus()


class PrepareDialog(ClaimDialog):
    """Who made the table; it is fixed as it stands now."""

    def __init__(self, context: Context, facts: ClaimFacts, parent: QWidget | None = None) -> None:
        words = "结算表按现在的数定下来。打印出来由制表人签字，这里登记是谁签的。"
        super().__init__(context, "制表人签字", words, parent)
        self.name = line_edit(facts.maker, hint="制表人姓名", limit=40)
        self.form.add("制表人", self.name, required=True)

        def write(session: Any) -> None:
            place = (facts.matrix.canteen_id, facts.month)
            meal_claim_steps.prepare(
                session, *place, signer=self.name.text(), now=context.clock.now()
            )

        self.ready(write, lambda: f"登记 {name_of(facts)} 由 {self.name.text().strip()} 制表签字")


class SignDialog(ClaimDialog):
    """Who answers for it and signed."""

    def __init__(self, context: Context, facts: ClaimFacts, parent: QWidget | None = None) -> None:
        words = "负责人（书记或主任）看过结算表，在表上签字；这里登记是谁签的。"
        super().__init__(context, "负责人签字", words, parent)
        version = facts.claim.version if facts.claim is not None else 0
        self.name = line_edit(facts.signer, hint="负责人姓名", limit=40)
        self.form.add("负责人", self.name, required=True)

        def write(session: Any) -> None:
            place = (facts.matrix.canteen_id, facts.month)
            signer, now = self.name.text(), context.clock.now()
            meal_claim_steps.sign(session, *place, signer=signer, version=version, now=now)

        self.ready(write, lambda: f"登记 {name_of(facts)} 由 {self.name.text().strip()} 审核签字")


class OtherDayDialog(ClaimDialog):
    """On which day the meal really was, and how that is known."""

    def __init__(self, context: Context, wrong: Wrong, parent: QWidget | None = None) -> None:
        words = f"{wrong.words}（{wrong.number}）。原来的一笔冲掉，按就餐的那天重新记一笔。"
        super().__init__(context, "更正日期", words, parent)
        self.day = NearLine(context.clock.today(), wrong.day)
        self.reason = line_edit("补录时日期填错", hint="如 签到表上是 11-17", limit=120)
        self.form.add("就餐日期", self.day, required=True)
        self.form.add("原因", self.reason, required=True)

        def write(session: Any) -> None:
            day = self.day.value()
            if day is None:
                raise DomainError("日期不对，请写成 2026-11-17。")
            meal_taking_back.put_right(
                session,
                wrong.meal_id,
                on_date=day,
                reason=self.reason.text(),
                now=context.clock.now(),
            )

        self.ready(
            write, lambda: f"更正 {wrong.name} {wrong.number} 的日期：{self.reason.text().strip()}"
        )
