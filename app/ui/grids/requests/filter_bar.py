"""The line above board and table: filters as chips, what is found, how days are counted."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models import Origin
from app.services.request_views import RequestFilter
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import Label, hide_unless, row

HOW = "期限按工作日算，从转办次日起"
GUESSED = "有的期限落在未导入节假日的年份，按周一至周五推算"


class ToggleChip(Button):
    """A filter of one word that is on or off."""

    changed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(name, kind="filter", size="small")
        self._on = False
        self.clicked.connect(lambda: self.choose(not self._on))
        self._name_it()

    @property
    def value(self) -> bool:
        return self._on

    def set_value(self, on: bool) -> None:
        """Show a state without announcing it."""
        self._on = on
        self.kind = "filter_on" if on else "filter"
        self._name_it()
        self.updateGeometry()
        self.update()

    def choose(self, on: bool) -> None:
        """Put the filter in force or off, and announce it."""
        if on != self._on:
            self.set_value(on)
            self.changed.emit(on)

    def _name_it(self) -> None:
        self.setAccessibleName(f"筛选 {self.text()}{'，已打开' if self._on else ''}")


class FilterBar(QWidget):
    """`changed` after every choice; the text comes from the search box at the head."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.grid = FilterChip("全部网格")
        self.category = FilterChip("类别")
        self.origin = FilterChip("来源")
        self.flagged = ToggleChip("只看督办")
        self.due_soon = ToggleChip("只看快到期")
        self.closed = ToggleChip("含已销号")
        self.clear_button = Button("清除筛选", kind="link", size="small")
        self.words = Label("", "small", bold=True)
        self.how = Label(HOW, "small", tone="text2")
        self.origin.set_choices([(one, one.label) for one in Origin])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        chips = (self.grid, self.category, self.origin, self.flagged, self.due_soon, self.closed)
        layout.addLayout(row(*chips, self.clear_button, 6, self.words, None, self.how, spacing=6))
        for chip in chips:
            chip.changed.connect(lambda _: self._announce())
        self.clear_button.clicked.connect(self.clear)
        hide_unless(False, self.clear_button, self.closed)

    def offer(
        self, grids: Sequence[tuple[int, str]], categories: Sequence[tuple[int, str]]
    ) -> None:
        """What can be chosen; who sees one grid only is not asked for it."""
        self.grid.set_choices(grids)
        self.category.set_choices(categories)
        hide_unless(len(grids) > 1, self.grid)

    def chosen(self, text: str) -> RequestFilter:
        """The filter in force, with what is looked for."""
        return RequestFilter(
            grid_ids=_one(self.grid),
            category_ids=_one(self.category),
            origins=(cast(Origin, self.origin.value),) if self.origin.value else (),
            flagged=self.flagged.value,
            due_soon=self.due_soon.value,
            text=text,
        )

    def offer_closed(self, on: bool) -> None:
        """Only the table shows what is closed beside what is open."""
        self.closed.setVisible(on)

    @property
    def sentence(self) -> str:
        """The filter in words, for paper and files; '' for everything."""
        chips = (self.grid, self.category, self.origin)
        named = [chip.text() for chip in chips if chip.value is not None]
        shown = (self.flagged, self.due_soon, self.closed)
        switched = [chip.text() for chip in shown if chip.value and not chip.isHidden()]
        return "，".join([*named, *switched])

    def clear(self) -> None:
        """Take every filter off."""
        for chip in (self.grid, self.category, self.origin):
            chip.set_value(None)
        for switch in (self.flagged, self.due_soon, self.closed):
            switch.set_value(False)
        self._announce()

    def show_words(self, words: str, *, guessed: bool) -> None:
        """在办 21 件，超期 1 件，今天到期 3 件; and where days are reckoned without a calendar."""
        self.words.setText(words)
        self.how.setText(GUESSED if guessed else HOW)
        self.how.set_tone("warn" if guessed else "text2")
        # In 大字 the line has room for the figures only; what is guessed is told all the same.
        self.how.setVisible(not theme.current().large and not (self.sentence and guessed))
        self.words.setToolTip(self.how.text())

    def _announce(self) -> None:
        self.clear_button.setVisible(bool(self.sentence))
        self.changed.emit()


def _one(chip: FilterChip) -> tuple[int, ...]:
    return () if chip.value is None else (cast(int, chip.value),)
