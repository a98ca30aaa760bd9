"""The line of filters over the diary: which month, whose, what, and what is still open."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import CategoryGroup
from app.services import categories, diary_views, grids, members
from app.services.diary_views import SOME, DiaryCounts, DiaryFilter, Month
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip, SwitchChip
from app.ui.kit.labels import row, small


class DiaryFilters(QWidget):
    """`changed` when another choice holds; `chosen` is the filter without a search text."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.month = FilterChip("月份")
        self.grid, self.member = FilterChip("网格"), FilterChip("网格员")
        self.category, self.hazard = FilterChip("类别"), FilterChip("隐患")
        self.open = SwitchChip("待销号")
        self.clear = Button("清除筛选", kind="link", size="small")
        self._said = small()
        self.chips = (self.month, self.grid, self.member, self.category, self.hazard, self.open)
        self._line = row(*self.chips, self.clear, None, self._said)
        self.setLayout(self._line)
        today = context.clock.today()
        self._this_month: Month = (today.year, today.month)
        self.offer()
        self.month.set_value(self._this_month)
        for chip in self.chips:
            chip.changed.connect(lambda _: self._changed())
        self.clear.clicked.connect(self.clear_all)
        self._show_clear()

    @property
    def chosen(self) -> DiaryFilter:
        return DiaryFilter(
            month=cast("Month | None", self.month.value),
            grid_id=self.grid.number,
            member_id=self.member.number,
            category_id=self.category.number,
            hazard_id=self.hazard.number,
            open=self.open.on,
        )

    @property
    def words(self) -> str:
        """The filter at the head of a paper: 2026年11月，第三网格，待销号."""
        return "，".join(chip.text() for chip in self.chips if chip.value is not None)

    def offer(self) -> None:
        """What can be chosen now; what holds stays."""
        with self._context.database.reading() as session:
            today = self._context.clock.today()
            found = diary_views.months(session, today=today)
            self._offer(self.month, [(one, f"{one[0]}年{one[1]}月") for one in found])
            self._offer(self.grid, list(grids.names(session).items()))
            known = members.members(session, on=today)
            self._offer(self.member, [(one.id, one.name) for one in known])
            for group, chip in (
                (CategoryGroup.MATTER, self.category),
                (CategoryGroup.HAZARD, self.hazard),
            ):
                kinds = categories.categories(session, group, enabled_only=False)
                every = [(SOME, "有隐患的")] if group is CategoryGroup.HAZARD else []
                self._offer(chip, [*every, *((one.id, one.name) for one in kinds)])

    def show_month(self, month: Month | None) -> None:
        """Only this month, everything of it."""
        for chip in self.chips:
            chip.set_value(None)
        if month is not None:
            self.month.set_value(month, f"{month[0]}年{month[1]}月")
        self._changed()

    def clear_all(self) -> None:
        """This month again, with everything in it; a second time, every month."""
        plain = replace(DiaryFilter(), month=self._this_month)
        self.show_month(None if self.chosen == plain else self._this_month)

    def say(self, counts: DiaryCounts) -> None:
        """What the list comes to."""
        parts = [f"{way} {number:,}" for way, number in counts.by_way.items() if number]
        if counts.hazards:
            parts.append(f"隐患 {counts.hazards:,}")
        if counts.open:
            parts.append(f"待销号 {counts.open:,}")
        self._said.setText("，".join(parts))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """With many filters in force there is no room for the counts: not half of them then."""
        self._said.show()
        self._said.setVisible(self._line.sizeHint().width() <= self.width())

    def _offer(self, chip: FilterChip, choices: Sequence[tuple[Any, str]]) -> None:
        chip.set_choices(choices)
        if chip.value is not None and chip.value in {value for value, _ in choices}:
            chip.set_value(chip.value)

    def _changed(self) -> None:
        self._show_clear()
        self._fit()
        self.changed.emit()

    @property
    def narrows(self) -> bool:
        """Whether anything but this month holds."""
        some = any(chip.value is not None for chip in self.chips[1:])
        return some or self.month.value != self._this_month

    def _show_clear(self) -> None:
        self.clear.setVisible(self.narrows)
