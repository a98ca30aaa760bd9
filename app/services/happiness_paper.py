"""What hangs on the board as 幸福账单: the figures of a period in words, the list masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.reports.charts import Bar, Point, Share
from app.reports.happiness_bill import Figure, HappinessBill, Matter, bar_words
from app.services import happiness, happiness_list, happiness_meetings, office
from app.services.calendar import GUESSED
from app.services.happiness import Bill, Part, Tally
from app.services.papers import Printing, committee, public_phone
from app.services.periods import Period

NOTHING = "—"
_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class BillWish:
    """Which period, which grids (none named: all), and which of the solved stand on it.

    `listed` None stands for those that are proposed.
    """

    period: Period
    grid_ids: tuple[int, ...] = ()
    listed: tuple[int, ...] | None = None
    large: bool = False


def bill_paper(session: Session, wish: BillWish, printing: Printing) -> HappinessBill:
    """The poster of a period, as it stands today."""
    today = printing.at.date()
    bill = happiness.bill(session, wish.period, today=today, grid_ids=wish.grid_ids)
    total, solved = (
        bill.total,
        happiness_list.solved_ids(session, wish.period, grid_ids=wish.grid_ids),
    )
    listed = wish.listed if wish.listed is not None else happiness_list.proposed(session, solved)
    chosen = set(listed) & set(solved)
    decided = happiness_meetings.done_ids(session, wish.period, wish.grid_ids)
    lines = happiness_list.lines(session, [one for one in solved if one in chosen])
    return HappinessBill(
        office=committee(session),
        community=_community(session),
        period=period_words(bill, wish.grid_ids),
        figures=figures(bill),
        by_grid=_bars(bill.by_grid) if total.raised else (),
        by_category=_bars(bill.by_category),
        by_level=tuple(Share(level.label, count) for level, count in bill.by_level)
        if total.solved
        else (),
        satisfaction=_satisfaction(total),
        by_month=_months(bill) if total.raised else (),
        dangers=dangers(bill),
        talked=bill.talked.words,
        matters=(
            *(
                Matter(line.place, line.matter, line.way, line.result)
                for line in happiness_list.for_board(session, lines)
            ),
            *happiness_meetings.matters(session, decided, without=happiness_list.PRIVATE),
        ),
        solved=len(solved) + len(decided),
        notes=notes(bill),
        contact=_contact(session),
        printed_on=today,
        large=wish.large,
    )


def figures(bill: Bill) -> tuple[Figure, ...]:
    """The large figures, as on the screen so on paper."""
    total, spans = bill.total, bill.spans
    return (
        Figure(f"{total.raised:,}", "件", "大家提的事"),
        Figure(f"{total.solved:,}", "件", "办成了"),
        Figure(*_days(spans.working_mean), "平均用时"),
        Figure(*_percent(total.in_time_share), "按期办结"),
        Figure(*_percent(total.content_share), "满意率"),
    )


def notes(bill: Bill) -> tuple[str, ...]:
    """How it was counted: whoever doubts a figure can reckon it again."""
    until = min(bill.today, bill.period.last)
    begun = bill.today < bill.period.last
    told = (
        f"件数按来件日期算，进展截至{bill.today.year}年{bill.today.month}月{bill.today.day}日"
        f"{'，这段时间还没有过完' if begun and until == bill.today else ''}。",
        "用时从来件第二天算到办结当天，按工作日，当天办结的算 0 天。",
        "按期办结率：办结的有期限的里，没有超过期限的。",
        "满意率：回访到的居民里说满意和基本满意的，按最近一次回访。",
    )
    return (*told, f"工作日{GUESSED}。") if bill.guessed else told


def dangers(bill: Bill) -> str:
    """平安日记里发现隐患 12 处，已整改 11 处。 '' where none was found."""
    if not bill.found:
        return ""
    return f"平安日记里发现隐患 {bill.found:,} 处，已整改 {bill.settled:,} 处。"


def period_words(bill: Bill, grid_ids: Sequence[int]) -> str:
    """2026年11月　第三网格; without the grids where all are meant."""
    names = "、".join(part.name for part in bill.by_grid if part.key in grid_ids)
    return f"{bill.period.words}　{names}" if names else bill.period.words


def percent_words(share: float | None) -> str:
    """93.6%, — where there is nothing to be a part of."""
    return "".join(_percent(share))


def days_words(days: float | None) -> str:
    """2.4, — where nothing was solved."""
    return _days(days)[0]


def _percent(share: float | None) -> tuple[str, str]:
    """Never rounded up to all of them: 100 stands only where none is missing."""
    if share is None:
        return NOTHING, ""
    tenths = int(share * 1000 + 0.5)
    if tenths >= 1000 and share < 1:
        tenths = 999
    return f"{tenths / 10:.1f}".removesuffix(".0"), "%"


def _days(days: float | None) -> tuple[str, str]:
    if days is None:
        return NOTHING, ""
    return f"{days:.1f}".removesuffix(".0"), "个工作日"


def _bars(parts: Sequence[Part]) -> tuple[Bar, ...]:
    return tuple(
        Bar(part.name, part.tally.solved, part.tally.raised, _bar_words(part.tally))
        for part in parts
    )


def _bar_words(tally: Tally) -> str:
    return bar_words(tally.solved, tally.raised)


def _satisfaction(total: Tally) -> tuple[Share, ...]:
    if not total.reached:
        return ()
    return (
        Share("满意", total.content),
        Share("基本满意", total.fair),
        Share("不满意", total.discontent),
    )


def _months(bill: Bill) -> tuple[Point, ...]:
    """The months that have begun; of several years with the year, the latest twelve."""
    begun = [month for month in bill.by_month if month.first <= bill.today][-_YEAR:]
    years = len({month.first.year for month in begun}) > 1
    return tuple(
        Point(
            f"{month.first.year % 100}年{month.first.month}月"
            if years
            else f"{month.first.month}月",
            month.raised,
            month.solved,
        )
        for month in begun
    )


def _community(session: Session) -> str:
    name = office.office(session).community_name
    name = name.removesuffix("居民委员会").removesuffix("居委会")
    return name if name.endswith(("社区", "村")) else f"{name}社区"


def _contact(session: Session) -> str:
    phone = public_phone(session)
    return f"有事请找网格员，监督电话 {phone}。" if phone else ""
