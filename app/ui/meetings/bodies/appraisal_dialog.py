"""民主评议 of a year: when, who led it, how many took part, the votes on each member."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Appraisal, BodyKind
from app.services import appraisals, body_views
from app.services.appraisals import AppraisalInput, Judgement
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import box, column, small
from app.ui.kit.scroll import scrolled
from app.ui.kit.signals import Area
from app.ui.meetings.bodies.judgement_line import JudgementLine
from app.ui.people.date_line import DateLine
from app.ui.recent.unsaved import keep_dialog
from app.values.text import compact

DRAFT = "appraisal"
_HEIGHT, _HEIGHT_LARGE = 520, 462


class AppraisalDialog(Dialog):
    """A new one, or one of the list; `appraisal_id` afterwards says which it was."""

    def __init__(
        self, context: Context, appraisal_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        title = "登记民主评议" if appraisal_id is None else "修改民主评议"
        super().__init__(title, parent, width=760)
        self._context = context
        self.appraisal_id = appraisal_id
        self._version = 0
        entered = self._read()
        today = context.clock.today()
        self.year = line_edit(str(entered.year), limit=4)
        self.day = DateLine(today, entered.held_on)
        self.led_by = line_edit(entered.led_by, limit=60)
        self.voters = line_edit(str(entered.voters or ""), hint="收回的评议票", limit=5)
        self.meeting = IdChoice(self._meetings, name="会议", blank="可不填")
        self.meeting.choose_id(entered.meeting_id)
        self.lines = self._lines(entered.judgements)
        self._lay_out()
        record = (Appraisal.__tablename__, appraisal_id) if appraisal_id is not None else None
        key = f"{DRAFT}:{appraisal_id or 'new'}"
        self.keeper = keep_dialog(context, self, self.form, key, title, record=record)
        (self.voters if appraisal_id is None else self.year).setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered, now = self.entered(), self._context.clock.now()
            sentence = f"{self.windowTitle()} {entered.year} 年"
            with self._context.database.transaction(sentence) as session:
                key, version = self.appraisal_id, self._version
                self.appraisal_id = appraisals.save(session, key, entered, version=version, now=now)
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, sentence)
            self.accept()

    def entered(self) -> AppraisalInput:
        """What stands in the fields; raises DomainError where one cannot be read."""
        day = self.day.value()
        if day is None:
            raise DomainError("评议日期不对，请写成 2026-11-20，不能晚于今天。")
        judged = (line.judgement() for line in self.lines)
        return AppraisalInput(
            year=_number(self.year.text(), "年度", "2026"),
            held_on=day,
            led_by=self.led_by.text(),
            voters=_number(self.voters.text(), "参加评议的人数", "56"),
            meeting_id=self.meeting.chosen_id,
            judgements=tuple(one for one in judged if one is not None),
        )

    # -- inside

    def _read(self) -> AppraisalInput:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            self._meetings = appraisals.meetings(session)
            self._names = {
                one.id: f"{one.name} {one.role.label}"
                for one in appraisals.candidates(session, today)
            }
            if self.appraisal_id is None:
                led_by = next(
                    (
                        one.name
                        for one in body_views.bodies(session, today)
                        if one.kind is BodyKind.SUPERVISORS
                    ),
                    "居务监督委员会",
                )
                return AppraisalInput(year=today.year, held_on=today, led_by=led_by)
            entered, self._version = appraisals.input_of(session, self.appraisal_id)
            judged = appraisals.lines(session, self.appraisal_id)
            self._names |= {one.member_id: f"{one.name} {one.role}" for one in judged}
        return entered

    def _lines(self, judgements: Sequence[Judgement]) -> list[JudgementLine]:
        known = {one.member_id: replace(one) for one in judgements}
        return [JudgementLine(key, name, known.get(key)) for key, name in self._names.items()]

    def _lay_out(self) -> None:
        self.form = form = Form(columns=2, label=96)
        form.add("年度", self.year, required=True)
        form.add("评议日期", self.day, required=True)
        form.add("主持", self.led_by, required=True)
        form.add("参加人数", self.voters, required=True)
        form.add("会议", self.meeting, span=2)
        form.section("评议票", "没有评议的人不填；结果按票数最多的一档预选，可以改")
        for line in self.lines:
            form.add(self._names[line.member_id], line, span=2)
        if not self.lines:
            form.add_full(small("还没有居委会成员，请先在“组织”里任职。", tone="warn"))
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        metrics = theme.current()
        inner = scrolled(box(column(form, None, margins=(0, 0, 8, 0))))
        room = metrics.px(_HEIGHT_LARGE if metrics.large else _HEIGHT)
        inner.setFixedHeight(min(form.sizeHint().height() + metrics.px(8), room))
        self.body.addWidget(inner)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)


def _number(text: str, title: str, example: str) -> int:
    typed = compact(text)
    if not typed.isdecimal():
        raise DomainError(f"{title}要写成数字，如 {example}。")
    return int(typed)
