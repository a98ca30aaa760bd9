"""新建活动 and 修改活动: the seven facts of order 67 art. 7, and whether it comes again."""

from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.models import Activity, Deed, Repeat
from app.services import (
    activities,
    activity_series,
    grids,
    papers,
    points_rules,
    teams,
)
from app.services.activity_input import ActivityInput
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.flowing_text import FlowingText
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import small
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine, NearLine
from app.ui.people.time_line import TimeLine
from app.ui.recent.unsaved import keep_dialog

DRAFTS = "activity"
_ONCE = "once"
_NO_DATE = "日期不对，请写成 2026-11-20 或 11-20。"
_NO_TIME = "时间不对，请写成 9:30、0930 或 9点半。"


class ActivityDialog(Dialog):
    """A new activity, or one that is corrected; `activity_id` is that of what was saved.

    `like` fills a new one. Raises DomainError for an activity that is gone.
    """

    def __init__(
        self,
        context: Context,
        activity_id: int | None = None,
        *,
        like: ActivityInput | None = None,
        on: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._is_new = activity_id is None
        title = "新建活动" if self._is_new else "修改活动"
        super().__init__(title, parent, width=820)
        self._context = context
        self.activity_id = activity_id
        self._version = 0
        self._recurs = False
        if activity_id is not None:
            with context.database.reading() as session:
                like, self._version = activities.input_of(session, activity_id)
                self._recurs = activities.get(session, activity_id).series_id is not None
        self._make_fields()
        self._offer(like)
        self._lay_out()
        self._show(like, on)
        self.form.mark_clean()
        record = None if activity_id is None else (Activity.__tablename__, activity_id)
        keep_dialog(
            context, self, self.form, f"{DRAFTS}:{activity_id or 'new'}", title, record=record
        )
        self._say_rule()
        self.name.setFocus()

    def entered(self) -> ActivityInput:
        """What stands in the fields; raises DomainError where one of them cannot be read."""
        day, starts, ends = self.day.value(), self.starts.value(), self.ends.value()
        item = self.item.chosen_id
        if day is None:
            raise DomainError(_NO_DATE)
        if starts is None or ends is None:
            raise DomainError(_NO_TIME)
        if item is None:
            raise DomainError("还没有选积分事项。它说明这次活动计多少分，记不记服务时长。")
        return ActivityInput(
            name=self.name.text(),
            item_id=item,
            team_id=self.team.chosen_id,
            grid_id=self.grid.chosen_id,
            on_date=day,
            starts=starts,
            ends=ends,
            place=self.place.text(),
            content=self.content.toPlainText(),
            organiser=self.organiser.text(),
            ours=bool(self.ours.value()),
            leader=self.leader.text(),
            wanted=self._wanted(),
            dangerous=self.dangerous.isChecked(),
            insurance=self.insurance.text(),
        )

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self.entered()
            words = f"{entered.on_date:%m-%d} {entered.name.strip()}"
            more = 0
            with self._context.database.transaction(f"{self.windowTitle()} {words}") as session:
                now = self._context.clock.now()
                if self.activity_id is None:
                    self.activity_id = activities.plan(session, entered, now=now)
                    more = self._repeat(session, self.activity_id)
                else:
                    activities.update(
                        session, self.activity_id, entered, version=self._version, now=now
                    )
                    more = self._follow(session, self.activity_id)
            self._context.signals.changed.emit(Area.POINTS)
            said = f"，后面 {more} 次也照此{'排好' if self._is_new else '改了'}" if more else ""
            messages.notify(self._context.signals, f"已保存：{words}{said}")
            self.accept()

    # -- inside

    def _make_fields(self) -> None:
        today = self._context.clock.today()
        self.name = line_edit(hint="如 楼道清扫", limit=60)
        self.item = IdChoice(name="积分事项", blank=MUST)
        self.team = IdChoice(name="队伍", blank="不属于哪一队")
        self.grid = IdChoice(name="网格", blank="全社区")
        self.day = NearLine(today, today, future=True)
        self.starts, self.ends = TimeLine(hint="9:00"), TimeLine(hint="11:00，次日 1:00")
        self.place = line_edit(hint="如 3 号楼各单元楼道", limit=80)
        # 大字 has no height to spare.
        lines = 1 if theme.current().large else 2
        self.content = FlowingText(hint="做什么，为谁做", lines=lines)
        self.organiser = line_edit(limit=60)
        self.ours = Segments(
            [(True, "本社区", "由本社区招募"), (False, "其他单位", "由其他单位招募")]
        )
        self.leader = line_edit(limit=60)
        self.wanted = line_edit(hint="不限就不填", limit=5)
        self.dangerous = QCheckBox("有危险（未成年人不能参加，要先买保险）")
        self.insurance = line_edit(hint="有危险时填保险单号", limit=60)
        self.repeat = Segments(
            [(_ONCE, "不重复", "只办这一次"), *((one, one.label, one.label) for one in Repeat)]
        )
        self.until = DateLine(today, None, future=True)
        self.later = QCheckBox("后面还没有人报名的几次一起改（日期各归各）")
        self.rule = small(wrap=True)

    def _offer(self, like: ActivityInput | None) -> None:
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            rules = points_rules.rules_on(lookup, today)
            # What an activity was planned by is still its own when the office uses it no more.
            own = points_rules.rule_on(lookup, like.item_id, like.on_date) if like else None
            usual = [one for one in rules if one.deed is not Deed.PENALTY]
            self._rules = {one.item_id: one for one in ([own] if own else []) + usual}
            self.team.offer(teams.names(lookup))
            self.grid.offer(grids.names(lookup))
            known = teams.teams(lookup, on=today)
        self._leaders = {one.id: one.leader for one in known}
        self.item.offer({key: one.item for key, one in self._rules.items()})
        self.item.currentTextChanged.connect(lambda _: self._say_rule())
        self.team.activated.connect(lambda _: self._follow_team())
        self.ours.chosen.connect(lambda _: self._say_rule())

    def _lay_out(self) -> None:
        form = self.form = Form(columns=2, label=76)
        form.add("活动名称", self.name, required=True, span=2)
        form.add("积分事项", self.item, required=True)
        form.add("队伍", self.team)
        form.add_full(self.rule)
        form.add("日期", self.day, required=True)
        form.add("网格", self.grid)
        form.add("开始时间", self.starts, required=True)
        form.add("结束时间", self.ends, required=True)
        form.add("地点", self.place, required=True)
        form.add("负责人", self.leader, required=True)
        form.add("服务内容", self.content, required=True, span=2)
        form.add("组织单位", self.organiser, required=True)
        form.add("谁招募的", self.ours)
        form.add("需要人数", self.wanted)
        form.add("保险单号", self.insurance)
        form.add("", self.dangerous, span=2)
        if self._is_new:
            form.add("重复", self.repeat)
            form.add("到哪天为止", self.until)
        if self._recurs:
            form.add("", self.later, span=2)
        form.finish()
        self.content.passed.connect(lambda back: form.focus_next(self.content, back=back))
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _show(self, like: ActivityInput | None, on: date | None) -> None:
        self.repeat.show_value(_ONCE)
        if like is None:
            self._show_new(on)
            return
        self.name.setText(like.name)
        self.item.choose_id(like.item_id)
        self.team.choose_id(like.team_id)
        self.grid.choose_id(like.grid_id)
        self.day.set_value(on or like.on_date)
        self.starts.set_value(like.starts)
        self.ends.set_value(like.ends)
        self.place.setText(like.place)
        self.content.setPlainText(like.content)
        self.organiser.setText(like.organiser)
        self.ours.show_value(like.ours)
        self.leader.setText(like.leader)
        self.wanted.setText(str(like.wanted or ""))
        self.dangerous.setChecked(like.dangerous)
        self.insurance.setText(like.insurance)

    def _show_new(self, on: date | None) -> None:
        with self._context.database.reading() as session:
            self.organiser.setText(papers.committee(session))
        self.leader.setText(self._context.user.name)
        self.ours.show_value(True)
        self.day.set_value(on or self._context.clock.today())
        self.item.choose_id(next(iter(self._rules), None))

    def _say_rule(self) -> None:
        """What the matter gives, before anybody is written down by it."""
        rule = self._rules.get(self.item.chosen_id or 0)
        if rule is None:
            self.rule.setText("先选积分事项：它说明计多少分，记不记服务时长。")
            return
        hours = (
            "记服务时长" if rule.deed.gives_hours else f"{rule.deed.label}，只计分，不记服务时长"
        )
        other = "" if self.ours.value() else "　由其他单位招募的，时长证明由那个单位出具。"
        self.rule.setText(f"{rule.words}；{hours}。{other}")

    def _follow_team(self) -> None:
        """The leader of the team leads, unless somebody was named."""
        leader = self._leaders.get(self.team.chosen_id or 0, "")
        if leader and self.leader.text() in ("", self._context.user.name):
            self.leader.setText(leader)

    def _wanted(self) -> int | None:
        typed = self.wanted.text().strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()):
            raise DomainError("需要人数请填数字，如 15；不限就不填。")
        return int(typed)

    def _repeat(self, session: Session, activity_id: int) -> int:
        chosen = self.repeat.value()
        if self.until.is_wrong:
            raise DomainError("“到哪天为止”不对，请写成 2026-12-31；一直办下去就不填。")
        if not isinstance(chosen, Repeat):
            return 0
        today = self._context.clock.today()
        return activity_series.begin(session, activity_id, chosen, self.until.value(), today=today)

    def _follow(self, session: Session, activity_id: int) -> int:
        if not self.later.isChecked():
            return 0
        return activity_series.follow(session, activity_id, today=self._context.clock.today())
