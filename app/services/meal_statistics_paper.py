"""统计 of 食堂 in words: the same tables on the screen, as a workbook and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.reports.charts import Bar, Point
from app.reports.points_statistics import PointsStatistics, Section
from app.services import canteens, papers
from app.services.meal_opinions import Asked
from app.services.meal_statistics import Borne, Part, Statistics
from app.services.papers import Printing
from app.values.money import yuan

Line = tuple[str, ...]
TITLE = "食堂统计"
FIGURES = ("人数", "份数", "人均", "餐费", "本人付", "补贴")
BORNE = ("人数", "份数", "金额", "占补贴")
MARKS = ("5 分", "4 分", "3 分", "2 分", "1 分", "平均")
NOTES = (
    "按用餐的日子统计，撤销的餐不算。",
    "同一个人在一行里只算一次，所以各行人数相加会多于合计；不记名的只计份数，不计人数。",
    "餐费含送餐费；人均是有姓名的人每人吃的份数。",
)
_PER_CENT = 100


def statistics_paper(
    session: Session, canteen_id: int, found: Statistics, printing: Printing
) -> PointsStatistics:
    """The paper of the same figures that are on the screen."""
    name = canteens.name_of(session, canteen_id)
    told = sections(found)
    return PointsStatistics(
        title=f"{name}统计" if name else TITLE,
        office=papers.committee(session),
        period=found.period.words,
        proof=proof_words(found),
        bars=tuple(map(_bar, found.by_age)),
        bars_title="各年龄用餐：深色是人数，浅色是份数",
        months=tuple(Point(one.name, one.meals, one.people) for one in found.by_day),
        months_title="按月用餐" if found.by_month else "每天用餐",
        month_names=("份数", "人数"),
        nothing="这段时间没有人用餐",
        sections=tuple(one for one in told if one.rows) or told[:1],
        notes=NOTES,
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def sections(found: Statistics) -> tuple[Section, ...]:
    """The breakdowns; each but the last ends with the total that it sums to."""
    total = part_line(found.total)
    parts = (
        ("按年龄", "年龄", found.by_age),
        ("按档次", "档次", found.by_rule),
        ("按餐次", "餐次", found.by_period),
        ("按方式", "方式", found.by_way),
        ("按月份", "月份", found.by_day) if found.by_month else ("按日期", "日期", found.by_day),
    )
    made = [
        Section(title, (heading, *FIGURES), tuple(map(part_line, lines)), total)
        for title, heading, lines in parts
    ]
    given = found.total.given
    borne = tuple(_borne_line(one, given) for one in found.borne if one.meals or one.amount)
    amount = yuan(sum(one.amount for one in found.borne))
    whole = ("合计", "", "", amount, "100%" if given else "")
    asked = tuple(map(_asked_line, found.asked)) if found.cards else ()
    return (
        *made,
        Section("补贴来源", ("承担方", *BORNE), borne, whole),
        Section("满意度", ("项目", *MARKS), asked, ()),
    )


def part_line(part: Part) -> Line:
    """80–89 岁 31 402 13.0 4,824.00 3,618.00 1,206.00."""
    heads = f"{part.per_head:.1f}" if part.people else ""
    money = (yuan(one) for one in (part.price, part.paid, part.given))
    return part.name, f"{part.people:,}", f"{part.meals:,}", heads, *money


def proof_words(found: Statistics) -> tuple[str, ...]:
    """What the book says, and that payers and eaters together bore it."""
    total = found.total
    borne = "＋".join(f"{one.payer.label} {yuan(one.amount)}" for one in found.borne if one.amount)
    first = (
        f"{found.days} 天，{total.people:,} 人用餐 {total.meals:,} 份，餐费 {yuan(total.price)} 元"
    )
    second = f"本人付 {yuan(total.paid)}" + (f"＋{borne}" if borne else "")
    return first, f"{second} ＝ {yuan(total.price)} 元"


def summary(found: Statistics) -> Sequence[Line]:
    """Every figure with what it means."""
    total = found.total
    given = f"{yuan(total.given)} 元"
    share = f"占餐费 {total.given * _PER_CENT / total.price:.1f}%" if total.price else ""
    each = f"每天平均 {total.meals / found.days:.0f} 份" if found.days else ""
    marks = "，".join(
        f"{one.name} {one.average:.1f}" for one in found.asked if one.average is not None
    )
    return (
        ("开餐", f"{found.days} 天", each),
        ("用餐", f"{total.meals:,} 份", f"其中不记名 {found.guests:,} 份"),
        ("人数", f"{total.people:,} 人", f"每人平均 {total.per_head:.1f} 份"),
        ("餐费", f"{yuan(total.price)} 元", "含送餐费"),
        ("本人付", f"{yuan(total.paid)} 元", ""),
        ("补贴", given, share),
        ("满意度", f"{found.cards} 张卡", marks),
    )


def _borne_line(one: Borne, given: int) -> Line:
    share = f"{one.amount * _PER_CENT / given:.1f}%" if given else ""
    return one.payer.label, f"{one.people:,}", f"{one.meals:,}", yuan(one.amount), share


def _asked_line(one: Asked) -> Line:
    average = f"{one.average:.1f}" if one.average is not None else ""
    return one.name, *(f"{count:,}" for count in one.counts), average


def _bar(part: Part) -> Bar:
    """Dark are people, pale portions."""
    words = f"{part.people:,} 人 {part.meals:,} 份" if part.people else f"{part.meals:,} 份"
    meals = max(part.meals, 0)
    return Bar(part.name, min(part.people, meals), meals, words)
