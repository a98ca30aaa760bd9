"""One activity: the seven facts, how far it is, and what can be done with it now."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.models import Activity, ActivityState
from app.services import activity_photos, activity_views
from app.services.activity_views import ActivityRow
from app.ui.kit import keys
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, box, column, row, small
from app.ui.kit.scroll import WholeLines
from app.ui.people.card_pictures import CardPictures
from app.ui.points.activities.words import day_words, name_of, people_words, state_chip
from app.ui.recent.history import Record, history_button
from app.values.rights import Right
from app.values.times import hours_words


class ActivityCard(Card):
    """`asked` carries what is to be done with the activity that is shown, by the names of
    ActivityActions."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.activity: ActivityRow | None = None
        self.title = Label("", "title", bold=True, wrap=True)
        self.hint = small("在左边选一次，这里看时间、地点和下一步。", wrap=True)
        self.chips = ChipRow()
        self.notice = Notice("", tone="warn")
        self.facts = Facts(label=62)
        self.pictures = CardPictures()
        self._make_buttons()
        self._lay_out()
        self.show_activity(None)

    def show_activity(self, activity_id: int | None) -> None:
        """What is known of it; nothing where none is chosen."""
        self.activity = it = self._read(activity_id)
        today = self._context.clock.today()
        self.title.setText(it.name if it else "还没有选中活动")
        self.hint.setVisible(it is None)
        self.chips.set_chips(_chips(it, today) if it else ())
        self.facts.set_pairs(_facts(it, today) if it else ())
        warning = _warning(it, today) if it else ("", "")
        self.notice.show_text(*warning, tone="warn")
        self.notice.setVisible(bool(warning[0]))
        self._show_buttons()
        self._show_pictures()

    def open_more(self) -> None:
        """更多: what is not done every day."""
        it = self.activity
        if it is None:
            return
        menu = QMenu(self.more)
        for words, name in self._rare(it):
            menu.addAction(words, lambda name=name: self.asked.emit(name))
        corner = QPoint(0, -menu.sizeHint().height() - 2)
        menu.popup(self.more.mapToGlobal(corner))

    # -- inside

    def _read(self, activity_id: int | None) -> ActivityRow | None:
        if activity_id is None:
            return None
        with self._context.database.lookup() as lookup:
            return next(iter(activity_views.rows(lookup, [activity_id])), None)

    def _make_buttons(self) -> None:
        self.people = Button("报名名单", action="activity_people")
        self.attendance = Button("录签到", action="activity_attendance")
        self.post = Button("送复核", action="activity_post")
        self.edit = Button("修改", action="edit_record", size="small")
        self.summary = Button("小结和照片", size="small")
        self.more = Button("更多", trail="chevron-down", size="small")
        self.history = history_button(self._context, self, self._record)
        may = self._context.may(Right.RECORD_POINTS)
        offer(may, self.attendance, self.post, self.edit, self.summary, self.more)
        named = {
            "people": self.people,
            "attendance": self.attendance,
            "post": self.post,
            "edit": self.edit,
            "summary": self.summary,
        }
        for name, button in named.items():
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
        self.more.clicked.connect(self.open_more)
        self.why = small()
        self._buttons = (*named.values(), self.more, self.history)

    def _lay_out(self) -> None:
        scroll = WholeLines(box(column(self.pictures, self.facts, None)), self.facts.ends)
        # 大字 has no room for all of it: Tab comes here, and the arrows read on.
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setAccessibleName("活动的情况")
        self.body.addLayout(row((self.title, 1), self.history))
        self.body.addWidget(self.hint)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.notice)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(row(self.people, self.attendance, None))
        self.body.addLayout(row(self.post, (self.why, 1), self.edit))
        self.body.addLayout(row(self.summary, None, self.more))
        for button in (self.people, self.attendance, self.post, self.edit):
            button.bind(self)

    def _show_buttons(self) -> None:
        it, today = self.activity, self._context.clock.today()
        for button in self._buttons:
            button.setVisible(it is not None)
        if it is None:
            self.why.setText("")
            return
        live = it.state is not ActivityState.CANCELLED
        begun = live and it.on_date <= today
        self.people.setEnabled(live)
        self.attendance.setEnabled(begun)
        self.post.setEnabled(begun and it.came > it.posted)
        self.edit.setEnabled(live)
        self.why.setText(_why(it, begun=begun) if self._context.may(Right.RECORD_POINTS) else "")
        self._mark(self.attendance, begun and it.recorded_on is None)
        self._mark(self.post, begun and it.recorded_on is not None)

    def _mark(self, button: Button, next_step: bool) -> None:
        """One primary button: what is to be done next."""
        button.kind = "primary" if next_step else "normal"
        button.update()

    def _show_pictures(self) -> None:
        it = self.activity
        if it is None or not it.photos:
            self.pictures.show_pictures(())
            return
        with self._context.database.reading() as session:
            self.pictures.show_pictures(activity_photos.photos(session, it.id))

    def _rare(self, it: ActivityRow) -> list[tuple[str, str]]:
        today, live = self._context.clock.today(), it.state is not ActivityState.CANCELLED
        found = [(f"打印签到表\t{keys.cap('print')}", "sheet")]
        found = found if live and self._context.may(Right.PRINT) else []
        if live and self._context.may(Right.ISSUE_PAPERS) and (it.on_date >= today or it.notice_id):
            found.append(("看招募通知" if it.notice_id else "写招募通知…", "call"))
        if it.gives_hours and it.ours and it.recorded_on:
            found.append(("撤回“已录入全国系统”" if it.system_on else "已录入全国系统", "typed"))
        found.append(("照样再办一次…", "again"))
        if it.series_id and live:
            found.append(("停办这项定期活动…", "end_series"))
        if it.series_id:
            found.append(("定期安排的经过…", "series_history"))
        if live and not it.came:
            found.append(("取消活动…", "cancel"))
        if not it.came and not it.posted:
            found.append(("删除…", "remove"))
        return found

    def _record(self) -> Record | None:
        it = self.activity
        return None if it is None else Record(Activity, it.id, name_of(it))


def _chips(it: ActivityRow, today: date) -> list[Chip]:
    found = [state_chip(it, today)]
    if it.dangerous:
        found.append(Chip("有危险", "warn", "alert-outline"))
    if not it.ours:
        found.append(Chip("其他单位招募"))
    if not it.gives_hours:
        found.append(Chip("不记时长"))
    return found


def _why(it: ActivityRow, *, begun: bool) -> str:
    """Why nothing can be handed on; nothing where something can."""
    if it.state is ActivityState.CANCELLED or it.came > it.posted:
        return ""
    if not begun:
        return "到那天再录"
    return "都已送复核" if it.posted else "先录签到"


def _warning(it: ActivityRow, today: date) -> tuple[str, str]:
    """What presses, and what to do."""
    if it.state is ActivityState.CANCELLED:
        return (f"已取消：{it.cancelled_reason}", "")
    if it.late(today) and it.due_on is not None:
        return (f"应在 {it.due_on:%m-%d} 前记录，已经超期", "现在补录签到就行（令67号第11条）。")
    if it.dangerous and not it.insurance and it.on_date >= today:
        return ("有危险，还没有保险单号", "先买保险，再招募（条例第17条）。")
    return ("", "")


def _facts(it: ActivityRow, today: date) -> list[tuple[str, str]]:
    recorded = f"{it.recorded_on:%m-%d} {it.recorded_by}" if it.recorded_on else ""
    due = f"{it.due_on:%m-%d} 前录完" if it.due_on else ""
    hours = hours_words(it.half_hours) if it.half_hours else ""
    counted = "　".join(part for part in (people_words(it), hours) if part)
    typed = f"{it.system_on:%Y-%m-%d} 已录入" if it.system_on else ""
    told = (
        ("时间", f"{day_words(it.on_date, today)}　{it.time}"),
        ("地点", it.place),
        ("内容", it.content),
        ("组织单位", it.organiser),
        ("负责人", it.leader),
        ("事项", "　".join(part for part in (it.item, it.team) if part)),
        ("网格", it.grid),
        ("定期", it.series),
        ("人数", counted),
        ("保险", it.insurance),
        ("记录", recorded or due),
        ("全国系统", typed),
        ("小结", it.summary),
    )
    return [(name, words) for name, words in told if words]
