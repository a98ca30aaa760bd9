"""停送: from when to when, and why; whoever stops is told which orders are there already."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import OrderPause
from app.services import order_pauses
from app.services.order_pauses import REASONS, PauseInput, PauseView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.signals import Area
from app.ui.people.date_line import DueLine
from app.ui.recent.history import Record, history_button

_SHOWN = 4


class PauseDialog(Dialog):
    """A new stop, or `pause` to be made longer or shorter."""

    grows = True

    def __init__(
        self,
        context: Context,
        resident_id: int,
        name: str,
        parent: QWidget | None = None,
        *,
        pause: PauseView | None = None,
    ) -> None:
        super().__init__(f"{'停送' if pause is None else '修改停送'}：{name}", parent, width=540)
        self._context, self._resident_id, self._name = context, resident_id, name
        self._pause = pause
        today = context.clock.today()
        tomorrow = today + timedelta(days=1)
        self.since = DueLine(today, pause.since if pause else tomorrow)
        self.until = DueLine(today, pause.until if pause else None)
        self.reason = choice(
            ["", *REASONS], pause.reason if pause else "", name="原因", editable=True
        )
        self._lay_out()
        self._show_affected()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered, now = self._entered(), self._context.clock.now()
            sentence = f"{'停送' if self._pause is None else '修改停送'} {self._name}"
            with self._context.database.transaction(sentence) as session:
                if self._pause is None:
                    _, done = order_pauses.add(session, entered, now=now)
                else:
                    version = self._pause.version
                    done = order_pauses.change(
                        session, self._pause.id, entered, version=version, now=now
                    )
            self._context.signals.changed.emit(Area.CANTEEN)
            told = f"：{done.words}" if done else ""
            messages.notify(self._context.signals, f"已登记停送 {self._name}{told}")
            self.accept()

    def resume(self) -> None:
        """From today on meals come again; a stop that has not begun goes to the recycle bin."""
        if self._pause is None:
            return
        with messages.domain_errors_shown(self):
            now, kept = self._context.clock.now(), self._pause
            with self._context.database.transaction(f"恢复送餐 {self._name}") as session:
                done = order_pauses.resume(
                    session, kept.id, version=kept.version, first=now.date(), now=now
                )
            self._context.signals.changed.emit(Area.CANTEEN)
            told = f"：{done.words}" if done else ""
            messages.notify(self._context.signals, f"{self._name}从今天起恢复送餐{told}")
            self.accept()

    # -- inside

    def _lay_out(self) -> None:
        self.form = Form(label=72)
        begun = self._pause is not None and self._pause.since < self._context.clock.today()
        self.form.add("从哪天起", self.since, required=True)
        self.since.setEnabled(not begun)
        until = self.form.add("到哪天止", self.until)
        self.form.add("原因", self.reason, required=True)
        self.notice = Notice("", tone="info")
        self.form.finish()
        until.set_message("这一天也不送；不填就一直停到另行通知")
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.body.addWidget(self.notice)
        if self._pause is not None:
            self.add_button(history_button(self._context, self, self._record))
            self.resume_button = self.add_button(Button("今天起恢复"))
            self.resume_button.clicked.connect(self.resume)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("停送", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.since.changed.connect(self._show_affected)
        self.until.changed.connect(self._show_affected)
        (self.until if begun else self.since).setFocus()

    def _entered(self) -> PauseInput:
        since = self.since.value()
        if since is None:
            raise DomainError("请填从哪天起停送，写成 12-2 或 2026-12-02 这样。")
        if self.until.is_wrong:
            raise DomainError("“到哪天止”不对，请写成 12-5 或 2026-12-05 这样，或者空着。")
        return PauseInput(
            resident_id=self._resident_id,
            since=since,
            until=self.until.value(),
            reason=self.reason.currentText(),
        )

    def _show_affected(self) -> None:
        """Said before saving, as the kitchen may have cooked already."""
        since = self.since.value()
        if since is None:
            return
        asked = PauseInput(
            resident_id=self._resident_id, since=since, until=self.until.value(), reason=""
        )
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            found = order_pauses.affected(lookup, asked, today=today)
        if not found:
            self.notice.show_text("这几天还没有生成订餐，停送以后也不会生成。", tone="info")
            return
        days = "、".join(f"{one.on_date:%m-%d} {one.period.label}" for one in found[:_SHOWN])
        more = f" 等 {len(found)} 份" if len(found) > _SHOWN else ""
        hand = "；手工订的也取消" if any(one.by_hand for one in found) else ""
        self.notice.show_text(
            f"已有订餐，停送后取消：{days}{more}",
            f"后厨可能已经备餐，请告诉后厨{hand}。",
            tone="warn",
        )

    def _record(self) -> Record | None:
        if self._pause is None:
            return None
        return Record(OrderPause, self._pause.id, f"{self._name} 停送")
