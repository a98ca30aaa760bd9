"""What is done with an activity, from the card, the keys and the calendar alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import ActivitySeries
from app.reports import activity_sheet
from app.services import (
    activities,
    activity_call,
    activity_papers,
    activity_posting,
    activity_series,
    service_facts,
)
from app.services.activity_served import NationalRow
from app.services.activity_views import ActivityRow
from app.services.papers import Printing
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.signals import Area
from app.ui.people.paper_preview import PaperPreview
from app.ui.people.paper_wish import MadeNotice
from app.ui.points.activities.cancel_dialog import CancelDialog
from app.ui.points.activities.form import ActivityDialog
from app.ui.points.activities.people_dialog import PeopleDialog
from app.ui.points.activities.summary_dialog import SummaryDialog
from app.ui.points.activities.type_back import TypeBackDialog
from app.ui.points.activities.words import name_of
from app.ui.recent.history import HistoryDialog
from app.values.rights import Right
from app.values.times import hours_words


class ActivityActions:
    """`shown` is told the id of an activity that was made."""

    def __init__(self, context: Context, owner: QWidget, shown: Callable[[int], object]) -> None:
        self._context, self._owner, self._shown = context, owner, shown

    def do(self, name: str, it: ActivityRow) -> None:
        """The action of this name: people, attendance, post, edit, summary, sheet, call ..."""
        may_look = name in ("people", "sheet")
        if may_look or self._context.may(Right.RECORD_POINTS):
            with messages.domain_errors_shown(self._owner):
                getattr(self, name)(it)

    def new(self, on: date | None = None) -> None:
        """新建活动, on a day of the calendar if one is named."""
        if self._context.may(Right.RECORD_POINTS):
            self._fill(ActivityDialog(self._context, on=on, parent=self._window))

    def go_on(self, activity_id: int | None) -> None:
        """The form of an activity that was not saved when the program ended."""
        with messages.domain_errors_shown(self._owner):
            self._fill(ActivityDialog(self._context, activity_id, parent=self._window))

    def edit(self, it: ActivityRow) -> None:
        self._fill(ActivityDialog(self._context, it.id, parent=self._window))

    def again(self, it: ActivityRow) -> None:
        """照样再办: the same on another day."""
        with self._context.database.reading() as session:
            like, _ = activities.input_of(session, it.id)
        like = replace(like, on_date=self._context.clock.today())
        self._fill(ActivityDialog(self._context, like=like, parent=self._window))

    def people(self, it: ActivityRow) -> None:
        PeopleDialog(self._context, it, self._window).exec()

    def attendance(self, it: ActivityRow) -> None:
        measured = "小时"
        if not it.gives_hours:
            with self._context.database.reading() as session:
                unit = activity_papers.measured(session, activities.get(session, it.id))
            measured = unit.label
        TypeBackDialog(self._context, it, measured, self._window).exec()

    def post(self, it: ActivityRow) -> None:
        """送复核: who came becomes claims."""
        with self._context.database.transaction(f"送复核 {name_of(it)}") as session:
            posted = activity_posting.post(session, it.id, now=self._context.clock.now())
        hours = f"，{hours_words(posted.half_hours)}" if posted.half_hours else ""
        before = f"；{posted.before} 人以前送过，没有重复记" if posted.before else ""
        self._changed(f"已送复核 {posted.new} 人{hours}{before}。由另一个人在台账里复核")

    def summary(self, it: ActivityRow) -> None:
        SummaryDialog(self._context, it, self._window).exec()

    def sheet(self, it: ActivityRow) -> None:
        """打印签到表, journaled when it was printed or saved."""
        context = self._context
        if not context.may(Right.PRINT):
            return
        title = f"签到表 {name_of(it)}"

        def work(progress: Progress) -> bytes:
            progress.check()
            printing = Printing(context.user.name, context.clock.now())
            with context.database.reading() as session:
                data = activity_papers.sheet(session, it.id, printing)
            progress.check()
            return activity_sheet.render(data)

        def note() -> None:
            with context.database.transaction(f"打印 {title}") as session:
                activity_papers.note_printed(session, it.id)

        def show(pdf: bytes) -> None:
            PaperPreview(context, title, pdf, note, self._window).exec()

        messages.run_with_progress(
            self._owner, context.background, "正在排版签到表", work, done=show
        )

    def call(self, it: ActivityRow) -> None:
        """招募通知, written once and shown in 文书."""
        with self._context.database.transaction(f"写招募通知 {name_of(it)}") as session:
            notice_id = activity_call.call(
                session, it.id, version=it.version, now=self._context.clock.now()
            )
        self._changed("招募通知写好了，在“文书 · 通知”里改和打印")
        self._context.signals.changed.emit(Area.PAPERS)
        self._context.signals.page_requested.emit("papers", MadeNotice(notice_id))

    def typed(self, it: ActivityRow) -> None:
        """已录入全国系统, or not after all."""
        on = None if it.system_on else self._context.clock.today()
        verb = "已录入全国系统" if on else "撤回已录入全国系统"

        def act(session: Session) -> None:
            activities.mark_typed(session, it.id, on=on, version=it.version)

        self._do(f"{verb} {name_of(it)}", act)

    def claim_typed(self, it: NationalRow, *, on: bool) -> None:
        """已录入全国系统 of service without an activity, or not after all."""
        verb = "已录入全国系统" if on else "撤回已录入全国系统"
        day = self._context.clock.today() if on else None

        def act(session: Session) -> None:
            service_facts.mark_typed(session, it.claim_id or 0, on=day)

        if self._context.may(Right.RECORD_POINTS):
            with messages.domain_errors_shown(self._owner):
                self._do(f"{verb} {it.on_date:%m-%d} {it.name} {it.activity}", act)

    def end_series(self, it: ActivityRow) -> None:
        """停办定期活动."""
        words = f"“{it.name}”（{it.series}）从明天起停办：后面还没有人报名的几次都取消。"
        if not messages.confirm(self._owner, "停办定期活动", words, "停办", destructive=True):
            return
        with self._context.database.transaction(f"停办定期活动 {it.name}") as session:
            today = self._context.clock.today()
            count = activity_series.end(session, it.id, version=it.version, today=today)
        self._changed(f"已停办：{it.name}，取消了后面 {count} 次")

    def series_history(self, it: ActivityRow) -> None:
        """经过 of how often it comes again, and until when."""
        name = f"定期活动 {it.name}"
        HistoryDialog(self._context, ActivitySeries, it.series_id, name, self._window).exec()

    def cancel(self, it: ActivityRow) -> None:
        """取消活动, with the reason."""
        dialog = CancelDialog(name_of(it), it.signed_up, self._window)
        if not dialog.exec():
            return

        def act(session: Session) -> None:
            activities.cancel(session, it.id, reason=dialog.reason.text(), version=it.version)

        self._do(f"取消活动 {name_of(it)}", act)

    def remove(self, it: ActivityRow) -> None:
        """Into the recycle bin, after asking."""
        words = f"“{name_of(it)}”会移到回收站，30 天内可以放回。"
        if not messages.confirm(self._owner, "删除活动", words, "删除", destructive=True):
            return

        def act(session: Session) -> None:
            now = self._context.clock.now()
            activities.remove(session, it.id, version=it.version, now=now)

        self._do(f"删除活动 {name_of(it)}", act)

    # -- inside

    @property
    def _window(self) -> QWidget:
        return self._owner.window()

    def _fill(self, dialog: ActivityDialog) -> None:
        if dialog.exec() and dialog.activity_id is not None:
            self._shown(dialog.activity_id)

    def _do(self, sentence: str, act: Callable[[Session], object]) -> None:
        with self._context.database.transaction(sentence) as session:
            act(session)
        self._changed(f"已{sentence}" if not sentence.startswith("已") else sentence)

    def _changed(self, sentence: str) -> None:
        self._context.signals.changed.emit(Area.POINTS)
        messages.notify(self._context.signals, sentence)
