"""平安日记: a line says where somebody went, whom he met, what he saw and did (domain.md 6.3).

A line with a kind of matter or a danger is a finding: it is open until it is settled (销号), or
became a request, which is settled by itself.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.errors import ChangedMeanwhile, DomainError
from app.models import DiaryEntry, DiaryMet, Grid
from app.services import diary_grid, form_texts
from app.services.diary_input import MOST_MET, SETTLED_AT_ONCE, DiaryInput, Met
from app.storage.lookup import actor_of
from app.values.text import tidy

_LONGEST = {
    "weather": (20, "天气"),
    "period": (20, "时段"),
    "seen": (2000, "发现或反映"),
    "measures": (2000, "处理措施"),
    "outcome": (200, "结果"),
}


def write(session: Session, entered: DiaryInput, *, now: datetime) -> int:
    """A new line; raises DomainError for a day to come, an empty line or an unknown grid."""
    row = DiaryEntry(written_by=actor_of(session).name, written_at=now)
    _fill(session, row, entered, now.date())
    session.add(row)
    session.flush()
    _note_met(session, row.id, entered.met)
    return row.id


def update(
    session: Session, entry_id: int, entered: DiaryInput, *, version: int, now: datetime
) -> None:
    """Correct a line; whom somebody met is replaced as far as it differs."""
    row = get(session, entry_id, version=version)
    _fill(session, row, entered, now.date())
    if _note_met(session, entry_id, entered.met):
        # Whoever opened the line before must not undo this unseen: it counts as a change of it.
        flag_modified(row, "seen")
    session.flush()


def input_of(session: Session, entry_id: int) -> tuple[DiaryInput, int]:
    """What stands in a line, and its version."""
    row = get(session, entry_id)
    entered = DiaryInput(
        on_date=row.on_date,
        weather=row.weather or "",
        grid_id=row.grid_id,
        member_id=row.member_id,
        period=row.period or "",
        way=row.way,
        met=tuple(_met(one) for one in _met_rows(session, entry_id)),
        category_id=row.category_id,
        seen=row.seen,
        measures=row.measures or "",
        hazard_id=row.hazard_id,
        outcome=row.outcome or "",
    )
    return entered, row.version


def remove(session: Session, entry_id: int, *, now: datetime) -> None:
    """Into the recycle bin; requests and visits that came of it stay."""
    get(session, entry_id).deleted_at = now
    session.flush()


def settle(session: Session, entry_id: int, *, version: int, on: date, now: datetime) -> None:
    """销号: what was found is done with; raises DomainError where there is nothing to be done."""
    row = get(session, entry_id, version=version)
    if not is_finding(row):
        raise DomainError("这一条没有选类别或隐患，不用销号。")
    if row.settled_on is not None:
        raise DomainError(f"这一条 {row.settled_on:%Y-%m-%d} 已经销号了。")
    if not row.on_date <= on <= now.date():
        raise DomainError("销号日期应在这一条的日期和今天之间，请核对。")
    row.settled_on = on
    session.flush()


def reopen(session: Session, entry_id: int, *, version: int) -> None:
    """The danger is there again: the line is open as before."""
    row = get(session, entry_id, version=version)
    row.settled_on = None
    session.flush()


def is_finding(row: DiaryEntry) -> bool:
    """Whether there is something to be settled."""
    return row.category_id is not None or row.hazard_id is not None


def get(session: Session, entry_id: int, *, version: int | None = None) -> DiaryEntry:
    """The line; raises DomainError where it is in the bin, ChangedMeanwhile for an old version."""
    row = session.get(DiaryEntry, entry_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这一条日记已经删除，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _fill(session: Session, row: DiaryEntry, entered: DiaryInput, today: date) -> None:
    texts = {name: tidy(getattr(entered, name)) for name in _LONGEST}
    _check(entered, texts, today)
    row.on_date, row.way = entered.on_date, entered.way
    row.grid_id = _grid(session, row, entered)
    row.member_id = entered.member_id
    row.category_id, row.hazard_id = entered.category_id, entered.hazard_id
    row.seen = texts.pop("seen")
    for name, words in texts.items():
        setattr(row, name, words or None)
    if not is_finding(row):
        row.settled_on = None
    elif row.outcome == SETTLED_AT_ONCE and row.settled_on is None:
        row.settled_on = row.on_date


def _grid(session: Session, row: DiaryEntry, entered: DiaryInput) -> int:
    """The grid of a line; one that was deleted since the line was written stays."""
    grid_id = diary_grid.grid_of(session, entered)
    grid = session.get(Grid, grid_id) if grid_id is not None else None
    if grid is None:
        if entered.met:
            raise DomainError("走访的人、楼不归哪一个网格，请在“网格”里选一个。")
        raise DomainError("还不知道是哪个网格的：请选网格，或者写上走访的人、楼。")
    if grid.deleted_at is not None and grid.id != row.grid_id:
        raise DomainError(f"{grid.name}已经删除，请改选别的网格。")
    return grid.id


def _check(entered: DiaryInput, texts: dict[str, str], today: date) -> None:
    if entered.on_date > today:
        raise DomainError(
            f"{entered.on_date:%Y-%m-%d} 还没有到，日记只能记今天和以前的，请改日期。"
        )
    if not entered.met and not texts["seen"]:
        raise DomainError("这一条还是空的：请写走访的人或地点，或者写发现了什么。")
    if len(entered.met) > MOST_MET:
        raise DomainError(f"一条日记最多写 {MOST_MET} 个人或地点，请分成几条。")
    form_texts.check(texts, _LONGEST)


# -- whom somebody met


def _met_rows(session: Session, entry_id: int) -> Sequence[DiaryMet]:
    wanted = select(DiaryMet).where(DiaryMet.entry_id == entry_id).order_by(DiaryMet.id)
    return session.scalars(wanted).all()


def _met(row: DiaryMet) -> Met:
    return Met(
        resident_id=row.resident_id,
        building_id=row.building_id,
        unit=row.unit,
        words=row.words or "",
    )


def _note_met(session: Session, entry_id: int, met: Sequence[Met]) -> bool:
    """Whether anything changed; rows that still hold stay, and their history with them."""
    wanted = list(dict.fromkeys(met))
    gone = []
    for row in _met_rows(session, entry_id):
        if _met(row) in wanted:
            wanted.remove(_met(row))
        else:
            gone.append(row)
    for row in gone:
        session.delete(row)
    session.add_all(_met_row(entry_id, one) for one in wanted)
    session.flush()
    return bool(gone or wanted)


def _met_row(entry_id: int, met: Met) -> DiaryMet:
    return DiaryMet(
        entry_id=entry_id,
        resident_id=met.resident_id,
        building_id=met.building_id,
        unit=met.unit,
        words=tidy(met.words)[:60] or None,
    )
