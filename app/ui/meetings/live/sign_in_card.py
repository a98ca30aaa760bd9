"""The right card: people sign in by name, letters, number or card; 已到, 未到, 列席."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.models import AttendWay, BodyKind
from app.services import attendance, attendance_views, meeting_people
from app.services.attendance_views import Presence, Seat
from app.services.vote_rules import NO_CAP
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import box, row, rule, small, title
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.tabs import PageTabs
from app.ui.meetings.live.course import Course, Sight

WIDTH = 272
_LARGE_WIDTH = 238
HERE, MISSING, LISTENING = range(3)
_TABS = ("已到", "未到", "列席")
_WHO = {BodyKind.REPRESENTATIVES: "代表", BodyKind.OWNERS: "业主", BodyKind.PARTY: "党员"}


def _when(seat: Seat) -> Cell:
    if seat.presence is Presence.PROXY:
        return Cell("受托", tone="text2")
    if seat.presence in (Presence.EXCUSED, Presence.LEFT):
        return Cell("请假" if seat.presence is Presence.EXCUSED else "离会", tone="warn")
    if seat.came_at is None:
        return Cell("", tone="text2")
    return Cell(f"{seat.came_at:%H:%M}", tone="warn" if seat.left_at else "")


def _how(seat: Seat) -> Cell:
    if seat.holder:
        return Cell(seat.holder, tone="text2")
    return Cell(seat.way.label if seat.way and seat.came_at else "", tone="text2")


COLUMNS = (
    Column("name", "姓名", lambda seat: seat.name, 66, weight=2, bold=True),
    Column("from", "来自", lambda seat: seat.came_from, 72, large_mode=False),
    Column("at", "到会", _when, 58, align="right"),
    Column("way", "方式", _how, 52, weight=1),
)


class SignInCard(Card):
    """Enter in the box signs in the first of those who are meant; the menu has the rest."""

    proxy_asked = Signal(object)
    observer_asked = Signal()

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0, parent=parent)
        metrics = theme.current()
        self.setFixedWidth(metrics.px(_LARGE_WIDTH if metrics.large else WIDTH))
        self._course = course
        self._seats: dict[int, Seat] = {}
        self.count = small()
        self.search = SearchBox(
            "姓名、拼音、扫码" if metrics.large else "姓名、拼音，或扫居民码",
            name="签到",
            action="find_person",
        )
        self.tabs = PageTabs(_TABS)
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="会议签到")
        # The sheet that is signed by hand is printed before the meeting.
        self.table.paper.offered = False
        self.table.paper.people = self._residents
        self.foot = small(wrap=True)
        self.more = Button("更多", kind="ghost", size="small", trail="chevron-down")
        self._number = HERE
        self._lay_out()
        self.search.searched.connect(self._look)
        self.search.submitted.connect(self._take)
        self.search.scanned.connect(self._scan)
        self.search.left_down.connect(self._into_table)
        self.tabs.chosen.connect(self._show_tab)
        self.table.opened.connect(self._sign_in_row)
        self.table.set_context_menu(self._fill_menu)
        self.more.clicked.connect(self._drop_menu)

    def refresh(self) -> None:
        """Who came meanwhile; the line that is chosen stays chosen."""
        sight = self._course.sight
        if sight is None:
            return
        self.search.setVisible(self._open)
        self.more.setVisible(self._open)
        for number in range(len(_TABS)):
            self.tabs.set_count(number, len(_of_tab(sight, number)))
        self.count.setText(_expected_words(sight))
        self.foot.setText(_rule_words(sight))
        self._list(sight)

    def go_to_search(self) -> None:
        """F12."""
        self.search.setFocus()
        self.search.selectAll()

    # -- inside: what is listed

    @property
    def _open(self) -> bool:
        """Whether people are signed in here now."""
        sight = self._course.sight
        return sight is not None and self._course.may and (sight.runs or sight.coming)

    def _lay_out(self) -> None:
        name = "签到" if self._course.sees_all else "您网格的签到"
        head = row(title(name), None, self.count, margins=(13, 9, 13, 4))
        self.body.addWidget(box(head))
        self.body.addWidget(box(row(self.search, margins=(12, 0, 12, 4))))
        self.body.addWidget(box(row(self.tabs, None, margins=(4, 0, 4, 0))))
        self.body.addWidget(rule())
        self.body.addWidget(self.table, 1)
        self.body.addWidget(rule())
        self.body.addWidget(box(row((self.foot, 1), self.more, margins=(13, 5, 8, 5))))

    def _list(self, sight: Sight) -> None:
        chosen = self.table.current_id()
        listed = _of_tab(sight, self._number)
        typed = self.search.text()
        if typed.strip():
            listed = attendance_views.matching(listed, typed)
        self._seats = {seat.place: seat for seat in listed}
        self.model.set_ids(list(self._seats))
        self.table.set_empty(self._empty_state(typed))
        if not self.table.select_id(chosen) and self._seats:
            self.table.select_row(0)

    def _empty_state(self, typed: str) -> EmptyState:
        if typed.strip():
            return EmptyState("", f"{_TABS[self._number]}里没有这个人", "换个写法，或看另外两栏。")
        if not self._course.sees_all:
            return EmptyState("", f"您的网格里没有{('人签到', '没到的人', '人列席')[self._number]}")
        sight = self._course.sight
        over = sight is not None and not (sight.runs or sight.coming)
        here = "没有人签到" if over else "还没有人签到"
        advice = "F12 找人，或扫码。" if self._open and self._number == HERE else ""
        return EmptyState("", (here, "都到了", "没有人列席")[self._number], advice)

    def _rows(self, places: Sequence[int]) -> list[Seat]:
        return [self._seats[place] for place in places]

    def _residents(self, places: Sequence[int]) -> list[int]:
        listed = (self._seats[place].resident_id for place in places)
        return [one for one in listed if one is not None]

    def _show_tab(self, number: int) -> None:
        self._number = number
        if self._course.sight is not None:
            self._list(self._course.sight)

    def _look(self, typed: str) -> None:
        """Typing looks among those who are missing, where somebody is to be signed in."""
        sight = self._course.sight
        if sight is None:
            return
        if typed.strip() and self._number == HERE and _missing(sight, typed):
            self.tabs.set_current(MISSING)
            return
        self._list(sight)

    # -- inside: signing in

    def _take(self, typed: str) -> None:
        sight = self._course.sight
        if sight is None or not typed.strip():
            return
        found = _missing(sight, typed)
        chosen = self._seats.get(self.table.current_id() or 0)
        if found:
            # By its number a line of the sheet that was signed by hand is typed back.
            way = AttendWay.SHEET if typed.strip().isdigit() else AttendWay.TYPED
            self._sign_in(chosen if chosen in found else found[0], way)
        else:
            self._take_resident(typed, AttendWay.TYPED)

    def _scan(self, code: str) -> None:
        self._take_resident(code, AttendWay.SCANNED)

    def _take_resident(self, typed: str, way: AttendWay) -> None:
        """By card or number of the file; of an assembly by name as well."""
        with (
            messages.domain_errors_shown(self),
            self._course.context.database.lookup() as lookup,
        ):
            seat = meeting_people.seat_of(lookup, self._course.meeting_id, typed)
            self._sign_in(seat, way)

    def _sign_in_row(self, place: object) -> None:
        seat = self._seats.get(place) if isinstance(place, int) else None
        if seat is not None and not seat.counts and seat.presence is not Presence.OBSERVER:
            self._sign_in(seat, AttendWay.TYPED)

    def _sign_in(self, seat: Seat, way: AttendWay) -> None:
        who = seat.who
        if who is None or not self._course.may:
            return
        key, now = self._course.meeting_id, self._course.context.clock.now()
        if self._course.do(
            f"签到 {seat.name}",
            lambda s: attendance.attend(s, key, who, way=way, now=now),
        ):
            self.search.clear()
            messages.notify(self._course.context.signals, f"{seat.name} 已签到")
            self.go_to_search()

    def _into_table(self) -> None:
        self.table.setFocus()

    # -- inside: what else becomes of somebody

    def _drop_menu(self) -> None:
        menu = menu_of(self.more)
        self._fill_menu(menu, self.table.current_id())
        drop(menu, self.more)

    def _fill_menu(self, menu: QMenu, place: Any) -> None:
        seat = self._seats.get(place) if isinstance(place, int) else None
        sight = self._course.sight
        if sight is None or not self._course.may or not (sight.runs or sight.coming):
            return
        if seat is not None:
            self._fill_for(menu, seat, proxies=bool(sight.here.rule.proxies))
        menu.addAction("加一位列席", self.observer_asked.emit)

    def _fill_for(self, menu: QMenu, seat: Seat, *, proxies: bool) -> None:
        there = seat.attendee_id is not None
        if seat.presence in (Presence.MISSING, Presence.EXCUSED, Presence.LEFT) and seat.who:
            menu.addAction(f"{seat.name} 签到", lambda: self._sign_in(seat, AttendWay.TYPED))
            if proxies:
                menu.addAction(f"{seat.name} 委托他人", lambda: self.proxy_asked.emit(seat))
        if seat.presence is Presence.MISSING and seat.who:
            menu.addAction(f"{seat.name} 请假", lambda: self._excuse(seat))
        if seat.presence in (Presence.HERE, Presence.OBSERVER) and seat.left_at is None:
            menu.addAction(f"{seat.name} 离会", lambda: self._leave(seat))
        if there:
            menu.addAction(f"从名单去掉 {seat.name}（记错了）", lambda: self._remove(seat))

    def _excuse(self, seat: Seat) -> None:
        who, key = seat.who, self._course.meeting_id
        if who is not None:
            self._course.do(f"请假 {seat.name}", lambda s: attendance.excuse(s, key, who))

    def _leave(self, seat: Seat) -> None:
        line, now = seat.attendee_id, self._course.context.clock.now()
        if line is not None:
            self._course.do(
                f"离会 {seat.name}",
                lambda s: attendance.leave(s, line, version=seat.version, now=now),
            )

    def _remove(self, seat: Seat) -> None:
        line = seat.attendee_id
        if line is not None:
            self._course.do(
                f"去掉签到 {seat.name}", lambda s: attendance.remove(s, line, version=seat.version)
            )


def _of_tab(sight: Sight, number: int) -> list[Seat]:
    if number == HERE:
        return [one for one in sight.seats if one.counts]
    if number == LISTENING:
        return [one for one in sight.seats if one.presence is Presence.OBSERVER]
    away = (Presence.MISSING, Presence.EXCUSED, Presence.LEFT)
    return [one for one in sight.seats if one.presence in away]


def _missing(sight: Sight, typed: str) -> list[Seat]:
    return attendance_views.matching(_of_tab(sight, MISSING), typed)


def _expected_words(sight: Sight) -> str:
    name = _WHO.get(sight.meeting.kind, "")
    return f"应到 {sight.here.turnout.members:,} {'名' + name if name else '人'}"


def _rule_words(sight: Sight) -> str:
    """What the rule says of proxies."""
    if sight.meeting.kind in attendance_views.OPEN:
        return "居民来了都可以签到。"
    most = sight.here.rule.proxies
    if not most:
        return "须本人到会，不能委托。"
    if most == NO_CAP:
        return "可以委托，受托人不得再转托。"
    return f"一人最多受 {most} 人之托，受托人不得再转托。"
