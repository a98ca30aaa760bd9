"""What stands on the papers of the diary: the sheet of a day, blank or filled, and the month.

Names are whole, numbers in the texts masked (domain.md 10.2): internal papers.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter

from sqlalchemy.orm import Session

from app.models import CategoryGroup, GridMember
from app.reports.diary_month import DiaryMonth, MonthDay, MonthLine
from app.reports.diary_sheet import DiarySheet, SheetLine
from app.services import categories, diary_photos, diary_views, grids
from app.services.diary_input import WEATHERS
from app.services.diary_views import DiaryFilter, DiaryRow, Month
from app.services.papers import Printing, committee
from app.values.masking import mask_text

MOST_BLANK = 60


def blank_sheet(
    session: Session,
    *,
    on: date | None,
    grid_id: int | None,
    member_id: int | None,
    rows: int,
    printing: Printing,
) -> DiarySheet:
    """A sheet to be taken along, with `rows` lines to write on."""
    return DiarySheet(
        office=committee(session),
        grid=grids.name_of(session, grid_id),
        member=_member(session, member_id),
        on_date=on,
        weathers=WEATHERS,
        categories=_kinds(session, CategoryGroup.MATTER),
        hazards=_kinds(session, CategoryGroup.HAZARD),
        blank_rows=min(rows, MOST_BLANK),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def day_sheet(
    session: Session,
    *,
    on: date,
    grid_id: int | None,
    member_id: int | None,
    rows: int,
    printing: Printing,
) -> tuple[DiarySheet, list[int]]:
    """What was written on a day, with lines for the rest; and the residents who stand on it."""
    chosen = DiaryFilter(day=on, grid_id=grid_id, member_id=member_id)
    lines, people = _lines(session, chosen)
    blank = blank_sheet(
        session, on=on, grid_id=grid_id, member_id=member_id, rows=rows, printing=printing
    )
    weather = next((line.weather for line in lines if line.weather), "")
    paper = replace(
        blank,
        grid=blank.grid or _common([one.grid_name for one in lines], "全部网格"),
        member=blank.member or _common([one.member_name for one in lines], "全体网格员"),
        weather=weather,
        lines=[_sheet_line(one) for one in lines],
    )
    return paper, people


def _common(names: Sequence[str], otherwise: str) -> str:
    """What all lines of a day say; with none to go by there is room to write."""
    said = set(names)
    return next(iter(said), "") if len(said) < 2 else otherwise


def month(
    session: Session,
    year_month: Month,
    *,
    grid_id: int | None,
    member_id: int | None,
    with_photos: bool,
    printing: Printing,
) -> tuple[DiaryMonth, list[int]]:
    """The diary of a month; and the residents who stand in it."""
    chosen = DiaryFilter(month=year_month, grid_id=grid_id, member_id=member_id)
    lines, people = _lines(session, chosen)
    whose = (grids.name_of(session, grid_id), _member(session, member_id))
    days = groupby(lines, key=attrgetter("on_date"))
    paper = DiaryMonth(
        office=committee(session),
        year=year_month[0],
        month=year_month[1],
        filter_words="，".join(part for part in whose if part) or "全部网格",
        days=[_day(session, day, list(some), chosen, with_photos) for day, some in days],
        counts=_counts(session, chosen),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )
    return paper, people


def _lines(session: Session, chosen: DiaryFilter) -> tuple[list[DiaryRow], list[int]]:
    """In the order in which they were written, the first day first."""
    ids = list(reversed(diary_views.list_ids(session, chosen)))
    return diary_views.rows(session, ids), diary_views.people_of(session, ids)


def _day(
    session: Session,
    day: date,
    lines: Sequence[DiaryRow],
    chosen: DiaryFilter,
    with_photos: bool,
) -> MonthDay:
    weather = next((line.weather for line in lines if line.weather), "")
    return MonthDay(day, weather, [_month_line(session, one, chosen, with_photos) for one in lines])


def _month_line(
    session: Session, line: DiaryRow, chosen: DiaryFilter, with_photos: bool
) -> MonthLine:
    """What the head of the paper says for all is not said again in each line."""
    wanted = with_photos and line.photos
    pictures = diary_photos.photos(session, line.id) if wanted else []
    settled = f"{line.settled_on:%m-%d} 销号" if line.settled_on else ""
    return MonthLine(
        line=_sheet_line(line),
        period=line.period,
        grid="" if chosen.grid_id is not None else line.grid_name,
        member="" if chosen.member_id is not None else line.member_name,
        settled="待销号" if line.open else settled,
        request="、".join(one.words for one in line.requests),
        photos=tuple(one.jpeg for one in pictures),
    )


def _sheet_line(line: DiaryRow) -> SheetLine:
    return SheetLine(
        way=line.way,
        met=mask_text(line.met),
        category=line.category,
        seen=mask_text(line.seen),
        measures=mask_text(line.measures),
        hazard=line.hazard,
        outcome=mask_text(line.outcome),
    )


def _counts(session: Session, chosen: DiaryFilter) -> list[tuple[str, int]]:
    found = diary_views.counts(session, chosen)
    told = [*found.by_way.items(), ("隐患", found.hazards), ("待销号", found.open)]
    return [(name, number) for name, number in told if number]


def _kinds(session: Session, group: CategoryGroup) -> tuple[str, ...]:
    return tuple(one.name for one in categories.categories(session, group))


def _member(session: Session, member_id: int | None) -> str:
    row = session.get(GridMember, member_id) if member_id is not None else None
    return row.name if row is not None else ""
