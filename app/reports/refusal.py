"""《不予出具告知单》: why a certificate is not issued, and where the matter is dealt with.

A law is named only where its wording was checked (domain-law.md 3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.reports import official, prose
from app.reports.clean import one_line
from app.reports.flow import Strip, draw, height
from app.reports.fonts import Face, common, unknown
from app.reports.marks import RING, draw_seal_place
from app.reports.missing import refuse
from app.reports.page import GREY, MM, RED, Sheet
from app.reports.text import text_width, wrap
from app.reports.words import long_date

TITLE = "不予出具告知单"
ASK_ELSEWHERE = "请咨询有关部门"
_SIZES = (*prose.SIZES, 11.0, 10.0)
_TEXT_TOP = official.TOP + official.TITLE_SIZE + 18 * MM
_RULE = official.TOP + official.TITLE_SIZE + 5 * MM
_RECEIPT = 42 * MM
_SIGNATURE = 36 * MM
_OFFICE_ROOM = 22 * official.PITCH


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What was asked for, and the item of the list that it is."""

    office: str
    applicant: str
    matter: str
    item_name: str
    item_number: str
    """Its place in the list, such as 全国清单第 8 项."""
    document: str
    """The document with the list, such as 民发〔2020〕20号."""
    where_to_go: str
    """A way that was checked (核), or what the office wrote of its own item; nothing else."""
    basis: str
    """The law behind `where_to_go`; empty unless its wording was checked (核)."""
    day: date
    handled_by: str
    office_phone: str = ""
    seal_mark: bool = False


def render(data: Refusal) -> bytes:
    """The PDF, one page; MissingGlyph names the texts with characters that no font has."""
    _check(data)
    sheet = Sheet(TITLE, author=one_line(data.office))
    size, strips = _set(data, sheet.height)
    _draw_title(sheet)
    y = draw(sheet, sheet.height - _TEXT_TOP, strips)
    _draw_office(sheet, data, size, y - size * prose.SPREAD)
    _draw_receipt(sheet, data)
    sheet.end_page()
    return sheet.finish()


def _check(data: Refusal) -> None:
    texts = (data.applicant, data.office, data.matter, data.item_name, data.document)
    more = (data.item_number, data.where_to_go, data.basis, data.handled_by, data.office_phone)
    if not common((*texts, *more)):
        refuse(unknown((*texts, *more), whose=data.applicant))


def _set(data: Refusal, page_height: float) -> tuple[float, list[Strip]]:
    """The text in the largest size that leaves room for office and receipt."""
    for size in _SIZES:
        applicant = f"{one_line(data.applicant)}："
        strips = [
            *prose.strips([applicant], size, indent=False),
            *prose.strips(_sentences(data), size),
        ]
        closing = 4 * size * prose.SPREAD + (RING if data.seal_mark else 0)
        if height(strips) + closing <= page_height - _TEXT_TOP - _RECEIPT - 8 * MM:
            break
    return size, strips


def _sentences(data: Refusal) -> Iterator[str]:
    matter = one_line(data.matter)
    item = f"{one_line(data.item_number)}“{one_line(data.item_name)}”"
    source = f"（{one_line(data.document)}）" if data.document.strip() else ""
    yield (
        f"您于{long_date(data.day)}申请出具“{matter}”。经核对，该事项属于不应由社区居民委员会"
        f"出具证明的事项：{item}{source}。社区不予出具，特此告知。"
    )
    where = one_line(data.where_to_go).rstrip("。") or ASK_ELSEWHERE
    basis = one_line(data.basis).rstrip("。")
    yield f"办理途径：{where}。" + (f"依据：{basis}。" if basis else "")
    if data.office_phone.strip():
        yield f"对本告知有疑问的，请到社区或者拨打{one_line(data.office_phone)}询问。"


def _draw_title(sheet: Sheet) -> None:
    y = sheet.height - official.TOP - official.ASCENT * official.TITLE_SIZE
    sheet.spaced(sheet.width / 2, y, TITLE, Face.TITLE, official.TITLE_SIZE, 2)
    right, rule = official.LEFT + official.WIDTH, sheet.height - _RULE
    sheet.rule(official.LEFT, rule, right, rule, width=1.4, ink=RED)


def _draw_office(sheet: Sheet, data: Refusal, size: float, top: float) -> None:
    """经办人 at the left, office and date centred on one another at the right."""
    leading = size * prose.SPREAD
    y = top - official.ASCENT * size
    offices = wrap(one_line(data.office), Face.FANG, size, _OFFICE_ROOM)
    texts = [*(line.text for line in offices if line.pieces), long_date(data.day)]
    widest = max(text_width(text, Face.FANG, size) for text in texts)
    middle = official.LEFT + official.WIDTH - 2 * size - widest / 2
    handled_by = f"经办人：{one_line(data.handled_by)}"
    sheet.text(official.LEFT + 2 * size, y, handled_by, Face.FANG, size)
    y -= leading
    for text in texts:
        sheet.text(middle, y, text, Face.FANG, size, align="center")
        y -= leading
    if data.seal_mark:
        draw_seal_place(sheet, middle, y + leading * 1.5 + 0.38 * size)


def _draw_receipt(sheet: Sheet, data: Refusal) -> None:
    """Where the applicant signs that the sheet was handed over."""
    left, right, y = official.LEFT, official.LEFT + official.WIDTH, _RECEIPT
    sheet.rule(left, y, right, y, ink=GREY, dash=(3, 3))
    y -= 11 * MM
    x = left
    for label in ("申请人签收：", "签收日期："):
        x += sheet.text(x, y, label, Face.FANG, 14)
        sheet.rule(x, y - 2, x + _SIGNATURE, y - 2)
        x += _SIGNATURE + 8 * MM
    sheet.text(left, y - 9 * MM, "一式两份，申请人和社区各存一份。", Face.SONG, 9, ink=GREY)
