"""Papers with whole numbers say on every page who took them out, and stay easy to read."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pypdfium2
from pypdf import PdfReader

from app.reports import roster
from app.reports.roster import Roster
from app.values.stamp import Stamp

STAMP = Stamp(
    office="望海社区居民委员会",
    by="李娜",
    at=datetime(2026, 11, 22, 9, 5),
    reason="报街道民政办 11 月高龄补贴" * 3,
    allowed_by="赵敏",
)
ROW = ("1", "王秀兰", "女", "1948-05-11 / 78", "210214194805111826", "13840310612", "", "", "", "")
PLAIN = Roster(
    office="望海社区居民委员会",
    title=roster.TITLE,
    filter_words="全部",
    people=60,
    households=None,
    rows=[ROW] * 60,
    printed_on=date(2026, 11, 22),
    printed_by="李娜",
)


def pages(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_every_page_names_who_when_why_and_the_community() -> None:
    found = pages(roster.render(replace(PLAIN, stamp=STAMP)))

    assert len(found) == 3
    for page in found:
        assert "".join(STAMP.line.split()) in page
        assert "".join(STAMP.mark.split()) in page
        assert STAMP.office in page


def test_a_paper_with_masked_numbers_carries_no_stamp() -> None:
    assert all("含完整号码" not in page for page in pages(roster.render(PLAIN)))


def test_the_mark_lies_behind_the_text_and_is_hardly_grey() -> None:
    """What the stamp adds inside the table is lighter than a tenth of black, so numbers stay."""
    plain, stamped = (
        pypdfium2.PdfDocument(roster.render(one))[0].render(scale=1).to_pil().convert("L")
        for one in (PLAIN, replace(PLAIN, stamp=STAMP))
    )
    table = (0, 0, plain.width, round(plain.height * 0.94))
    pairs = zip(plain.crop(table).tobytes(), stamped.crop(table).tobytes(), strict=True)
    darker = [before - after for before, after in pairs if before != after]

    assert len(darker) > 1000
    assert min(darker) >= 0
    assert max(darker) < 26
