"""有效期: how long points last that are earned from a day on."""

from collections.abc import Sequence

from PySide6.QtGui import QIntValidator

from app.context import Context
from app.errors import DomainError
from app.models import ExpiryWay
from app.services import points_expiry
from app.services.points_expiry import ExpiryView
from app.ui.kit.chips import Chip
from app.ui.kit.forms import choice, line_edit
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import CellValue, Column
from app.ui.office.grid_rules.parts import RulesPart
from app.ui.people.date_line import DateLine

_WORDS = (
    "到期日在得到积分时就定下来，以后改规定不变；兑换时先用快到期的。"
    "到期前在柜台和存折上提醒，到期清零记在账上。"
)
_HINTS = {ExpiryWay.NEXT_YEAR: "几月，如 3", ExpiryWay.MONTHS: "几个月，如 24"}


class ExpiryPart(RulesPart):
    """A PagedTable of every rule there was and is, the latest first."""

    areas = Area.OFFICE | Area.POINTS

    def __init__(self, context: Context) -> None:
        self._today = context.clock.today
        super().__init__(context, self._columns(), name="有效期规定", unit="条", words=_WORDS)

    def read(self) -> Sequence[ExpiryView]:
        with self.context.database.lookup() as lookup:
            return points_expiry.rules(lookup)

    def fill_form(self) -> None:
        self.way = choice([one.label for one in ExpiryWay])
        self.number = line_edit(limit=3)
        self.number.setValidator(QIntValidator(1, points_expiry.MOST_MONTHS, self.number))
        self.since = DateLine(self._today(), future=True)
        self.source = line_edit(hint="文件名或“本社区决定”", limit=120)
        self.form.add("有效期", self.way)
        self._asks = self.form.add("月数", self.number, required=True)
        self.form.add("从哪天起", self.since, required=True)
        self.form.add("依据", self.source)
        self.way.currentIndexChanged.connect(lambda _: self._show_way())

    def show_line(self, line: ExpiryView | None) -> str:
        self.way.setCurrentText((line.way if line else ExpiryWay.NEXT_YEAR).label)
        self.number.setText(str(line.number) if line and line.number else "")
        self.since.set_value(max(self._today(), line.since) if line else self._today())
        self.source.setText(line.source if line else "")
        self._show_way()
        return "改有效期"

    def save(self) -> None:
        with self.shown_errors():
            since = self.since.value()
            if since is None:
                raise DomainError("请填从哪天起执行，如 2026-12-01。")
            way, number = self._way(), int(self.number.text() or 0) or None
            with self.context.database.transaction(f"修改积分有效期 {way.label}") as session:
                key = points_expiry.set_rule(
                    session,
                    way,
                    number,
                    since=since,
                    source=self.source.text(),
                    today=self._today(),
                )
            self.done(f"{since:%Y-%m-%d} 起得到的积分，按新的有效期", line_id=key)

    def _way(self) -> ExpiryWay:
        return list(ExpiryWay)[self.way.currentIndex()]

    def _show_way(self) -> None:
        """Only two of the ways count months."""
        hint = _HINTS.get(self._way())
        self.number.setPlaceholderText(hint or "")
        self._asks.setVisible(hint is not None)
        self._asks.label.setVisible(hint is not None)

    def _columns(self) -> tuple[Column, ...]:
        def standing(line: ExpiryView) -> CellValue:
            if line.since > self._today():
                return (Chip("还没到", "info"),)
            begun = [one.since for one in self.lines.values() if one.since <= self._today()]
            return (Chip("在用", "ok"),) if line.since == max(begun) else (Chip("改过了"),)

        return (
            Column("words", "积分用到什么时候", lambda line: line.words, 160, weight=1, bold=True),
            Column("since", "得到的日子", lambda line: f"{line.since:%Y-%m-%d} 起", 140),
            Column("standing", "", standing, 80),
            Column("source", "依据", lambda line: line.source, 120, weight=1, large_mode=False),
        )
