"""走访单: printed for a round, typed back row by row, printed again as it was."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Action,
    GridMember,
    Resident,
    Risk,
    Visit,
    VisitResult,
    VisitSheet,
    VisitSheetRow,
)
from app.reports.day_sheet import DaySheet, DaySheetRow
from app.services import papers, visit_due, visit_log, visit_rows
from app.services.papers import Printing
from app.services.standing import FINAL
from app.services.visit_log import VisitInput
from app.services.visit_rows import NEVER, DueRow
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, lookup_of, moment_of, query
from app.values.stamp import Stamp
from app.values.text import tidy

MOST_ROWS = 200
_CODE = re.compile(r"(\d{1,7})\s*[-—－]\s*(\d{1,3})")
_ERASED = "（已抹去）"
_WORDS = ("house", "name", "place", "phone", "group", "due", "last")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetInput:
    """What a sheet is for: whose round, on which day; `resident_ids` in any order."""

    resident_ids: tuple[int, ...]
    on_date: date
    visitor: str = ""
    member_id: int | None = None
    grid_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A sheet in the list: how much of it was typed back."""

    id: int
    on_date: date
    grid_name: str
    visitor: str
    printed_by: str
    rows: int
    typed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row to type back; `typed_by` and `typed_at` where that was done already."""

    id: int
    place: int
    resident_id: int
    name: str
    where: str
    group: str
    due: str
    visit_id: int | None = None
    result: VisitResult | None = None
    note: str = ""
    typed_by: str = ""
    typed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was typed for one row of a sheet."""

    row_id: int
    result: VisitResult
    note: str = ""


class RowTyped(DomainError):
    """A row of a sheet was typed by somebody before."""


def make(session: Session, entered: SheetInput, *, now: datetime) -> int:
    """Keep a sheet with its rows in walking order; gives its number.

    Raises DomainError without people, or with more than a round can hold.
    """
    if not entered.resident_ids:
        raise DomainError("还没有勾选要走访的人。请先在列表里按空格勾选，再打印走访单。")
    if len(entered.resident_ids) > MOST_ROWS:
        raise DomainError(f"一张走访单最多 {MOST_ROWS} 人，请分几张打印。")
    rows = _rows_to_print(session, entered.resident_ids, entered.on_date)
    if not rows:
        raise DomainError("勾选的人都已不在册或按规则不用走访，请刷新列表后再打印。")
    member = session.get(GridMember, entered.member_id) if entered.member_id else None
    grids = {row.grid_id for row in rows}
    sheet = VisitSheet(
        on_date=entered.on_date,
        grid_id=entered.grid_id or (grids.pop() if len(grids) == 1 else _own_grid(session)),
        member_id=member.id if member else None,
        visitor=tidy(entered.visitor) or (member.name if member else ""),
        printed_by=actor_of(session).name,
        printed_at=now,
    )
    session.add(sheet)
    session.flush()
    session.add_all(
        VisitSheetRow(
            sheet_id=sheet.id,
            place=place,
            resident_id=row.id,
            printed=_printed(row),
        )
        for place, row in enumerate(rows, start=1)
    )
    session.flush()
    # Its number would be given again, and the paper that is out typed back for other people.
    journal.set_details(session, {FINAL: "走访单已经有号，印出去的还要照着它录"})
    return sheet.id


def day_sheet(
    session: Session, sheet_id: int, printing: Printing, *, again: bool = False
) -> DaySheet:
    """The paper as it was kept; with a stamp the phones of today, whole. Raises DomainError."""
    sheet = session.get(VisitSheet, sheet_id)
    if sheet is None:
        raise DomainError(f"没有第 {sheet_id} 号走访单。请核对号码，或从列表里选。")
    rows = session.execute(
        select(VisitSheetRow, Resident)
        .join(Resident, Resident.id == VisitSheetRow.resident_id)
        .where(VisitSheetRow.sheet_id == sheet_id)
        .order_by(VisitSheetRow.place)
    ).all()
    return DaySheet(
        office=papers.committee(session),
        number=sheet.id,
        on_date=sheet.on_date,
        grid=_grid_name(session, sheet.grid_id),
        visitor=sheet.visitor,
        rows=[_paper_row(row, person, printing.stamp) for row, person in rows],
        printed_on=sheet.printed_at.date(),
        printed_by=sheet.printed_by,
        mark=f"补打 {printing.at:%Y-%m-%d}" if again else "",
        stamp=printing.stamp,
    )


def note_printed(session: Session, sheet_id: int) -> None:
    """Journal that the sheet, with the people on it, was printed or saved (domain.md 10.3)."""
    journal.record_look(session, Action.PRINTED, VisitSheet, [sheet_id])
    people = session.scalars(
        select(VisitSheetRow.resident_id).where(VisitSheetRow.sheet_id == sheet_id)
    ).all()
    papers.note_printed(session, people)


def code_of(sheet_id: int, place: int) -> str:
    """12-03: what stands in the square code of a row, and below it in figures."""
    return f"{sheet_id}-{place:02d}"


def read_code(text: str) -> tuple[int, int] | None:
    """Number and row of a code, as scanned or typed; None for anything else."""
    found = _CODE.fullmatch(tidy(text))
    return (int(found[1]), int(found[2])) if found else None


def sheets(source: Source, *, most: int = 200) -> list[SheetLine]:
    """The latest sheets first."""
    columns = """visit_sheet.id, visit_sheet.on_date, coalesce(grid.name, ''),
        visit_sheet.visitor, visit_sheet.printed_by,
        (SELECT count(*) FROM visit_sheet_row AS r WHERE r.sheet_id = visit_sheet.id),
        (SELECT count(r.visit_id) FROM visit_sheet_row AS r WHERE r.sheet_id = visit_sheet.id)"""
    tables = "visit_sheet LEFT JOIN grid ON grid.id = visit_sheet.grid_id"
    rest = f"ORDER BY visit_sheet.id DESC LIMIT {int(most)}"
    return [
        SheetLine(
            id=key,
            on_date=date.fromisoformat(day),
            grid_name=grid,
            visitor=visitor,
            printed_by=by,
            rows=count,
            typed=typed,
        )
        for key, day, grid, visitor, by, count, typed in lookup_of(source).rows(
            query(columns, tables, (), rest)
        )
    ]


def rows(source: Source, sheet_id: int) -> list[SheetRow]:
    """The rows of a sheet in the order of the paper."""
    found = lookup_of(source).rows(
        query(_COLUMNS, _SOURCE, [Sql("line.sheet_id = ?", (sheet_id,))], "ORDER BY line.place")
    )
    return [_row(values) for values in found]


def type_back(
    session: Session, sheet_id: int, found: Sequence[Found], *, now: datetime
) -> list[int]:
    """Put down what was found on a round, all or nothing; gives the visits in this order.

    Raises RowTyped for a row that somebody typed before, DomainError as `visit_log.log`.
    """
    sheet = session.get(VisitSheet, sheet_id)
    if sheet is None:
        raise DomainError(f"没有第 {sheet_id} 号走访单。请核对号码，或从列表里选。")
    return [_type_row(session, sheet, one, now) for one in found]


def _type_row(session: Session, sheet: VisitSheet, found: Found, now: datetime) -> int:
    row = session.get(VisitSheetRow, found.row_id)
    if row is None or row.sheet_id != sheet.id:
        raise DomainError("这一行不在这张走访单上，请刷新后再录。")
    if row.visit_id is not None:
        raise RowTyped(_typed_words(session, row))
    entered = VisitInput(
        resident_id=row.resident_id,
        on_date=sheet.on_date,
        result=found.result,
        note=found.note,
        visitor=sheet.visitor,
        member_id=sheet.member_id,
    )
    try:
        row.visit_id = visit_log.log(session, entered, now=now)
    except DomainError as error:
        raise DomainError(
            f"第 {row.place} 行记不进去：{error}先去掉这一行的结果，其余各行就能保存。"
        ) from error
    session.flush()
    return row.visit_id


def _typed_words(session: Session, row: VisitSheetRow) -> str:
    visit = session.get_one(Visit, row.visit_id)
    return (
        f"第 {row.place} 行已由 {visit.entered_by or '别人'} 于 {visit.entered_at:%m-%d %H:%M} 录为"
        f"“{visit.result.label}”，没有重复录。要改的话，请到走访记录里改。"
    )


def _rows_to_print(session: Session, ids: Sequence[int], on: date) -> list[DueRow]:
    """Whoever was ticked, as one walks; whom no rule asks to be visited is left out."""
    due = visit_due.of_people(session, ids, today=on)
    found = visit_rows.rows(session, [due[one] for one in ids if one in due], today=on)
    return sorted(found, key=lambda row: (row.unit_order, row.walk_order, row.id))


def _printed(row: DueRow) -> dict[str, str]:
    last = row.last_words if row.last_words == NEVER else f"上次 {row.last_words}"
    group = row.group_on_paper
    coloured = row.risk is not Risk.ORDINARY and group != row.risk.label
    return {
        "house": row.house,
        "name": row.name,
        "place": row.place_spoken,
        "phone": row.phone_masked,
        "group": f"{row.risk.label} {group}" if coloured else group,
        "due": row.words.text,
        "last": last,
    }


def _paper_row(row: VisitSheetRow, person: Resident, stamp: Stamp | None) -> DaySheetRow:
    words: dict[str, Any] = dict.fromkeys(_WORDS, "") | dict(row.printed or {})
    if person.erased_on is not None:
        words = dict.fromkeys(_WORDS, "") | {"name": _ERASED}
    if stamp is not None:
        words["phone"] = person.phone or ""
    return DaySheetRow(number=row.place, code=code_of(row.sheet_id, row.place), **words)


def _grid_name(session: Session, grid_id: int | None) -> str:
    if grid_id is None:
        return "几个网格"
    named = query("name", "main.grid", [Sql("id = ?", (grid_id,))])
    return str(lookup_of(session).value(named) or "")


def _own_grid(session: Session) -> int | None:
    """What a member of several grids writes must lie in one of them."""
    own = actor_of(session).grids
    return min(own) if own else None


def _row(values: tuple[Any, ...]) -> SheetRow:
    key, place, person, name, erased, printed, visit, result, note, by, at = values
    words = _words(printed)
    return SheetRow(
        id=key,
        place=place,
        resident_id=person,
        name=_ERASED if erased else name,
        where=words.get("place", ""),
        group=words.get("group", ""),
        due=words.get("due", ""),
        visit_id=visit,
        result=VisitResult.of(result) if result else None,
        note=note or "",
        typed_by=by or "",
        typed_at=moment_of(at),
    )


_COLUMNS = """
    line.id, line.place, line.resident_id, resident.name, resident.erased_on, line.printed,
    line.visit_id, visit.result, visit.note, visit.entered_by, visit.entered_at
"""
_SOURCE = """
    visit_sheet_row AS line
    JOIN main.resident ON resident.id = line.resident_id
    LEFT JOIN main.visit ON visit.id = line.visit_id
"""


def _words(stored: str | None) -> dict[str, str]:
    """What stands on the paper, as the file keeps it."""
    found: dict[str, str] = json.loads(stored) if stored else {}
    return found
