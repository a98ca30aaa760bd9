"""Which set meal is ordered, among those that are sold then."""

from collections.abc import Sequence

from app.services.canteens import SetView
from app.ui.kit.pinyin_choice import MUST, PinyinChoice
from app.values.money import yuan


class SetChoice(PinyinChoice):
    """What was chosen stays where it is offered, else the first is."""

    def __init__(self, letter: str = "") -> None:
        super().__init__((), name="套餐", blank=MUST)
        self._offered: dict[str, SetView] = {}
        self._wanted = letter

    @property
    def chosen(self) -> SetView | None:
        return self._offered.get(self.currentText())

    @property
    def letter(self) -> str:
        """Of the one that is chosen, '' for none."""
        return self.chosen.letter if self.chosen is not None else ""

    def offer(self, sets: Sequence[SetView]) -> None:
        """Others are sold on another day; without announcing it."""
        letter = self.letter or self._wanted
        self._offered = {_words(one): one for one in sets}
        blocked = self.blockSignals(True)
        self.clear()
        self.addItems(list(self._offered))
        kept = next((words for words, one in self._offered.items() if one.letter == letter), "")
        self.set_value(kept or next(iter(self._offered), ""))
        self.widen_list()
        self.blockSignals(blocked)


def _words(one: SetView) -> str:
    """A 餐 12.00 一荤两素."""
    return f"{one.letter} 餐 {yuan(one.price)} {one.words}".strip()
