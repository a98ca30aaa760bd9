"""Writing a notice: the parts of an official page as fields, kept as a draft while typing."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.context import Context
from app.services import drafts, notices
from app.services.notices import NoticeText
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import row, small
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine

DRAFT_MS = 5000
_DRAFT = "notice"
_BODY_HINT = "一段一行。段首写 一、（一）1.（1）就会按公文层次排。"


class NoticeForm(QWidget):
    """Ctrl+Enter keeps the notice; Esc goes back and asks only if something would be lost."""

    changed = Signal()
    left = Signal()
    saved = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._notice_id: int | None = None
        self._version = 0
        today = context.clock.today()
        self.form = Form(columns=2, label=56)
        self.heading = line_edit(hint="要正经红头才填", limit=60)
        self.number = line_edit(hint="可不填", limit=40)
        self.title = line_edit(hint="关于……的通知", limit=120)
        self.recipients = line_edit(limit=120)
        self.body = QPlainTextEdit()
        self.attachments = QPlainTextEdit()
        self.signed_by = line_edit(limit=60)
        self.dated = DateLine(today, today)
        self.remark = line_edit(hint="如 联系人：赵敏，电话：8300 0000", limit=120)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(self.keep_draft)
        self._lay_out()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.leave)
        self.form.changed.connect(self._on_changed)
        self.setFocusProxy(self.title)

    # -- what is written

    def start(self, text: NoticeText) -> None:
        """A new notice that begins with this text."""
        self._notice_id, self._version = None, 0
        self._show(text)

    def open_notice(self, notice_id: int) -> None:
        """Go on with one that was kept."""
        with messages.domain_errors_shown(self):
            with self._context.database.reading() as session:
                text, version = notices.text_of(session, notice_id)
            self._notice_id, self._version = notice_id, version
            self._show(text)

    def text(self) -> NoticeText:
        return NoticeText(
            title=self.title.text(),
            recipients=self.recipients.text(),
            body=self.body.toPlainText(),
            attachments=self.attachments.toPlainText(),
            signed_by=self.signed_by.text(),
            dated=self.dated.value() or self._context.clock.today(),
            remark=self.remark.text(),
            red_heading=self.heading.text(),
            number=self.number.text(),
        )

    def save(self) -> None:
        """Keep the notice; a missing part is told and the form stays as it is."""
        with messages.domain_errors_shown(self):
            self._save()

    def leave(self) -> None:
        """Back to the list; what would be lost is asked about."""
        words = "刚写的还没有保存，离开就没有了。"
        if self.form.dirty and not messages.confirm(
            self, "没有保存", words, "不要了", destructive=True
        ):
            return
        self._forget_draft()
        self.left.emit()

    # -- drafts: a power cut loses seconds

    def keep_draft(self) -> None:
        """Write what stands in the form to the file, if it differs from what is kept."""
        self._timer.stop()
        if not self.form.dirty:
            return
        fields = {**asdict(self.text()), "dated": f"{self.text().dated:%Y-%m-%d}"}
        fields |= {"notice_id": self._notice_id, "version": self._version}
        with self._context.database.transaction("暂存通知草稿") as session:
            drafts.keep(session, _DRAFT, fields, now=self._context.clock.now())
        self._state.setText(f"草稿 {self._context.clock.now():%H:%M} 已存")

    def take_up_draft(self) -> bool:
        """Show what was not saved last time; False if there is nothing."""
        with self._context.database.reading() as session:
            draft = drafts.kept(session, _DRAFT)
        if draft is None:
            return False
        fields: dict[str, Any] = dict(draft.fields)
        self._notice_id, self._version = fields.pop("notice_id"), fields.pop("version")
        blank = NoticeText(dated=self._context.clock.today())
        self._show(blank)
        self._fill(replace(blank, **{**fields, "dated": date.fromisoformat(fields["dated"])}))
        self._state.setText(f"已取回 {draft.saved_at:%m-%d %H:%M} 没保存的内容")
        return True

    # -- inside

    def _lay_out(self) -> None:
        self.body.setPlaceholderText(_BODY_HINT)
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(80)
        self.attachments.setPlaceholderText("一行一个附件，没有就空着")
        self.attachments.setTabChangesFocus(True)
        self.attachments.setFixedHeight(54 if not theme.current().large else 46)
        for name, control, span in (
            ("标题", self.title, 2),
            ("主送", self.recipients, 2),
            ("正文", self.body, 2),
            ("附件", self.attachments, 2),
            ("署名", self.signed_by, 2),
            ("日期", self.dated, 1),
            ("文号", self.number, 1),
            ("附注", self.remark, 2),
            ("红头", self.heading, 2),
        ):
            self.form.add(name, control, required=name in ("标题", "正文", "署名"), span=span)
        self.form.finish()
        self.form.grid.setRowStretch(self.form.grid.rowCount() - 1, 0)
        self.form.grid.setRowStretch(2, 1)
        self._state = small()
        self.back = Button("返回", cap="Esc")
        self.back.clicked.connect(self.leave)
        self.save_button = Button("保存", kind="primary", cap="Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        card = Card(spacing=8)
        card.heading("写通知", "", self._state)
        card.body.addWidget(self.form, 1)
        card.body.addLayout(row(self.back, None, self.save_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def _show(self, text: NoticeText) -> None:
        self._fill(text)
        self.form.mark_clean()
        self._state.setText("")

    def _fill(self, text: NoticeText) -> None:
        self.title.setText(text.title)
        self.recipients.setText(text.recipients)
        self.body.setPlainText(text.body)
        self.attachments.setPlainText(text.attachments)
        self.signed_by.setText(text.signed_by)
        self.dated.set_value(text.dated)
        self.remark.setText(text.remark)
        self.heading.setText(text.red_heading)
        self.number.setText(text.number)

    def _save(self) -> None:
        text, now = self.text(), self._context.clock.now()
        verb = "修改" if self._notice_id else "写"
        with self._context.database.transaction(f"{verb}通知《{text.title}》") as session:
            if self._notice_id is None:
                self._notice_id = notices.add(session, text, now=now)
            else:
                notices.update(session, self._notice_id, text, version=self._version, now=now)
            _, self._version = notices.text_of(session, self._notice_id)
            drafts.drop(session, _DRAFT)
        self._timer.stop()
        self.form.mark_clean()
        self._state.setText(f"已保存 {now:%H:%M}")
        self._context.signals.changed.emit(Area.PAPERS)
        self.saved.emit(self._notice_id)

    def _forget_draft(self) -> None:
        self._timer.stop()
        self.form.mark_clean()
        with self._context.database.transaction("放弃通知草稿") as session:
            drafts.drop(session, _DRAFT)

    def _on_changed(self) -> None:
        if self.form.dirty and not self._timer.isActive():
            self._timer.start()
        self.changed.emit()
