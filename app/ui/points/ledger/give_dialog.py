"""户内转分: how many points go to whom of the household, and why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import points_book, points_family
from app.services.points_accounts import Holder
from app.services.points_family import Relative
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import Label
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.signals import Area
from app.values.text import half_width

REASONS = ("家人一起攒", "老人不方便来兑换")
_LONGEST = 60


class GiveDialog(Dialog):
    """Points of one account to another of the same household; they keep their expiry."""

    def __init__(
        self,
        context: Context,
        holder: Holder,
        family: Sequence[Relative],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("转给家人", parent, width=460)
        self._context, self._holder, self._family = context, holder, list(family)
        with context.database.lookup() as lookup:
            there = points_book.available(lookup, holder.account_id, context.clock.today())
        self.taker = IdChoice(name="转给，必填", blank=MUST)
        self.taker.offer({place: one.name for place, one in enumerate(self._family)})
        if len(self._family) == 1:
            self.taker.choose_id(0)
        self.points = line_edit(hint=f"最多 {there.points}", limit=6)
        self.reason = choice(list(REASONS), editable=True)
        self.reason.setCurrentText("")
        said = f"{holder.name}可用 {there.points:,} 分。只能在一户之内转，到期日不变。"
        self.body.addWidget(Label(said, tone="text2", wrap=True))
        self.form = Form(label=52)
        self._taker = self.form.add("转给", self.taker, required=True)
        self._points = self.form.add("积分", self.points, required=True)
        self.form.add("原因", self.reason)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("转分", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.taker.setFocus()

    def save(self) -> None:
        """Book both halves and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            place, points = self.taker.chosen_id, half_width(self.points.text()).strip()
            self._taker.set_message("" if place is not None else "请选转给谁。", "danger")
            self._points.set_message("" if points.isdigit() else "请写整数，如 5。", "danger")
            if place is None or not points.isdigit():
                raise DomainError("还有没填好的，已标出来。填好后再转。")
            taker = self._family[place]
            words = f"{self._holder.name} 转给 {taker.name} {points} 分"
            with self._context.database.transaction(f"户内转分 {words}") as session:
                points_family.give(
                    session,
                    self._holder.account_id,
                    taker,
                    int(points),
                    reason=self.reason.currentText()[:_LONGEST],
                    now=self._context.clock.now(),
                )
            self._context.signals.changed.emit(Area.POINTS)
            messages.notify(self._context.signals, f"已转分：{words}")
            self.accept()
