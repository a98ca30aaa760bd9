"""食品安全日报: the samples, the morning check and what came in of one day, with signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.page import A4, GREY, MM, Sheet
from app.reports.table import Column, Table, say_empty
from app.reports.text import wrap
from app.reports.words import printed

TITLE = "食品安全日报"
_SIDE, _TOP, _BOTTOM = 14 * MM, 14 * MM, 12 * MM
_TITLE_SIZE, _HEAD_SIZE, _SIZE, _SMALL = 20.0, 12.0, 9.5, 9.0
_ROW = 6.4 * MM
_SIGNING = 22 * MM
SAMPLES = (
    Column("编号", 24),
    Column("食品名称", 38),
    Column("留样量", 16, "right"),
    Column("留样时间", 26),
    Column("留样人", 20),
    Column("冷藏柜", 20),
    Column("温度", 16, "right"),
    Column("保存到", 26),
    Column("审核人", 20),
)
CHECKS = (
    Column("姓名", 24),
    Column("岗位", 24),
    Column("体温", 18, "right"),
    Column("结果", 20),
    Column("处理", 60),
    Column("检查人", 24),
)
RECEIPTS = (
    Column("供货单位", 40),
    Column("品名", 28),
    Column("数量", 20),
    Column("保质期到", 24),
    Column("票证号", 30),
    Column("票证", 14),
    Column("到货温度", 20, "right"),
    Column("验收", 16),
    Column("验收人", 20),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One table with its heading; `told` stands beside the heading, `nothing` in its place."""

    title: str
    told: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]
    nothing: str


@dataclass(frozen=True, kw_only=True)
class FoodDay:
    """One canteen and one day."""

    office: str
    canteen: str
    when: str
    """2026年11月20日 星期五"""
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    """What is missing on this day: 午餐还有 2 道菜没有留样"""
    printed_on: date
    printed_by: str


def render(data: FoodDay) -> bytes:
    """The PDF; MissingGlyph names what no font can print."""
    require((data.office, data.canteen, data.when, data.printed_by, *data.notes))
    require(text for part in data.parts for row in part.rows for text in (part.told, *row))
    return _drawn(data, _drawn(data, 0).page).sheet.finish()


def _drawn(data: FoodDay, pages: int) -> "_Plan":
    """Everything on its sheets; how many there are is known once it was drawn."""
    plan = _Plan(data, pages)
    plan.head()
    for part in data.parts:
        plan.part(part)
    plan.signatures()
    plan.end()
    return plan


class _Plan:
    """What is drawn goes down the sheet; what does not fit begins the next one."""

    def __init__(self, data: FoodDay, pages: int) -> None:
        self.data, self.pages, self.page = data, pages, 1
        self.sheet = Sheet(f"{TITLE}　{data.when}", author=one_line(data.office), size=A4)
        self.width = self.sheet.width - 2 * _SIDE
        self.y = self.sheet.height - _TOP

    def head(self) -> None:
        sheet, data = self.sheet, self.data
        self.y -= _TITLE_SIZE
        sheet.text(sheet.width / 2, self.y, TITLE, Face.TITLE, _TITLE_SIZE, align="center")
        self.y -= 9 * MM
        sheet.text(_SIDE, self.y, f"食堂：{one_line(data.canteen)}", Face.SONG, 11)
        sheet.text(_SIDE + self.width, self.y, data.when, Face.SONG, 11, align="right")
        self.y -= 4 * MM
        if data.notes:
            lines = wrap("；".join(data.notes) + "。", Face.HEI, _SIZE, self.width)
            self.y = sheet.lines(_SIDE, self.y - _SIZE, lines, _SIZE, _SIZE * 1.4)

    def part(self, part: Part) -> None:
        table = Table(part.columns, width=self.width, size=_SIZE, row_height=_ROW)
        rows = list(table.set_rows(part.rows))
        self._need(_HEAD_SIZE * 2.4 + table.head + sum(one.height for one in rows[:2]) + 15 * MM)
        self.y -= _HEAD_SIZE * 1.6
        wide = self.sheet.text(_SIDE, self.y, part.title, Face.HEI, _HEAD_SIZE)
        self.sheet.text(_SIDE + wide + 4 * MM, self.y, part.told, Face.SONG, _SIZE, ink=GREY)
        self.y -= 2 * MM
        if not rows:
            self.y = say_empty(self.sheet, _SIDE, self.y, self.width, part.nothing)
        while rows:
            room = self.y - _BOTTOM - 8 * MM - table.head
            shown = table.pages(rows, room)[0]
            self.y = table.draw(self.sheet, _SIDE, self.y, shown)
            rows = rows[len(shown) :]
            if rows:
                self._turn()
        self.y -= 3 * MM

    def signatures(self) -> None:
        """Whoever is answerable for the day signs it."""
        self._need(_SIGNING)
        y = self.y - 12 * MM
        for place, words in enumerate(("食品安全员", "食堂负责人", "日期")):
            x = _SIDE + place * self.width / 3
            taken = self.sheet.text(x, y, f"{words}：", Face.HEI, 11)
            self.sheet.rule(x + taken, y - 2, x + self.width / 3 - 6 * MM, y - 2, width=0.6)
        self.y = y

    def end(self) -> None:
        """The sheet is full."""
        sheet, data = self.sheet, self.data
        words = f"{one_line(data.office)}　{printed(data.printed_on, data.printed_by)}"
        page, y = f"第 {self.page} 页　共 {self.pages} 页", _BOTTOM - 4 * MM
        sheet.text(_SIDE, y, page, Face.SONG, _SMALL, ink=GREY)
        sheet.text(_SIDE + self.width, y, words, Face.SONG, _SMALL, align="right", ink=GREY)
        sheet.end_page()

    def _need(self, high: float) -> None:
        if self.y - high < _BOTTOM + 6 * MM:
            self._turn()

    def _turn(self) -> None:
        self.end()
        self.page += 1
        self.y = self.sheet.height - _TOP - 12
        self.sheet.text(_SIDE, self.y, f"{TITLE}（续）　{self.data.when}", Face.HEI, 11)
        self.y -= 4 * MM
