"""拨入, 支出, 退回: one form, with what the source and the project would have left."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtWidgets import QComboBox, QWidget

from app.context import Context
from app.errors import DomainError
from app.services import funds
from app.services.fund_views import SourceView
from app.services.funds import EntryInput, QuestionedUse
from app.services.project_views import ProjectView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import Label, row, small
from app.ui.kit.money_line import MoneyLine
from app.ui.kit.signals import Area
from app.ui.people.date_line import NearLine
from app.values.money import yuan

T = TypeVar("T")


@dataclass(frozen=True)
class Kind:
    """`sign` of what it does to the source; `usual` words to choose from."""

    verb: str
    sign: int
    act: Callable[..., int]
    usual: tuple[str, ...]


GRANT = Kind("拨入", 1, funds.grant, ("拨入全年经费", "拨入上半年经费", "拨入下半年经费"))
SPEND = Kind("支出", -1, funds.spend, ("购买材料", "支付施工费", "支付服务费", "支付余款"))
GIVE_BACK = Kind("退回", -1, funds.give_back, ("年末结余退回", "项目取消退回"))


class EntryDialog(Dialog):
    """`entry_id` is the line that was booked. A questioned use asks for its reason first."""

    def __init__(
        self,
        context: Context,
        kind: Kind,
        sources: Sequence[SourceView],
        projects: Sequence[ProjectView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"专项经费{kind.verb}", parent, width=700 if kind is SPEND else 480)
        self._context, self._kind = context, kind
        self._sources, self._projects = list(sources), list(projects)
        self._key = uuid.uuid4().hex
        self.entry_id: int | None = None
        self._make_fields()
        self._lay_out()
        self._connect()
        self._show_after()

    @property
    def source(self) -> SourceView | None:
        return _at(self._sources, self.source_box)

    @property
    def project(self) -> ProjectView | None:
        return _at(self._projects, self.project_box) if self._kind is SPEND else None

    def save(self) -> None:
        """Book it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self._entered()
            sentence = f"专项经费{self._kind.verb} {yuan(entered.amount)} 元 {entered.words}"
            try:
                with self._context.database.transaction(sentence) as session:
                    self.entry_id = self._kind.act(session, entered, now=self._context.clock.now())
            except QuestionedUse as told:
                self.reason_field.set_message(str(told), "warn")
                self.reason_field.show()
                self.reason.setFocus()
                return
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已{sentence}")
            self.accept()

    def _entered(self) -> EntryInput:
        amount, day, source = self.amount.fen(), self.day.value(), self.source
        if amount is None:
            raise DomainError("请填金额，如 1200.00。")
        if day is None:
            raise DomainError("请填记账日期，写成 2026-11-20 或 11-20。")
        if source is None:
            raise DomainError("请先登记经费从哪里来。")
        proofs: dict[str, Any] = {}
        if self._kind is SPEND:
            proofs = {
                "project_id": self.project.id if self.project else None,
                "payee": self.payee.text(),
                "ticket": self.ticket.text(),
                "handled_by": self.handled.text(),
                "approved_by": self.approved.text(),
                "reason": self.reason.text(),
            }
        return EntryInput(
            source_id=source.id,
            amount=amount,
            on_date=day,
            words=self.words.currentText(),
            request_key=self._key,
            **proofs,
        )

    # -- inside

    def _make_fields(self) -> None:
        today = self._context.clock.today()
        self.source_box = choice([one.name for one in self._sources], name="来源")
        self.project_box = choice([one.name for one in self._projects], name="项目")
        self.amount = MoneyLine(hint="如 1200.00", name="金额")
        self.day = NearLine(today, today)
        self.words = choice(list(self._kind.usual), name="事由", editable=True)
        self.words.setCurrentIndex(-1)
        self.payee = line_edit(hint="如 光明灯具店", name="收款方")
        self.ticket = line_edit(hint="发票或收据的号码", name="票据号", limit=40)
        self.handled = line_edit(self._context.user.name, name="经手人", limit=40)
        self.approved = line_edit(name="审批人", limit=40)
        self.reason = line_edit(hint="如 居民代表会议议定", name="用途说明", limit=200)
        self.after = Label("", bold=True)
        self.cautions = small("", tone="warn", wrap=True)

    def _lay_out(self) -> None:
        spends = self._kind is SPEND
        self.form = Form(label=60, columns=2 if spends else 1)
        if spends:
            self.form.add("项目", self.project_box, required=True)
        self.form.add("来源", self.source_box, required=True)
        self.form.add("金额", self.amount, required=True)
        self.form.add("日期", self.day, required=True)
        self.form.add("事由", self.words, required=True, span=2 if spends else 1)
        if spends:
            self._lay_out_proofs()
        self.form.finish()
        self.body.addWidget(self.form)
        self.body.addWidget(self.cautions)
        self.body.addLayout(row(None, self.after))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(
            Button(f"记{self._kind.verb}", kind="primary", cap=CONFIRM_CAP)
        )
        (self.project_box if spends else self.amount).setFocus()

    def _lay_out_proofs(self) -> None:
        self.form.add("收款方", self.payee, required=True)
        self.form.add("票据号", self.ticket, required=True)
        self.form.add("经手人", self.handled, required=True)
        self.form.add("审批人", self.approved, required=True)
        self.reason_field = self.form.add("用途说明", self.reason, span=2)
        self.reason_field.hide()

    def _connect(self) -> None:
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.confirm.clicked.connect(self.save)
        self.amount.textChanged.connect(self._show_after)
        self.source_box.currentIndexChanged.connect(self._show_after)
        self.project_box.currentIndexChanged.connect(self._show_after)

    def _show_after(self) -> None:
        """What the source and the project would have; what the payment should wait for."""
        self._show_cautions()
        source = self.source
        try:
            amount = self.amount.fen()
        except DomainError:
            amount = None
        if source is None or amount is None:
            self.after.setText("")
            return
        left = source.balance + self._kind.sign * amount
        words = f"{source.name}{'还余' if left >= 0 else '不够，差'} {yuan(abs(left))} 元"
        short = left < 0
        if self.project is not None:
            rest = self.project.left - amount
            words += f"，项目预算{'还余' if rest >= 0 else '超了'} {yuan(abs(rest))} 元"
            short = short or rest < 0
        self.after.setText(words)
        self.after.set_tone("danger" if short else "text")

    def _show_cautions(self) -> None:
        told: list[str] = []
        if self.project is not None:
            with self._context.database.lookup() as lookup:
                told = funds.cautions(lookup, self.project.id)
        self.cautions.setText("注意：" + "".join(told) if told else "")
        self.cautions.setVisible(bool(told))


def _at(rows: Sequence[T], box: QComboBox) -> T | None:
    place = box.currentIndex()
    return rows[place] if 0 <= place < len(rows) else None
