"""The fields of a notice on four tabs, and the way between them and `NoticeText`."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.services import publicity
from app.services.notice_kinds import KINDS, PUBLICITY, kind
from app.services.notices import NoticeText
from app.ui.kit import theme
from app.ui.kit.card import Notice
from app.ui.kit.forms import Field, Form, choice, line_edit
from app.ui.kit.labels import small
from app.ui.people.date_line import DateLine

TABS = ("内容", "落款", "公文版", "公示")
NO_AFFAIR = "不属于居务公开"
_BODY_HINT = "一段一行。段首写 一、（一）1.（1）就会按公文层次排。"
_POSTING = "张贴和撤下日期、电话印在楼道大字版的页脚；不填日期就留空手写。"
_OFFICIAL = "这一页只印在公文版上。抄送、印发机关和印发日期印成最后一页页脚的版记。"
_MASKING = (
    "张贴的文书里，居民的姓名、电话自动遮住，证件号码总要遮住。"
    "本人同意公开的，在这里写明依据，姓名就照印。"
)
_NUMBER_HINT = "如 7"
_LABEL = 56


class NoticeFields:
    """All controls by name; `forms` are the tabs in their order."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._not_people = ""
        self.kind = choice([one.name for one in KINDS])
        self.title = line_edit(limit=120)
        self.recipients = line_edit(hint="不写就没有称呼", limit=120)
        self.when_words = line_edit(hint="如 11月25日（周三）9时至17时", limit=120)
        self.where_words = line_edit(hint="如 3、4 号楼", limit=200)
        self.body = _text(_BODY_HINT)
        self.attachments = _text("一行一个附件，没有就空着")
        self.signed_by = line_edit(limit=60)
        self.dated = DateLine(today, today, future=True)
        self.remark = line_edit(hint="如 联系人：赵敏", limit=120)
        self.phone = line_edit(limit=60)
        self.posted_on = DateLine(today, future=True)
        self.take_down_on = DateLine(today, future=True)
        self.red_heading = line_edit(hint="要正经红头才填", limit=60)
        self.number = line_edit(hint="可不填", limit=40)
        self.copied_to = line_edit(hint="不填就没有版记", limit=200)
        self.issued_by = line_edit(limit=60)
        self.issued_on = DateLine(today, future=True)
        self.period_days = line_edit(hint=_NUMBER_HINT, limit=3)
        self.period_kind = choice(list(publicity.UNITS))
        self.affair = choice([NO_AFFAIR, *publicity.AFFAIRS])
        self.objections_to = line_edit(limit=120)
        self.consent_reason = line_edit(hint="如 2026年11月20日本人书面同意", limit=200)
        self.period_words = Notice("", tone="soft")
        self.forms = (self._content(), self._posting(), self._official(), self._public())

    # -- text and back

    def show(self, text: NoticeText) -> None:
        """Fill every control; the forms count as clean."""
        self.fill(text)
        self.mark_clean()

    def fill(self, text: NoticeText) -> None:
        """Fill every control; what differs from before counts as typed."""
        self.kind.setCurrentText(text.kind)
        for name in _LINES:
            getattr(self, name).setText(getattr(text, name))
        self.body.setPlainText(text.body)
        self.attachments.setPlainText(text.attachments)
        for name in _DATES:
            getattr(self, name).set_value(getattr(text, name))
        self.period_days.setText(str(text.period_days or ""))
        self.period_kind.setCurrentText(text.period_kind or publicity.NATURAL)
        self.affair.setCurrentText(text.affair or NO_AFFAIR)
        self._not_people = text.not_people
        self.show_kind(text.kind)

    def text(self) -> NoticeText:
        """What stands in the controls."""
        lines = {name: getattr(self, name).text() for name in _LINES}
        dates = {name: getattr(self, name).value() for name in _DATES}
        days = self.period_days.text().strip()
        affair = self.affair.currentText()
        public = self.kind.currentText() == PUBLICITY
        return NoticeText(
            kind=self.kind.currentText(),
            body=self.body.toPlainText(),
            attachments=self.attachments.toPlainText(),
            period_days=int(days) if public and days.isdecimal() else None,
            period_kind=self.period_kind.currentText() if public else "",
            affair=affair if public and affair != NO_AFFAIR else "",
            not_people=self._not_people,
            **lines,
            **dates | {"dated": dates["dated"] or self._today},
        )

    def set_people(self, *, not_people: str, consent: str) -> None:
        """What was decided about the names and numbers in the text."""
        self._not_people = not_people
        self.consent_reason.setText(consent)

    # -- what belongs to a kind

    def show_kind(self, name: str) -> None:
        """Show the fields that a kind asks for."""
        chosen = kind(name)
        self.title.setPlaceholderText(chosen.hint)
        for field, label in ((self._when, chosen.when), (self._where, chosen.where)):
            field.label.setText(f"{label}*" if label else "")
            field.control.setAccessibleName(f"{label}，必填" if label else "")
            _show(field, bool(label))
        public = name == PUBLICITY
        for field in self._of_publicity:
            _show(field, public)
        _show(self._take_down, not public)
        self.period_words.setVisible(public)

    # -- all of them as one

    @property
    def dirty(self) -> bool:
        return any(form.dirty for form in self.forms)

    def mark_clean(self) -> None:
        for form in self.forms:
            form.mark_clean()

    # -- inside

    def _content(self) -> Form:
        form = Form(columns=2, label=_LABEL)
        form.add("文种", self.kind, span=2)
        form.add("标题", self.title, required=True, span=2)
        form.add("称呼", self.recipients, span=2)
        self._when = form.add("时间", self.when_words, required=True, span=2)
        self._where = form.add("地点", self.where_words, required=True, span=2)
        form.add("正文", self.body, required=True, span=2)
        form.add("附件", self.attachments, span=2)
        self.body.setMinimumHeight(80)
        self.attachments.setFixedHeight(46 if theme.current().large else 54)
        form.finish()
        _stretch(form, self.body)
        return form

    def _posting(self) -> Form:
        form = Form(columns=2, label=_LABEL)
        form.add("署名", self.signed_by, required=True, span=2)
        form.add("日期", self.dated, required=True, span=2)
        form.add("电话", self.phone, span=2)
        form.add("附注", self.remark, span=2)
        form.add("张贴", self.posted_on, span=2)
        self._take_down = form.add("撤下", self.take_down_on, span=2)
        form.add_full(small(_POSTING, wrap=True))
        form.finish()
        return form

    def _official(self) -> Form:
        form = Form(columns=2, label=_LABEL)
        form.add("红头", self.red_heading, span=2)
        form.add("文号", self.number, span=2)
        form.add("抄送", self.copied_to, span=2)
        form.add("印发", self.issued_by, span=2)
        form.add("印发日", self.issued_on, span=2)
        form.add_full(small(_OFFICIAL, wrap=True))
        form.finish()
        return form

    def _public(self) -> Form:
        form = Form(columns=2, label=_LABEL)
        self._of_publicity: Sequence[Field] = (
            form.add("天数", self.period_days, required=True),
            form.add("按", self.period_kind),
            form.add("事项", self.affair, span=2),
            form.add("异议", self.objections_to, required=True, span=2),
        )
        form.add_full(self.period_words)
        form.add("公开依据", self.consent_reason, span=2)
        form.add_full(small(_MASKING, wrap=True))
        form.finish()
        return form


_LINES = (
    "title",
    "recipients",
    "when_words",
    "where_words",
    "signed_by",
    "remark",
    "phone",
    "red_heading",
    "number",
    "copied_to",
    "issued_by",
    "objections_to",
    "consent_reason",
)
_DATES = ("dated", "posted_on", "take_down_on", "issued_on")


def all_dates(fields: NoticeFields) -> list[DateLine]:
    """The date fields, to be asked whether one of them is wrong."""
    return [getattr(fields, name) for name in _DATES]


def _text(hint: str) -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setPlaceholderText(hint)
    edit.setTabChangesFocus(True)
    # Text from a word processor has tabs after its numbers.
    edit.setTabStopDistance(2 * edit.fontMetrics().horizontalAdvance("一"))
    return edit


def _show(field: Field, on: bool) -> None:
    field.label.setVisible(on)
    field.setVisible(on)


def _stretch(form: Form, control: QWidget) -> None:
    """Give a field's row the height that is left over, instead of the empty row at the end."""
    rows = form.grid.rowCount()
    for number in range(rows):
        form.grid.setRowStretch(number, 0)
        item = form.grid.itemAtPosition(number, 1)
        field = item.widget() if item is not None else None
        if isinstance(field, Field) and field.control is control:
            form.grid.setRowStretch(number, 1)
            field.set_filling()


def first_wrong(fields: NoticeFields) -> QLineEdit | None:
    """The date field whose text is no date."""
    return next((line for line in all_dates(fields) if line.is_wrong), None)
