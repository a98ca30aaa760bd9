"""录签到: the sheet typed back in the order of its numbers, or cards scanned at the door.

What is not saved yet is kept as a draft: a power cut loses nothing.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Participation, Quality
from app.services import activity_hours, activity_people
from app.services.activity_finder import Person
from app.services.activity_hours import Attended
from app.services.activity_views import ActivityRow
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import KeyHints
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import Label, row, small
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.points.activities.detail_line import DetailLine
from app.ui.points.activities.person_line import PersonLine
from app.ui.points.activities.type_table import TypeTable
from app.ui.points.activities.typed_draft import TypedDraft
from app.ui.points.activities.words import name_of
from app.ui.recent.history import Record, history_button
from app.values.times import hours_words

KEEP_MS = 1_500


class TypeBackDialog(Dialog):
    """`measured` heads the column of amounts: 小时, or 公斤 where no hours are counted."""

    def __init__(
        self,
        context: Context,
        activity: ActivityRow,
        measured: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("录签到", parent, width=round(1120 / theme.current().factor))
        self._context, self._activity = context, activity
        self._draft = TypedDraft(context, activity.id, f"签到 {name_of(activity)}")
        self.line = PersonLine(context, everybody=not activity.gives_hours)
        self.table = TypeTable(activity, measured)
        self.detail = DetailLine(measured, service=activity.gives_hours)
        self.said = small(wrap=True)
        self.count = Label(bold=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._lay_out()
        self._connect()
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the list anew; what was typed and not saved stays."""
        typed = {**self._draft.typed, **self.table.unsaved}
        with self._context.database.lookup() as lookup:
            found = activity_people.participants(lookup, self._activity.id)
        self.table.show_people(found, typed)

    def save(self) -> None:
        """Put down every line that says who came or not, in one step."""
        found = [self._attended(key) for key in self.table.unsaved]
        if not found:
            words = "还没有录。照着签到表，每人按 1（到了）或 2（没来），再保存。"
            messages.tell(self, words, "没有可保存的")
            return
        came = sum(one.came for one in found)
        title = f"录签到 {name_of(self._activity)} 到 {came} 人"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(title) as session:
                now = self._context.clock.now()
                activity_hours.record(session, self._activity.id, found, now=now)
            self._draft.keep({})
            self.table.forget()
            self._context.signals.changed.emit(Area.POINTS)
            messages.notify(self._context.signals, f"已{title}")
            self.said.setText("已保存。回到活动里按“送复核”，时长和积分由另一个人复核后记账。")
        # Also after a fault: somebody else may have typed the same list.
        self.refresh()

    def here(self, person: Person) -> None:
        """Somebody's card was scanned: he came; who had not signed up joins the list."""
        key = self._line_of(person)
        if key is None:
            return
        self.table.set_came(key, came=True)
        self.table.select_id(key)
        one = self.table.people[key]
        self.said.setText(f"{one.place} 号 {one.name} 到了。")

    def keep(self) -> None:
        """What is not saved yet as a draft; nothing left drops it."""
        self._timer.stop()
        self._draft.keep(self.table.unsaved)

    def done(self, result: int) -> None:
        """What was not saved waits for the next time, and it is said."""
        self.keep()
        if self._draft.rows:
            words = f"没保存的 {self._draft.rows} 行留着，下次打开接着录"
            messages.notify(self._context.signals, words)
        super().done(result)

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + (6 if metrics.large else 10) * metrics.row)
        advice = "扫志愿者卡，或输编号、姓名，回车就记一个到场的人。"
        self.table.set_empty(EmptyState("account-check-outline", "名单上还没有人", advice))
        self.table.paper.title = f"签到 {name_of(self._activity)}"
        self.table.paper.people = lambda ids: [
            one for key in ids if (one := self.table.people[key].resident_id) is not None
        ]
        facts = (name_of(self._activity), self._activity.time, self._activity.place)
        self.body.addLayout(row((Label("　".join(facts), tone="text2"), 1), self.line))
        self.line.setMinimumWidth(metrics.px(300))
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="人")))
        self.body.addWidget(self.detail)
        hints = [(keys.cap(one), keys.key(one).label) for one in ("came", "absent")]
        halves = f"{keys.cap('half_more')} {keys.cap('half_less')}"
        marks = " ".join(keys.cap(f"{one.value}") for one in Quality)
        service = self._activity.gives_hours
        by, what = ("多、少半小时", "时长") if service else ("多 1、少 1", "数量")
        more = [(halves, by), (marks, "好、合格、不合格"), ("Enter", f"{what}、时间、备注")]
        self.body.addWidget(KeyHints([*hints, *more]))
        self.rest_button = Button("其余都到了", size="small", action="all_came")
        self.body.addLayout(row((self.said, 1), self.count, self.rest_button))
        self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))

    def _connect(self) -> None:
        self.line.bind(self)
        self.line.picked.connect(self.here)
        self.line.unknown.connect(self._say_unknown)
        self.line.left_down.connect(self._back)
        self.table.current_changed.connect(lambda _: self._show_line())
        self.table.changed.connect(self._typed)
        self.table.detail_wanted.connect(self.detail.begin)
        self.table.save_wanted.connect(self.save)
        self.detail.changed.connect(
            lambda values: self.table.change(self.table.current_id(), **values)
        )
        self.detail.left.connect(self._line_done)
        self.detail.escaped.connect(self._back)
        self.save_button.clicked.connect(self.save)
        self.rest_button.clicked.connect(self.table.rest_came)
        self.rest_button.bind(self)
        self._timer.timeout.connect(self.keep)

    def _line_of(self, person: Person) -> int | None:
        """The line of somebody, made where he has none; None where he may not be here."""
        for key, one in self.table.people.items():
            if person.volunteer_id is not None and one.volunteer_id == person.volunteer_id:
                return key
            if person.resident_id is not None and one.resident_id == person.resident_id:
                return key
        title, made = f"{person.name} 当场参加 {name_of(self._activity)}", None
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(title) as session:
                made = activity_people.sign_up(
                    session,
                    self._activity.id,
                    volunteer_id=person.volunteer_id,
                    resident_id=person.resident_id,
                    today=self._context.clock.today(),
                )
            self.refresh()
        return made

    def _attended(self, key: int) -> Attended:
        typed, one = self.table.typed[key], self.table.people[key]
        return Attended(
            participation_id=key,
            version=one.version,
            came=bool(typed.came),
            starts=typed.starts,
            half_hours=typed.half_hours,
            quantity=typed.quantity,
            quality=typed.quality,
            note=typed.note,
        )

    def _typed(self) -> None:
        self._timer.start()
        self._show_line()
        typed = self.table.typed.values()
        came = [one for one in typed if one.came]
        left = sum(one.came is None for one in typed)
        hours = f"，共 {hours_words(sum(one.half_hours for one in came))}"
        sums = hours if self._activity.gives_hours else ""
        waiting = f"，还有 {left} 人没录" if left else ""
        self.rest_button.setEnabled(bool(left))
        self.count.setText(f"到 {len(came)} 人{sums}{waiting}" if typed else "")

    def _show_line(self) -> None:
        key = self.table.current_id()
        one = self.table.people.get(key or 0)
        who = f"{one.place} {one.name}" if one else ""
        typed = self.table.typed.get(key or 0)
        is_open = self.table.is_open(key)
        self.detail.show_line(who, typed, self._activity.starts, is_open=is_open)

    def _line_done(self) -> None:
        """Back to the list, at the next line."""
        self.table.step(1)
        self._back()

    def _back(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_unknown(self, typed: str) -> None:
        self.said.setText(f"没有找到“{typed}”。还不是志愿者的，先在“志愿者”里登记。")

    def _record(self) -> Record | None:
        one = self.table.people.get(self.table.current_id() or 0)
        if one is None:
            return None
        return Record(Participation, one.id, f"{one.name} {name_of(self._activity)}")
