"""数据体检: one real file for each check in which that and nothing else is wrong."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import select, text

from app.errors import Cancelled, NotAllowed
from app.models import Action, Building, Change, Grid, Notice, Payer, Resident
from app.services import (
    building_moves,
    events,
    grids,
    history,
    office,
    search_keys,
    settings,
    tags,
    topic_keys,
)
from app.services.building_moves import Part
from app.services.health import records, report
from app.services.health.examination import examine, summary
from app.services.health.kinds import Group, Kind, Level
from app.services.health.registry import BY_KEY, CHECKS
from app.services.health.repairing import repair
from app.services.office import Office
from app.storage import connection as raw
from app.storage.engine import Database
from app.values.rights import DEFAULTS, GRID_MEMBER, SOCIAL_WORKER, Actor, Right
from tests.services import meeting_rows as rows
from tests.services.conftest import Clerk, id_number
from tests.services.issuing import Issuer
from tests.services.raw_rows import row_of
from tests.storage.offices import CLOCK, FILE_NAME, KEY, fresh_office

WANG, QIU, LI, ZHAO = 1, 2, 3, 4
"""王秀兰 leads 仇志国 in 3-2-501, 李明 and 赵德厚 live alone; one paper was printed for 王秀兰."""
BORN = date(1956, 1, 18)


def _whole_office(database: Database) -> None:
    """Everything that is looked at, and nothing wrong with it."""
    clerk = Clerk(database, CLOCK.now())
    with database.transaction("填写社区资料") as session:
        office.set_office(session, Office("望海社区", "海湾街道", "210214"))
        office.seed(session, today=CLOCK.today())
        settings.change(session, settings.WANT_PHONE, True)
        grids.add(session, number=1, name="第一网格")
    people = (
        ("王秀兰", "女", BORN, id_number(BORN, man=False), "户主", "3-2-501"),
        ("仇志国", "男", date(1954, 5, 1), id_number(date(1954, 5, 1)), "配偶", "3-2-501"),
        ("李明", "男", date(1986, 3, 2), "E12345678", "户主", "3-2-502"),
        ("赵德厚", "男", date(1940, 8, 11), "E87654321", "户主", "3-2-503"),
    )
    home = None
    for name, sex, born, number, relation, address in people:
        clerk.add(
            name,
            sex=sex,
            birth_date=born,
            document_kind="passport" if number.startswith("E") else "id_card",
            document_number=number,
            relation=relation,
            address=address,
            household_id=home if relation == "配偶" else None,
            new_household=relation == "户主",
            phone=f"1384091{len(name)}{born:%m%d}"[:11],
        )
        home = clerk.household_of(WANG)
    with database.transaction("标签、网格、迁入") as session:
        tags.give(session, [ZHAO], clerk.tag_id("高龄"), since=date(2026, 1, 1))
        tags.give(session, [LI], clerk.tag_id("低保"), since=date(2026, 1, 1))
        part = Part(session.scalars(select(Building.id)).one(), None)
        building_moves.move(session, part, 1, today=CLOCK.today())
        events.moved_in(session, QIU, on_date=date(2026, 2, 1), now=CLOCK.now())
        session.add(
            Notice(
                title="通知",
                body="",
                signed_by="望海社区居民委员会",
                dated=CLOCK.today(),
                saved_at=CLOCK.now(),
            )
        )
    Issuer(clerk).printed(resident_id=WANG)


@pytest.fixture(scope="module")
def whole() -> Iterator[bytes]:
    """The office as a file, written anew for each test."""
    with TemporaryDirectory() as folder:
        database = fresh_office(Path(folder))
        _whole_office(database)
        database.close()
        yield (Path(folder) / FILE_NAME).read_bytes()


@pytest.fixture
def sound(whole: bytes, tmp_path: Path) -> Iterator[Database]:
    file = tmp_path / FILE_NAME
    file.write_bytes(whole)
    database = Database.open(file, KEY, clock=CLOCK, user_name="周立群")
    yield database
    database.close()


@dataclass(frozen=True)
class Spoilt:
    """What is done to the file behind the program's back, and what the examination must count."""

    statements: tuple[str, ...]
    count: int = 1
    besides: tuple[str, ...] = ()
    """Other checks that are right to complain, too."""
    indexed: bool = True
    """Whether the search is brought along."""


def sql(*statements: str, **more: Any) -> Spoilt:
    return Spoilt(statements, **more)


LAST = "(SELECT max(id) FROM operation)"
LOW = "(SELECT id FROM tag WHERE name = '低保')"
_AT = "'2026-11-20 09:00:00.000000'"


def member(key: int, **values: Any) -> str:
    values = {"name": f"网格员{key}", "name_order": "''", "party_member": 1, **values}
    return row_of("grid_member", id=key, version=1, **values)


def post(key: int, member_id: int, **values: Any) -> str:
    values = {"kind": "grid_lead", "grid_id": 1, "since": "2026-01-01", "unit": "''", **values}
    return row_of("post", id=key, member_id=member_id, version=1, **values)


def visit(key: int, resident_id: int, **values: Any) -> str:
    values = {"on_date": "2026-11-01", "result": "fine", "way": "home", "visitor": "''", **values}
    return row_of(
        "visit",
        id=key,
        resident_id=resident_id,
        entered_by="''",
        entered_at=_AT,
        version=1,
        **values,
    )


def request(state: str, *, step: str = "", **values: Any) -> tuple[str, ...]:
    """A request in a state, with one step that says so."""
    days = {"came_on": "2026-11-10", "came_at": _AT, "origin": "phone", "level": "at_member"}
    found = row_of(
        "request",
        id=1,
        number=1,
        title="楼道灯不亮",
        category_id=1,
        unit="''",
        urgency="ordinary_case",
        state=state,
        extended=0,
        reopened=0,
        steps=1,
        registered_by="''",
        version=1,
        **days,
        **values,
    )
    stepped = row_of(
        "request_step",
        id=1,
        request_id=1,
        at=_AT,
        kind="noted",
        level="at_member",
        state=step or state,
        user_name="''",
    )
    return found, stepped


def earned(points: int, key: int = 1, **values: Any) -> tuple[str, ...]:
    """Points in the account of 李明 as the book has them: line, lot, balance."""
    booked = {"kind": "earned", "on_date": "2026-11-10", "booked_at": _AT, "month": 202611}
    line = {"quantity": 0, "words": "''", "entered_by": "''", "reviewed_by": "''", **booked}
    lot = row_of("points_lot", entry_id=key, account_id=1, points=points, left=points)
    return (
        row_of("points_account", id=1, resident_id=3, state="open", opened_on=_DAY, version=1),
        row_of(
            "points_entry", id=key, account_id=1, points=points, balance=points, **line, **values
        ),
        lot.replace("left", '"left"', 1),
        row_of("points_balance", account_id=1, balance=points, printed=0),
    )


def canteen() -> tuple[str, ...]:
    place = {"name": "海棠食堂", "facility": "kitchen", "delivery_fee": 0, "position": 0}
    return (row_of("canteen", id=1, version=1, **place),)


def meal(key: int, *, paid: int = 1200, **values: Any) -> str:
    """A lunch of 李明."""
    shares = {f"by_{payer.value}": 0 for payer in Payer}
    facts = {
        "canteen_id": 1,
        "on_date": "2026-11-10",
        "period": "lunch",
        "number": key,
        "at": _AT,
        "month": 202611,
        "resident_id": 3,
        "quantity": 1,
        "way": "eaten_here",
        "words": "''",
        "reason": "''",
        "fee": 0,
        "pay_way": "cash",
        "entered_by": "''",
    }
    return row_of("meal", id=key, price=1200, paid=paid, **{**facts, **shares, **values})


def paid_in(cents: int) -> tuple[str, ...]:
    """The card of 李明 with one deposit."""
    booked = {"on_date": "2026-11-10", "at": _AT, "month": 202611}
    line = {"kind": "deposit", "words": "''", "entered_by": "''", **booked}
    opened = {"kind": "card_account", "state": "open", "opened_on": _DAY}
    return (
        row_of("meal_account", id=1, resident_id=3, version=1, **opened),
        row_of("meal_entry", id=1, account_id=1, amount=cents, balance=cents, **line),
        row_of("meal_balance", account_id=1, kind="card_account", balance=cents),
    )


def stocked(pieces: int) -> tuple[str, ...]:
    line = {"kind": "received", "on_date": _DAY, "booked_at": _AT, "words": "''"}
    article = {"name": "香皂", "unit": "块", "points": 9, "low_at": 0, "on_shelf": 1}
    return (
        row_of("goods", id=1, number="'0101'", limit_period="month", version=1, **article),
        row_of(
            "stock_entry",
            id=1,
            goods_id=1,
            quantity=pieces,
            on_hand=pieces,
            entered_by="''",
            **line,
        ),
        row_of("stock_level", goods_id=1, on_hand=pieces),
    )


def redeemed(*, booked: int, handed_out: int) -> tuple[str, ...]:
    """A slip of two pieces for 18 of 20 points, and what the books have of it."""
    slip = {"number": "DH-1", "request_key": "x", "on_date": _DAY, "at": _AT, "entered_by": "''"}
    line = {"on_date": _DAY, "booked_at": _AT, "words": "''", "entered_by": "''"}
    taken = {"kind": "redeemed", "month": 202611, "quantity": 0, "reviewed_by": "''", **line}
    gone = {"kind": "redeemed_goods", "redemption_id": 1, **line}
    article = {"name": "香皂", "unit": "块", "points": 9, "quantity": 2}
    left, there = 20 - booked, 5 - handed_out
    return (
        *earned(20),
        *stocked(5),
        row_of(
            "redemption", id=1, account_id=1, points=18, before=20, half_hours=0, version=1, **slip
        ),
        row_of("redemption_line", id=1, redemption_id=1, goods_id=1, **article),
        row_of(
            "points_entry",
            id=2,
            account_id=1,
            points=-booked,
            balance=left,
            redemption_id=1,
            **taken,
        ),
        row_of("lot_use", id=1, entry_id=2, lot_id=1, points=booked),
        f'UPDATE points_lot SET "left" = {left}',
        f"UPDATE points_balance SET balance = {left}",
        row_of("stock_entry", id=2, goods_id=1, quantity=-handed_out, on_hand=there, **gone),
        f"UPDATE stock_level SET on_hand = {there}",
    )


def heard_a_lecture() -> tuple[str, ...]:
    """Two hours in the book of 李明 for a lecture."""
    claim = {"quantity": 100, "words": "''", "origin": "by_hand", "state": "accepted_claim"}
    claim["ours"] = 1
    line = {"on_date": _DAY, "booked_at": _AT, "month": 202611, "words": "''"}
    lecture = "(SELECT id FROM points_item WHERE deed = 'lecture')"
    return (
        earned(2)[0],
        row_of("volunteer", id=9, number=9, resident_id=3, registered_on=_DAY, version=1),
        row_of(
            "points_claim",
            id=1,
            account_id=1,
            volunteer_id=9,
            item_id=lecture,
            on_date=_DAY,
            half_hours=4,
            points=0,
            entered_by="''",
            entered_at=_AT,
            version=1,
            **claim,
        ),
        row_of(
            "hour_entry",
            id=900,
            volunteer_id=9,
            half_hours=4,
            claim_id=1,
            entered_by="''",
            reviewed_by="''",
            **line,
        ),
    )


_DAY = "2026-11-10"
_GONE = "2026-11-01 00:00:00.000000"
_CLOSED = {"done_on": "2026-11-12", "closed_on": "2026-11-14"}
SPOILT: dict[str, Spoilt] = {
    "structure": sql(
        "PRAGMA ignore_check_constraints = ON",
        "INSERT INTO distinct_pair VALUES (1, 2, 1, '2026-01-01 00:00:00')",
        indexed=False,
    ),
    "orphans": sql("UPDATE resident SET household_id = 99 WHERE id = 1", indexed=False),
    "values": sql(
        "UPDATE resident SET birth_date = '不详' WHERE id = 1",
        "UPDATE resident SET departed_on = '2026-02-30', departure = 'gone' WHERE id = 2",
        "UPDATE operation SET at = '2026-11-21 25:00:00' WHERE id = 2",
        "UPDATE setting SET value = '{' WHERE id = 1",
        count=5,
        indexed=False,
    ),
    "altered": sql("UPDATE operation SET sentence = 'x' WHERE id = 2", indexed=False),
    "missing": sql(
        f"DELETE FROM change WHERE operation_id = {LAST}",
        f"DELETE FROM operation WHERE id = {LAST}",
        indexed=False,
    ),
    "numbers_given": sql("UPDATE number_book SET last = last + 1"),
    "seals_used": sql("DELETE FROM seal_use"),
    "numbers_misread": sql("UPDATE certificate SET number = '望海社证〔2026〕13号'"),
    "search_strays": sql("UPDATE resident SET phone = '13900000000' WHERE id = 3", indexed=False),
    "headless": sql("UPDATE household SET head_id = NULL WHERE id = 1"),
    "head_left": sql(
        "UPDATE resident SET departure = 'moved_out', departed_on = '2026-05-01' WHERE id = 1"
    ),
    "head_elsewhere": sql("UPDATE household SET head_id = 3 WHERE id = 1"),
    "head_unnamed": sql("UPDATE resident SET relation = '妻' WHERE id = 1"),
    "second_head": sql("UPDATE resident SET relation = '户主' WHERE id = 2"),
    "empty_home": sql("INSERT INTO household (id, number, version) VALUES (9, '0009', 1)"),
    "lost_flat": sql(
        "UPDATE dwelling SET deleted_at = '2026-01-01 00:00:00' WHERE room = '501'", count=2
    ),
    "lost_home": sql(
        "UPDATE household SET deleted_at = '2026-01-01 00:00:00' WHERE id = 1", count=2
    ),
    "lost_grid": sql("UPDATE grid SET deleted_at = '2026-01-01 00:00:00'", count=4),
    "impossible_birth": sql("UPDATE resident SET birth_date = '2062-03-02' WHERE id = 3"),
    "departure_days": sql("UPDATE resident SET departed_on = '2026-01-01' WHERE id = 3"),
    "event_days": sql("UPDATE resident_event SET on_date = '1949-05-01'"),
    "registered_days": sql("UPDATE resident SET checked_on = '2027-01-01' WHERE id = 3"),
    "birth_against_number": sql("UPDATE resident SET birth_date = '1956-01-10' WHERE id = 1"),
    "sex_against_number": sql("UPDATE resident SET sex = '男' WHERE id = 1"),
    "birth_from_number": sql(
        "UPDATE resident SET birth_date = NULL WHERE id = 1", besides=("no_birth",)
    ),
    "sex_from_number": sql("UPDATE resident SET sex = NULL WHERE id = 1"),
    "number_malformed": sql(
        "UPDATE resident SET document_number = '210214195601180021' WHERE id = 1"
    ),
    "number_shared": sql("UPDATE resident SET document_number = 'E12345678' WHERE id = 4", count=2),
    "phone_malformed": sql("UPDATE resident SET phone = '1384091' WHERE id = 3"),
    "tag_misfit": sql("UPDATE resident_tag SET resident_id = 3 WHERE resident_id = 4"),
    "tag_doubled": sql(f"INSERT INTO resident_tag (id, resident_id, tag_id) VALUES (9, 3, {LOW})"),
    "tag_backwards": sql("UPDATE resident_tag SET until = '2025-01-01' WHERE resident_id = 3"),
    "paper_contradicts": sql("UPDATE certificate SET stage = 'void'"),
    "paper_tomorrow": sql("UPDATE certificate SET issued_on = '2027-05-01'"),
    "paper_stuck": sql(
        "UPDATE certificate SET stage = 'printing', printed_at = '2026-11-02 08:00:00.000000'",
        "DELETE FROM seal_use",
    ),
    "template_baseless": sql("UPDATE certificate_template SET legal_basis = ' ' WHERE enabled"),
    "template_damaged": sql("UPDATE certificate_template SET body = '{没有这个码}' WHERE enabled"),
    "twins": sql("UPDATE resident SET name = '李明', birth_date = '1986-03-02' WHERE id = 2"),
    "no_birth": sql("UPDATE resident SET birth_date = NULL WHERE id = 3"),
    "no_document": sql(
        "UPDATE resident SET document_number = NULL, document_kind = 'none' WHERE id = 3"
    ),
    "no_address": sql("UPDATE resident SET dwelling_id = NULL WHERE id = 3"),
    "no_phone": sql("UPDATE resident SET phone = NULL WHERE id = 3"),
    "no_consent": sql("UPDATE resident SET lawful_basis = '同意' WHERE id = 3"),
    "post_twice": sql(member(1), member(2), post(1, 1), post(2, 2, since="2026-03-01")),
    "post_lost": sql(member(1, deleted_at=_GONE), post(1, 1)),
    "post_left": sql(
        member(1, resident_id=2),
        post(1, 1),
        "UPDATE resident SET departure = 'moved_out', departed_on = '2026-05-01' WHERE id = 2",
    ),
    "pairing_lost": sql(
        member(1, deleted_at=_GONE),
        row_of("party_pairing", id=1, member_id=1, household_id=1, since="2026-01-01", version=1),
    ),
    "other_grid": sql(
        "INSERT INTO grid (id, number, name, kind, version) VALUES (2, 2, '第二网格', 'basic', 1)",
        "UPDATE resident SET grid_id = 2 WHERE id = 3",
    ),
    "visit_days": sql(
        visit(1, 3, on_date="2027-01-01"), visit(2, 3, on_date="1985-01-01"), count=2
    ),
    "diary_days": sql(
        row_of(
            "diary_entry",
            id=1,
            on_date="2026-11-20",
            settled_on="2026-11-19",
            way="round",
            seen="楼道堆物",
            written_by="''",
            written_at=_AT,
            version=1,
        )
    ),
    "alarm_lost": sql(
        visit(1, 3, deleted_at=_GONE),
        row_of("visit_alarm", id=1, resident_id=3, visit_id=1, raised_on="2026-11-01", version=1),
    ),
    "sheet_row_misfit": sql(
        visit(1, 4),
        row_of(
            "visit_sheet",
            id=1,
            on_date="2026-11-01",
            visitor="''",
            printed_by="''",
            printed_at=_AT,
        ),
        row_of("visit_sheet_row", id=1, sheet_id=1, place=1, resident_id=3, visit_id=1, version=1),
    ),
    "request_contradicts": sql(
        *request(
            "closed",
            done_on="2026-11-12",
            called_on="2026-11-13",
            satisfaction="content",
        )
    ),
    "request_steps": sql(*request("handling", step="accepted", due_on="2026-11-25")),
    "request_unheard": sql(*request("closed", **_CLOSED)),
    "request_due": sql(*request("handling")),
    "points_balances": sql(
        *earned(5), "UPDATE points_balance SET balance = 7", besides=("points_lots",)
    ),
    "points_lots": sql(*earned(5), 'UPDATE points_lot SET "left" = 3'),
    "stock_levels": sql(*stocked(4), "UPDATE stock_level SET on_hand = 5"),
    "redemption_points": sql(*redeemed(booked=9, handed_out=2)),
    "redemption_goods": sql(*redeemed(booked=18, handed_out=1)),
    "month_sums": sql(
        *earned(5),
        row_of(
            "points_month",
            id=1,
            month=202611,
            opening=0,
            earned=4,
            spent=0,
            closing=4,
            accounts=1,
            closed_at=_AT,
            closed_by="''",
            version=1,
        ),
    ),
    "hours_of_no_service": sql(*heard_a_lecture()),
    "account_of_nobody": sql(*earned(5), "UPDATE points_account SET resident_id = NULL"),
    "meal_balances": sql(*paid_in(5000), "UPDATE meal_balance SET balance = 4900"),
    "meals_paid": sql(*canteen(), meal(1, pay_way="card")),
    "meal_months": sql(
        *paid_in(5000),
        row_of(
            "meal_month",
            id=1,
            month=202611,
            opening=0,
            paid_in=4900,
            eaten=0,
            refunded=0,
            closing=4900,
            accounts=1,
            closed_at=_AT,
            closed_by="''",
            version=1,
        ),
    ),
    "meals_claimed": sql(
        *canteen(),
        meal(1, paid=900, by_city=300),
        row_of(
            "meal_claim",
            id=1,
            canteen_id=1,
            month=202611,
            submitted_at=_AT,
            meals=1,
            entries=1,
            price=1200,
            paid=900,
            version=1,
        ),
        row_of(
            "meal_claim_part",
            id=1,
            claim_id=1,
            payer="city",
            of_month=400,
            difference=0,
            note="''",
            version=1,
        ),
    ),
    "orders_handed": sql(
        *canteen(),
        row_of(
            "meal_order",
            id=1,
            canteen_id=1,
            on_date="2026-11-20",
            period="lunch",
            resident_id=3,
            set_letter="A",
            quantity=1,
            way="brought",
            pay_way="cash",
            by_hand=0,
            state="handed",
            version=1,
        ),
    ),
    "meal_after_leaving": sql(
        *canteen(),
        meal(1, resident_id=2, paid=900, by_city=300),
        "UPDATE resident SET departure = 'moved_out', departed_on = '2026-11-01' WHERE id = 2",
    ),
    "fund_balances": sql(*rows.source()),
    "project_overspent": sql(
        *rows.source(),
        rows.project(budget=200),
        rows.fund_line(1, "granted", 400, 400),
        rows.fund_line(2, "spent", -300, 100, project_id=1),
    ),
    "votes_counted": sql(*rows.meeting(), rows.vote(voters=43, yes=42)),
    "two_seats": sql(*rows.body(), rows.seat(1), rows.seat(2)),
    "decision_unfounded": sql(*rows.meeting(), rows.resolution(kind="decision")),
    "topic_astray": sql(rows.topic(state="decided")),
    "topic_keys": sql(rows.topic(state="raised"), indexed=False),
    "large_photo": sql("INSERT INTO resident_photo VALUES (3, zeroblob(400000))"),
    "large_board_photo": sql(
        "INSERT INTO notice_photo VALUES (1, 1, '2026-01-01 00:00:00', zeroblob(4000000))"
    ),
}
"""By key of the check; the damaged page stands by itself."""
SPOILT["twins"] = Spoilt(
    (
        *SPOILT["twins"].statements,
        "UPDATE resident SET document_kind = 'passport',"
        " document_number = 'E55555555' WHERE id = 2",
    )
)
SPOILT["template_baseless"] = Spoilt(SPOILT["template_baseless"].statements, count=2)
SPOILT["template_damaged"] = Spoilt(SPOILT["template_damaged"].statements, count=2)
"""How many templates are switched on when an office begins."""


def spoil(database: Database, spoilt: Spoilt) -> None:
    with closing(raw.connect(database.file, KEY)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in spoilt.statements:
            connection.execute(statement)
    if spoilt.indexed:
        with database.transaction("x") as session:
            search_keys.reindex(session, list(search_keys.strays(session)))
            topic_keys.reindex(session, list(topic_keys.strays(session)))


def found(database: Database) -> dict[str, int]:
    """The checks that name something."""
    return {key: count for key, count in examine(database).counts.items() if count}


def test_a_sound_office_has_nothing_to_be_told(sound: Database) -> None:
    examination = examine(sound)

    assert {key: count for key, count in examination.counts.items() if count} == {}
    assert set(examination.counts) == set(BY_KEY)
    assert {summary(group, examination.counts)[0] for group in Group} == {"完好"}
    assert report.is_sound(examination)


@pytest.mark.parametrize("key", SPOILT)
def test_what_is_wrong_is_found_and_named_and_nothing_else(key: str, sound: Database) -> None:
    spoilt = SPOILT[key]
    spoil(sound, spoilt)
    examination = examine(sound)

    counts = {one: count for one, count in examination.counts.items() if count}
    assert counts == {key: spoilt.count, **dict.fromkeys(spoilt.besides, 1)}
    with sound.reading() as session:
        finding = examination.findings[key]
        lines = records.lines(session, finding, range(len(finding.ids)), now=CLOCK.now())
    assert [line.name for line in lines if not line.name or not line.note] == []
    # Its numbers are masked, and people and papers open with a click.
    assert not [line.note for line in lines if re.search("210214|13840|E1234", line.note)]
    named = finding.check.kind in {Kind.RESIDENT, Kind.TAG, Kind.PAPER}
    assert not named or all(line.target for line in lines)


@pytest.mark.parametrize("key", [key for key in SPOILT if BY_KEY[key].repair is not None])
def test_a_repair_puts_it_right_and_can_be_taken_back(key: str, sound: Database) -> None:
    spoil(sound, SPOILT[key])
    finding = examine(sound).findings[key]

    repair(sound, finding.check, finding.ids)
    assert key not in found(sound)

    mending = finding.check.repair
    if mending is not None and mending.undoable:
        clerk = Clerk(sound, CLOCK.now())
        assert clerk.see(history.last_undoable).sentence.startswith("体检修复：")
        clerk.undo_last()
        assert found(sound)[key] == finding.count


def test_every_check_says_why_it_matters_and_how_it_looks() -> None:
    assert len(BY_KEY) == len(CHECKS) >= 40
    assert set(SPOILT) | {"pages"} == set(BY_KEY)
    for check in CHECKS:
        assert check.why.endswith("。"), check.key
        assert 10 <= len(check.why) <= 60, check.key
        assert check.example, check.key
        assert (check.look is None) == (check.group is Group.FILE), check.key
        if check.repair is not None:
            assert check.repair.promise.endswith("。"), check.key


def test_a_household_without_a_head_is_offered_the_one_who_would_lead_it(sound: Database) -> None:
    spoil(sound, SPOILT["head_left"])
    finding = examine(sound).findings["head_left"]
    with sound.reading() as session:
        [line] = records.lines(session, finding, [0], now=CLOCK.now())

    assert line.note == "户主王秀兰已经迁出；建议 仇志国（配偶，72 岁）"
    assert line.target == QIU


def test_only_the_chosen_records_are_put_right(sound: Database) -> None:
    spoil(sound, SPOILT["lost_grid"])
    with sound.transaction("换一个网格") as session:
        session.add(Grid(number=2, name="第二网格"))
        session.flush()
        session.scalars(select(Building)).one().grid_id = 2

    assert repair(sound, BY_KEY["lost_grid"], [LI]) == 1

    with sound.reading() as session:
        found_grids = {one.id: one.grid_id for one in session.scalars(select(Resident))}
    assert found_grids == {WANG: 1, QIU: 1, LI: 2, ZHAO: 1}


def test_what_was_put_right_meanwhile_is_left_alone(sound: Database) -> None:
    spoil(sound, SPOILT["headless"])
    with sound.transaction("定户主") as session:
        session.execute(text("UPDATE household SET head_id = 2 WHERE id = 1"))

    with pytest.raises(Exception, match="已经改好了"):
        repair(sound, BY_KEY["headless"], [1])


def test_a_repair_needs_the_right_and_the_attempt_is_noted(sound: Database) -> None:
    spoil(sound, SPOILT["head_unnamed"])
    sound.act_as(Actor("赵敏", SOCIAL_WORKER, DEFAULTS[SOCIAL_WORKER], user_id=1))
    assert Right.REPAIR not in DEFAULTS[SOCIAL_WORKER]

    assert found(sound) == {"head_unnamed": 1}
    with pytest.raises(NotAllowed, match="数据体检的修复"):
        repair(sound, BY_KEY["head_unnamed"], [1])

    assert found(sound) == {"head_unnamed": 1}
    with sound.reading() as session:
        assert session.scalar(select(Change.id).where(Change.action == Action.REFUSED))


def test_a_grid_member_is_told_of_his_own_people_alone(sound: Database) -> None:
    with sound.transaction("分网格") as session:
        session.add(Grid(number=2, name="第二网格"))
        session.flush()
        session.get_one(Resident, LI).grid_id = 2
    for key in ("phone_malformed", "head_unnamed"):
        spoil(sound, SPOILT[key])
    rights = DEFAULTS[GRID_MEMBER] | {Right.SEE_SENSITIVE}
    sound.act_as(Actor("孙丽", GRID_MEMBER, rights, grids=frozenset({2}), user_id=1))

    assert found(sound) == {"phone_malformed": 1}


def test_a_broken_page_is_named_and_the_tables_are_left_alone(sound: Database) -> None:
    sound.close()
    content = bytearray(sound.file.read_bytes())
    content[4 * 4096 + 50 : 4 * 4096 + 90] = bytes(40)
    sound.file.write_bytes(content)

    examination = examine(sound)

    assert examination.counts == {"pages": 1}
    assert list(examination.findings["pages"].notes) == ["有 1 页损坏：第 5 页。"]
    assert summary(Group.FILE, examination.counts) == ("损坏", Level.DAMAGED)
    assert summary(Group.HOMES, examination.counts) == ("没有查", None)


def test_an_examination_that_is_stopped_ends_at_the_next_check(sound: Database) -> None:
    told: list[str] = []

    def stop(_done: int, _total: int, words: str) -> None:
        told.append(words)
        if words == Group.HOMES:
            raise Cancelled

    with pytest.raises(Cancelled):
        examine(sound, tick=stop)
    assert told[-1] == Group.HOMES


def test_what_the_office_does_not_ask_for_is_not_told(sound: Database) -> None:
    spoil(sound, SPOILT["no_phone"])
    with sound.transaction("不要电话") as session:
        settings.change(session, settings.WANT_PHONE, False)

    assert found(sound) == {}


def test_the_report_for_scripts_has_no_name_and_no_number(sound: Database) -> None:
    spoil(sound, SPOILT["number_malformed"])
    examination = examine(sound)

    told = report.as_json(examination)

    [check] = [one for one in told["checks"] if one["count"]]
    assert (check["key"], check["records"][0]["id"]) == ("number_malformed", WANG)
    assert not told["sound"]
    assert "王秀兰" not in json.dumps(told, ensure_ascii=False)
    assert "2102" not in json.dumps(told, ensure_ascii=False)
    assert "王秀兰（校验位不对" in "\n".join(report.lines(sound, examination))


def test_a_kind_of_document_that_nobody_knows_stops_no_examination(sound: Database) -> None:
    spoil(sound, sql("UPDATE resident SET document_kind = 'library_card' WHERE id = 1"))

    assert examine(sound).findings["number_malformed"].notes == ["证件类型不认识"]


def test_an_examination_changes_nothing(sound: Database) -> None:
    spoil(sound, SPOILT["headless"])
    content = sound.file.read_bytes()

    first, second = examine(sound), examine(sound)

    assert first.counts == second.counts
    assert sound.file.read_bytes() == content
