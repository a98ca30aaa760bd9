"""The look: tokens -> palette first, a short style sheet second, in 标准 or 大字.

Widgets read `current()` while they are built. Changing the mode therefore means: `apply()`, then
build the window anew; the shell does that (`bootstrap.Desk.change_mode`).
"""

from functools import lru_cache

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.ui.kit import icons
from app.ui.kit.style_sheet import style_sheet
from app.ui.kit.tokens import COLORS, METRICS, STANDARD, Metrics, Mode

CHINESE_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
RARE_FAMILIES = ("SimSun-ExtB", "SimSun", "Noto Serif CJK SC", "Linli Rare B", "Linli Rare G")
"""Asked only for characters that the first families lack; the last two are shipped."""
BASIC_PLANE_END = "\uffff"

_PALETTE = {
    QPalette.ColorRole.Window: COLORS.bg,
    QPalette.ColorRole.Base: COLORS.surface,
    QPalette.ColorRole.AlternateBase: COLORS.alt,
    QPalette.ColorRole.Text: COLORS.text,
    QPalette.ColorRole.WindowText: COLORS.text,
    QPalette.ColorRole.Button: COLORS.surface,
    QPalette.ColorRole.ButtonText: COLORS.text,
    QPalette.ColorRole.Highlight: COLORS.primary_soft,
    QPalette.ColorRole.HighlightedText: COLORS.sel_text,
    QPalette.ColorRole.PlaceholderText: COLORS.placeholder,
    QPalette.ColorRole.ToolTipBase: COLORS.surface,
    QPalette.ColorRole.ToolTipText: COLORS.text,
    QPalette.ColorRole.Link: COLORS.primary,
}

_DRESSED = "linli_dressed"
_metrics = STANDARD


def current() -> Metrics:
    """The sizes in force."""
    return _metrics


def apply(app: QApplication, mode: Mode | str = Mode.STANDARD) -> None:
    """Dress the program. Windows that exist already keep their old sizes: build them anew."""
    global _metrics
    _metrics = METRICS[Mode(mode)]
    font.cache_clear()
    text_width.cache_clear()
    if not app.property(_DRESSED):
        app.setProperty(_DRESSED, True)
        app.setStyle("Fusion")
        app.setPalette(palette())
        _translate(app)
    app.setFont(font())


def dress(window: QWidget) -> None:
    """Give a window without a parent the style sheet; what is opened over it has it from there.

    The sheet is the window's and not the application's: a part is then dressed once, when its
    page comes into the window, and not anew with each frame that it is put into on the way there.
    """
    window.setStyleSheet(_sheet(_metrics))


@lru_cache(maxsize=len(METRICS))
def _sheet(metrics: Metrics) -> str:
    return style_sheet(metrics, paths.resources() / "icons")


def palette() -> QPalette:
    result = QPalette()
    for role, color in _PALETTE.items():
        result.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(COLORS.disabled))
    disabled = QPalette.ColorGroup.Disabled
    result.setColor(disabled, QPalette.ColorRole.ButtonText, QColor(COLORS.disabled))
    return result


@lru_cache(maxsize=64)
def font(role: str | float = "base", *, bold: bool = False) -> QFont:
    """A font by role (`base small title h2 h1 brand`) or by size in points."""
    result = QFont()
    result.setFamilies(list(_families()))
    result.setPointSizeF(role if isinstance(role, float) else getattr(_metrics, str(role)))
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    result.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return result


@lru_cache(maxsize=4096)
def text_width(text: str, role: str | float = "base", *, bold: bool = False) -> int:
    """How many pixels a line of text takes."""
    return QFontMetrics(font(role, bold=bold)).horizontalAdvance(text)


def ensure_glyphs(text: str) -> None:
    """Load the shipped fonts of rare characters when the first of them is to be shown.

    They are 35 MB: most offices need them for a handful of names, some never.
    """
    if text and max(text) > BASIC_PLANE_END:
        _load_rare_fonts()


@lru_cache(maxsize=1)
def _load_rare_fonts() -> None:
    for path in sorted((paths.resources() / "fonts").glob("LinliRare*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def icon(name: str, color: str = COLORS.text2) -> QIcon:
    """An mdi6 icon at the size of the mode, for Qt's own widgets."""
    return icons.icon(name, color, _metrics.icon)


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    """System fonts where there are any; the font shipped for papers otherwise."""
    found = tuple(name for name in CHINESE_FAMILIES if QFontDatabase.hasFamily(name))
    return (found or _shipped_family()) + RARE_FAMILIES


def _shipped_family() -> tuple[str, ...]:
    for path in sorted((paths.resources() / "fonts").glob("NotoSansSC*.*tf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number >= 0:
            return tuple(QFontDatabase.applicationFontFamilies(number))
    return ()


def _translate(app: QApplication) -> None:
    """Qt's own words (context menus, print dialog) in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
