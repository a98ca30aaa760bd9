"""Papers in bulk, against the least that could put the same words at the same places."""

import random
from collections.abc import Callable
from datetime import date
from io import BytesIO
from types import ModuleType
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas

from app.reports import roster
from app.reports.fonts import Typeface
from app.reports.page import Sheet
from bench.harness import Benchmark, seconds
from bench.roster import Person, people

Shown = tuple[float, float, str, float, str]
ROWS = 10_000
SHEETS = 500
DAY = date(2026, 11, 21)
TAGS = ("", "", "", "党员", "独居老人、高龄", "低保、残疾人（肢体二级）、退役军人")


class Recorder(Sheet):
    """A sheet that also notes every string with its place, face and size."""

    pages: list[list[Shown]]
    paper: tuple[float, float]

    def _place(self, x: float, y: float, ink: tuple[float, float, float]) -> None:
        super()._place(x, y, ink)
        self._at = x, y

    def _show(self, found: Typeface, size: float, extra: float, text: str) -> None:
        super()._show(found, size, extra, text)
        x, y = self._at
        self.page.append((x, y, found.font.fontName, size, text))
        self._at = x + found.width(text) * size + extra * len(text), y

    def _start_page(self) -> None:
        super()._start_page()
        self.page: list[Shown] = []
        Recorder.pages.append(self.page)
        Recorder.paper = self.width, self.height


def strings_of(module: ModuleType, job: Callable[[], bytes]) -> list[list[Shown]]:
    """Every string that `job` draws, page by page."""
    Recorder.pages = []
    with patch.object(module, "Sheet", Recorder):
        job()
    return [page for page in Recorder.pages if page]


def bare(pages: list[list[Shown]], paper: tuple[float, float]) -> bytes:
    """The same strings at the same places by drawString: no layout, no rules, no checks."""
    canvas = Canvas(BytesIO(), pagesize=paper, initialFontName=pages[0][0][2])
    for page in pages:
        font = None
        for x, y, name, size, text in page:
            if font != (name, size):
                font = name, size
                canvas.setFont(name, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    return canvas.getpdfdata()


def against_bare(
    name: str, n: int, at_most: float, module: ModuleType, job: Callable[[], bytes]
) -> Benchmark:
    pages: list[list[Shown]] = []

    def floor() -> float:
        if not pages:
            pages.extend(strings_of(module, job))
        return seconds(lambda: bare(pages, Recorder.paper))

    return Benchmark(name, "s", n, lambda: seconds(job), floor, at_most)


def roster_row(number: int, person: Person, tags: str) -> tuple[str, ...]:
    age = DAY.year - person.birth_date.year
    home = f"{person.building} 号楼 {person.unit} 单元 {person.room}"
    return (
        *(str(number), person.name, person.sex, f"{person.birth_date} {age}岁", person.number),
        *(person.phone, home, "第三网格", tags, person.residence_status),
    )


def roster_data() -> roster.Roster:
    choice = random.Random(7).choice
    rows = [roster_row(i, p, choice(TAGS)) for i, p in enumerate(people(ROWS), start=1)]
    return roster.Roster(
        office="海湾街道望海社区居民委员会",
        title="望海社区居民花名册",
        filter_words="全部在册居民",
        people=ROWS,
        households=ROWS // 3,
        rows=rows,
        printed_on=DAY,
        printed_by="赵敏",
    )


def benchmarks() -> list[Benchmark]:
    data = roster_data()
    return [against_bare("roster_pdf_10k", ROWS, 1.6, roster, lambda: roster.render(data))]


BENCHMARKS = benchmarks()
