"""The lines of the points ledger as they are shown: when, whose, what for, how many, by whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models import ClaimState, EntryKind, PointsUnit
from app.models.base import Worded
from app.services import places
from app.services.chunks import chunks
from app.services.points_filter import ACCOUNT_OF_HOURS, HOURS_OF_ENTRY, Book, key_of, place_of
from app.storage.lookup import Lookup, Source, lookup_of, one_of, query
from app.values.times import hours_figure


class LineState(Worded):
    """How far a line is; the words of its chip."""

    WAITING = "waits", "待复核"
    RETURNED = "sent_back", "已退回"
    REVIEWED = "reviewed_line", "已复核"
    BOOKED = "booked_line", "已记账"
    REVERSED = "reversed_line", "已冲正"
    REVERSAL = "reversal_line", "冲正"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of the list; `key` names it in the list, `row_id` in its own table."""

    key: int
    book: Book
    row_id: int
    on_date: date
    at: datetime
    account_id: int | None
    name: str
    resident_id: int | None
    place: str
    grid: str
    title: str
    detail: str
    kind: EntryKind | None
    """Of a line of points"""
    deed: str
    half_hours: int
    points: int
    balance: int | None
    state: LineState
    by: str
    reviewed_by: str
    witness: str
    reason: str
    answer: str
    """Why it was sent back"""
    attended_by: str
    """Who wrote down the attendance that it was posted from"""
    activity_id: int | None
    redemption_id: int | None
    claim_id: int | None
    quantity: int
    """Hundredths of the rule's unit"""
    rate: str
    """What the rule gives: 1 分/小时; '' where points were typed"""

    @property
    def waits(self) -> bool:
        return self.state is LineState.WAITING

    @property
    def added(self) -> str:
        """What stands under 增加."""
        return f"{self.points:,}" if self.points > 0 else ""

    @property
    def taken(self) -> str:
        """What stands under 减少."""
        return f"{-self.points:,}" if self.points < 0 else ""

    @property
    def hours(self) -> str:
        """2.0; '' where the line gives none."""
        return hours_figure(self.half_hours) if self.half_hours else ""


def rows(source: Source, keys: Sequence[int]) -> list[LedgerLine]:
    """These lines in the order of `keys`; what is gone is left out."""
    lookup = lookup_of(source)
    found: dict[int, LedgerLine] = {}
    for part in chunks(keys, 500):
        by_book: dict[Book, list[int]] = {}
        for key in part:
            book, row_id = place_of(key)
            by_book.setdefault(book, []).append(row_id)
        for book, ids in by_book.items():
            found.update((line.key, line) for line in _read(lookup, book, ids))
    return [found[key] for key in keys if key in found]


def line_of(source: Source, book: Book, row_id: int) -> LedgerLine | None:
    """One line; None for one that is gone."""
    return next(iter(rows(source, [key_of(book, row_id)])), None)


def people_of(source: Source, keys: Sequence[int]) -> list[int]:
    """The residents whose lines these are, each once."""
    found = (line.resident_id for line in rows(source, keys))
    return list(dict.fromkeys(one for one in found if one is not None))


# -- the three books, read in the same columns


def _read(lookup: Lookup, book: Book, ids: Sequence[int]) -> Iterator[LedgerLine]:
    found = lookup.rows(query(_COLUMNS[book], _SOURCES[book], [one_of("line.id", ids)]))
    return (_line(book, *row) for row in found)


# A household has one account: its head stands for it.
_WHOSE = """
    LEFT JOIN points_account AS account ON account.id = line.account_id
    LEFT JOIN volunteer AS outsider ON outsider.id = account.volunteer_id
    LEFT JOIN resident AS person ON person.id = coalesce(account.resident_id, outsider.resident_id)
    LEFT JOIN household ON household.id = account.household_id
    LEFT JOIN resident AS head ON head.id = household.head_id
    LEFT JOIN dwelling ON dwelling.id = coalesce(person.dwelling_id, household.dwelling_id)
    LEFT JOIN building ON building.id = dwelling.building_id
    LEFT JOIN points_item AS item ON item.id = line.item_id
"""
_RULE = "LEFT JOIN points_rule AS rule ON rule.id ="
_SOURCES = {
    Book.CLAIM: f"""points_claim AS line {_WHOSE}
        LEFT JOIN grid ON grid.id = person.grid_id
        LEFT JOIN activity ON activity.id = line.activity_id
        LEFT JOIN team ON team.id = activity.team_id
        {_RULE} line.rule_id""",
    Book.ENTRY: f"""points_entry AS line {_WHOSE}
        LEFT JOIN grid ON grid.id = line.grid_id
        LEFT JOIN team ON team.id = line.team_id
        LEFT JOIN points_claim AS claim ON claim.id = line.claim_id
        {_RULE} claim.rule_id
        LEFT JOIN points_entry AS counter ON counter.reverses_id = line.id""",
    Book.HOURS: f"""hour_entry AS line
        LEFT JOIN volunteer AS outsider ON outsider.id = line.volunteer_id
        LEFT JOIN resident AS person ON person.id = outsider.resident_id
        LEFT JOIN dwelling ON dwelling.id = person.dwelling_id
        LEFT JOIN building ON building.id = dwelling.building_id
        LEFT JOIN grid ON grid.id = person.grid_id
        LEFT JOIN points_claim AS claim ON claim.id = line.claim_id
        LEFT JOIN points_item AS item ON item.id = claim.item_id
        {_RULE} claim.rule_id
        LEFT JOIN activity ON activity.id = line.activity_id
        LEFT JOIN team ON team.id = activity.team_id
        LEFT JOIN hour_entry AS counter ON counter.reverses_id = line.id""",
}
_PLACE = (
    "building.number, dwelling.unit, dwelling.room, grid.name, item.name, team.name, line.words"
)
# Of whoever may not see the head: the household is there all the same.
_HOUSE = "CASE WHEN account.household_id IS NOT NULL THEN coalesce(head.name, '这') || '一户' END"
_HOLDER = f"coalesce(person.name, {_HOUSE}, outsider.name, ''), coalesce(person.id, head.id)"
_RATE = "rule.points, rule.per"
# Whoever typed the sheet back is the first person too.
_ATTENDED = """coalesce((SELECT p.entered_by FROM participation AS p
    WHERE p.activity_id = line.activity_id AND (p.volunteer_id = line.volunteer_id
        OR line.volunteer_id IS NULL AND p.resident_id = account.resident_id)), '')"""
_COLUMNS = {
    Book.CLAIM: f"""line.id, line.on_date, line.entered_at, line.account_id, {_HOLDER}, {_PLACE},
        item.deed, line.half_hours, line.points, NULL, '', NULL, NULL, line.entered_by,
        line.reviewed_by, line.witness, line.reason, line.activity_id, NULL, line.id,
        line.quantity, line.state, line.answer, {_ATTENDED}, {_RATE}""",
    Book.ENTRY: f"""line.id, line.on_date, line.booked_at, line.account_id, {_HOLDER}, {_PLACE},
        item.deed, {HOURS_OF_ENTRY}, line.points, line.balance, line.kind, line.reverses_id,
        counter.id, line.entered_by, line.reviewed_by, claim.witness, claim.reason,
        claim.activity_id, line.redemption_id, line.claim_id, line.quantity, '', '',
        '', {_RATE}""",
    Book.HOURS: f"""line.id, line.on_date, line.booked_at, {ACCOUNT_OF_HOURS},
        coalesce(person.name, outsider.name, ''), person.id, {_PLACE},
        item.deed, line.half_hours, 0, NULL, '', line.reverses_id, counter.id, line.entered_by,
        line.reviewed_by, claim.witness, claim.reason, line.activity_id, NULL, line.claim_id, 0,
        '', '', '', {_RATE}""",
}


def _line(book: Book, *row: Any) -> LedgerLine:
    key, day, at, account, name, person, building, unit, room, grid, item, team, words, *rest = row
    deed, half_hours, points, balance, kind, reverses, counter, by, reviewer, *source = rest
    witness, reason, activity, redemption, claim, quantity, claimed, answer, attended, *rate = (
        source
    )
    title = _title(book, item, kind, reverses is not None)
    return LedgerLine(
        key=key_of(book, key),
        book=book,
        row_id=key,
        on_date=date.fromisoformat(day),
        at=datetime.fromisoformat(at),
        account_id=account,
        name=name,
        resident_id=person,
        place=places.listed(building, unit, room),
        grid=grid or "",
        title=title,
        detail=_detail(title, team, words),
        kind=EntryKind.of(kind) if kind else None,
        deed=deed or "",
        half_hours=half_hours,
        points=points,
        balance=balance,
        state=_state(claimed, reverses is not None, counter is not None, reviewer),
        by=by,
        reviewed_by=reviewer or "",
        witness=witness or "",
        reason=reason or "",
        answer=answer or "",
        attended_by=attended,
        activity_id=activity,
        redemption_id=redemption,
        claim_id=claim,
        quantity=quantity,
        rate=_rate(*rate),
    )


def _rate(points: int | None, per: str | None) -> str:
    return f"{points} 分/{PointsUnit.of(per).label}" if per else ""


def _title(book: Book, item: str | None, kind: str, reversal: bool) -> str:
    """What was earned is named after its matter, all else after what it does."""
    if book is Book.ENTRY:
        return item if item and kind == EntryKind.EARNED else EntryKind.of(kind).label
    return "冲正时长" if reversal else item or "服务时长"


def _state(claimed: str, reversal: bool, reversed_: bool, reviewer: str | None) -> LineState:
    if claimed in _OF_CLAIM:
        return _OF_CLAIM[claimed]
    if reversal or reversed_:
        return LineState.REVERSAL if reversal else LineState.REVERSED
    return LineState.REVIEWED if reviewer else LineState.BOOKED


_OF_CLAIM: dict[str, LineState] = {
    ClaimState.WAITING: LineState.WAITING,
    ClaimState.RETURNED: LineState.RETURNED,
}


def _detail(title: str, team: str | None, words: str) -> str:
    """爱暖助老队・3 号楼: the team and what was said, without saying the matter again."""
    said = words.removeprefix(title).strip(" ：，、・")
    parts = (team if team and team not in said else "", said)
    return "・".join(part for part in parts if part)
