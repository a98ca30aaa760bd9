"""The form of 回收称重: day, point and matter once, then one line of the list after the other."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import recycling
from app.services.activity_finder import Person
from app.services.points_rules import Rule
from app.services.recycling import LONGEST_POINT, Weighed, Weighing
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import box, row, small
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.suggestions import suggest
from app.ui.people.date_line import NearLine
from app.ui.points.activities.person_line import PersonLine
from app.ui.points.ledger.claim_rows import ClaimRows, quantity_of, quantity_words
from app.values.figures import signed

_NO_RULE = "还没有按公斤记分的事项。请在“设置 · 积分”里启用“有偿回收”，或加一条按公斤的规则。"


class WeighForm(Form):
    """A person, Enter, the kilograms, Enter, the next person."""

    def __init__(self, context: Context) -> None:
        super().__init__(columns=2, label=64)
        self._context = context
        self._rules: dict[int, Rule] = {}
        self._make_fields()
        self._lay_out()
        self._offer_rules()
        self._connect()

    @property
    def rule(self) -> Rule | None:
        """Of the chosen matter on the chosen day."""
        return self._rules.get(self.item.chosen_id or 0)

    def put(self, person: Person) -> None:
        """Somebody more; how much comes next, and nothing is taken for granted."""
        self.people.add(person, 0)
        self.weight.clear()
        self.weight.setFocus()

    def focus_next(self, control: QWidget, *, back: bool = False) -> bool:
        """After the point come the people."""
        if back or not self._owns(self.point, control):
            return super().focus_next(control, back=back)
        self.person.setFocus()
        return True

    def weighing(self) -> Weighing:
        """What stands above the list; raises DomainError for what is missing."""
        rule, day = self.rule, self.day.value()
        self._item.set_message("" if rule else "请选一个事项。", "danger")
        self._day.set_message("" if day else "请写成 2026-11-20 这样，不能晚于今天。", "danger")
        if rule is None or day is None:
            (self.item if rule is None else self.day).setFocus()
            raise DomainError(_NO_RULE if not self._rules else "还没有填好的，已标出来。")
        return Weighing(item_id=rule.item_id, item=rule.item, on_date=day, point=self.point.text())

    def weighed(self) -> list[Weighed]:
        """Everybody on the list."""
        return [
            Weighed(one.person.name, one.person.resident_id, one.person.volunteer_id, one.quantity)
            for one in self.people.rows
        ]

    def as_draft(self) -> dict[str, Any]:
        """What stands there, as plain values; nothing without people."""
        people = [{**asdict(one.person), "quantity": one.quantity} for one in self.people.rows]
        if not people:
            return {}
        fields = {"day": self.day.text(), "item": self.item.chosen_id, "point": self.point.text()}
        return {**fields, "people": people}

    def fill(self, draft: Mapping[str, Any]) -> None:
        """What stood there last time."""
        self.day.setText(draft["day"])
        self._offer_rules()
        self.item.choose_id(draft["item"])
        self.point.setText(draft["point"])
        for values in draft["people"]:
            person = {name: value for name, value in values.items() if name != "quantity"}
            self.people.add(Person(**person), values["quantity"])
        self._follow()

    # -- inside

    def _make_fields(self) -> None:
        today = self._context.clock.today()
        self.day = NearLine(today, today)
        self.item = IdChoice(name="事项，必填", blank=MUST)
        self.point = line_edit(hint="如 2 号回收点", limit=LONGEST_POINT)
        with self._context.database.lookup() as lookup:
            known = recycling.collection_points(lookup)
        suggest(self.point, known)
        self.person = PersonLine(self._context, everybody=True)
        self.weight = line_edit(name="公斤", limit=8)
        self.people = ClaimRows(self._context)
        self.said = small(wrap=True)

    def _lay_out(self) -> None:
        self._day = self.add("日期", self.day, required=True)
        self._item = self.add("事项", self.item, required=True)
        self.add("回收点", self.point, required=True, span=2)
        self.weight.setFixedWidth(self.weight.fontMetrics().horizontalAdvance("0" * 9))
        # Their Enter puts somebody on the list; the form would move on instead.
        self.add_full(box(row((self.person, 1), self.weight, small("公斤"))))
        self.add_full(self.people)
        self.add_full(self.said)
        self.finish()

    def _connect(self) -> None:
        self.item.currentIndexChanged.connect(lambda _: self._follow())
        self.day.changed.connect(self._offer_rules)
        self.person.picked.connect(self.put)
        self.person.unknown.connect(self._say_unknown)
        self.weight.textEdited.connect(self._weighed)
        self.weight.returnPressed.connect(self._go_on)
        self.people.changed.connect(self._say)

    def _offer_rules(self) -> None:
        """The matters by the kilogram on the day; a single one is chosen at once."""
        day = self.day.value() or self._context.clock.today()
        with self._context.database.lookup() as lookup:
            self._rules = {one.item_id: one for one in recycling.rules(lookup, day)}
        self.item.offer({key: one.item for key, one in self._rules.items()})
        if len(self._rules) == 1:
            self.item.choose_id(next(iter(self._rules)))
        self._follow()

    def _follow(self) -> None:
        rule, day = self.rule, self.day.value() or self._context.clock.today()
        self._item.set_message(f"{rule.words}（{rule.source or '社区规定'}）" if rule else "")
        self.people.reckon_by(rule, day, None)
        self._say()

    def _weighed(self, text: str) -> None:
        weight = quantity_of(text)
        if weight is not None:
            self.people.set_quantity(weight)

    def _go_on(self) -> None:
        """To the next person, once the scales have spoken."""
        if quantity_of(self.weight.text()) is None:
            self.said.setText("请填称了多少公斤，如 3.5；这一行不要的按 Del 去掉。")
        else:
            self.person.setFocus()

    def _say(self) -> None:
        """What the list comes to, as it stands below the one on paper."""
        rows = self.people.rows
        if not self._rules:
            self.said.setText(_NO_RULE)
        elif not rows:
            self.said.setText("照回收点的单子一行一行录，最后一次记分，由另一个人复核后入账。")
        else:
            weight = quantity_words(sum(one.quantity for one in rows))
            points = signed(self.people.total)
            self.said.setText(f"共 {len(rows):,} 人，{weight} 公斤，{points} 分，复核后入账。")

    def _say_unknown(self, typed: str) -> None:
        self.said.setText(f"没有找到“{typed}”，请换姓名、拼音或编号再试。")
