"""居民花名册: who stands on it, in which order, how dense, with whole or masked numbers."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.reports import roster
from app.services import papers
from app.services.lists import People
from app.services.papers import Printing
from app.ui.kit.forms import choice
from app.ui.papers.lists.list_panel import ListPanel, Wish

_DENSITY = {"每页 25 行": 25, "每页 40 行": 40}


class RosterPanel(ListPanel):
    """The list of the page 居民 as paper."""

    heading = roster.TITLE
    meta = "A4 横向"
    whole_words = "证件号和电话印完整的"
    many = 20_000
    many_options = False

    def add_options(self) -> None:
        self.density = choice(list(_DENSITY))
        self.options.add("行数", self.density, span=2)

    def read_options(self) -> int:
        return _DENSITY[self.density.currentText()]

    def make(
        self, session: Session, people: People, printing: Printing, wish: Wish
    ) -> Callable[[], bytes]:
        data = papers.resident_roster(
            session,
            people.ids,
            printing,
            filter_words=people.words,
            rows_per_page=wish.options,
        )
        return lambda: roster.render(data)
