"""One line of the book of meals: all that is known of it; taken back with a reason."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Meal, Payer
from app.services import meal_facts, meal_taking_back
from app.services.meal_facts import MealFacts
from app.ui.canteen.counter import actions
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Facts, Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.recent.history import Record, history_button
from app.values.money import yuan
from app.values.rights import Right


class MealDialog(Dialog):
    """What is older than today goes back by whoever settles."""

    def __init__(self, context: Context, meal_id: int, parent: QWidget | None = None) -> None:
        super().__init__("用餐", parent, width=560)
        self._context, self._id = context, meal_id
        self.meal = self._read()
        self.notice = Notice("", tone="soft")
        self.facts = Facts(label=84)
        self.take_back = Button("撤销这一餐", kind="danger", icon="undo")
        self._late = small("不是今天记的，要有“补贴结算”权限的人来撤销或更正。", wrap=True)
        record = Record(Meal, meal_id, f"用餐 {self.meal.number}")
        self._foot.insertWidget(0, history_button(context, self, lambda: record))
        for part in (self.notice, self.facts, self._late):
            self.body.addWidget(part)
        self.add_button(self.take_back)
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False).setFocus()
        self.take_back.clicked.connect(self.undo)
        self._show()

    def undo(self) -> None:
        """Money, voucher and points return."""
        meal = self.meal
        reason = actions.why_taken_back(self, meal.number, meal)
        if not reason:
            return
        with messages.domain_errors_shown(self):
            now = self._context.clock.now()
            with self._context.database.transaction(f"撤销用餐 {meal.number}") as session:
                meal_taking_back.take_back(session, self._id, reason=reason, now=now)
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已撤销 {meal.number} {meal.name}")
            self.meal = self._read()
            self._show()

    def _read(self) -> MealFacts:
        with self._context.database.lookup() as lookup:
            return meal_facts.of(lookup, self._id)

    def _show(self) -> None:
        meal = self.meal
        may = self._context.may(Right.RUN_CANTEEN if meal.ordered else Right.LOG_MEALS)
        same_day = meal.at.date() == self._context.clock.today()
        in_time = same_day or self._context.may(Right.SETTLE_MEALS)
        self.take_back.setVisible(meal.standing and may and in_time)
        self.take_back.setEnabled(meal.standing and may and in_time)
        self._late.setVisible(meal.standing and may and not in_time)
        if meal.taken_back:
            self.notice.show_text("已撤销", meal.taken_back, tone="warn")
        elif meal.reverses:
            self.notice.show_text("撤销", f"冲掉 {meal.reverses}：{meal.exception}", tone="warn")
        else:
            self.notice.show_text(meal.reason or "按原价", tone="ok" if meal.given else "soft")
        self.facts.set_pairs(_pairs(meal))


def _pairs(meal: MealFacts) -> list[tuple[str, str | QWidget]]:
    shares = "，".join(
        f"{payer.label} {yuan(meal.shares.of(payer))}" for payer in Payer if meal.shares.of(payer)
    )
    age = "" if meal.age is None else f"，{meal.age} 岁"
    pairs: list[tuple[str, str]] = [
        ("单号", f"{meal.number}（{meal.canteen}）"),
        ("用餐", f"{meal.on_date:%Y-%m-%d} {meal.period.label}，{meal.way.label}"),
        ("姓名", f"{meal.name}{age}"),
        ("内容", meal.words + (f"，{meal.quantity} 份" if abs(meal.quantity) > 1 else "")),
        ("餐费", f"{yuan(meal.price)} 元" + (f"，送餐费 {yuan(meal.fee)} 元" if meal.fee else "")),
        ("按哪条", meal.tier),
        ("补贴", f"{yuan(meal.given)} 元：{shares}" if shares else "没有补贴"),
        ("本人付", f"{yuan(meal.paid)} 元，{meal.pays}"),
        ("结算月", f"{meal.month // 100} 年 {meal.month % 100} 月"),
        ("破例", "" if meal.reverses else meal.exception),
        ("记账", f"{meal.at:%Y-%m-%d %H:%M} {meal.entered_by}"),
    ]
    return [(name, words) for name, words in pairs if words]
