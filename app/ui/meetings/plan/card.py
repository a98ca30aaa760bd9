"""One meeting: its agenda, what it still wants with the article, and what can be done now."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.models import Meeting, MeetingState
from app.services import agenda, meeting_checks, meeting_views
from app.services.agenda import ItemView
from app.services.meeting_checks import Check
from app.services.meeting_views import MeetingRow
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer, show_if
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.chips import ChipRow
from app.ui.kit.labels import Label, box, column, row, small
from app.ui.kit.scroll import WholeLines
from app.ui.meetings.plan.check_lines import CheckLines
from app.ui.meetings.plan.words import day_words, name_of, state_chip
from app.ui.recent.history import Record, history_button
from app.values.rights import Right
from app.values.times import time_words

_HELD = (MeetingState.RUNNING, MeetingState.ENDED, MeetingState.FILED)


class MeetingCard(Card):
    """`asked` carries what is to be done with the meeting that is shown, by the names of
    MeetingActions."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.meeting: MeetingRow | None = None
        self.title = Label("", "title", bold=True, wrap=True)
        self.hint = small("在左边选一次，这里看议程和还差什么。", wrap=True)
        self.chips = ChipRow()
        self.notice = Notice("", tone="warn")
        self.facts = Facts(label=62)
        self.checks = CheckLines()
        self._make_buttons()
        self._lay_out()
        self.show_meeting(None)

    def show_meeting(self, meeting_id: int | None) -> None:
        """What is known of it; nothing where none is chosen."""
        items: list[ItemView] = []
        wanted: list[Check] = []
        self.meeting = it = None
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            if meeting_id is not None:
                found = meeting_views.rows(lookup, [meeting_id])
                self.meeting = it = next(iter(found), None)
            if it is not None:
                items = agenda.items(lookup, it.id)
                wanted = meeting_checks.checks(lookup, it.id, today=today)
        self.title.setText(it.title if it else "还没有选中会议")
        self.hint.setVisible(it is None)
        self.chips.set_chips([state_chip(it, today)] if it else ())
        self.facts.set_pairs(_facts(it, items, day_words(it, today)) if it else ())
        self.checks.show_checks(wanted)
        self._show_notice(it)
        self._show_buttons(it)

    def open_more(self) -> None:
        """更多: what is not done every day."""
        it = self.meeting
        if it is None:
            return
        menu = QMenu(self.more)
        for words, name in self._rare(it):
            menu.addAction(words, lambda name=name: self.asked.emit(name))
        corner = QPoint(0, -menu.sizeHint().height() - 2)
        menu.popup(self.more.mapToGlobal(corner))

    # -- inside

    def _make_buttons(self) -> None:
        self.enter = Button("进会场", action="enter_meeting")
        self.agenda = Button("议程", action="meeting_agenda")
        self.call = Button("发通知", action="call_meeting")
        self.edit = Button("修改", action="edit_in_meetings", size="small")
        self.sheet = Button("签到表", action="print", size="small")
        self.later = small()
        self.more = Button("更多", trail="chevron-down", size="small")
        self.history = history_button(self._context, self, self._record)
        may = self._context.may(Right.RUN_MEETINGS)
        offer(may, self.agenda, self.call, self.edit)
        # Whoever sees a part of the members would print a part of the sheet.
        offer(may and self._prints, self.sheet)
        named = {
            "enter": self.enter,
            "agenda": self.agenda,
            "call": self.call,
            "edit": self.edit,
            "sheet": self.sheet,
        }
        for name, button in named.items():
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
        self.more.clicked.connect(self.open_more)
        self._buttons = (*named.values(), self.more, self.history)

    def _lay_out(self) -> None:
        scroll = WholeLines(box(column(self.facts, self.checks, None, spacing=10)), self._ends)
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setAccessibleName("会议的情况")
        self.body.addLayout(row((self.title, 1), self.history))
        self.body.addWidget(self.hint)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.notice)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(row(self.enter, self.call, self.agenda, None, self.later))
        self.body.addLayout(row(self.edit, self.sheet, None, self.more))
        for button in (self.enter, self.agenda, self.call, self.edit):
            button.bind(self)

    def _ends(self) -> Sequence[int]:
        return [*self.facts.ends(), *self.checks.ends()]

    def _show_notice(self, it: MeetingRow | None) -> None:
        cancelled = it is not None and it.state is MeetingState.CANCELLED
        self.notice.setVisible(cancelled)
        if it is not None and cancelled:
            self.notice.show_text(f"已取消：{it.cancelled_reason}", tone="warn")

    def _show_buttons(self, it: MeetingRow | None) -> None:
        for button in self._buttons:
            button.setVisible(it is not None)
        self.later.setVisible(False)
        if it is None:
            return
        coming = it.state in meeting_views.COMING
        today = self._context.clock.today()
        show_if(coming, self.agenda, self.call, self.edit)
        self.enter.setText("看记录" if it.state in _HELD[1:] else "进会场")
        show_if(it.state in _HELD or (coming and it.on_date <= today), self.enter)
        self.later.setVisible(coming and it.on_date > today)
        self.later.setText(f"{it.on_date:%m-%d} 可以进会场")
        self.call.setText("重新通知" if it.state is MeetingState.CALLED else "发通知")
        self._mark(self.enter, self.enter.isEnabled())
        self._mark(self.call, it.state is MeetingState.PLANNED and it.on_date > today)
        self.more.setVisible(bool(self._rare(it)))

    def _mark(self, button: Button, next_step: bool) -> None:
        """One primary button: what is to be done next."""
        button.kind = "primary" if next_step else "normal"
        button.update()

    def _rare(self, it: MeetingRow) -> list[tuple[str, str]]:
        may, coming = self._context.may(Right.RUN_MEETINGS), it.state in meeting_views.COMING
        found = []
        if it.notice_id and self._context.may(Right.ISSUE_PAPERS):
            found.append(("看会议通知和楼道公告", "notice"))
        if may and coming and self._prints:
            found.append(("打印邀请函…", "invitations"))
        if may and it.motions and it.state is not MeetingState.CANCELLED:
            found.append(("表决票…", "ballots"))
        if may and it.state is not MeetingState.CANCELLED:
            found.append(("照样再开一次…", "again"))
        if may and coming:
            found.append(("取消会议…", "cancel"))
        if may and it.state not in _HELD:
            found.append(("删除…", "remove"))
        return found

    @property
    def _prints(self) -> bool:
        return self._context.may(Right.PRINT) and self._context.sees_all

    def _record(self) -> Record | None:
        it = self.meeting
        return None if it is None else Record(Meeting, it.id, name_of(it))


def _facts(it: MeetingRow, items: Sequence[ItemView], day: str) -> list[tuple[str, str]]:
    present = f"应到 {it.expected:,}，到 {it.here}" if it.expected is not None else ""
    listed = "\n".join(f"{one.place}. {one.title}（{_kind(one)}）" for one in items)
    told = (
        ("组织", it.body),
        ("时间", f"{day}　{time_words(it.starts)}"),
        ("地点", it.place),
        ("主持", "　".join(filter(None, (it.chair, it.recorder and f"记录 {it.recorder}")))),
        ("召集", it.called_by),
        ("参加", it.basis.label if it.basis else ""),
        ("人数", present),
        ("议程", listed),
        ("决议", _made(it)),
        ("党组织", _party(it)),
        ("定稿", _filed(it)),
        ("纪要", it.sent_to and f"已送 {it.sent_to}"),
    )
    # 大字 keeps its room for what is still wanted: the title tells whose meeting it is.
    left_out = ("组织", "召集") if theme.current().large else ()
    return [(name, words) for name, words in told if words and name not in left_out]


def _party(it: MeetingRow) -> str:
    """2026-12-01 研究　同意提交表决; before the meeting the list below tells it."""
    if it.party_on is None or it.state in meeting_views.COMING:
        return ""
    return "　".join(filter(None, (f"{it.party_on:%Y-%m-%d} 研究", it.party_words)))


def _filed(it: MeetingRow) -> str:
    return f"{it.filed_at:%Y-%m-%d} {it.filed_by}" if it.filed_at else ""


def _made(it: MeetingRow) -> str:
    """3 件，1 件在办; '' where nothing was resolved."""
    if not it.resolutions:
        return ""
    still = f"{it.open_resolutions} 件在办" if it.open_resolutions else "都办完了"
    return f"{it.resolutions} 件，{still}"


def _kind(one: ItemView) -> str:
    """What is done with it; afterwards what came of it."""
    return one.result or one.kind.label
