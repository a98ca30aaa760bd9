"""Writing a notice: what is typed, on four tabs, kept as a draft while typing."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Notice
from app.services import drafts, notices, publicity
from app.services.calendar import GUESSED
from app.services.notice_kinds import PUBLICITY, kind
from app.services.notices import NoticeText
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import row, small
from app.ui.kit.signals import Area
from app.ui.kit.tabs import PageTabs
from app.ui.papers.notices.fields import TABS, NoticeFields, first_wrong
from app.ui.recent.unsaved import taken_up

DRAFT_MS = 5000
_DRAFT = "notice"
_DATES = ("dated", "issued_on", "posted_on", "take_down_on")


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
        self._started_as = NoticeText(dated=context.clock.today())
        self.fields = NoticeFields(context.clock.today())
        self.tabs = PageTabs(TABS)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(self.keep_draft)
        context.signals.keep_requested.connect(self._keep_now)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.fields.title)

    # -- what is written

    @property
    def dirty(self) -> bool:
        return self.fields.dirty

    def start(self, text: NoticeText) -> None:
        """A new notice that begins with this text."""
        self._notice_id, self._version = None, 0
        self._show(text)

    def open_notice(self, notice_id: int) -> None:
        """Go on with one that was kept; raises DomainError if it is gone."""
        with self._context.database.reading() as session:
            text, version = notices.text_of(session, notice_id)
        self._notice_id, self._version = notice_id, version
        self._show(text)

    def text(self) -> NoticeText:
        return self.fields.text()

    def save(self) -> None:
        """Keep the notice; a missing part is told and the form stays as it is."""
        with messages.domain_errors_shown(self):
            self._save()

    def leave(self) -> None:
        """Back to the list; what would be lost is asked about."""
        words = "刚写的还没有保存，离开就没有了。"
        if self.dirty and not messages.confirm(self, "没有保存", words, "不要了", destructive=True):
            return
        self._forget_draft()
        self.left.emit()

    # -- drafts: a power cut loses seconds

    def keep_draft(self) -> None:
        """Write what stands in the form to the file, if it differs from what is kept."""
        self._timer.stop()
        if not self.dirty:
            return
        text = self.text()
        fields = asdict(text)
        fields |= {name: _iso(getattr(text, name)) for name in _DATES}
        fields |= {"notice_id": self._notice_id, "version": self._version}
        with self._context.database.transaction("暂存通知草稿") as session:
            now, known = self._context.clock.now(), self._notice_id
            title = f"{text.kind}《{text.title or '没有标题'}》"
            record = (Notice.__tablename__, known) if known is not None else None
            drafts.keep(session, _DRAFT, fields, now=now, title=title, record=record)
        self._state.setText(f"草稿 {self._context.clock.now():%H:%M} 已存")

    def _keep_now(self) -> None:
        if not self._timer.isActive():
            return
        try:
            self.keep_draft()
        except DomainError as error:
            self._state.setText(f"草稿没有存上：{error}")

    def take_up_draft(self) -> bool:
        """Show what was not saved last time; False if there is nothing."""
        with self._context.database.reading() as session:
            draft = drafts.kept(session, _DRAFT)
        if draft is None:
            return False
        fields: dict[str, Any] = dict(draft.fields)
        self._notice_id, self._version = fields.pop("notice_id"), fields.pop("version")
        fields |= {name: _day(fields.get(name)) for name in _DATES}
        blank = NoticeText(dated=self._context.clock.today())
        known = {name: value for name, value in fields.items() if hasattr(blank, name)}
        known["dated"] = known["dated"] or blank.dated
        self._show(blank)
        self._started_as = replace(blank, **known)
        self.fields.fill(self._started_as)
        self._state.setText(taken_up(draft))
        return True

    # -- inside

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        for form in self.fields.forms:
            self._pages.addWidget(form)
        self._state = small()
        self.back = Button("返回", cap="Esc")
        self.save_button = Button("保存", kind="primary", cap="Ctrl+Enter")
        card = Card(spacing=8)
        card.body.addLayout(row(self.tabs, None))
        card.body.addWidget(self._pages, 1)
        card.body.addLayout(row(self.back, None, self._state, self.save_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._pages.setCurrentIndex)
        self.back.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        self.fields.kind.currentTextChanged.connect(self._change_kind)
        for form in self.fields.forms:
            form.save_requested.connect(self.save)
            form.leave_requested.connect(self.leave)
            form.changed.connect(self._on_changed)

    def _show(self, text: NoticeText) -> None:
        self._started_as = text
        self.fields.show(text)
        self.tabs.set_current(0)
        self._pages.setCurrentIndex(0)
        self._state.setText("")
        self._show_period()

    def _change_kind(self, name: str) -> None:
        """The fields of the kind; its starting text only where nothing was typed yet."""
        if name == self._started_as.kind:
            self.fields.show_kind(name)
            return
        with self._context.database.reading() as session:
            fresh = notices.blank(session, today=self.text().dated, kind_name=name)
            filled = notices.with_kind_fields(session, self.text())
        typed = self.text()
        started = kind(self._started_as.kind)
        untouched = {
            field: getattr(fresh, field)
            for field in ("title", "recipients", "body")
            if getattr(typed, field) in ("", getattr(started, field))
        }
        shown = replace(filled, **untouched)
        self._started_as = replace(self._started_as, kind=name)
        new = not self.dirty and self._notice_id is None
        self.fields.fill(shown)
        if new:
            self.fields.mark_clean()
        self._on_changed()

    def _save(self) -> None:
        wrong = first_wrong(self.fields)
        if wrong is not None:
            raise DomainError(f"“{wrong.text()}”不是能认的日期，请写成 2026-11-25。")
        text, now = self.text(), self._context.clock.now()
        verb = "修改" if self._notice_id else "写"
        with self._context.database.transaction(f"{verb}{text.kind}《{text.title}》") as session:
            if self._notice_id is None:
                key = notices.add(session, text, now=now)
            else:
                key = self._notice_id
                notices.update(session, key, text, version=self._version, now=now)
            _, version = notices.text_of(session, key)
            drafts.drop(session, _DRAFT)
        self._notice_id, self._version = key, version
        self._timer.stop()
        self.fields.mark_clean()
        self._state.setText(f"已保存 {now:%H:%M}")
        self._context.signals.changed.emit(Area.PAPERS)
        self.saved.emit(key)

    def _forget_draft(self) -> None:
        self._timer.stop()
        self.fields.mark_clean()
        with self._context.database.transaction("放弃通知草稿") as session:
            drafts.drop(session, _DRAFT)

    def _on_changed(self) -> None:
        if self.dirty and not self._timer.isActive():
            self._timer.start()
        self._show_period()
        self.changed.emit()

    def _show_period(self) -> None:
        """Until when a 公示 hangs, as it is typed; what the law forbids in red."""
        text = self.text()
        if text.kind != PUBLICITY:
            return
        terms = notices.terms_from_today(text)
        try:
            with self._context.database.reading() as session:
                publicity.check(session, terms)
                found = publicity.period(session, terms)
        except DomainError as error:
            self.fields.period_words.show_text(str(error), tone="danger")
            return
        self.fields.period_words.show_text(*period_words(found), tone=period_tone(found))


def period_words(found: publicity.Period) -> tuple[str, str]:
    """The line and its explanation for a period."""
    line = f"{found.begins_on:%Y-%m-%d} 起，到 {found.ends_on:%Y-%m-%d} 24:00 期满"
    if found.guessed:
        return line, f"{GUESSED}。可在「设置－节假日」里导入。"
    if found.moved:
        return line, "末日逢法定节假日，已顺延。"
    return line, "张贴次日起算。"


def period_tone(found: publicity.Period) -> str:
    return "warn" if found.guessed else "soft"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
