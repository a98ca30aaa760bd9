"""感谢信 to whoever gave goods to the shop: what was given, what becomes of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import official, prose
from app.reports.clean import one_line
from app.reports.flow import Strip, draw, height
from app.reports.fonts import Face, require
from app.reports.page import MM, RED, Sheet
from app.reports.text import text_width, wrap
from app.reports.words import long_date

TITLE = "感谢信"
_SIZES = (18.0, 17.0, *prose.SIZES, 11.0, 10.0)
_TITLE_SIZE = 36.0
_TEXT_TOP = official.TOP + _TITLE_SIZE + 16 * MM
_OFFICE_ROOM = 22 * official.PITCH
ANONYMOUS = "匿名"


@dataclass(frozen=True, kw_only=True)
class Thanks:
    """`goods` are 香皂 30 块, 洗衣液 20 瓶."""

    office: str
    shop: str
    giver: str
    given_on: date
    goods: Sequence[str]
    pieces: int
    day: date


def render(data: Thanks) -> bytes:
    """The PDF, one page; MissingGlyph names the texts with characters that no font has."""
    require((data.office, data.shop, data.giver, *data.goods))
    sheet = Sheet(TITLE, author=one_line(data.office))
    size, strips = _set(data, sheet.height)
    y = sheet.height - official.TOP - official.ASCENT * _TITLE_SIZE
    sheet.spaced(sheet.width / 2, y, TITLE, Face.TITLE, _TITLE_SIZE, 8, ink=RED)
    y = draw(sheet, sheet.height - _TEXT_TOP, strips)
    _draw_office(sheet, data, size, y - size * prose.SPREAD)
    sheet.end_page()
    return sheet.finish()


def _set(data: Thanks, page_height: float) -> tuple[float, list[Strip]]:
    """The text in the largest size that leaves room for office and date."""
    for size in _SIZES:
        strips = [
            *prose.strips([f"尊敬的{_whom(data)}："], size, indent=False),
            *prose.strips(_sentences(data), size),
        ]
        if height(strips) + 5 * size * prose.SPREAD <= page_height - _TEXT_TOP - 30 * MM:
            break
    return size, strips


def _whom(data: Thanks) -> str:
    giver = one_line(data.giver)
    return "爱心捐赠人" if giver == ANONYMOUS else giver


def _sentences(data: Thanks) -> Iterator[str]:
    goods = "、".join(map(one_line, data.goods))
    shop = one_line(data.shop)
    yield (
        f"您于{long_date(data.given_on)}向{shop}捐赠物资：{goods}，共 {data.pieces:,} 件。"
        "物资已经全部入库登记，一件一件兑换给参加志愿服务、热心社区事务的居民，"
        "每一件的去向都有账可查，随时欢迎您来核对。"
    )
    yield "您的这份心意，鼓励了更多居民走出家门、帮助邻里。"
    yield "谨代表社区全体居民，向您表示衷心的感谢！"


def _draw_office(sheet: Sheet, data: Thanks, size: float, top: float) -> None:
    """Office and date, centred on one another at the right."""
    y = top - official.ASCENT * size
    offices = wrap(one_line(data.office), Face.FANG, size, _OFFICE_ROOM)
    texts = [*(line.text for line in offices if line.pieces), long_date(data.day)]
    widest = max(text_width(text, Face.FANG, size) for text in texts)
    middle = official.LEFT + official.WIDTH - 2 * size - widest / 2
    for text in texts:
        sheet.text(middle, y, text, Face.FANG, size, align="center")
        y -= size * prose.SPREAD
