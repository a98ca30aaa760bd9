"""The line of filters over the volunteers: team, stars, who is to be heeded, who has left."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import stars, teams
from app.services.stars import stars_words
from app.services.volunteer_views import ACTIVE, KINDS, LEFT, NO_TEAM, VolunteerFilter
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip, SwitchChip
from app.ui.kit.labels import row, small
from app.values.times import hours_words


class VolunteerFilters(QWidget):
    """`changed` when another choice holds; `chosen` is the filter without a search text."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.team, self.stars, self.kind = (
            FilterChip("队伍"),
            FilterChip("星级"),
            FilterChip("留意"),
        )
        self.left = SwitchChip("已退出")
        self.chips = (self.team, self.stars, self.kind, self.left)
        self.clear = Button("清除筛选", kind="link", size="small")
        self._said = small()
        self.setLayout(row(*self.chips, self.clear, None, self._said))
        self.kind.set_choices(list(KINDS.items()))
        for chip in self.chips:
            chip.changed.connect(lambda _: self._changed())
        self.clear.clicked.connect(self.clear_all)
        self.clear.hide()
        self.offer()

    @property
    def chosen(self) -> VolunteerFilter:
        kind = self.kind.value
        return VolunteerFilter(
            state=LEFT if self.left.on else ACTIVE,
            team_id=self.team.number,
            stars=self.stars.number,
            kind=kind if isinstance(kind, str) else None,
        )

    @property
    def narrows(self) -> bool:
        return any(chip.value is not None for chip in self.chips)

    @property
    def words(self) -> str:
        """The filter at the head of a paper."""
        return "，".join(chip.text() for chip in self.chips if chip.value is not None)

    def offer(self) -> None:
        """What can be chosen now; what holds stays."""
        with self._context.database.lookup() as lookup:
            names = teams.names(lookup)
            levels = stars.levels(lookup, self._context.clock.today())
        self.team.set_choices([*names.items(), (NO_TEAM, "没有入队")])
        self.stars.set_choices([*((one, stars_words(one)) for one, _ in levels), (0, "没有星级")])

    def show_team(self, team_id: int | None) -> None:
        """Only this team, or everybody."""
        for chip in self.chips:
            chip.set_value(None)
        self.team.set_value(team_id)
        self._changed()

    def clear_all(self) -> None:
        """Everybody who serves now."""
        self.show_team(None)

    def say(self, people: int, half_hours: int) -> None:
        """What the list comes to."""
        self._said.setText(f"{people:,} 人，共 {hours_words(half_hours)}" if people else "")

    def _changed(self) -> None:
        self.clear.setVisible(self.narrows)
        self.changed.emit()
