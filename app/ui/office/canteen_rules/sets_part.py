"""套餐: set meals by their letters, with the price from a day on."""

from collections.abc import Callable, Sequence
from datetime import date

from app.context import Context
from app.errors import DomainError
from app.models import MealPeriod
from app.services import set_meals
from app.services.canteens import SetView
from app.services.set_meals import SetInput
from app.ui.kit.buttons import Button
from app.ui.kit.forms import line_edit
from app.ui.kit.messages import confirm
from app.ui.kit.money_line import MoneyLine
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import Cell, CellValue, Column
from app.ui.kit.ticks import Ticks
from app.ui.office.canteen_rules.empty import say_empty
from app.ui.office.grid_rules.parts import NEW, RulesPart
from app.ui.people.date_line import DateLine
from app.values.money import yuan

_WORDS = "柜台按代号选套餐。记过餐的价格不会变：改了从填的那天起是新价格。"
_STOP, _WITHDRAW = "不再供应", "取消计划"
_STOPS = "从今天起柜台和订餐都选不到它；记过的餐都在。今天已经记过的，从明天起停。"
_WITHDRAWS = "这个价格还没到执行的日子。取消以后，照原来的价格供应下去。"


class SetsPart(RulesPart):
    """A PagedTable of what the chosen canteen offers now and what begins later."""

    areas = Area.OFFICE | Area.CANTEEN

    def __init__(self, context: Context, canteen_id: Callable[[], int | None]) -> None:
        self._canteen_id, self._today = canteen_id, context.clock.today
        super().__init__(context, _COLUMNS, name="套餐", unit="个", words=_WORDS)

    def read(self) -> Sequence[SetView]:
        canteen = self._canteen_id()
        if canteen is None:
            return ()
        with self.context.database.lookup() as lookup:
            return set_meals.current(lookup, canteen, self._today())

    def fill_form(self) -> None:
        self.letter = line_edit(hint="A 到 H，柜台按这个键", limit=1)
        self.name = line_edit(hint="如 A 餐", limit=set_meals.LONGEST_NAME)
        self.price = MoneyLine(hint="如 12.00")
        self.periods: Ticks[MealPeriod] = Ticks(
            [(one, one.label) for one in MealPeriod], name="哪几餐供应"
        )
        self.words = line_edit(hint="如 一荤两素一汤", limit=set_meals.LONGEST_WORDS)
        self.since = DateLine(self._today(), future=True)
        self.form.add("代号", self.letter, required=True)
        self.form.add("名称", self.name, required=True)
        self.form.add("价格", self.price, required=True)
        self.form.add("哪几餐", self.periods).set_message("都不勾就是每一餐都有。")
        self.form.add("内容", self.words)
        self.form.add("从哪天起", self.since, required=True)
        self.new = Button("新套餐", icon="plus", size="small")
        self.stop = Button(_STOP, kind="danger", size="small")
        self.new.clicked.connect(lambda: self.edit(NEW))
        self.stop.clicked.connect(self.stop_chosen)
        self.offer(self.new, self.stop)

    def show_line(self, line: SetView | None) -> str:
        self.letter.setText(line.letter if line else "")
        # Menus and orders go by the letter: it stays.
        self.letter.setEnabled(line is None)
        self.name.setText(line.name if line else "")
        self.price.set_fen(line.price if line else None)
        self.periods.set_value(line.periods if line else ())
        self.words.setText(line.words if line else "")
        self.since.set_value(self._earliest(line) if line else self._today())
        return f"修改“{line.name}”" if line else "新的套餐"

    def save(self) -> None:
        line, canteen = self.lines.get(self.edited), self._canteen_id()
        with self.shown_errors():
            if canteen is None:
                raise DomainError("请先在“食堂”里登记一个食堂。")
            entered, since = self._entered(), self._since()
            words = f"{'修改' if line else '添加'}套餐 {entered.name} {yuan(entered.price)} 元"
            with self.context.database.transaction(words) as session:
                if line is None:
                    key = set_meals.add(session, canteen, entered, since=since)
                else:
                    key = set_meals.change(
                        session, line.id, entered, since=since, version=line.version
                    )
            self.done(f"{since:%Y-%m-%d} 起，{entered.name} {yuan(entered.price)} 元", line_id=key)

    def refresh(self) -> None:
        advice = "在右边填代号、名称和价格，如 A 餐 12.00 元。" if self.may else ""
        say_empty(self.table, "还没有套餐", advice, canteen=self._canteen_id() is not None)
        super().refresh()

    def stop_chosen(self) -> None:
        """The marked set meal is no longer offered from today on."""
        line, today = self.chosen, self._today()
        if line is None:
            return
        act, said = (_STOP, _STOPS) if line.since <= today else (_WITHDRAW, _WITHDRAWS)
        if not confirm(self, f"{act}“{line.name}”", said, act, destructive=True):
            return
        with self.shown_errors():
            with self.context.database.transaction(f"{act} 套餐 {line.name}") as session:
                set_meals.stop(session, line.id, today=today, version=line.version)
            self.done(f"{line.name}：已{act}")

    def show_chosen(self) -> None:
        line = self.chosen
        coming = line is not None and line.since > self._today()
        self.stop.setText(_WITHDRAW if coming else _STOP)
        self.stop.setEnabled(line is not None and (coming or line.until is None))

    def _entered(self) -> SetInput:
        price = self.price.fen()
        if price is None:
            raise DomainError("请填价格，如 12.00。")
        return SetInput(
            letter=self.letter.text(),
            name=self.name.text(),
            price=price,
            periods=self.periods.value(),
            words=self.words.text(),
        )

    def _earliest(self, line: SetView) -> date:
        """What was eaten today may cost something else from tomorrow on."""
        with self.context.database.reading() as session:
            first = set_meals.earliest(session, line.id, self._today())
        return max(first, line.since)

    def _since(self) -> date:
        since = self.since.value()
        if since is None:
            raise DomainError("请填从哪天起执行，如 2026-12-01。")
        return since


def _periods(line: SetView) -> str:
    return "、".join(one.label for one in line.periods) or "每一餐"


def _span(line: SetView) -> str:
    since = f"{line.since:%Y-%m-%d} 起"
    return f"{since}，到 {line.until:%Y-%m-%d}" if line.until else since


def _name(line: SetView) -> CellValue:
    return Cell(line.name, sub=line.words, bold=True)


_COLUMNS = (
    Column("letter", "代号", lambda line: line.letter, 56),
    Column("name", "套餐", _name, 150, weight=1),
    Column("price", "价格", lambda line: f"{yuan(line.price)} 元", 96, align="right"),
    Column("periods", "哪几餐", _periods, 110, weight=1, tone="text2", large_mode=False),
    Column("since", "执行", _span, 216),
)
