"""A 网格员 reads and writes the diary, visits and requests of the own grids, and nothing else."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.errors import NotAllowed, OutsideGrids
from app.models import (
    Base,
    Building,
    BuildingMove,
    Category,
    CategoryGroup,
    DeadlineRule,
    DeadlineStep,
    DiaryEntry,
    DiaryMet,
    DiaryPhoto,
    Grid,
    GridMember,
    Level,
    Origin,
    PartyPairing,
    Post,
    PostKind,
    Request,
    RequestExtension,
    RequestPhoto,
    RequestState,
    RequestStep,
    Resident,
    Risk,
    RoundWay,
    StepKind,
    Tag,
    User,
    UserGrid,
    Visit,
    VisitAlarm,
    VisitDeferral,
    VisitResult,
    VisitRule,
    VisitRuleTag,
    VisitSheet,
    VisitSheetRow,
    everything,
)
from app.services import diary_photos, person_rounds, request_photos, rights, search_keys
from app.storage.engine import Database
from app.storage.guard import WRITES
from app.storage.lookup import query
from app.values.rights import DEFAULTS, GRID_MEMBER, READER, Actor
from tests.storage.offices import fresh_office

OWN, OTHER = 1, 2
DAY, NOW = date(2026, 11, 20), datetime(2026, 11, 20, 9, 0)
JPEG = b"\xff\xd8\xff\xe0"
OF_GRIDS = (DiaryEntry, Visit, VisitSheet, Request)
OF_PEOPLE = (VisitAlarm, VisitDeferral)
PARTS = (DiaryMet, VisitSheetRow, RequestStep, RequestExtension)
PICTURES = (DiaryPhoto, RequestPhoto)
SEEN_BY_GRID = (*OF_GRIDS, *OF_PEOPLE, *PARTS, *PICTURES)
# A column of each table in which a user could write.
WORDS: dict[type[Base], tuple[str, Any]] = {
    DiaryEntry: ("seen", "改了"),
    DiaryMet: ("words", "改了"),
    Visit: ("note", "改了"),
    VisitAlarm: ("answer", "改了"),
    VisitDeferral: ("reason", "改了"),
    VisitSheet: ("visitor", "改了"),
    VisitSheetRow: ("place", 9),
    Request: ("title", "改了"),
    RequestStep: ("words", "改了"),
    RequestExtension: ("reason", "改了"),
    GridMember: ("note", "改了"),
    Post: ("reason", "改了"),
    PartyPairing: ("note", "改了"),
    BuildingMove: ("reason", "改了"),
    Category: ("name", "改了"),
    VisitRule: ("name", "改了"),
    DeadlineRule: ("source", "改了"),
}


def _put(session: Any, model: type[Base], **values: Any) -> int:
    row: Any = model(**values)
    session.add(row)
    session.flush()
    return int(row.id)


def _grid(session: Any, number: int, category: int) -> None:
    """A grid with somebody in it, and a row of each kind about it; all ids are the grid's."""
    _put(session, Grid, number=number, name=f"第{number}网格")
    _put(session, Resident, name=f"居民{number}", name_order="", grid_id=number)
    _put(
        session,
        DiaryEntry,
        on_date=DAY,
        grid_id=number,
        way=RoundWay.ROUND,
        seen="都好",
        written_at=NOW,
    )
    _put(session, DiaryMet, entry_id=number, resident_id=number)
    _put(session, DiaryPhoto, entry_id=number, taken_at=NOW, jpeg=JPEG)
    _put(
        session,
        Visit,
        resident_id=number,
        on_date=DAY,
        grid_id=number,
        result=VisitResult.FINE,
        entered_at=NOW,
    )
    _put(session, VisitAlarm, resident_id=number, visit_id=number, raised_on=DAY)
    _put(session, VisitDeferral, resident_id=number, due_on=DAY, reason="住院", decided_on=DAY)
    _put(session, VisitSheet, on_date=DAY, grid_id=number, printed_at=NOW)
    _put(session, VisitSheetRow, sheet_id=number, place=number, resident_id=number)
    _put(
        session,
        Request,
        number=number,
        came_on=DAY,
        came_at=NOW,
        origin=Origin.PHONE,
        category_id=category,
        title="灯不亮",
        resident_id=number,
        grid_id=number,
    )
    _put(
        session,
        RequestStep,
        request_id=number,
        at=NOW,
        kind=StepKind.NOTED,
        level=Level.MEMBER,
        state=RequestState.REGISTERED,
    )
    _put(
        session,
        RequestExtension,
        request_id=number,
        until=DAY,
        reason="等配件",
        asked_by="赵敏",
        asked_at=NOW,
    )
    _put(session, RequestPhoto, request_id=number, taken_at=NOW, jpeg=JPEG)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = fresh_office(tmp_path_factory.mktemp("grids"))
    with database.transaction("登记") as session:
        session.add(User(name="孙丽", role=GRID_MEMBER, slot="a"))
        category = _put(session, Category, group=CategoryGroup.MATTER, name="公共设施")
        for number in (OWN, OTHER):
            _grid(session, number, category)
        _put(session, Building, number="3", grid_id=OWN)
        _put(session, GridMember, name="孙丽")
        _put(session, Post, member_id=1, kind=PostKind.GRID_STAFF, grid_id=OWN, since=DAY)
        _put(session, PartyPairing, member_id=1, building_id=1, since=DAY)
        _put(session, BuildingMove, building_id=1, to_grid_id=OWN, on_date=DAY)
        _put(session, Tag, name="高龄", group="老人")
        _put(session, VisitRule, name="独居", risk=Risk.RED, days=7, since=DAY)
        _put(session, VisitRuleTag, rule_id=1, tag_id=1)
        _put(session, DeadlineRule, step=DeadlineStep.OTHER, working_days=5, since=DAY)
        session.add(UserGrid(user_id=1, grid_id=OWN))
        session.flush()
        search_keys.reindex(session, {OWN, OTHER})
    yield database
    database.close()


@pytest.fixture
def office(furnished: Database) -> Iterator[Database]:
    """Sun Li of the first grid works; nothing that a test tries may change the file."""
    furnished.act_as(member())
    yield furnished
    furnished.act_as(Actor())


def member() -> Actor:
    grids = frozenset({OWN})
    return Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER], grids, user_id=1)


def write(database: Database, model: type[Base], key: int, **values: Any) -> None:
    with database.transaction("改") as session:
        for column, value in (values or dict([WORDS[model]])).items():
            setattr(session.get_one(model, key), column, value)


def delete(database: Database, model: type[Base], key: int) -> None:
    with database.transaction("删") as session:
        session.delete(session.get_one(model, key))


def test_every_new_table_is_proven_here() -> None:
    ours = {
        model
        for model in everything().values()
        if model.__module__.rsplit(".", 1)[-1]
        in ("grids", "serving", "diary", "visits", "requests")
    }
    journaled = {model for model in ours if model.__journaled__}
    assert journaled - {Grid, Building, VisitRuleTag} == set(WORDS)
    assert {model.__tablename__ for model in journaled} <= set(WRITES)


@pytest.mark.parametrize("model", SEEN_BY_GRID)
def test_only_the_own_grids_rows_are_read_listed_and_counted(
    model: type[Base], office: Database
) -> None:
    key: Any = model.__table__.columns["id"]
    with office.reading() as session:
        assert list(session.scalars(select(key))) == [OWN]
        assert session.scalar(select(func.count()).select_from(model)) == 1
        assert session.get(model, OTHER) is None
    with office.lookup() as lookup:
        assert list(lookup.column(query("id", model.__tablename__))) == [OWN]


def test_the_card_of_somebody_else_tells_nothing(office: Database) -> None:
    with office.reading() as session:
        own, other = (person_rounds.rounds(session, key, today=DAY) for key in (OWN, OTHER))
    assert (own.visits, own.requests) == (1, 1)
    assert (other.visits, other.requests) == (0, 0)


@pytest.mark.parametrize("model", [*OF_GRIDS, *OF_PEOPLE, *PARTS])
def test_nothing_of_another_grid_is_changed(model: type[Base], office: Database) -> None:
    with pytest.raises(OutsideGrids):
        write(office, model, OTHER)


@pytest.mark.parametrize("model", [*OF_PEOPLE, *PARTS])
def test_nothing_of_another_grid_is_deleted(model: type[Base], office: Database) -> None:
    with pytest.raises(OutsideGrids):
        delete(office, model, OTHER)


@pytest.mark.parametrize("model", OF_GRIDS)
def test_no_row_with_a_grid_of_its_own_is_deleted_there(
    model: type[Base], office: Database
) -> None:
    """One on which nothing hangs, so that only the door can refuse it."""
    office.act_as(Actor())
    with office.transaction("登记") as session:
        values = {
            column.name: getattr(session.get_one(model, OTHER), column.name)
            for column in model.__table__.columns
            if column.name not in ("id", "version")
        }
        values |= {"number": 9} if model is Request else {}
        key = _put(session, model, **values)
    office.act_as(member())
    with pytest.raises(OutsideGrids):
        delete(office, model, key)
    office.act_as(Actor())
    delete(office, model, key)


@pytest.mark.parametrize("model", OF_GRIDS)
@pytest.mark.parametrize(("key", "grid"), [(OTHER, OWN), (OWN, OTHER), (OWN, None)])
def test_nothing_is_taken_over_or_given_away(
    model: type[Base], key: int, grid: int | None, office: Database
) -> None:
    with pytest.raises(OutsideGrids):
        write(office, model, key, grid_id=grid)


@pytest.mark.parametrize(
    ("model", "column"),
    [
        *((model, "resident_id") for model in OF_PEOPLE),
        (DiaryMet, "entry_id"),
        (VisitSheetRow, "sheet_id"),
        (RequestStep, "request_id"),
        (RequestExtension, "request_id"),
    ],
)
@pytest.mark.parametrize(("key", "owner"), [(OTHER, OWN), (OWN, OTHER)])
def test_no_part_goes_from_one_grid_to_another(
    model: type[Base], column: str, key: int, owner: int, office: Database
) -> None:
    with pytest.raises(OutsideGrids):
        write(office, model, key, **{column: owner})


def test_a_new_row_of_another_grid_or_of_none_is_refused(office: Database) -> None:
    for grid in (OTHER, None):
        with pytest.raises(OutsideGrids), office.transaction("写日记") as session:
            _put(
                session,
                DiaryEntry,
                on_date=DAY,
                grid_id=grid,
                way=RoundWay.ROUND,
                written_at=NOW,
            )


def test_pictures_of_another_grid_are_neither_added_nor_thrown_away(office: Database) -> None:
    with pytest.raises(OutsideGrids), office.transaction("照片") as session:
        diary_photos.set_photos(session, OTHER, kept=(), added=(JPEG,), now=NOW)
    with pytest.raises(OutsideGrids), office.transaction("照片") as session:
        request_photos.add_photo(session, OTHER, JPEG, now=NOW)
    with pytest.raises(OutsideGrids), office.transaction("照片") as session:
        request_photos.remove_photo(session, OTHER)


@pytest.mark.parametrize(
    "model", [GridMember, Post, PartyPairing, BuildingMove, Category, VisitRule, DeadlineRule]
)
def test_the_organisation_and_the_rules_are_not_a_members_to_change(
    model: type[Base], office: Database
) -> None:
    with pytest.raises(NotAllowed):
        write(office, model, OWN)


@pytest.mark.parametrize("model", WORDS)
def test_a_reader_reads_everything_and_changes_nothing(model: type[Base], office: Database) -> None:
    office.act_as(Actor("何婷", READER, DEFAULTS[READER], user_id=1))
    with office.reading() as session:
        rows = 2 if model in SEEN_BY_GRID else 1
        assert session.scalar(select(func.count()).select_from(model)) == rows
    with pytest.raises(NotAllowed):
        write(office, model, OWN)


def test_who_comes_in_has_the_grids_that_the_office_gave(office: Database) -> None:
    office.act_as(Actor())
    with office.reading() as session:
        assert rights.load_actor(session, "a").grids == frozenset({OWN})


def test_a_member_of_no_grid_reads_nothing(office: Database) -> None:
    office.act_as(Actor("新来", GRID_MEMBER, DEFAULTS[GRID_MEMBER], frozenset(), user_id=2))
    with office.reading() as session:
        counts = [session.scalar(select(func.count()).select_from(one)) for one in SEEN_BY_GRID]
    assert counts == [0] * len(SEEN_BY_GRID)


def test_the_own_grid_is_written_and_taken_out_again(tmp_path: Path) -> None:
    """The proofs above must not hold because everything is refused."""
    database = fresh_office(tmp_path)
    with database.transaction("登记") as session:
        session.add(User(name="孙丽", role=GRID_MEMBER, slot="a"))
        category = _put(session, Category, group=CategoryGroup.MATTER, name="公共设施")
        _grid(session, OWN, category)
    database.act_as(member())
    for model in (*OF_GRIDS, *OF_PEOPLE, *PARTS):
        write(database, model, OWN)
    with database.transaction("删") as session:
        for model in (DiaryMet, VisitSheetRow, RequestExtension, VisitAlarm, VisitDeferral):
            session.delete(session.get_one(model, OWN))
        session.delete(session.get_one(Visit, OWN))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 0
    database.close()
