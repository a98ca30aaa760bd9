"""事项和分值: the matters that give points, and what each gives from a day on."""

from collections.abc import Sequence

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QSpinBox as Spin

from app.context import Context
from app.errors import DomainError
from app.models import Deed, PointsUnit, Rounding
from app.services import points_items, points_rule_changes
from app.services.points_rule_changes import MOST_POINTS, ItemRules, RuleInput
from app.services.points_rules import Rule
from app.ui.kit.abreast import Abreast
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.forms import choice, line_edit
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import CellValue, Column
from app.ui.office.grid_rules.parts import NEW, RulesPart
from app.ui.people.date_line import DateLine

_WORDS = (
    "记分按事情发生那天的规则算。用过的规则不会变：改了从填的那天起是新规则。"
    "只有志愿服务和邻里互助记服务时长（民政部令第67号第十九条）。"
)


class ItemsPart(RulesPart):
    """A PagedTable of the matters in their order, each with its rule of today and the next."""

    areas = Area.OFFICE | Area.POINTS

    def __init__(self, context: Context) -> None:
        self._today = context.clock.today
        super().__init__(context, _COLUMNS, name="积分事项", unit="个事项", words=_WORDS)

    def read(self) -> Sequence[ItemRules]:
        with self.context.database.lookup() as lookup:
            return points_rule_changes.listed(lookup, self._today())

    def fill_form(self) -> None:
        self.name = line_edit(hint="如 楼道清扫", limit=points_items.LONGEST_NAME)
        self.deed = choice([one.label for one in Deed])
        self.points = line_edit(hint="几分", name="积分，必填", limit=6)
        self.points.setValidator(QIntValidator(-MOST_POINTS, MOST_POINTS, self.points))
        self.per = choice([f"每{one.label}" for one in PointsUnit], name="每多少")
        self.rounding = choice([one.label for one in Rounding])
        self.caps = [_cap(when) for when in ("每次", "每天", "每户每天")]
        self.since = DateLine(self._today(), future=True)
        self.source = line_edit(hint="文件名或“本社区决定”", limit=120)
        self.form.add("事项", self.name, required=True)
        self.form.add("类型", self.deed)
        self.form.add("积分", Abreast(self.points, self.per), required=True)
        self.form.add("不足 1 分", self.rounding)
        self.form.add("最多几分", Abreast(*self.caps[:2]))
        self.form.add("", self.caps[2])
        self.form.add("从哪天起", self.since, required=True)
        self.form.add("依据", self.source)
        self.new = Button("新事项", icon="plus", size="small")
        self.up, self.down = Button("上移", size="small"), Button("下移", size="small")
        self.switch = Button("停用", size="small")
        self.new.clicked.connect(lambda: self.edit(NEW))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.switch.clicked.connect(self.switch_chosen)
        self.offer(self.new, self.up, self.down, self.switch)

    def show_line(self, line: ItemRules | None) -> str:
        rule = line.latest if line else None
        self.name.setText(line.item.name if line else "")
        self.deed.setCurrentText((line.item.deed if line else Deed.SERVICE).label)
        self.points.setText(str(rule.points) if rule else "")
        self.per.setCurrentText(f"每{(rule.per if rule else PointsUnit.TIME).label}")
        self.rounding.setCurrentText((rule.rounding if rule else Rounding.NEAREST).label)
        for control, cap in zip(self.caps, _caps(rule), strict=True):
            control.setValue(cap or 0)
        self.since.set_value(max(self._today(), rule.since) if rule else self._today())
        self.source.setText(rule.source if rule else "")
        return f"修改“{line.item.name}”" if line else "新的事项"

    def save(self) -> None:
        line = self.lines.get(self.edited)
        name, deed = self.name.text(), list(Deed)[self.deed.currentIndex()]
        with self.shown_errors():
            entered = self._entered()
            words = f"{'修改' if line else '添加'}积分事项 {name}"
            with self.context.database.transaction(words) as session:
                if line is None:
                    key = points_items.add(session, name=name, deed=deed)
                else:
                    key, version = line.id, line.item.version
                    points_items.change(session, key, name=name, deed=deed, version=version)
                if line is None or not _says_the_same(line.latest, entered):
                    points_rule_changes.set_rule(session, key, entered)
            self.done(f"已保存“{name}”", line_id=key)

    def switch_chosen(self) -> None:
        """Offer the marked matter in the forms, or no longer."""
        line = self.chosen
        if line is None:
            return
        on = not line.item.enabled
        words = f"{'启用' if on else '停用'}积分事项 {line.item.name}"
        with self.shown_errors():
            with self.context.database.transaction(words) as session:
                points_items.set_enabled(session, line.id, on, version=line.item.version)
            self.done(f"已{words}", line_id=line.id)

    def show_chosen(self) -> None:
        line = self.chosen
        for button in self.buttons[1:]:
            button.setEnabled(line is not None)
        self.switch.setText("停用" if line is None or line.item.enabled else "启用")

    def _move(self, by: int) -> None:
        line = self.chosen
        if line is None:
            return
        with self.shown_errors():
            with self.context.database.transaction(f"调整次序 {line.item.name}") as session:
                points_items.move(session, line.id, by=by)
            self.done(f"已{'上移' if by < 0 else '下移'}“{line.item.name}”", line_id=line.id)

    def _entered(self) -> RuleInput:
        since = self.since.value()
        if since is None:
            raise DomainError("请填从哪天起执行，如 2026-12-01。")
        once, daily, household = (cap.value() or None for cap in self.caps)
        return RuleInput(
            points=_read(self.points),
            per=list(PointsUnit)[self.per.currentIndex()],
            rounding=list(Rounding)[self.rounding.currentIndex()],
            cap_once=once,
            cap_day=daily,
            cap_household_day=household,
            since=since,
            source=self.source.text(),
        )


def _read(control: QLineEdit) -> int:
    try:
        return int(control.text())
    except ValueError:
        return 0


def _caps(rule: Rule | None) -> tuple[int | None, int | None, int | None]:
    if rule is None:
        return None, None, None
    return rule.cap_once, rule.cap_day, rule.cap_household_day


def _says_the_same(rule: Rule | None, entered: RuleInput) -> bool:
    """Only the name was changed: no rule begins."""
    return rule is not None and (
        (rule.points, rule.per, rule.rounding, *_caps(rule))
        == (
            entered.points,
            entered.per,
            entered.rounding,
            entered.cap_once,
            entered.cap_day,
            entered.cap_household_day,
        )
        and rule.source == entered.source
        and rule.since <= entered.since
    )


def _cap(when: str) -> Spin:
    spin = Spin()
    spin.setRange(0, MOST_POINTS)
    spin.setPrefix(f"{when} ")
    spin.setSuffix(" 分")
    spin.setSpecialValueText(f"{when}不限")
    spin.setAccessibleName(f"{when}最多几分，0 不限")
    spin.setButtonSymbols(Spin.ButtonSymbols.NoButtons)
    return spin


def _state(line: ItemRules) -> CellValue:
    return (Chip("启用", "ok"),) if line.item.enabled else (Chip("停用"),)


def _deed(line: ItemRules) -> str:
    return line.item.deed.label


def _gives(line: ItemRules) -> str:
    """What it gives now, and from which day on something else."""
    now = line.now.gives if line.now else "还没有"
    return f"{now}，{line.next.since:%m-%d} 起 {line.next.gives}" if line.next else now


def _most(line: ItemRules) -> str:
    names = zip(("每次", "每天", "每户每天"), _caps(line.now), strict=True)
    return " · ".join(f"{when} {cap}" for when, cap in names if cap is not None)


_COLUMNS = (
    Column("name", "事项", lambda line: line.item.name, 120, weight=1, bold=True),
    Column("deed", "类型", _deed, 100, tone="text2", large_mode=False),
    Column("gives", "分值", _gives, 100, weight=1),
    Column("caps", "最多几分", _most, 190),
    Column("enabled", "状态", _state, 76),
)
