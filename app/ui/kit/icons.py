"""Icons: glyphs of the Material Design font that qtawesome brings, drawn at the size asked for.

The font and its list of names are read straight from the package, because importing qtawesome
itself costs as long as an empty Qt window needs to appear.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap

from app.ui.kit.tokens import COLORS

_FONT = "materialdesignicons6-webfont"


@lru_cache(maxsize=1)
def _folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("qtawesome")
    return Path(spec.origin).parent / "fonts"


@lru_cache(maxsize=1)
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(next(_folder().glob(f"{_FONT}*.ttf"))))
    return QFontDatabase.applicationFontFamilies(number)[0]


@lru_cache(maxsize=1)
def _charmap() -> str:
    """The list of 7,000 names as text: of these a few dozen are asked for."""
    path = next(_folder().glob(f"{_FONT}-charmap*.json"))
    return path.read_text(encoding="ascii")


def glyph(name: str) -> str:
    """The character of an mdi6 icon. KeyError names an icon that does not exist."""
    _, found, rest = _charmap().partition(f'"{name}":')
    if not found:
        raise KeyError(name)
    return chr(int(rest[:20].split('"')[1], 16))


@lru_cache(maxsize=512)
def pixmap(name: str, color: str = COLORS.text2, size: int = 18, ratio: float = 1.0) -> QPixmap:
    """An icon as a square picture of `size` device-independent pixels."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    font = QFont(_family())
    font.setPixelSize(size)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, glyph(name))
    painter.end()
    return picture


def draw(painter: QPainter, rect: QRect, name: str, color: str = COLORS.text2) -> None:
    """Paint an icon centred in `rect`, as large as its shorter side."""
    size = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatioF()
    x = rect.x() + (rect.width() - size) // 2
    y = rect.y() + (rect.height() - size) // 2
    painter.drawPixmap(x, y, pixmap(name, color, size, ratio))


def icon(name: str, color: str = COLORS.text2, size: int = 18) -> QIcon:
    """An icon for Qt's own widgets (menus, line edit actions), sharp at 100 % and 200 %."""
    result = QIcon(pixmap(name, color, size))
    result.addPixmap(pixmap(name, color, size, 2.0))
    result.addPixmap(pixmap(name, COLORS.disabled, size), QIcon.Mode.Disabled)
    return result
