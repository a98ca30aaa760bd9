"""Drop-downs that stand for records: by their names, or by the numbers of a printed sheet."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.ui.kit.pinyin_choice import NOTHING_CHOSEN, PinyinChoice, matching


class IdChoice(PinyinChoice):
    """Names that stand for ids; letters choose."""

    def __init__(self, names: Mapping[int, str] | None = None, *, name: str, blank: str) -> None:
        self._ids: dict[str, int] = {}
        super().__init__((), name=name, blank=blank)
        self.offer(names or {})

    def offer(self, names: Mapping[int, str]) -> None:
        """What can be chosen; what was stays chosen. A number tells two of one name apart."""
        before = self.chosen_id
        self._ids, met = {}, Counter[str]()
        for key, name in names.items():
            met[name] += 1
            self._ids[name if met[name] == 1 else f"{name}（{met[name]}）"] = key
        silent = self.blockSignals(True)
        self.clear()
        self.addItems([*self.none, *self._ids])
        self.widen_list()
        self.choose_id(before)
        self.blockSignals(silent)

    @property
    def chosen_id(self) -> int | None:
        return self._ids.get(self.currentText())

    def choose_id(self, wanted: int | None) -> None:
        """Show the name of an id; none for one that is not offered."""
        self.set_value(next((name for name, key in self._ids.items() if key == wanted), ""))


class NumberedChoice(PinyinChoice):
    """The choices carry the numbers of the printed sheet: 3 chooses the third, letters go too."""

    def __init__(
        self, choices: Sequence[tuple[int, str]] = (), *, name: str, blank: str = "不选"
    ) -> None:
        self._ids: dict[str, int] = {}
        super().__init__((), name=name, blank=blank)
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[int, str]]) -> None:
        """What can be chosen; none of it is chosen."""
        self._ids = {f"{place} {words}": key for place, (key, words) in enumerate(choices, start=1)}
        silent = self.blockSignals(True)
        self.clear()
        self.addItems([*self.none, *self._ids])
        self.widen_list()
        self.setCurrentIndex(-1)
        self.blockSignals(silent)

    @property
    def chosen_id(self) -> int | None:
        return self._ids.get(self.currentText())

    def choose_id(self, wanted: int | None, words: str = "") -> None:
        """Show the choice of an id; one that is no longer offered is shown by its words."""
        known = {key: shown for shown, key in self._ids.items()}
        if wanted is not None and wanted not in known:
            self._ids[words] = wanted
            known[wanted] = words
        self.set_value("" if wanted is None else known[wanted])

    def place_of(self, typed: str, start: int) -> int | None:
        names = [self.itemText(place) for place in range(self.count())]
        if typed.isdigit():
            found = (place for place, name in enumerate(names) if name.startswith(f"{typed} "))
            return next(found, None)
        plain = ["" if name == NOTHING_CHOSEN else name.partition(" ")[2] for name in names]
        return matching(plain, typed, start)
