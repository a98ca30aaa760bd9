"""The fields of a tier, and what is read from them."""

from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QSpinBox

from app.models import Belonging, Guest, MealPeriod, MoneyRounding, Portion, SubsidyWay
from app.services.meal_rule_input import LONGEST_NAME, OLDEST, RuleInput
from app.services.meal_shares import Share
from app.ui.kit import theme
from app.ui.kit.abreast import Abreast
from app.ui.kit.forms import Field, Form, choice, line_edit
from app.ui.kit.money_line import MoneyLine
from app.ui.kit.ticks import Ticks
from app.ui.office.canteen_rules.weights_field import WeightsField
from app.ui.people.date_line import DateLine
from app.ui.people.tag_picker import TagPicker

_AMOUNTS = {
    SubsidyWay.AMOUNT: "每餐补几元，如 3.00",
    SubsidyWay.PRICE: "每餐付几元，如 8.00",
    SubsidyWay.DISCOUNT: "再补几元，没有不填",
}
_MOST_MEALS, _MOST_PERCENT, _MOST_YUAN = 999, 99, 9_999
_YUAN = 100


class TierForm(Form):
    """`show_input` fills it, `entered()` reads it; raises DomainError for what is no figure."""

    def __init__(self, tags: list[tuple[int, str]], since: DateLine) -> None:
        super().__init__(columns=2, label=72)
        self._kept_tags: tuple[int, ...] = ()
        self.since = since
        self._make_fields(tags)
        self._lay_out()
        self.way.currentIndexChanged.connect(lambda _: self._show_way())
        self.apart.toggled.connect(lambda _: self._show_way())
        self.tags.changed.connect(self.changed)

    def show_input(self, entered: RuleInput) -> None:
        """Fill every field; tags that are not offered, or may not be seen, stay with it."""
        self.name.setText(entered.name)
        self.from_age.setValue(entered.from_age or 0)
        self.to_age.setValue(entered.to_age or 0)
        offered = set(self.tags.offered())
        self._kept_tags = tuple(one for one in entered.tag_ids if one not in offered)
        self.tags.set_value(entered.tag_ids)
        self.belongs.setCurrentText(entered.belongs.label)
        self.periods.set_value(entered.periods)
        self.guests.set_value(entered.guests)
        self.way.setCurrentText(entered.way.label)
        self.percent.setValue(entered.percent or 0)
        self.amount.set_fen(entered.amount)
        self.rounding.setCurrentText(entered.rounding.label)
        self.must_exceed.setChecked(entered.must_exceed)
        self.meals_a_day.setValue(entered.meals_a_day or 0)
        self.meals_a_month.setValue(entered.meals_a_month or 0)
        for cap, fen in zip(self.caps, _caps(entered), strict=True):
            cap.setValue((fen or 0) / _YUAN)
        for portion, field in self.weights.items():
            shares = [one for one in entered.shares if one.portion is portion]
            field.set_value({one.payer: one.weight for one in shares})
        self.apart.setChecked(any(one.portion is not Portion.ALL for one in entered.shares))
        self.source.setText(entered.source)
        self._show_way()

    def entered(self) -> RuleInput:
        way = self._way()
        cap_meal, cap_day, cap_month = (round(cap.value() * _YUAN) or None for cap in self.caps)
        return RuleInput(
            name=self.name.text(),
            way=way,
            from_age=self.from_age.value() or None,
            to_age=self.to_age.value() or None,
            tag_ids=(*self._kept_tags, *self.tags.value()),
            belongs=list(Belonging)[self.belongs.currentIndex()],
            periods=self.periods.value(),
            guests=self.guests.value(),
            percent=self.percent.value() if way is SubsidyWay.DISCOUNT else None,
            amount=None if way is SubsidyWay.FREE else self.amount.fen(),
            rounding=list(MoneyRounding)[self.rounding.currentIndex()],
            must_exceed=self.must_exceed.isChecked(),
            cap_meal=cap_meal,
            meals_a_day=self.meals_a_day.value() or None,
            cap_day=cap_day,
            meals_a_month=self.meals_a_month.value() or None,
            cap_month=cap_month,
            shares=self._shares(),
            source=self.source.text(),
        )

    def _shares(self) -> tuple[Share, ...]:
        portions = (Portion.DISCOUNT, Portion.AMOUNT) if self._is_apart() else (Portion.ALL,)
        return tuple(
            Share(payer, weight, portion)
            for portion in portions
            for payer, weight in self.weights[portion].value().items()
        )

    def _make_fields(self, tags: list[tuple[int, str]]) -> None:
        self.name = line_edit(hint="如 80–89 岁", limit=LONGEST_NAME)
        self.from_age = _figure("满 ", " 岁", OLDEST, "几岁起不限", "满几岁，0 不限")
        self.to_age = _figure("到 ", " 岁", OLDEST, "几岁止不限", "到几岁，0 不限")
        self.tags = TagPicker(tags, name="身份，有一个就算")
        self.belongs = choice([one.label for one in Belonging])
        self.periods: Ticks[MealPeriod] = Ticks(
            [(one, one.label) for one in MealPeriod], name="哪几餐", hint="不勾是每餐"
        )
        self.guests: Ticks[Guest] = Ticks(
            [(one, one.label) for one in Guest], name="只给不记名的人"
        )
        self.way = choice([one.label for one in SubsidyWay], name="方式")
        self.percent = _figure("", " %", _MOST_PERCENT, "九折填 90", "折扣，九折填 90")
        self.amount = MoneyLine(name="金额")
        self.rounding = choice([one.label for one in MoneyRounding])
        self.must_exceed = QCheckBox("消费超过补贴额才补")
        self.must_exceed.setMinimumHeight(theme.current().control)
        self.must_exceed.setAccessibleName(self.must_exceed.text())
        self.meals_a_day = _meals("每天")
        self.meals_a_month = _meals("每月")
        self.caps = [_cap(when) for when in ("每餐", "每天", "每月")]
        self.apart = QCheckBox("折扣、补贴由不同的人承担")
        self.apart.setMinimumHeight(theme.current().control)
        self.apart.setAccessibleName(self.apart.text())
        self.weights = {
            Portion.ALL: WeightsField("谁承担"),
            Portion.DISCOUNT: WeightsField("折扣由谁"),
            Portion.AMOUNT: WeightsField("补贴由谁"),
        }
        self.source = line_edit(hint="文件名或“本社区决定”", limit=120)

    def _lay_out(self) -> None:
        self.add("档次", self.name, required=True)
        self.add("从哪天起", self.since, required=True)
        self.add("年龄", Abreast(self.from_age, self.to_age))
        self.add("身份", self.tags)
        self.add("居住户籍", self.belongs)
        self.add("哪几餐", self.periods)
        self.add("优惠", Abreast(self.way, self.percent, self.amount), required=True)
        self._rounding = self.add("尾数", self.rounding)
        self.add("最多补", Abreast(*self.caps))
        self.add("最多几餐", Abreast(self.meals_a_day, self.meals_a_month))
        self.add("起点", self.must_exceed)
        self.add("不记名", self.guests)
        self.add("依据", self.source)
        self._apart = self.add("分开", self.apart)
        self._weights = {
            portion: self.add(name, self.weights[portion], required=True, span=2)
            for portion, name in (
                (Portion.ALL, "谁承担"),
                (Portion.DISCOUNT, "折扣由谁"),
                (Portion.AMOUNT, "补贴由谁"),
            )
        }
        self.finish()

    def _way(self) -> SubsidyWay:
        return list(SubsidyWay)[self.way.currentIndex()]

    def _is_apart(self) -> bool:
        return self._way() is SubsidyWay.DISCOUNT and self.apart.isChecked()

    def _show_way(self) -> None:
        """Only what the way asks for is shown."""
        way, apart = self._way(), self._is_apart()
        discount = way is SubsidyWay.DISCOUNT
        self.percent.setVisible(discount)
        self.amount.setVisible(way is not SubsidyWay.FREE)
        self.amount.setPlaceholderText(_AMOUNTS.get(way, ""))
        _show(self._rounding, discount)
        _show(self._apart, discount)
        _show(self._weights[Portion.ALL], not apart)
        _show(self._weights[Portion.DISCOUNT], apart)
        _show(self._weights[Portion.AMOUNT], apart)


def _show(field: Field, on: bool) -> None:
    field.setVisible(on)
    field.label.setVisible(on)


def _figure(before: str, after: str, most: int, none: str, name: str) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(0, most)
    spin.setPrefix(before)
    spin.setSuffix(after)
    spin.setSpecialValueText(none)
    spin.setAccessibleName(name)
    spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    return spin


def _meals(when: str) -> QSpinBox:
    name = f"{when}补几餐，0 不限"
    return _figure(f"{when} ", " 餐", _MOST_MEALS, f"{when}几餐不限", name)


def _cap(when: str) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setRange(0, _MOST_YUAN)
    spin.setDecimals(2)
    spin.setPrefix(f"{when} ")
    spin.setSpecialValueText(f"{when}不限")
    spin.setAccessibleName(f"{when}最多补几元，0 不限")
    spin.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    return spin


def _caps(entered: RuleInput) -> tuple[int | None, int | None, int | None]:
    return entered.cap_meal, entered.cap_day, entered.cap_month
