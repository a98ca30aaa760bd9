"""登记进展 and 办结: what was done on a day, how far it is, how it looks."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Resolution
from app.services import resolution_life
from app.services.progress import WHOLE, StepInput
from app.services.resolution_views import ResolutionRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label
from app.ui.kit.signals import Area
from app.ui.meetings.resolutions.words import name_of, notice_words
from app.ui.people.date_line import NearLine
from app.ui.people.photos_field import PhotosField
from app.ui.recent.unsaved import keep_dialog

DRAFTS = "progress"


class StepDialog(Dialog):
    """With `last` it is the end of the matter: its words become the result (办理结果)."""

    grows = True

    def __init__(
        self,
        context: Context,
        it: ResolutionRow,
        *,
        last: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._verb = "办结" if last else "登记进展"
        super().__init__(self._verb, parent, width=680)
        self._context, self._it, self._last = context, it, last
        today = context.clock.today()
        self.day = NearLine(today, today)
        self.percent = line_edit(hint="0 到 100，说不准就空着", limit=3)
        self.words = QPlainTextEdit()
        self.words.setPlaceholderText(
            "办成了什么样，花了多少钱，谁验收的" if last else "做了什么，做到哪里，下一步是什么"
        )
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.current().px(110))
        self.words.textChanged.connect(self._dress)
        self.photos = PhotosField("一步进展")
        self._lay_out()
        record = (Resolution.__tablename__, it.id)
        title = f"{self._verb} {name_of(it)}"
        if not last:
            keep_dialog(context, self, self.form, f"{DRAFTS}:{it.id}", title, record=record)
        self.words.setFocus()

    def save(self) -> None:
        """Keep words and pictures; a fault is said and everything stays."""
        title = f"{self._verb} {name_of(self._it)}"
        act = resolution_life.finish if self._last else resolution_life.step
        with messages.domain_errors_shown(self):
            entered = self._entered()
            with self._context.database.transaction(title) as session:
                now = self._context.clock.now()
                act(session, self._it.id, entered, version=self._it.version, now=now)
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已{title}")
            self.accept()

    # -- inside

    def _lay_out(self) -> None:
        it = self._it
        self.body.addWidget(Label(name_of(it), bold=True, wrap=True))
        if it.notice_id is not None and it.taken_down_on is None:
            today = self._context.clock.today()
            self.body.addWidget(Label(f"公示{notice_words(it, today)}。", tone="text2", wrap=True))
        self.form = Form(label=88)
        self.form.add("日期", self.day, required=True)
        self.form.add("办理结果" if self._last else "进展", self.words, required=True)
        if not self._last:
            self.form.add("进度（%）", self.percent)
        self.form.add("照片", self.photos)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button(self._verb, kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _dress(self) -> None:
        theme.ensure_glyphs(self.words.toPlainText())

    def _entered(self) -> StepInput:
        day = self.day.value()
        if day is None:
            raise DomainError("请填日期，写成 2026-11-20 或 11-20。")
        return StepInput(
            on_date=day,
            words=self.words.toPlainText(),
            percent=WHOLE if self._last else self._percent(),
            photos=self.photos.added,
        )

    def _percent(self) -> int | None:
        typed = self.percent.text().strip().removesuffix("%")
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()):
            raise DomainError("进度请填 0 到 100 之间的整数。")
        return int(typed)
