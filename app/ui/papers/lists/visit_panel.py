"""入户走访登记表: a page for each household, or a line for each."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.reports import visit_form, visit_list
from app.services import lists, visits
from app.services.lists import People
from app.services.papers import Printing
from app.ui.kit.forms import choice, line_edit
from app.ui.papers.lists.controls import number
from app.ui.papers.lists.list_panel import ListPanel, Wish

_PAGES, _LINES = "每户一页", "每户一行"


class VisitPanel(ListPanel):
    """Whoever is chosen brings the whole household onto the paper, once."""

    heading = visit_form.TITLE
    meta = "按户，户里的人都印上"
    whole_words = "电话印完整的"
    many_options = False

    def add_options(self) -> None:
        self.form = choice([_PAGES, _LINES])
        self.spare = number(0, 100, 2, unit="行")
        self.visitors, self.when = line_edit(limit=40), line_edit(limit=40)
        self.options.add("版式", self.form, span=2)
        self._of_lines = [
            self.options.add("走访", self.visitors),
            self.options.add("时间", self.when),
            self.options.add("空行", self.spare),
        ]
        self.visitors.setPlaceholderText("走访人")
        self.spare.valueChanged.connect(lambda _: self.soon())
        self.form.currentTextChanged.connect(lambda _: self._show_form())
        self._show_form()
        self._visits = 0
        self._named: tuple[int, ...] = ()
        self.composed.connect(lambda *_: self._tell())

    def title(self) -> str:
        return visit_list.TITLE if self._in_lines else self.heading

    def read_options(self) -> tuple[bool, str, str, int]:
        return self._in_lines, self.visitors.text(), self.when.text(), self.spare.value()

    def make(
        self, session: Session, people: People, printing: Printing, wish: Wish
    ) -> Callable[[], bytes]:
        in_lines, visitors, when, spare = wish.options
        self._named = visits.everybody(session, people.ids)
        if not in_lines:
            forms = lists.visit_forms(session, people, printing)
            self._visits = len(forms.visits)
            return lambda: visit_form.render(forms)
        data = lists.visit_round(
            session,
            people,
            printing,
            visitors=visitors,
            when=when,
            blank_rows=spare,
        )
        self._visits = len(data.visits)
        return lambda: visit_list.render(data)

    def on_paper(self, people: People) -> People:
        return People(self._named, people.words)

    def _tell(self) -> None:
        """People without a household are visited each by themselves, so the paper counts."""
        self.figures.show_text(f"走访 {self._visits:,} 户", self.who_words)

    @property
    def _in_lines(self) -> bool:
        return self.form.currentText() == _LINES

    def _show_form(self) -> None:
        """On a page of its own all this is written by hand."""
        for field in self._of_lines:
            field.setVisible(self._in_lines)
            field.label.setVisible(self._in_lines)
