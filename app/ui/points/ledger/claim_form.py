"""The form of 手工记分: the matter, the people with their quantities, and why."""

from PySide6.QtWidgets import QLineEdit, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Deed, PointsUnit
from app.services import points_rules, service_facts, settings
from app.services.activity_finder import Person
from app.services.points_claims import LONGEST_PLACE
from app.services.points_rules import Rule
from app.ui.kit.forms import Field, Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import box, row, small
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.segments import Segments
from app.ui.people.date_line import NearLine
from app.ui.points.activities.person_line import PersonLine
from app.ui.points.ledger.claim_entry import Matter
from app.ui.points.ledger.claim_rows import ONE, ClaimRows, quantity_of
from app.values.figures import signed
from app.values.text import half_width

_HALF = ONE // 2
_LONGEST_REASON, _LONGEST_WITNESS, LONGEST_WORDS = 200, 60, 60


class ClaimForm(Form):
    """A person, Enter, how much, Enter, the next person."""

    def __init__(self, context: Context) -> None:
        super().__init__(columns=2, label=52)
        self._context = context
        self._rules: dict[int, Rule] = {}
        with context.database.reading() as session:
            self._office = service_facts.office_name(session)
        self._make_fields()
        self._lay_out()
        self.offer_rules()
        self._connect()

    @property
    def rule(self) -> Rule | None:
        """Of the chosen matter on the chosen day."""
        return self._rules.get(self.item.chosen_id or 0)

    def put(self, person: Person) -> None:
        """Somebody more; how much comes next."""
        self.people.add(person, quantity_of(self.quantity.text()) or ONE)
        self.quantity.setFocus()
        self.quantity.selectAll()

    def focus_next(self, control: QWidget, *, back: bool = False) -> bool:
        """After the day come the people."""
        if back or not self._owns(self.day, control):
            return super().focus_next(control, back=back)
        self.person.setFocus()
        return True

    def texts(self) -> dict[str, QLineEdit]:
        """The lines that are kept as they stand."""
        return {
            "points": self.points,
            "hours": self.hours,
            "witness": self.witness,
            "words": self.words,
            "reason": self.reason,
            "place": self.place,
            "leader": self.leader,
            "organiser": self.organiser,
        }

    def matter(self) -> Matter:
        """What stands in the fields; raises DomainError for what is missing."""
        rule, day = self.rule, self.day.value()
        for field in (*self._service, self._hours):
            field.set_message()
        if rule is None:
            self._item.set_message("请选一个事项。", "danger")
        self._day.set_message("" if day else "请写成 2026-11-20 这样，不能晚于今天。", "danger")
        reason = self.reason.text().strip()
        self._reason.set_message("" if reason else "请写明原因，复核和查账都要看。", "danger")
        penalty = rule is not None and rule.deed is Deed.PENALTY
        unseen = penalty and not self.witness.text().strip()
        self._witness.set_message("扣分要写明谁核实的。" if unseen else "", "danger")
        missing = (
            (self.item, rule is None),
            (self.day, day is None),
            (self.witness, unseen),
            (self.reason, not reason),
        )
        first = next((field for field, is_missing in missing if is_missing), None)
        if first is not None:
            first.setFocus()
        if rule is None or day is None or first is not None:
            raise DomainError("还有没填好的，已标出来。填好后再记分。")
        if not self.people.rows:
            raise DomainError("还没有选人。请在找人的格里输入姓名或拼音，按 Enter 加进来。")
        serves, half_hours = rule.deed.gives_hours, self._half_hours(rule)
        if serves and (half_hours or rule.per is PointsUnit.HOUR) and self._has_volunteers:
            self._check_service()
        return Matter(
            rule=rule,
            day=day,
            reason=reason,
            witness=self.witness.text(),
            words=self.words.text(),
            half_hours=half_hours,
            points=self._checked_points(),
            place=self.place.text() if serves else "",
            organiser=self.organiser.text() if serves else "",
            leader=self.leader.text() if serves else "",
            ours=self._called_by_us(),
        )

    def offer_rules(self) -> None:
        """The matters in use on the day; penalties only where the office has them."""
        day = self.day.value() or self._context.clock.today()
        with self._context.database.lookup() as lookup:
            rules = points_rules.rules_on(lookup, day)
        penalties = self._context.settings[settings.PENALTIES]
        offered = [one for one in rules if penalties or one.deed is not Deed.PENALTY]
        self._rules = {one.item_id: one for one in offered}
        self.item.offer({one.item_id: one.item for one in offered})
        self._follow()

    # -- inside

    def _check_service(self) -> None:
        """Whoever has hours of it: where, who led, who called for them (order 67 art. 7, 26)."""
        place, led = self._service
        asked = (
            (place, self.place, bool(self.place.text().strip()), "请写明服务地点。"),
            (led, self.leader, bool(self.leader.text().strip()), "请写明负责人。"),
            (
                self._hours,
                self.ours,
                self._is_office or self.ours.value() is not None,
                "请选谁招募的：由其他单位招募的，时长证明由那个单位出具。",
            ),
        )
        # One at a time: 大字 has no room for three sentences.
        for field, control, told, words in asked:
            if not told:
                field.set_message(words, "danger")
                control.setFocus()
                raise DomainError("还有没填好的，已标出来。填好后再记分。")

    @property
    def _has_volunteers(self) -> bool:
        return any(one.person.volunteer_id is not None for one in self.people.rows)

    @property
    def _is_office(self) -> bool:
        named = self.organiser.text().strip()
        return not named or self._office.means(named)

    def _called_by_us(self) -> bool | None:
        """None where nobody was asked, or nobody answered."""
        chosen = None if self._is_office else self.ours.value()
        return chosen if isinstance(chosen, bool) else None

    def _go_on(self, typed: str) -> None:
        """Enter in the empty line: everybody is there."""
        if not typed.strip() and self.people.rows:
            self.points.setFocus()

    def _make_fields(self) -> None:
        today = self._context.clock.today()
        self.item = IdChoice(name="事项，必填", blank=MUST)
        self.day = NearLine(today, today)
        self.person = PersonLine(self._context, everybody=True)
        self.quantity = line_edit("1", name="数量", limit=8)
        self.unit = small()
        self.people = ClaimRows(self._context)
        self.points = line_edit(hint="按规则", limit=6)
        self.hours = line_edit(hint="如 2 或 2.5", limit=5)
        self.witness = line_edit(limit=_LONGEST_WITNESS)
        self.words = line_edit(hint="如 楼道清扫", limit=LONGEST_WORDS)
        self.reason = line_edit(hint="如 补记 10 月巡逻，有签到表", limit=_LONGEST_REASON)
        self.place = line_edit(hint="如 3 号楼", limit=LONGEST_PLACE)
        self.leader = line_edit(hint="姓名", name="负责人", limit=_LONGEST_WITNESS)
        other = "组织单位，不是本社区才填"
        self.organiser = line_edit(hint="组织单位", name=other, limit=_LONGEST_WITNESS)
        self.organiser.setToolTip(other)
        self.ours = Segments(
            [
                (True, "本社区招募", "由本社区招募，由本社区证明"),
                (False, "其他单位招募", "由其他单位招募，由那个单位证明"),
            ]
        )
        self.said = small(wrap=True)

    def _lay_out(self) -> None:
        self._item = self.add("事项", self.item, required=True)
        self._day = self.add("日期", self.day, required=True)
        self.quantity.setFixedWidth(self.quantity.fontMetrics().horizontalAdvance("0" * 9))
        # Their Enter puts somebody on the list; the form would move on instead.
        self.add_full(box(row((self.person, 1), small("数量"), self.quantity, self.unit)))
        self.add_full(self.people)
        self.add_full(self.said)
        self.add("分数", self.points)
        self._witness = self.add("证明人", self.witness)
        self.add("说明", self.words)
        # Who called is asked rarely: in the place of the hours, or beside them.
        self._hours = self.add("工时", box(row((self.hours, 2), (self.ours, 3))))
        led = box(row((self.leader, 2), (self.organiser, 3)))
        self._service = (self.add("地点", self.place), self.add("负责人", led))
        self._reason = self.add("原因", self.reason, required=True, span=2)
        self.finish()

    def _connect(self) -> None:
        self.item.currentIndexChanged.connect(lambda _: self._follow())
        self.day.changed.connect(self.offer_rules)
        self.points.textChanged.connect(lambda _: self._follow())
        self.organiser.textChanged.connect(lambda _: self._follow())
        self.person.picked.connect(self.put)
        self.person.unknown.connect(self._say_unknown)
        self.person.submitted.connect(self._go_on)
        self.quantity.textEdited.connect(self._quantity_typed)
        self.quantity.returnPressed.connect(self.person.setFocus)
        self.people.changed.connect(self._say)

    def _follow(self) -> None:
        """What the chosen matter asks for, and what it gives."""
        rule = self.rule
        day = self.day.value() or self._context.clock.today()
        self.unit.setText(rule.per.label if rule else "")
        by_hour = rule is not None and rule.per is PointsUnit.HOUR
        serves = rule is not None and rule.deed.gives_hours
        asked = serves and not self._is_office
        self._hours.label.setText("谁招募*" if by_hour else "工时")
        self.hours.setVisible(serves and not by_hour)
        self.ours.setVisible(asked)
        _show(self._hours, asked or (serves and not by_hour))
        for field in self._service:
            _show(field, serves)
        self._item.set_message(f"{rule.words}（{rule.source or '社区规定'}）" if rule else "")
        penalty = rule is not None and rule.deed is Deed.PENALTY
        self._witness.label.setText("核实人*" if penalty else "证明人")
        self.people.reckon_by(rule, day, self._typed_points())

    def _say(self) -> None:
        """What all of them come to, and whether a second person is to look at it."""
        total, rows = self.people.total, len(self.people.rows)
        alone = self._context.settings[settings.POINTS_ALONE]
        hours = self.rule is not None and self.rule.deed.gives_hours
        over = f"工时和超过 {alone} 分的" if hours else f"超过 {alone} 分的"
        rule = f"{over}要由另一个人复核后才入账。"
        if self.rule is not None and self.rule.deed is Deed.PENALTY:
            days = self._context.settings[settings.PENALTY_APPEAL_DAYS]
            rule = f"扣分先告知本人，过 {days} 天申诉期，再由另一个人复核。"
        self.said.setText(f"共 {rows:,} 人，{signed(total)} 分。{rule}" if rows else rule)

    def _quantity_typed(self, text: str) -> None:
        quantity = quantity_of(text)
        if quantity is not None:
            self.people.set_quantity(quantity)

    def _say_unknown(self, typed: str) -> None:
        self.said.setText(f"没有找到“{typed}”，请换姓名、拼音或编号再试。")

    def _typed_points(self) -> int | None:
        text = half_width(self.points.text()).strip()
        return int(text) if text.isdigit() else None

    def _half_hours(self, rule: Rule) -> int:
        """Of the own field, where the quantity is something else; half hours at least."""
        hundredths = [one.quantity for one in self.people.rows]
        if rule.per is not PointsUnit.HOUR:
            typed = self.hours.text().strip() if rule.deed.gives_hours else ""
            hundredths = [quantity_of(typed) or 1] if typed else [0]
        if rule.deed.gives_hours and any(one % _HALF for one in hundredths):
            raise DomainError("工时要按半小时记，如 1、1.5、2。请核对。")
        return hundredths[0] // _HALF if rule.per is not PointsUnit.HOUR else 0

    def _checked_points(self) -> int | None:
        points = self._typed_points()
        if points is None and self.points.text().strip():
            raise DomainError("分数要写整数，如 5；空着就按规则算。")
        return points


def _show(field: Field, on: bool) -> None:
    field.setVisible(on)
    field.label.setVisible(on)
