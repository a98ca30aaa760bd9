"""A line into which money is typed: 12, 12.5, 12.50元."""

from PySide6.QtWidgets import QLineEdit, QSizePolicy

from app.ui.kit import theme
from app.values.money import read_yuan, yuan

_LONGEST = 10


class MoneyLine(QLineEdit):
    """`fen()` is what was typed in 分, None for nothing; raises DomainError for words."""

    def __init__(self, fen: int | None = None, *, hint: str = "", name: str = "") -> None:
        super().__init__()
        self.textChanged.connect(theme.ensure_glyphs)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setMaxLength(_LONGEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_fen(fen)

    def fen(self) -> int | None:
        return read_yuan(self.text()) if self.text().strip() else None

    def set_fen(self, fen: int | None) -> None:
        """Show an amount, or an empty line."""
        self.setText("" if fen is None else yuan(fen).replace(",", ""))
