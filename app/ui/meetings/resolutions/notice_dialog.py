"""公示 of a resolution: how many days, and from when if it hangs already."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import resolution_notice, settings
from app.services.resolution_notice import NoticeWish, affair_of
from app.services.resolution_views import ResolutionRow
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label
from app.ui.kit.signals import Area
from app.ui.meetings.resolutions.words import name_of
from app.ui.people.date_line import NearLine


class NoticeDialog(Dialog):
    """`notice_id` is the notice in 文书 once it was written."""

    grows = True

    def __init__(self, context: Context, it: ResolutionRow, parent: QWidget | None = None) -> None:
        super().__init__("公示", parent, width=560)
        self._context, self._it = context, it
        self.notice_id: int | None = None
        with context.database.reading() as session:
            days = settings.value(session, settings.RESOLUTION_DAYS)
        self.days = line_edit(str(days), limit=3)
        self.posted = NearLine(context.clock.today())
        affair = affair_of(it.kind, it.body_kind)
        law = f"属居务公开“{affair}”，不少于 15 日（居民委员会组织法第三十四条）。"
        words = f"{name_of(it)}：{it.words}"
        self.body.addWidget(Label(words, tone="text2", wrap=True))
        self.form = Form(label=88)
        self.form.add("公示天数", self.days, required=True).set_message(
            law if affair else "张贴次日是第 1 天", "neutral"
        )
        self.form.add("张贴日期", self.posted).set_message(
            "已经贴出去才填；也可以以后在“文书 · 通知”里登记", "neutral"
        )
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("写公示", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.days.setFocus()

    def save(self) -> None:
        """Write the notice and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            wish = self._entered()
            with self._context.database.transaction(f"公示 {name_of(self._it)}") as session:
                self.notice_id = resolution_notice.publish(
                    session,
                    self._it.id,
                    wish,
                    version=self._it.version,
                    now=self._context.clock.now(),
                )
            self._context.signals.changed.emit(Area.MEETINGS | Area.PAPERS)
            self.accept()

    def _entered(self) -> NoticeWish:
        typed = self.days.text().strip()
        if not (typed.isascii() and typed.isdigit()):
            raise DomainError("公示天数请填整数，如 15。")
        if self.posted.is_wrong:
            raise DomainError("张贴日期写成 2026-11-20 或 11-20，没贴就空着。")
        return NoticeWish(days=int(typed), posted_on=self.posted.value())
