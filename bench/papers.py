"""Papers in bulk, against the least that could put the same words at the same places."""

import random
from collections.abc import Callable
from datetime import datetime
from functools import cache
from io import BytesIO
from types import ModuleType
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas

from app.reports import info_sheet, listing, roster
from app.reports.fonts import Typeface
from app.reports.page import Sheet
from app.values.dates import age_on
from bench.harness import Benchmark, seconds
from bench.roster import Person, people

Shown = tuple[float, float, str, float, str]
ROWS = 10_000
SHEETS = 500
DAY = datetime(2026, 11, 21, 9, 30)
OFFICE = "海湾街道望海社区居民委员会"
TAGS = ("", "", "", "党员", "独居老人、高龄", "低保、残疾人（肢体二级）、退役军人")

LEDGERS = (
    ("志愿者", "编号 0132，2024-03-02 登记，服务时长 42.5 小时，三星；铁军（2024-03-02 起）"),
    ("积分", "个人账户 120 分，记账 34 行；兑换 6 次"),
    ("用餐", "共 86 份，2026-01-05 至 2026-11-20；餐卡余额 50.00 元，记账 91 行"),
    ("议事", "提出议题 2 件，最近 2026-10-12；到会 3 次"),
)
"""What an ordinary person who takes part has in the ledgers."""


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


Strings = tuple[list[list[Shown]], tuple[float, float]]


def strings_of(module: ModuleType, job: Callable[[], bytes]) -> Strings:
    """Every string that `job` draws, page by page, and the size of its paper."""
    Recorder.pages = []
    with patch.object(module, "Sheet", Recorder):
        job()
    return [page for page in Recorder.pages if page], Recorder.paper


def bare(strings: Strings) -> bytes:
    """The same strings at the same places by drawString: no layout, no rules, no checks."""
    pages, paper = strings
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
    """`job` timed against bare drawString; what it draws is noted once, outside the timing."""
    drawn = cache(lambda: strings_of(module, job))

    def floor() -> float:
        strings = drawn()
        return seconds(lambda: bare(strings))

    return Benchmark(name, "s", n, lambda: seconds(job), floor, at_most)


def age_of(person: Person) -> int:
    return age_on(person.birth_date, DAY.date())


def roster_row(number: int, person: Person, tags: str) -> tuple[str, ...]:
    age = age_of(person)
    home = f"{person.building} 号楼 {person.unit} 单元 {person.room}"
    return (
        *(str(number), person.name, person.sex, f"{person.birth_date} {age}岁", person.number),
        *(person.phone, home, "第三网格", tags, person.residence_status),
    )


@cache
def roster_data() -> roster.Roster:
    choice = random.Random(7).choice
    rows = [roster_row(i, p, choice(TAGS)) for i, p in enumerate(people(ROWS), start=1)]
    return roster.Roster(
        office=OFFICE,
        title="望海社区居民花名册",
        filter_words="全部在册居民",
        people=ROWS,
        households=ROWS // 3,
        rows=rows,
        printed_on=DAY.date(),
        printed_by="赵敏",
    )


def info_sheet_of(person: Person, family: list[Person], tags: str) -> info_sheet.InfoSheet:
    members = tuple(
        info_sheet.Member(
            name=p.name, relation=p.relation, sex=p.sex, birth_date=p.birth_date, age=age_of(p)
        )
        for p in family
    )
    moved = info_sheet.Event(day=person.birth_date, kind="迁入", words="自甘井子区迁入")
    home = f"{person.building} 号楼 {person.unit} 单元 {person.room}"
    return info_sheet.InfoSheet(
        office=OFFICE,
        name=person.name,
        sex=person.sex,
        birth_date=person.birth_date,
        age=age_of(person),
        document_kind="居民身份证",
        document_number=person.number,
        ethnic_group=person.ethnic_group,
        political_status=person.political_status,
        education="高中",
        marital_status="已婚",
        phones=(person.phone,),
        dwelling=home,
        grid="第三网格",
        registered_address=f"辽宁省大连市普兰店区海湾街道望海路 118 号 {home}",
        residence_status=person.residence_status,
        household_number=person.household,
        head_name=family[0].name,
        relation=person.relation,
        tags=tuple(tags.split("、")) if tags else (),
        consent="2026年3月5日书面同意",
        ledgers=LEDGERS,
        members=members,
        events=(moved,),
        changed_at=DAY,
        changed_by="周立群",
        printed_at=DAY,
        printed_by="赵敏",
    )


@cache
def info_sheets() -> list[info_sheet.InfoSheet]:
    choice = random.Random(7).choice
    everyone = list(people(SHEETS + 3))
    return [
        info_sheet_of(person, everyone[i + 1 : i + 4], choice(TAGS))
        for i, person in enumerate(everyone[:SHEETS])
    ]


BENCHMARKS = [
    against_bare("roster_pdf_10k", ROWS, 1.6, listing, lambda: roster.render(roster_data())),
    against_bare(
        "info_sheets_500", SHEETS, 2.0, info_sheet, lambda: info_sheet.render_many(info_sheets())
    ),
]
