"""走访规定: who is visited how often, from a day on."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from app.context import Context
from app.errors import DomainError
from app.models import Risk
from app.services import tags, visit_rules
from app.services.visit_rules import RuleInput, RuleView
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.forms import choice, line_edit
from app.ui.kit.messages import confirm
from app.ui.kit.table_columns import CellValue, Column
from app.ui.office.grid_rules.parts import NEW, RulesPart
from app.ui.people.date_line import DateLine
from app.ui.people.tag_picker import TagPicker

_RISKS = {Risk.RED: "danger", Risk.ORANGE: "warn", Risk.ORDINARY: "grey"}
_WORDS = (
    "一个人合几条规定的，按最勤的一条。改了从填的那天起执行，以前该访谁、访了谁都不变。"
    "没有选标签、没有填年龄的一条管到每一户。"
)


class VisitRulesPart(RulesPart):
    """A PagedTable of what holds now and what begins later."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _COLUMNS, name="走访规定", unit="条", words=_WORDS)

    def read(self) -> Sequence[RuleView]:
        with self.context.database.reading() as session:
            return visit_rules.current(session, self.context.clock.today())

    def fill_form(self) -> None:
        with self.context.database.reading() as session:
            known = [(tag.id, tag.name) for tag in tags.tags(session)]
        self.name = line_edit(hint="如 独居、失能", limit=40)
        self.risk = choice([one.label for one in Risk])
        self.days = _number("如 7", visit_rules.MOST_DAYS)
        self.tags = TagPicker(known)
        self.age = _number("不按年龄就空着", 120)
        self.since = DateLine(self.context.clock.today(), future=True)
        self.source = line_edit(hint="文件名或“本社区决定”", limit=120)
        self.form.add("走访对象", self.name, required=True)
        self.form.add("风险", self.risk)
        self.form.add("几天一次", self.days, required=True)
        self.form.add("有标签的", self.tags)
        self.form.add("满多少岁", self.age)
        self.form.add("从哪天起", self.since, required=True)
        self.form.add("依据", self.source)
        self.new = Button("新规定", icon="plus", size="small")
        self.stop = Button("停止执行", kind="danger", size="small")
        self.new.clicked.connect(lambda: self.edit(NEW))
        self.stop.clicked.connect(self.stop_chosen)
        self.offer(self.new, self.stop)

    def show_line(self, line: RuleView | None) -> str:
        self.name.setText(line.name if line else "")
        self.risk.setCurrentText((line.risk if line else Risk.ORANGE).label)
        self.days.setText(str(line.days) if line else "")
        self.tags.set_value(line.tag_ids if line else ())
        self.age.setText(str(line.from_age) if line and line.from_age else "")
        today = self.context.clock.today()
        self.since.set_value(max(today, line.since) if line else today)
        self.source.setText(line.source if line else "")
        return f"修改“{line.name}”" if line else "新的规定"

    def save(self) -> None:
        line = self.lines.get(self.edited)
        today = self.context.clock.today()
        with self.shown_errors():
            entered, since = self._entered(line), self._since()
            words = f"{'修改' if line else '添加'}走访规定 {entered.name}"
            with self.context.database.transaction(words) as session:
                if line is None:
                    key = visit_rules.add(session, entered, since=since, today=today)
                else:
                    key = visit_rules.change(
                        session, line.id, entered, since=since, today=today, version=line.version
                    )
            self.done(f"已保存“{entered.name}”，{since:%Y-%m-%d} 起执行", line_id=key)

    def stop_chosen(self) -> None:
        """The marked rule holds no more from today on."""
        line = self.chosen
        words = "从今天起不再按这一条算谁该走访；走访过的记录都在。"
        if line is None or not confirm(
            self, f"停止执行“{line.name}”", words, "停止执行", destructive=True
        ):
            return
        today = self.context.clock.today()
        with self.shown_errors():
            with self.context.database.transaction(f"停止走访规定 {line.name}") as session:
                visit_rules.end(session, line.id, from_day=today, today=today, version=line.version)
            self.done(f"已停止“{line.name}”")

    def show_chosen(self) -> None:
        self.stop.setEnabled(self.chosen is not None)

    def _entered(self, line: RuleView | None) -> RuleInput:
        # Tags that the office no longer offers, or that one may not see, stay with the rule.
        offered = set(self.tags.offered())
        kept = tuple(one for one in (line.tag_ids if line else ()) if one not in offered)
        return RuleInput(
            name=self.name.text(),
            risk=list(Risk)[self.risk.currentIndex()],
            days=int(self.days.text() or 0),
            tag_ids=(*kept, *self.tags.value()),
            from_age=int(self.age.text()) if self.age.text() else None,
            source=self.source.text(),
        )

    def _since(self) -> date:
        since = self.since.value()
        if since is None:
            raise DomainError("请填从哪天起执行，如 2026-12-01。")
        return since


def _number(hint: str, most: int) -> QLineEdit:
    edit = line_edit(hint=hint, limit=3)
    edit.setValidator(QIntValidator(1, most, edit))
    return edit


def _risk(line: RuleView) -> CellValue:
    return (Chip(line.risk.label, _RISKS[line.risk]),)


def _span(line: RuleView) -> str:
    since = f"{line.since:%Y-%m-%d} 起"
    return f"{since}，到 {line.until:%Y-%m-%d}" if line.until else since


_COLUMNS = (
    Column("name", "走访对象", lambda line: line.name, 130, weight=1, bold=True),
    Column("risk", "风险", _risk, 70),
    Column("often", "多久", lambda line: line.often, 100),
    Column("covers", "哪些人", lambda line: line.covers, 120, weight=2, tone="text2"),
    Column("since", "执行", _span, 126, large_mode=False),
    Column("source", "依据", lambda line: line.source, 120, weight=1, large_mode=False),
)
