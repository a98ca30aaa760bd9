"""地址签: sheets of labels, from any label on; a sheet is one line of data.

A label never runs over: its text is wrapped and made smaller, and where even that does not help
the names are told before anything is printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from app.errors import DomainError
from app.reports import fitted
from app.reports.fitted import Block, Part
from app.reports.fonts import Face, common, require, unknown
from app.reports.missing import readable, refuse
from app.reports.page import A4, GREY, MM, PALE, Sheet

TITLE = "地址签"
_SIZES = tuple(size / 4 for size in range(52, 19, -1))
# So many lines of the plain size stand on a label with all its parts: usual addresses come out
# in one size on the whole sheet, and only long ones smaller.
_USUAL_LINES = 7.8
_NAMED = 8


@dataclass(frozen=True)
class LabelSheet:
    """An A4 sheet of labels; lengths in mm, the pitch from one label to the next."""

    key: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    padding: float = 3.0
    """Kept free inside each label; more where labels reach the edge, which no printer inks"""

    @property
    def count(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    def pages(self, labels: int, start: int) -> int:
        """Sheets that so many labels need from place `start` on, counted from 0."""
        return -(-(start + labels) // self.count)

    @property
    def words(self) -> str:
        """2 列 × 7 行，99.1 × 38.1 毫米."""
        return f"{self.columns} 列 × {self.rows} 行，{self.width:g} × {self.height:g} 毫米"


SHEETS = (
    LabelSheet("2x7", 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1),
    LabelSheet("3x8", 3, 8, 63.5, 33.9, 7.25, 12.9, 66.0, 33.9),
    LabelSheet("3x7", 3, 7, 63.5, 38.1, 7.25, 15.15, 66.0, 38.1),
    LabelSheet("2x8", 2, 8, 99.1, 33.9, 4.65, 12.9, 101.6, 33.9),
    LabelSheet("4x11", 4, 11, 48.5, 25.4, 8.0, 8.8, 48.5, 25.4, padding=2.0),
    LabelSheet("2x4", 2, 4, 99.1, 67.7, 4.65, 13.1, 101.6, 67.7, padding=5.0),
    LabelSheet("3x8-full", 3, 8, 70.0, 37.0, 0.0, 0.5, 70.0, 37.0, padding=6.0),
    LabelSheet("2x8-full", 2, 8, 105.0, 37.0, 0.0, 0.5, 105.0, 37.0, padding=6.0),
)


class TooLong(DomainError):
    """Nothing was printed, since these people's labels cannot hold their text."""

    def __init__(self, names: Sequence[str], sheet: LabelSheet) -> None:
        self.names = tuple(names)
        shown = "、".join(map(readable, self.names[:_NAMED]))
        more = f"等 {len(self.names)} 人" if len(self.names) > _NAMED else ""
        super().__init__(
            f"标签太小（{sheet.words}），印不下 {shown}{more} 的姓名和地址，所以没有打印。"
            "请换大一些的标签纸，或把地址改短。"
        )


@dataclass(frozen=True, slots=True)
class Label:
    """To whom: `name` as it is printed (王秀兰　收), where, and the six figures of the post."""

    name: str
    address: str = ""
    place: str = ""
    """House, unit and room: a line of their own below the street"""
    postcode: str = ""


@dataclass(frozen=True, kw_only=True)
class Labels:
    """All labels of one printing; `start` labels of the first sheet are already used."""

    office: str
    sheet: LabelSheet
    labels: Sequence[Label]
    start: int = 0
    sender: str = ""
    """In small type at the foot of each label; '' for none"""
    outline: bool = False
    """Dashed edges, for plain paper that is cut"""


def sheet_of(key: str) -> LabelSheet:
    """The sheet called `key`; KeyError if there is none."""
    return {sheet.key: sheet for sheet in SHEETS}[key]


def render(data: Labels) -> bytes:
    """The PDF; MissingGlyph or TooLong name everybody whose label cannot be printed."""
    _check(data)
    blocks = _fit_all(data)
    sheet = Sheet(TITLE, author=data.office, size=A4)
    if not blocks:
        words = f"没有要打印的地址签　{data.office}"
        sheet.text(A4[0] / 2, A4[1] / 2, words, Face.SONG, 12, align="center", ink=PALE)
        sheet.end_page()
    first = -data.start
    while first < len(blocks):
        page = range(max(first, 0), min(first + data.sheet.count, len(blocks)))
        for number in page:
            _draw(sheet, data.sheet, number - first, blocks[number])
        if data.outline:
            draw_edges(sheet, data.sheet)
        sheet.end_page()
        first += data.sheet.count
    return sheet.finish()


def _check(data: Labels) -> None:
    require((data.office, data.sender))
    check_all(data.labels)


def check_all(labels: Sequence[Label]) -> None:
    """MissingGlyph for all that cannot be printed, each with the name it belongs to."""
    if not common(chain.from_iterable(map(_texts, labels))):
        refuse(found for one in labels for found in unknown(_texts(one), whose=one.name))


def _texts(label: Label) -> tuple[str, ...]:
    return label.name, label.address, label.place, label.postcode


def _fit_all(data: Labels) -> list[Block]:
    """Every label set; TooLong for all that do not fit at once."""
    sheet = data.sheet
    width = (sheet.width - 2 * sheet.padding) * MM
    height = (sheet.height - 2 * sheet.padding) * MM
    sizes = [size for size in _SIZES if size * _USUAL_LINES <= height]
    found = [fitted.fit(_parts(label, data), width, height, sizes) for label in data.labels]
    blocks = [block for block in found if block is not None]
    if len(blocks) < len(found):
        pairs = zip(data.labels, found, strict=True)
        raise TooLong([label.name for label, block in pairs if block is None], sheet)
    return blocks


def _parts(label: Label, data: Labels) -> list[Part]:
    alone = not (label.address or label.place)
    return [
        Part(label.postcode),
        Part(label.address),
        Part(label.place),
        Part(label.name, Face.HEI, 1.3, "center" if alone else "left"),
        Part(data.sender, scale=0.75, align="right", ink=GREY),
    ]


def corner(sheet: LabelSheet, place: int) -> tuple[float, float]:
    """The upper left corner of a label on its sheet, in points from the lower left."""
    row, column = divmod(place, sheet.columns)
    x = (sheet.left + column * sheet.pitch_x) * MM
    return x, A4[1] - (sheet.top + row * sheet.pitch_y) * MM


def _draw(sheet: Sheet, kind: LabelSheet, place: int, block: Block) -> None:
    x, top = corner(kind, place)
    pad = kind.padding * MM
    spare = (kind.height * MM - 2 * pad - block.height) / 2
    fitted.draw(sheet, x + pad, top - pad - spare, kind.width * MM - 2 * pad, block)


def draw_edges(sheet: Sheet, kind: LabelSheet) -> None:
    """Dashed edges of every label, for plain paper that is cut."""
    width, height = kind.width * MM, kind.height * MM
    for place in range(kind.count):
        x, top = corner(kind, place)
        for a, b, c, d in (
            (x, top, x + width, top),
            (x, top - height, x + width, top - height),
            (x, top, x, top - height),
            (x + width, top, x + width, top - height),
        ):
            sheet.rule(a, b, c, d, width=0.3, ink=PALE, dash=(2, 2))
