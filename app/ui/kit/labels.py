"""Words on the screen: labels by role and tone, and short layout words for all windows."""

from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.kit import icons, theme
from app.ui.kit.tokens import COLORS
from app.values.text import as_html

RIGHT_MIDDLE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_TONES = {
    "text": COLORS.text,
    "text2": COLORS.text2,
    "sel": COLORS.sel_text,
    "primary": COLORS.primary,
    "brand": COLORS.brand,
    "ok": COLORS.ok,
    "warn": COLORS.warn,
    "danger": COLORS.danger,
    "placeholder": COLORS.placeholder,
}


class Label(QLabel):
    """Plain text in one of the sizes of the theme; user data can never act as HTML."""

    def __init__(
        self,
        text: str = "",
        role: str = "base",
        *,
        tone: str = "text",
        bold: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__(text)
        theme.ensure_glyphs(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role, bold=bold))
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_tone(tone)

    def setText(self, text: str) -> None:
        theme.ensure_glyphs(text)
        super().setText(text)

    def set_tone(self, tone: str) -> None:
        """Colour by meaning: text text2 sel primary brand ok warn danger placeholder."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(_TONES[tone]))
        self.setPalette(palette)


def tip_of(words: str) -> str:
    """`words` for a tip, as they are: Qt would take a name like <b>王</b> for markup."""
    plain = as_html(words)
    return f"<qt>{plain}</qt>" if QtGui.Qt.mightBeRichText(words) else words


def h1(text: str) -> Label:
    return Label(text, "h1", bold=True)


def h2(text: str) -> Label:
    return Label(text, "h2", bold=True)


def title(text: str) -> Label:
    return Label(text, "title", bold=True)


def small(text: str = "", *, tone: str = "text2", wrap: bool = False) -> Label:
    return Label(text, "small", tone=tone, wrap=wrap)


def icon_label(name: str, color: str = COLORS.text2, size: int = 0) -> QLabel:
    """A picture without words; say the same in text beside it."""
    side = size or theme.current().icon_small
    label = QLabel()
    label.setPixmap(icons.pixmap(name, color, side, label.devicePixelRatioF()))
    label.setFixedSize(side, side)
    return label


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline between parts of a card."""
    line = QFrame()
    line.setObjectName("rule")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


Item = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]


def row(
    *items: Item, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Side by side: widgets, layouts, a gap in pixels, None for a stretch, (item, stretch)."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def column(
    *items: Item, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """One below the other, same items as `row`."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and off the screen."""
    while layout.count():
        old = layout.takeAt(0).widget()
        if old is not None:
            old.hide()
            old.deleteLater()


def box(layout: QLayout, name: str = "") -> QWidget:
    """A plain widget around a layout."""
    widget = QWidget()
    widget.setObjectName(name)
    widget.setLayout(layout)
    return widget


def hide_unless(on: bool, *widgets: QWidget) -> None:
    """What a window starts without; it never shows, as what has no parent yet would be a window."""
    for widget in widgets:
        if not on:
            widget.hide()


def _fill(
    layout: QHBoxLayout | QVBoxLayout,
    items: tuple[Item, ...],
    spacing: int,
    margins: tuple[int, int, int, int],
) -> None:
    px = theme.current().px
    layout.setSpacing(px(spacing))
    layout.setContentsMargins(*(px(side) for side in margins))
    for item in items:
        stretch = 0
        if isinstance(item, tuple):
            item, stretch = item
        _add(layout, item, stretch)


def _add(
    layout: QHBoxLayout | QVBoxLayout, item: QWidget | QLayout | int | None, stretch: int
) -> None:
    if item is None:
        layout.addStretch(1)
    elif isinstance(item, int):
        layout.addSpacing(theme.current().px(item))
    elif isinstance(item, QLayout):
        layout.addLayout(item, stretch)
    else:
        layout.addWidget(item, stretch)
