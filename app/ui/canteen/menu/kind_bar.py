"""Over the list of dishes: a kind by one click with its count, and what else narrows it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models import DishKind
from app.services.diners import words
from app.services.dishes import DishView
from app.ui.canteen.menu.dish_columns import STATES, UNUSED
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import row
from app.values.pinyin_match import spells

ALL = "全部"


class KindBar(QWidget):
    """`changed` when other dishes are wanted; `text` is what stands in the search box."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.kind: DishKind | None = None
        self.buttons: dict[DishKind | None, Button] = {}
        for kind in (None, *DishKind):
            button = Button(kind.label if kind else ALL, kind="filter", size="small")
            button.clicked.connect(lambda _=False, kind=kind: self._choose(kind))
            self.buttons[kind] = button
        self.suits, self.allergen = FilterChip("适合"), FilterChip("致敏物")
        self.state = FilterChip("状态")
        self.state.set_choices(list(STATES.items()))
        self.chips = (self.suits, self.allergen, self.state)
        self.setLayout(row(*self.buttons.values(), 8, *self.chips, None, spacing=6))
        for chip in self.chips:
            chip.changed.connect(lambda _: self.changed.emit())
        self._mark()

    @property
    def narrows(self) -> bool:
        chosen = any(chip.value is not None for chip in self.chips)
        return bool(self.text) or self.kind is not None or chosen

    @property
    def filter_words(self) -> str:
        """The filter at the head of a paper."""
        kind = [self.kind.label] if self.kind else []
        chosen = [chip.text() for chip in self.chips if chip.value is not None]
        typed = [f"查找“{self.text}”"] if self.text else []
        return "，".join((*kind, *chosen, *typed))

    def offer(self, known: Sequence[DishView]) -> None:
        """How many dishes each kind has; one without any is away unless it is chosen."""
        for kind, button in self.buttons.items():
            count = sum(kind in (None, one.kind) for one in known)
            # 大字 has room for the words alone.
            figure = f" {count}" if kind is None or not theme.current().large else ""
            button.setText(f"{kind.label if kind else ALL}{figure}")
            button.setVisible(bool(count) or kind in (None, self.kind))
        for chip, field in ((self.suits, "suits"), (self.allergen, "allergens")):
            found = dict.fromkeys(word for one in known for word in words(getattr(one, field)))
            chip.set_choices([(word, word) for word in found])

    def fits(self, one: DishView) -> bool:
        """Whether a dish is among those that are wanted."""
        return (
            self.kind in (None, one.kind)
            and self.suits.value in (None, *words(one.suits))
            and self.allergen.value in (None, *words(one.allergens))
            and (self.state.value is None or one.on_offer is not (self.state.value == UNUSED))
            and (not self.text or spells(one.name, self.text))
        )

    def clear(self) -> None:
        """Every dish again; nobody is told."""
        self.text, self.kind = "", None
        for chip in self.chips:
            chip.set_value(None)
        self._mark()

    def _choose(self, kind: DishKind | None) -> None:
        if kind is not self.kind:
            self.kind = kind
            self._mark()
            self.changed.emit()

    def _mark(self) -> None:
        for kind, button in self.buttons.items():
            button.kind = "filter_on" if kind is self.kind else "filter"
            button.setText(button.text())
            button.update()
