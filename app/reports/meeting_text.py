"""Pages of a meeting: title and red rule, a frame of facts, text with headings, signatures."""

from collections.abc import Iterator, Sequence

from app.reports import official, prose
from app.reports.clean import one_line
from app.reports.flow import Strip, draw, paginate
from app.reports.fonts import Face
from app.reports.form import Field, Form
from app.reports.page import GREY, MM, RED, Sheet
from app.reports.text import wrap

SIZE = 13.0
_FACT_SIZE = 11.0
_TOP = official.TOP + official.TITLE_SIZE + 13 * MM
_RULE = official.TOP + official.TITLE_SIZE + 5 * MM
_FOOT = 20 * MM
_CLOSING = 4.2


def render(
    title: str,
    *,
    office: str,
    number: str,
    facts: Sequence[Sequence[Field]],
    strips: Sequence[Strip],
    signed: Sequence[str],
) -> bytes:
    """The PDF: facts on the first page, text over as many as it takes, signatures on the last."""
    sheet = Sheet(title, author=one_line(office))
    form = Form(width=official.WIDTH, size=_FACT_SIZE)
    rows = form.set_rows(facts)
    used = sum(row.height for row in rows) + 5 * MM
    first = sheet.height - _TOP - used - _FOOT
    further = sheet.height - official.TOP - _FOOT
    closing = _CLOSING * SIZE * prose.SPREAD if signed else 0.0
    pages = paginate(list(strips), first, further, closing)
    for page, parts in enumerate(pages):
        top = sheet.height - official.TOP
        if page == 0:
            _draw_title(sheet, title, office, number)
            top = form.draw(sheet, official.LEFT, sheet.height - _TOP, rows) - 5 * MM
        bottom = draw(sheet, top, parts)
        if page == len(pages) - 1:
            _draw_signed(sheet, bottom, signed)
        foot = f"{number}　第 {page + 1} 页，共 {len(pages)} 页".strip()
        sheet.text(sheet.width / 2, 9 * MM, foot, Face.SONG, 9, align="center", ink=GREY)
        sheet.end_page()
    return sheet.finish()


def heading(words: str) -> Iterator[Strip]:
    """一、楼道照明改造: lines in 黑体 with air above."""
    for place, line in enumerate(wrap(one_line(words), Face.HEI, SIZE, official.WIDTH)):
        air = 0.5 * SIZE if place == 0 else 0.0

        def show(sheet: Sheet, top: float, *, air: float = air, text: str = line.text) -> None:
            y = top - air - official.ASCENT * SIZE
            sheet.text(official.LEFT, y, text, Face.HEI, SIZE)

        yield Strip(SIZE * prose.SPREAD + air, show)


def paragraphs(texts: Sequence[str]) -> Iterator[Strip]:
    """Plain paragraphs in 仿宋, two characters in."""
    yield from prose.strips(prose.paragraphs(texts), SIZE)


def labelled(label: str, words: str) -> Iterator[Strip]:
    """决议草案：……; nothing for no words."""
    if words.strip():
        yield from paragraphs([f"{label}：{words.strip()}"])


def _draw_title(sheet: Sheet, title: str, office: str, number: str) -> None:
    y = sheet.height - official.TOP - official.ASCENT * official.TITLE_SIZE
    sheet.spaced(sheet.width / 2, y, title, Face.TITLE, official.TITLE_SIZE, 2)
    right, rule = official.LEFT + official.WIDTH, sheet.height - _RULE
    sheet.rule(official.LEFT, rule, right, rule, width=1.4, ink=RED)
    sheet.text(official.LEFT, rule - 5 * MM, one_line(office), Face.SONG, 10.5)
    sheet.text(right, rule - 5 * MM, number, Face.SONG, 10.5, align="right")


def _draw_signed(sheet: Sheet, bottom: float, signed: Sequence[str]) -> None:
    """主持人：______　记录人：______, side by side."""
    if not signed:
        return
    y = bottom - 2.4 * SIZE * prose.SPREAD
    width = official.WIDTH / len(signed)
    for place, label in enumerate(signed):
        x = official.LEFT + place * width
        end = x + sheet.text(x, y, f"{label}：", Face.FANG, SIZE)
        gap = 0 if place == len(signed) - 1 else 5 * MM
        sheet.rule(end, y - 2, x + width - gap, y - 2)
