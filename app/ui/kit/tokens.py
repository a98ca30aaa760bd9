"""Colours and sizes of the program: the only place where a colour or a pixel figure is decided."""

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How large things are: 大字 is another arrangement, not a magnified one."""

    STANDARD = "标准"
    LARGE = "大字"


@dataclass(frozen=True)
class Colors:
    """Contrast on white: text 15.8, text2 7.6, placeholder 5.3, input_border 3.3, others >= 4.5."""

    bg: str = "#F4F5F7"
    surface: str = "#FFFFFF"
    alt: str = "#F8F9FB"
    border: str = "#DDE1E6"
    hair: str = "#ECEFF2"
    input_border: str = "#868E99"
    text: str = "#1F2328"
    text2: str = "#4B5563"
    placeholder: str = "#646C78"
    disabled: str = "#9AA1AB"
    primary: str = "#1F5FA8"
    hover: str = "#184E8C"
    primary_soft: str = "#E6EFF9"
    primary_edge: str = "#C3D8EF"
    on_primary2: str = "#D9E6F5"
    sel_text: str = "#12406F"
    brand: str = "#B3201F"
    danger: str = "#B42318"
    danger_soft: str = "#FDECEA"
    danger_edge: str = "#F3C6C1"
    ok: str = "#1E7A3C"
    ok_soft: str = "#E7F4EB"
    ok_edge: str = "#BFE0CA"
    warn: str = "#8A5A00"
    warn_soft: str = "#FFF4DC"
    warn_edge: str = "#EFD9A3"
    warn_pale: str = "#FFFBF0"
    neutral_soft: str = "#EDF0F3"
    thumb: str = "#C2C8D0"
    focus: str = "#0B63CE"
    desk: str = "#E3E6EB"


COLORS = Colors()

TONES: dict[str, tuple[str, str]] = {
    "grey": (COLORS.text2, COLORS.neutral_soft),
    "info": (COLORS.sel_text, COLORS.primary_soft),
    "ok": (COLORS.ok, COLORS.ok_soft),
    "warn": (COLORS.warn, COLORS.warn_soft),
    "danger": (COLORS.danger, COLORS.danger_soft),
}
TONES |= {
    "blue": TONES["info"],
    "green": TONES["ok"],
    "amber": TONES["warn"],
    "red": TONES["danger"],
}
"""Tone of a chip or a coloured cell: foreground and background. Tags are stored by colour."""


@dataclass(frozen=True)
class Metrics:
    """Sizes of one mode: type in points, everything else in device-independent pixels."""

    mode: Mode
    base: float
    small: float
    title: float
    h2: float
    h1: float
    brand: float
    row: int
    head: int
    control: int
    control_small: int
    main: int
    nav: int
    sidebar: int
    card: int
    icon: int
    icon_small: int
    chip: int
    status: int
    pad: int
    box: int
    spacing: tuple[int, int, int, int, int]
    factor: float

    @property
    def large(self) -> bool:
        return self.mode is Mode.LARGE

    def px(self, pixels: float) -> int:
        """A length that grows with the text: written for 标准, widened for 大字."""
        return round(pixels * self.factor)


STANDARD = Metrics(
    mode=Mode.STANDARD,
    base=10.5,
    small=9,
    title=11,
    h2=13,
    h1=16,
    brand=22,
    row=34,
    head=32,
    control=34,
    control_small=28,
    main=44,
    nav=42,
    sidebar=148,
    card=300,
    icon=18,
    icon_small=16,
    chip=22,
    status=28,
    pad=10,
    box=16,
    spacing=(4, 8, 12, 16, 24),
    factor=1.0,
)

LARGE = Metrics(
    mode=Mode.LARGE,
    base=14,
    small=12,
    title=14.5,
    h2=17,
    h1=22.5,
    brand=28,
    row=44,
    head=42,
    control=44,
    control_small=36,
    main=60,
    nav=52,
    sidebar=176,
    card=350,
    icon=22,
    icon_small=20,
    chip=29,
    status=36,
    pad=12,
    box=16,
    spacing=(5, 10, 15, 20, 30),
    factor=1.25,
)

METRICS = {Mode.STANDARD: STANDARD, Mode.LARGE: LARGE}
RADIUS = 4
CARD_RADIUS = 6
