"""One meal: who, when, which tier, who bears what; the way from any figure ends here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Meal
from app.services import meal_claim_meal, meal_taking_back
from app.services.meal_claim_meal import MealFacts
from app.services.points_filter import month_words
from app.ui.canteen.claims.doing import do
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Facts, Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, box, hide_unless, row, rule, small
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.recent.history import Record, history_button
from app.values.money import yuan
from app.values.rights import Right

_USUAL = ("重复记餐", "记错了人", "日期记错", "没有来吃")


class MealDialog(Dialog):
    """Reads the line anew after it was put right; the counter-line is one button away."""

    def __init__(self, context: Context, meal_id: int, parent: QWidget | None = None) -> None:
        with context.database.lookup() as lookup:
            self.facts = meal_claim_meal.meal_facts(lookup, meal_id)
        super().__init__(f"{self.facts.number}　{self.facts.name}", parent, width=560)
        self.context = context
        self._add_state()
        self.body.addWidget(Facts(_facts(self.facts), label=76))
        self.body.addWidget(rule())
        self.body.addWidget(_equation(self.facts))
        self._add_buttons()

    def _add_state(self) -> None:
        facts = self.facts
        if facts.taken_back_id is not None:
            self.body.addWidget(Notice(f"这一餐已由 {facts.taken_back} 撤销。", tone="warn"))
        elif facts.reverses_id is not None:
            self.body.addWidget(Notice(f"这一笔撤销了 {facts.reverses}。", facts.why, tone="warn"))

    def _add_buttons(self) -> None:
        facts, may = self.facts, self.context.may(Right.SETTLE_MEALS)
        record = Record(Meal, facts.id, f"{facts.number} {facts.name}")
        self.history = history_button(self.context, self, lambda: record)
        self._foot.insertWidget(0, self.history)
        self.own = self.add_button(Button("改由本人付", action="own_money"))
        self.back = self.add_button(Button("撤销这一餐", kind="danger"))
        self.close_button = self.add_button(Button("关闭", cap="Esc"), closes=False)
        offer(may and self.context.may(Right.LOG_MEALS), self.back)
        offer(may, self.own)
        hide_unless(facts.standing, self.own, self.back)
        hide_unless(bool(facts.shares.total) and facts.resident_id is not None, self.own)
        self.own.clicked.connect(self.pay_oneself)
        self.back.clicked.connect(self.take_back)
        self.own.bind(self)
        self.close_button.setFocus()

    def take_back(self) -> None:
        """撤销: a counter-line, what was paid returns."""
        words = f"{self.facts.number} {self.facts.name}：冲掉这一餐，付的钱退回。{self._where()}"
        self._put_right("撤销这一餐", words, meal_taking_back.take_back)

    def pay_oneself(self) -> None:
        """改由本人付: booked anew without a subsidy."""
        words = (
            f"{self.facts.number} {self.facts.name}：冲掉这一餐，重新记一笔没有补贴的，"
            f"差的钱由本人付。{self._where()}"
        )
        self._put_right("改由本人付", words, meal_taking_back.put_right, unsubsidised=True)

    def _where(self) -> str:
        if not self.facts.locked:
            return ""
        return f"{month_words(self.facts.month)}已经提交锁定，更正记在后面的月份，作为差额。"

    def _put_right(self, title: str, words: str, act: Callable[..., Any], **more: Any) -> None:
        dialog = ReasonDialog(title, words, title, usual=_USUAL, parent=self)
        if dialog.exec():
            sentence = f"{title} {self.facts.number} {self.facts.name}：{dialog.reason}"
            fields = {"reason": dialog.reason, "now": self.context.clock.now(), **more}
            do(self.context, self, sentence, act, meal_id=self.facts.id, **fields)
            self.accept()


def _facts(facts: MealFacts) -> list[tuple[str, str | QWidget]]:
    age = "" if facts.age is None else f"，当天 {facts.age} 岁"
    count = f"，{facts.quantity} 份" if facts.quantity != 1 else ""
    eaten = "＋".join((facts.words, *facts.dishes)) if facts.words else "、".join(facts.dishes)
    told: list[tuple[str, str | QWidget]] = [
        ("就餐", f"{facts.on_date:%Y-%m-%d} {facts.period.label}，{facts.way.label}"),
        ("食堂", facts.canteen),
        ("姓名", f"{facts.name}{age}"),
        ("内容", f"{eaten}{count}"),
        ("档次", facts.rule or "不享受补贴"),
        ("依据", facts.reason or "—"),
        ("结算月", month_words(facts.month) + ("，已锁定" if facts.locked else "")),
        ("记账", f"{facts.at:%Y-%m-%d %H:%M} {facts.entered_by}，{facts.pay_way.label}"),
    ]
    if facts.why and facts.reverses_id is None:
        told.append(("说明", facts.why))
    return told


def _equation(facts: MealFacts) -> QWidget:
    """餐费 12.00 ＝ 本人付 3.00 ＋ 市财政 4.00 ＋ …: the parts are the whole."""
    fee = f" ＋ 送餐费 {yuan(facts.fee)}" if facts.fee else ""
    parts = " ＋ ".join(f"{name} {yuan(part)}" for name, part in facts.parts())
    words = Label(f"餐费 {yuan(facts.price)}{fee} ＝ {parts}", bold=True, wrap=True)
    return box(row(words, None, small("单位：元")))
