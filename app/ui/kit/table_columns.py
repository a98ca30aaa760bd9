"""How a table column is declared, and what a cell may hold besides plain text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.ui.kit.chips import Chip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than a text: a quiet addition, a tone, a coloured ground."""

    text: str = ""
    sub: str = ""
    """The circumstance, in small quiet type on the same line."""
    tone: str = ""
    """text2 ok warn danger primary placeholder"""
    bold: bool = False
    strike: bool = False
    fill: str = ""
    """Tone of the ground of this one cell: warn danger ok info grey."""
    icon: str = ""
    chips: tuple[Chip, ...] = ()
    mark: tuple[int, int] | None = None
    """From which character of the text to before which one it is what was looked for"""

    @property
    def plain(self) -> str:
        """What is copied, exported and read out."""
        if self.chips:
            return "、".join(chip.text for chip in self.chips)
        return f"{self.text} {self.sub}".strip()


CellValue = str | Cell | Sequence[Chip]


@dataclass(frozen=True)
class Column:
    """One column. `value` gets the row object that the model fetched."""

    key: str
    title: str
    value: Callable[[Any], CellValue]
    width: int = 80
    """Least width in 标准 pixels, padding included; grows with the text in 大字."""
    weight: int = 0
    """Share of the spare width."""
    align: str = "left"
    """left or right; the heading is aligned like its cells."""
    bold: bool = False
    tone: str = ""
    sortable: bool = False
    large_mode: bool = True
    """Whether the column is kept in 大字."""

    def cell(self, row: Any) -> Cell:
        """The cell of a row in the common form."""
        value = self.value(row)
        if isinstance(value, Cell):
            return value
        if isinstance(value, str):
            return Cell(value, tone=self.tone, bold=self.bold)
        return Cell(chips=tuple(value))
