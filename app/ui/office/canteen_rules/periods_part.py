"""餐次: when a canteen is open, until when is ordered, when food is ready and has to be brought."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.context import Context
from app.errors import DomainError
from app.models import MealPeriod
from app.services import canteen_changes, canteens
from app.services.canteen_changes import MOST_DAYS, MOST_PEOPLE, USUAL, PeriodInput
from app.services.canteens import PeriodView
from app.ui.kit import theme
from app.ui.kit.abreast import Abreast
from app.ui.kit.chips import Chip
from app.ui.kit.forms import choice, line_edit
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import CellValue, Column
from app.ui.office.canteen_rules.empty import say_empty
from app.ui.office.grid_rules.parts import RulesPart
from app.values.times import read_time, span_words, time_words

_WORDS = "做好到吃完不超过 2 小时：送完的时间按它定。订餐过了截止时间，只能到柜台现买。"
_DAYS = ("当天", "前一天", *(f"提前 {days} 天" for days in range(2, MOST_DAYS + 1)))


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One of the three meals of a day; `view` is None where the canteen has never offered it."""

    id: int
    period: MealPeriod
    view: PeriodView | None

    @property
    def enabled(self) -> bool:
        return self.view is not None and self.view.enabled


class PeriodsPart(RulesPart):
    """A PagedTable of breakfast, lunch and dinner of the chosen canteen."""

    areas = Area.OFFICE | Area.CANTEEN

    def __init__(self, context: Context, canteen_id: Callable[[], int | None]) -> None:
        self._canteen_id = canteen_id
        super().__init__(context, _COLUMNS, name="餐次", unit="餐", words=_WORDS)

    def read(self) -> Sequence[PeriodLine]:
        canteen = self._canteen_id()
        if canteen is None:
            return ()
        with self.context.database.lookup() as lookup:
            found = {
                one.period: one for one in canteens.periods(lookup, canteen, enabled_only=False)
            }
        return [
            PeriodLine(number, period, found.get(period))
            for number, period in enumerate(MealPeriod, 1)
        ]

    def fill_form(self) -> None:
        self.enabled = QCheckBox("供应这一餐")
        self.enabled.setMinimumHeight(theme.current().control)
        self.opens, self.closes = _time("开餐"), _time("收餐")
        self.days, self.until = choice(list(_DAYS), name="订餐截止，哪一天"), _time("订餐截止")
        self.ready, self.deliver = _time("出锅"), _time("送完")
        self.expected = line_edit(hint="柜台按它算还要备多少", limit=4)
        self.expected.setValidator(QIntValidator(0, MOST_PEOPLE, self.expected))
        self.form.add("供应", self.enabled)
        self.form.add("开餐、收餐", Abreast(self.opens, self.closes), required=True)
        self.form.add("订餐截止", Abreast(self.days, self.until), required=True)
        self.form.add("出锅、送完", Abreast(self.ready, self.deliver), required=True)
        self.form.add("预计人数", self.expected)

    def show_line(self, line: PeriodLine | None) -> str:
        period = line.period if line else MealPeriod.LUNCH
        shown = line.view if line and line.view else USUAL[period]
        self.enabled.setChecked(line.enabled if line and line.view else True)
        self.opens.setText(time_words(shown.opens))
        self.closes.setText(time_words(shown.closes))
        self.days.setCurrentIndex(shown.order_days)
        self.until.setText(time_words(shown.order_until))
        self.ready.setText(time_words(shown.ready))
        self.deliver.setText(time_words(shown.deliver_by))
        self.expected.setText(str(shown.expected) if shown.expected else "")
        return f"{period.label}的时间"

    def save(self) -> None:
        line, canteen = self.lines.get(self.edited), self._canteen_id()
        with self.shown_errors():
            if line is None or canteen is None:
                raise DomainError("请先在左边选一餐，按 Enter 打开再改。")
            entered = self._entered(line.period)
            version = line.view.version if line.view else None
            words = f"修改{line.period.label}的时间 {span_words(entered.opens, entered.closes)}"
            with self.context.database.transaction(words) as session:
                canteen_changes.set_period(session, canteen, entered, version=version)
            self.done(f"已保存{line.period.label}的时间", line_id=line.id)

    def refresh(self) -> None:
        """Without a canteen there is nothing to fill in; the form always shows one of the list."""
        say_empty(self.table, "没有餐次", "", canteen=self._canteen_id() is not None)
        super().refresh()
        if not self.form.dirty and self.edited not in self.lines and self.lines:
            self._show_edited(next(iter(self.lines)))
        self.form.setEnabled(bool(self.lines))
        self.save_button.setEnabled(bool(self.lines))

    def show_chosen(self) -> None:
        """The form goes with the list: there is no new line to be typed."""
        line = self.chosen
        if self.may and line is not None and not self.form.dirty and line.id != self.edited:
            self._show_edited(line.id)

    def _entered(self, period: MealPeriod) -> PeriodInput:
        return PeriodInput(
            period=period,
            opens=_minutes(self.opens),
            closes=_minutes(self.closes),
            order_until=_minutes(self.until),
            order_days=self.days.currentIndex(),
            ready=_minutes(self.ready),
            deliver_by=_minutes(self.deliver),
            expected=int(self.expected.text() or 0),
            enabled=self.enabled.isChecked(),
        )


def _time(name: str) -> QLineEdit:
    return line_edit(hint="如 11:00", name=name, limit=8)


def _minutes(control: QLineEdit) -> int:
    found = read_time(control.text())
    if found is None:
        raise DomainError(f"{control.accessibleName()}要写成 11:00 这样的时间。")
    return found


def _hours(line: PeriodLine) -> CellValue:
    return span_words(line.view.opens, line.view.closes) if line.view else "—"


def _until(line: PeriodLine) -> CellValue:
    if line.view is None:
        return "—"
    return f"{_DAYS[line.view.order_days]} {time_words(line.view.order_until)}"


def _ready(line: PeriodLine) -> CellValue:
    return span_words(line.view.ready, line.view.deliver_by) if line.view else "—"


def _state(line: PeriodLine) -> CellValue:
    return (Chip("供应", "ok"),) if line.enabled else (Chip("不供应"),)


def _people(line: PeriodLine) -> CellValue:
    return f"{line.view.expected:,} 人" if line.view and line.view.expected else "—"


_COLUMNS = (
    Column("period", "餐次", lambda line: line.period.label, 70, bold=True),
    Column("hours", "开餐–收餐", _hours, 120, weight=1),
    Column("until", "订餐截止", _until, 120, weight=1),
    Column("ready", "出锅–送完", _ready, 120, weight=1, large_mode=False),
    Column("people", "预计", _people, 76, align="right"),
    Column("state", "", _state, 76),
)
