"""Rows of 议事 as SQL: a body of two, its meeting with one item, votes, the fund."""

from typing import Any

from tests.services.raw_rows import row_of

_AT, _DAY = "2026-11-10 09:00:00", "2026-11-10"


def body() -> tuple[str, ...]:
    facts = {"kind": "representatives", "name": "居民代表会议", "since": "2026-01-01"}
    return (row_of("body", id=1, version=1, **facts),)


def seat(key: int) -> str:
    """李明 among the representatives."""
    facts = {"name": "李明", "role": "representative", "in_committee": 0, "since": "2026-01-01"}
    return row_of("body_member", id=key, body_id=1, resident_id=3, version=1, **facts)


def meeting() -> tuple[str, ...]:
    facts = {"title": "第 1 次会议", "on_date": _DAY, "starts": 840, "state": "ended"}
    item = {"kind": "decide_item", "title": "楼道照明", "matter": "ordinary_matter"}
    return (
        *body(),
        row_of("meeting", id=1, body_id=1, number=1, entered_by="''", version=1, **facts),
        row_of(
            "agenda_item",
            id=1,
            meeting_id=1,
            place=1,
            added_there=0,
            state="item_done",
            version=1,
            **item,
        ),
    )


def vote(*, voters: int, yes: int) -> str:
    none = dict.fromkeys(("no", "abstain", "invalid"), 0)
    area = dict.fromkeys(
        (f"area_{part}" for part in ("members", "voters", "yes", "no", "abstain", "invalid")), 0
    )
    facts = {"way": "hands", "rule": "{}", "words": "通过", "proof": "''", "announced_at": _AT}
    return row_of(
        "vote",
        id=1,
        agenda_item_id=1,
        members=61,
        voters=voters,
        yes=yes,
        passed=1,
        entered_by="''",
        **none,
        **area,
        **facts,
    )


def resolution(*, kind: str) -> str:
    facts = {"number": "决-2026-001", "title": "楼道照明", "words": "换灯", "made_on": _DAY}
    return row_of(
        "resolution",
        id=1,
        kind=kind,
        meeting_id=1,
        agenda_item_id=1,
        state="made",
        percent=0,
        entered_by="''",
        version=1,
        **facts,
    )


def topic(*, state: str) -> str:
    facts = {"came_on": _DAY, "origin": "slip", "unit": "''", "title": "楼道灯不亮"}
    return row_of(
        "topic",
        id=1,
        number=1,
        category_id=1,
        state=state,
        registered_by="''",
        registered_at=_AT,
        version=1,
        **facts,
    )


def source() -> tuple[str, ...]:
    """One source of the fund with 1.00 on it."""
    return (
        row_of("fund_source", id=1, year=2026, name="市级", planned=0, version=1),
        "INSERT INTO fund_balance VALUES (1, 100)",
    )


def project(*, budget: int) -> str:
    facts = {"number": "项-2026-001", "year": 2026, "name": "楼道照明", "state": "started_project"}
    return row_of(
        "project",
        id=1,
        percent=0,
        funded=1,
        budget=budget,
        entered_by="''",
        entered_at=_AT,
        version=1,
        **facts,
    )


def fund_line(key: int, kind: str, amount: int, balance: int, **values: Any) -> str:
    facts = {"on_date": _DAY, "at": _AT, "words": "购灯", "entered_by": "''", **values}
    return row_of(
        "fund_entry", id=key, source_id=1, kind=kind, amount=amount, balance=balance, **facts
    )
