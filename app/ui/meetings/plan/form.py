"""新建会议 and 修改会议: whose meeting, when and where, and what the law wants before it."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Basis, BodyKind, Meeting
from app.services import body_views, meeting_views, meetings, vote_rules
from app.services.body_views import BodyView
from app.services.meeting_input import MeetingInput
from app.services.meeting_views import MeetingFilter
from app.services.vote_rules import RuleView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import small
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.meetings.plan.words import convener, matter_of, rule_sentence
from app.ui.people.date_line import NearLine
from app.ui.people.time_line import TimeLine
from app.ui.recent.unsaved import keep_dialog

DRAFTS = "meeting"
_USUAL_START = 14 * 60


class MeetingDialog(Dialog):
    """A new meeting, or one that is corrected; `meeting_id` is that of what was saved.

    Raises DomainError for a meeting that is gone.
    """

    grows = True

    def __init__(
        self,
        context: Context,
        meeting_id: int | None = None,
        *,
        body_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = "新建会议" if meeting_id is None else "修改会议"
        super().__init__(title, parent, width=820)
        self._context = context
        self.meeting_id = meeting_id
        self._version = 0
        known: MeetingInput | None = None
        if meeting_id is not None:
            with context.database.reading() as session:
                known, self._version = meetings.input_of(session, meeting_id)
        self._make_fields()
        self._offer(known)
        self._lay_out()
        self._show(known, body_id)
        self.form.mark_clean()
        record = None if meeting_id is None else (Meeting.__tablename__, meeting_id)
        keep_dialog(
            context, self, self.form, f"{DRAFTS}:{meeting_id or 'new'}", title, record=record
        )
        self.body_choice.setFocus() if meeting_id is None else self.day.setFocus()

    def entered(self) -> MeetingInput:
        """What stands in the fields; raises DomainError where one of them cannot be read."""
        body_id, day, starts = self.body_choice.chosen_id, self.day.value(), self.starts.value()
        if body_id is None:
            raise DomainError("请选一个组织：谁来开会，决定要到多少人、怎样算通过。")
        if day is None:
            raise DomainError("日期不对，请写成 2026-12-10 或 12-10。")
        if starts is None:
            raise DomainError("时间不对，请写成 14:00、1400 或 14点半。")
        basis = self.basis.value()
        return MeetingInput(
            body_id=body_id,
            on_date=day,
            starts=starts,
            title=self.title.text(),
            place=self.place.text(),
            chair=self.chair.text(),
            recorder=self.recorder.text(),
            called_by=self.called_by.text(),
            basis=basis if self._is_assembly and isinstance(basis, Basis) else None,
            committee_told_on=_read(self.told, "告知居委会"),
            party_on=_read(self.party, "党组织研究"),
            party_words=self.party_words.text(),
            delegation=self.delegation.text(),
        )

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self.entered()
            name = self.title.text().strip() or self.bodies[entered.body_id].kind.label
            words = f"{entered.on_date:%m-%d} {name}"
            now, again = self._context.clock.now(), False
            with self._context.database.transaction(f"{self.windowTitle()} {words}") as session:
                if self.meeting_id is None:
                    self.meeting_id = meetings.plan(session, entered, now=now)
                else:
                    again = meetings.change(
                        session, self.meeting_id, entered, version=self._version, now=now
                    )
            self._context.signals.changed.emit(Area.MEETINGS)
            said = "。时间或地点变了，请重新通知" if again else ""
            messages.notify(self._context.signals, f"已保存：{words}{said}")
            self.accept()

    # -- inside

    @property
    def _chosen(self) -> BodyView | None:
        return self.bodies.get(self.body_choice.chosen_id or 0)

    @property
    def _is_assembly(self) -> bool:
        return self._chosen is not None and self._chosen.kind is BodyKind.ASSEMBLY

    def _make_fields(self) -> None:
        today = self._context.clock.today()
        self.body_choice = IdChoice(name="组织", blank=MUST)
        self.title = line_edit(limit=60)
        self.day = NearLine(today, today, future=True)
        self.starts = TimeLine(hint="14:00")
        self.place = line_edit(hint="如 社区三楼会议室", limit=80)
        self.chair = line_edit(limit=60)
        self.recorder = line_edit(limit=60)
        self.called_by = line_edit(limit=120)
        self.basis = Segments(
            [
                (Basis.RESIDENTS, "全体居民", "全体十八周岁以上居民参加"),
                (Basis.HOUSEHOLDS, "每户一人", "每户派一名代表参加"),
            ]
        )
        self.party = NearLine(today, None)
        self.party_words = line_edit(hint="如 同意提交表决", limit=200)
        self.delegation = line_edit(
            hint="如 2026-03-05 居民会议授权；不属于居民会议职权的写“不属于”", limit=200
        )
        self.told = NearLine(today, None)
        self.rule = small(wrap=True)

    def _offer(self, known: MeetingInput | None) -> None:
        with self._context.database.lookup() as lookup:
            found = body_views.bodies(lookup, self._context.clock.today(), ended=True)
        today = self._context.clock.today()
        own = known.body_id if known else None
        self.bodies = {one.id: one for one in found if one.id == own or _usual(one, today)}
        # The kind first: the names of a community all begin alike, and letters choose.
        names = {key: f"{one.kind.label}　{one.title}" for key, one in self.bodies.items()}
        self.body_choice.offer(names)
        # A meeting stays that of its body.
        self.body_choice.setEnabled(known is None)

    def _lay_out(self) -> None:
        form = self.form = Form(columns=2, label=92)
        form.add("组织", self.body_choice, required=True, span=2)
        form.add_full(self.rule)
        form.add("日期", self.day, required=True)
        form.add("开始时间", self.starts, required=True)
        form.add("会议名称", self.title)
        form.add("地点", self.place)
        self._basis_field = form.add("参加范围", self.basis, span=2)
        form.add("主持人", self.chair)
        form.add("记录人", self.recorder)
        form.add("召集或提议", self.called_by, span=2)
        self._party_field = form.add("党组织研究", self.party)
        self._party_words_field = form.add("党组织意见", self.party_words)
        self._delegation_field = form.add("居民会议授权", self.delegation, span=2)
        self._told_field = form.add("告知居委会", self.told)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.body_choice.currentTextChanged.connect(self._follow_body)
        self.day.textChanged.connect(self._say_rule)

    def _show(self, known: MeetingInput | None, body_id: int | None) -> None:
        if known is None:
            self.starts.set_value(_USUAL_START)
            self.recorder.setText(self._context.user.name)
            self.basis.show_value(Basis.HOUSEHOLDS)
            self.body_choice.choose_id(body_id)
            self._follow_body()
            return
        self.body_choice.choose_id(known.body_id)
        self.day.set_value(known.on_date)
        self.starts.set_value(known.starts)
        self.basis.show_value(known.basis or Basis.HOUSEHOLDS)
        self.told.set_value(known.committee_told_on)
        self.party.set_value(known.party_on)
        for name in ("title", "place", "chair", "recorder", "called_by"):
            getattr(self, name).setText(getattr(known, name))
        self.party_words.setText(known.party_words)
        self.delegation.setText(known.delegation)
        self._say_rule()

    def _follow_body(self) -> None:
        """A new meeting begins as the last one of its body was: place and chair."""
        if self.meeting_id is None and self._chosen is not None:
            chosen = MeetingFilter(body_id=self._chosen.id)
            with self._context.database.lookup() as lookup:
                ids = meeting_views.list_ids(lookup, chosen)
                last = next(iter(meeting_views.rows(lookup, ids[:1])), None)
            self.place.setText(self.place.text() or (last.place if last else ""))
            self.chair.setText(self.chair.text() or (last.chair if last else ""))
        self._say_rule()

    def _say_rule(self) -> None:
        """What holds for this body on this day, and only the fields that it asks for."""
        rule = self._rule()
        first = "先选组织：它决定提前几天通知、要到多少人。"
        if not self.bodies:
            first = "还没有能开会的组织，请先在“组织”里建居民代表会议或者议事协商会。"
        self.rule.setText(rule_sentence(rule) if rule else first)
        hint = f"不填就叫“第几次{self._chosen.kind.label}”" if self._chosen else ""
        self.title.setPlaceholderText(hint)
        asks = f"；或{rule.call_words}提议" if rule and rule.call_words else ""
        who = convener(self._chosen.kind) if self._chosen else "居民委员会"
        self.called_by.setPlaceholderText(f"如 {who}召集{asks}")
        self._basis_field.set_asked(self._is_assembly)
        for field in (self._party_field, self._party_words_field):
            field.set_asked(rule is not None and rule.party_first)
        self._delegation_field.set_asked(rule is not None and rule.delegated)
        self._told_field.set_asked(rule is not None and rule.tell_committee)
        if self.isVisible():
            self.refit()

    def _rule(self) -> RuleView | None:
        body, day = self._chosen, self.day.value()
        if body is None or day is None:
            return None
        with self._context.database.lookup() as lookup:
            try:
                return vote_rules.rule_for(
                    lookup, body.kind, matter_of(body.kind), day, body.rule_code
                )
            except DomainError:
                # A day before any rule: said when it is saved.
                return None


def _usual(one: BodyView, today: date) -> bool:
    """Bodies in office, and those of the last year, whose meetings are still written down."""
    return one.until is None or (today - one.until).days < 366


def _read(line: NearLine, words: str) -> date | None:
    if line.is_wrong:
        raise DomainError(f"“{words}”的日期不对，请写成 2026-11-20 或 11-20；还没有就不填。")
    return line.value()
