"""办理期限: working days for each step of a request, from a day on; the old ones stay listed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QMenu

from app.clock import Clock
from app.context import Context
from app.errors import DomainError
from app.models import DeadlineStep
from app.services import deadlines, requests
from app.services.deadlines import PRESETS, RuleView
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.forms import choice, line_edit
from app.ui.kit.messages import confirm
from app.ui.kit.table_columns import Cell, CellValue, Column
from app.ui.office.grid_rules.parts import RulesPart
from app.ui.people.date_line import DateLine

_WORDS = (
    "大连现行的期限没有查到：先放的是外地条例的参考值，请按街道的要求改。"
    "工单上写了期限的，以工单为准；改了从填的那天起执行，已经办完的不变。"
)


class DeadlinesPart(RulesPart):
    """A PagedTable of every rule there was and is, by step."""

    def __init__(self, context: Context) -> None:
        columns = _columns(context.clock)
        super().__init__(context, columns, name="办理期限", unit="条", words=_WORDS)

    def read(self) -> Sequence[RuleView]:
        with self.context.database.reading() as session:
            return deadlines.rules(session)

    def fill_form(self) -> None:
        today = self.context.clock.today()
        self.step = choice([one.label for one in DeadlineStep])
        self.days = line_edit(hint="如 5", limit=3)
        self.days.setValidator(QIntValidator(1, 250, self.days))
        self.since = DateLine(today, today, future=True)
        self.source = line_edit(hint="文件名或“本社区决定”", limit=120)
        self.form.add("环节", self.step)
        self.form.add("工作日", self.days, required=True)
        self.form.add("从哪天起", self.since, required=True)
        self.form.add("依据", self.source)
        self.presets = Button("换成一套现成的", size="small", trail="chevron-down")
        self.presets.clicked.connect(self.open_presets)
        self.offer(self.presets)

    def show_line(self, line: RuleView | None) -> str:
        if line is not None:
            self.step.setCurrentText(line.step.label)
        self.days.setText(str(line.working_days) if line else "")
        self.since.set_value(self.context.clock.today())
        self.source.setText(line.source if line else "")
        return "改期限"

    def save(self) -> None:
        step = list(DeadlineStep)[self.step.currentIndex()]
        with self.shown_errors():
            since, days = self._since(), int(self.days.text() or 0)
            words = f"修改办理期限 {step.label} {days} 个工作日"
            with self.context.database.transaction(words) as session:
                deadlines.change(session, step, days, since, self.source.text())
                requests.recount(session)
            self.done(f"{since:%Y-%m-%d} 起，{step.label}期限 {days} 个工作日")

    def open_presets(self) -> None:
        """The sets that come with the program."""
        menu = QMenu(self)
        for key, words in PRESETS.items():
            menu.addAction(words, lambda _=False, one=key: self.use_preset(one))
        menu.popup(self.presets.mapToGlobal(self.presets.rect().bottomLeft()))

    def use_preset(self, key: str) -> None:
        """All values of a set from today on, once that is confirmed."""
        words = f"{PRESETS[key]}。从今天起执行，以前的不变；以后还能一条一条改。"
        if not confirm(self, "换成一套现成的期限", words, "换成这一套"):
            return
        today = self.context.clock.today()
        with self.shown_errors():
            with self.context.database.transaction("换用一套办理期限") as session:
                deadlines.use_preset(session, key, today)
                requests.recount(session)
            self.done("期限已换成这一套")

    def _since(self) -> date:
        since = self.since.value()
        if since is None or since < self.context.clock.today():
            raise DomainError("请填从哪天起执行，今天或以后的日子，如 2026-12-01。")
        return since


def _span(line: RuleView) -> CellValue:
    since = f"{line.since:%Y-%m-%d}"
    return Cell(f"{since} 到 {line.until:%Y-%m-%d}", tone="text2") if line.until else f"{since} 起"


def _columns(clock: Clock) -> tuple[Column, ...]:
    def standing(line: RuleView) -> CellValue:
        today = clock.today()
        if line.since > today:
            return (Chip("还没到", "info"),)
        return (Chip("改过了"),) if line.until and line.until < today else (Chip("在用", "ok"),)

    return (
        Column("step", "环节", lambda line: line.step.label, 150, weight=1, bold=True),
        Column("days", "工作日", lambda line: f"{line.working_days} 个", 80),
        Column("since", "执行", _span, 200),
        Column("standing", "", standing, 76),
        Column("source", "依据", lambda line: line.source, 150, weight=1, large_mode=False),
    )
