"""What labels and envelopes have in common: how people are addressed, who has no address."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.services import letters
from app.services.letters import GREETINGS, Addressing, Letters
from app.services.lists import People
from app.services.papers import Printing
from app.ui.kit.forms import choice, line_edit
from app.ui.papers.lists.controls import begun, tick
from app.ui.papers.lists.list_panel import ListPanel, Wish

_NAMED = 6
_NO_GREETING = "不加"


class LetterPanel(ListPanel):
    """Area and postcode begin as the office's own; changed words stay while the program runs."""

    note = "没有住址的人不印，名字列在上面；打印和存盘都会留下记录。"

    def add_addressing(self) -> None:
        """The fields that say how people are addressed."""
        with self.context.database.reading() as session:
            self._usual = letters.usual(session)
        self.area = begun(self._usual.area, limit=80)
        self.postcode = line_edit(self._usual.postcode, limit=6)
        self.greeting = choice([words or _NO_GREETING for words in GREETINGS])
        self.household = tick("每户只印一张，写户主", close=True)
        self.withdrawn = tick("不印撤回同意的人", on=True, close=True)
        self.options.add("地址", self.area, span=2)
        self.options.add("邮编", self.postcode)
        self.options.add("称呼", self.greeting)
        self.composed.connect(lambda *_: self._tell())
        self._found = Letters((), (), ())

    def refresh(self) -> None:
        """What nobody changed follows the office's data."""
        with self.context.database.reading() as session:
            now = letters.usual(session)
        for edit, before, after in (
            (self.area, self._usual.area, now.area),
            (self.postcode, self._usual.postcode, now.postcode),
        ):
            if edit.text() == before:
                edit.setText(after)
                edit.setCursorPosition(0)
        self._usual = now
        super().refresh()

    def addressing(self) -> Addressing:
        greeting = self.greeting.currentText()
        return Addressing(
            self.area.text().strip(),
            self.postcode.text().strip(),
            "" if greeting == _NO_GREETING else greeting,
            self.household.isChecked(),
            self.withdrawn.isChecked(),
        )

    def make(
        self, session: Session, people: People, printing: Printing, wish: Wish
    ) -> Callable[[], bytes]:
        how, kind = wish.options
        found = letters.letters(session, people.ids, how, today=printing.at.date())
        render = self.make_letters(session, found, kind)
        self._found = found
        return render

    def make_letters(self, session: Session, found: Letters, kind: Any) -> Callable[[], bytes]:
        """Gather what the office adds; what is given back draws the paper."""
        raise NotImplementedError

    def on_paper(self, people: People) -> People:
        return People(self._found.ids, people.words)

    def figure_words(self, found: Letters) -> str:
        """The figure of the paper: 112 张，6 页."""
        return f"{len(found.labels):,} 个"

    def _tell(self) -> None:
        """After drawing: how many, and who was left out."""
        found = self._found
        reasons = (("没有住址，不印", found.without_address), ("撤回同意，不印", found.withdrawn))
        missed = "；".join(f"{why}：{_named(names)}" for why, names in reasons if names)
        tone = "warn" if missed else "info"
        self.figures.show_text(self.figure_words(found), missed or self.who_words, tone=tone)


def _named(names: Sequence[str]) -> str:
    more = f"等 {len(names):,} 人" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
