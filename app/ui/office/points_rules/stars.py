"""星级: from how many hours on a volunteer may have so many stars, from a day on."""

from collections.abc import Sequence

from PySide6.QtGui import QIntValidator

from app.context import Context
from app.errors import DomainError
from app.services import star_levels
from app.services.star_levels import LevelView
from app.services.stars import stars_words
from app.ui.kit.chips import Chip
from app.ui.kit.forms import choice, line_edit
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import CellValue, Column
from app.ui.office.grid_rules.parts import RulesPart
from app.ui.people.date_line import DateLine

_WORDS = "按服务时长评星，积分用掉也不影响；名单公示以后才认定。改了从填的那天起执行。"


class StarsPart(RulesPart):
    """A PagedTable of what holds now and what begins later."""

    areas = Area.OFFICE | Area.POINTS

    def __init__(self, context: Context) -> None:
        self._today = context.clock.today
        super().__init__(context, self._columns(), name="星级门槛", unit="条", words=_WORDS)

    def read(self) -> Sequence[LevelView]:
        with self.context.database.lookup() as lookup:
            return star_levels.listed(lookup, self._today())

    def fill_form(self) -> None:
        self.stars = choice([stars_words(one + 1) for one in range(star_levels.MOST_STARS)])
        self.hours = line_edit(hint="如 100", limit=6)
        self.hours.setValidator(QIntValidator(1, star_levels.MOST_HOURS, self.hours))
        self.since = DateLine(self._today(), future=True)
        self.source = line_edit(hint="文件名或“本社区决定”", limit=120)
        self.form.add("星级", self.stars)
        self.form.add("满多少小时", self.hours, required=True)
        self.form.add("从哪天起", self.since, required=True)
        self.form.add("依据", self.source)

    def show_line(self, line: LevelView | None) -> str:
        if line is not None:
            self.stars.setCurrentIndex(line.stars - 1)
        self.hours.setText(str(line.hours) if line else "")
        self.since.set_value(max(self._today(), line.since) if line else self._today())
        self.source.setText(line.source if line else "")
        return "改星级门槛"

    def save(self) -> None:
        stars, hours = self.stars.currentIndex() + 1, int(self.hours.text() or 0)
        with self.shown_errors():
            since = self.since.value()
            if since is None:
                raise DomainError("请填从哪天起执行，如 2026-12-01。")
            words = f"修改星级门槛 {stars_words(stars)} {hours} 小时"
            with self.context.database.transaction(words) as session:
                key = star_levels.set_level(
                    session,
                    stars,
                    hours,
                    since=since,
                    source=self.source.text(),
                    today=self._today(),
                )
            self.done(f"{since:%Y-%m-%d} 起，{stars_words(stars)}要 {hours} 小时", line_id=key)

    def _columns(self) -> tuple[Column, ...]:
        def standing(line: LevelView) -> CellValue:
            return (
                (Chip("还没到", "info"),) if line.since > self._today() else (Chip("在用", "ok"),)
            )

        return (
            Column("stars", "星级", lambda line: stars_words(line.stars), 90, bold=True),
            Column("hours", "服务时长", lambda line: f"{line.hours:,} 小时", 110, weight=1),
            Column("since", "执行", _span, 200),
            Column("standing", "", standing, 80),
            Column("source", "依据", lambda line: line.source, 120, weight=1, large_mode=False),
        )


def _span(line: LevelView) -> str:
    since = f"{line.since:%Y-%m-%d} 起"
    return f"{since}，到 {line.until:%Y-%m-%d}" if line.until else since
