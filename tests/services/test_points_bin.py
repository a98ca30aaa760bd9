"""What was deleted in 积分超市 lies in the bin under a name, and comes back where it may."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Activity,
    ActivitySeries,
    Attendance,
    Base,
    ExpiryRule,
    ExpiryWay,
    Goods,
    Participation,
    PointsItem,
    PointsRule,
    PointsUnit,
    Repeat,
    StarLevel,
    Team,
    TeamMember,
    Volunteer,
    VolunteerNote,
    VolunteerNoteKind,
)
from app.services import recycle_bin
from app.storage.engine import Database
from tests.services.points_stage import Stage, stage_on
from tests.services.serving import serve, volunteer

SINCE = date(2030, 1, 1)
OURS = {
    model
    for model in recycle_bin.deletable().values()
    if model.__module__.rsplit(".", 1)[-1] in ("volunteers", "activities", "points", "shop")
}


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


@pytest.fixture
def rows(stage: Stage) -> dict[type[Base], int]:
    """One of each kind that can be deleted."""

    def write(session: Session) -> dict[type[Base], int]:
        item = PointsItem(name="擦楼道", deed="service", position=99)
        team = Team(name="铁军")
        session.add_all([item, team])
        session.flush()
        who = volunteer(session, 77, resident_id=stage.people["chen"])
        made: list[Any] = [
            item,
            team,
            PointsRule(item_id=item.id, points=1, per=PointsUnit.HOUR, since=SINCE),
            StarLevel(stars=6, hours=2000, since=SINCE),
            ExpiryRule(way=ExpiryWay.NEVER, since=SINCE),
            VolunteerNote(
                volunteer_id=who, kind=VolunteerNoteKind.AWARD, on_date=stage.today, title="先进"
            ),
            ActivitySeries(repeat=Repeat.WEEKLY, first_on=stage.today),
            Activity(
                name="清扫",
                item_id=item.id,
                team_id=team.id,
                on_date=stage.today,
                starts=540,
                ends=600,
            ),
            Goods(number="0101", barcode="6901234567892", name="香皂", points=9),
        ]
        session.add_all(made)
        session.flush()
        session.add(TeamMember(team_id=team.id, volunteer_id=who, since=stage.today))
        state = {"state": Attendance.SIGNED_UP, "volunteer_id": who}
        session.add(Participation(activity_id=made[7].id, **state))
        return {**{type(one): one.id for one in made}, Volunteer: who}

    found: dict[type[Base], int] = stage.do(write)
    return found


def _delete(stage: Stage, model: Any, key: int) -> None:
    stage.do(lambda s: setattr(s.get(model, key), "deleted_at", stage.clerk.now))


def _restore(stage: Stage, model: type[Base], key: int) -> None:
    stage.now(recycle_bin.restore, model.__tablename__, key)


def _names(stage: Stage) -> dict[str, str]:
    lines = stage.clerk.see(lambda s: recycle_bin.lines(s, now=stage.clerk.now))
    return {line.kind: line.name for line in lines}


def test_every_kind_lies_in_the_bin_under_a_name_and_comes_back(
    stage: Stage, rows: dict[type[Base], int]
) -> None:
    assert set(rows) == OURS
    owners_last = sorted(rows, key=lambda model: model in (PointsItem, Team, Volunteer))
    for model in owners_last:
        _delete(stage, model, rows[model])
    assert _names(stage) == {
        "志愿者": "陈桂芳",
        "志愿者记录": "陈桂芳",
        "志愿队": "铁军",
        "活动": "清扫",
        "定期活动": "定期活动",
        "积分事项": "擦楼道",
        "积分规则": "擦楼道",
        "积分有效期": "一直有效",
        "星级标准": "6 星 2000 小时",
        "商品": "香皂",
    }
    for model in reversed(owners_last):
        _restore(stage, model, rows[model])
    assert _names(stage) == {}


@pytest.mark.parametrize(
    ("child", "owner", "words"),
    [
        (VolunteerNote, Volunteer, "属于志愿者“陈桂芳”"),
        (Activity, Team, "属于志愿队“铁军”"),
        (PointsRule, PointsItem, "属于积分事项“擦楼道”"),
    ],
)
def test_nothing_comes_back_before_what_it_belongs_to(
    stage: Stage, rows: dict[type[Base], int], child: Any, owner: Any, words: str
) -> None:
    for model in (child, owner):
        _delete(stage, model, rows[model])
    with pytest.raises(DomainError, match=words):
        _restore(stage, child, rows[child])


@pytest.mark.parametrize(
    ("model", "again", "words"),
    [
        (Team, {"name": "铁军"}, "已经有一个队伍叫“铁军”"),
        (PointsItem, {"name": "擦楼道", "deed": "service"}, "已经有一个积分事项叫“擦楼道”"),
        (
            Goods,
            {"number": "0102", "barcode": "6901234567892", "name": "皂", "points": 1},
            "条码 6901234567892 现在是“皂”的",
        ),
        (StarLevel, {"stars": 6, "hours": 1800, "since": SINCE}, "6 星现在按 1800 小时认定"),
    ],
)
def test_what_took_its_place_stands_in_the_way(
    stage: Stage, rows: dict[type[Base], int], model: Any, again: dict[str, Any], words: str
) -> None:
    _delete(stage, model, rows[model])
    stage.do(lambda s: s.add(model(**again)))
    with pytest.raises(DomainError, match=words):
        _restore(stage, model, rows[model])


def test_a_rule_comes_back_only_where_no_other_holds(
    stage: Stage, rows: dict[type[Base], int]
) -> None:
    _delete(stage, PointsRule, rows[PointsRule])
    item = rows[PointsItem]
    other = {"item_id": item, "points": 2, "per": PointsUnit.HOUR, "since": SINCE}
    stage.do(lambda s: s.add(PointsRule(**other, until=SINCE + timedelta(days=9))))
    with pytest.raises(DomainError, match="已经有 2030-01-01 起的规则"):
        _restore(stage, PointsRule, rows[PointsRule])


def test_a_volunteer_with_hours_is_never_purged_one_without_goes_with_all_that_is_his(
    stage: Stage, rows: dict[type[Base], int]
) -> None:
    served = stage.volunteers["wang"]
    stage.do(lambda s: serve(s, served, 4, stage.today, "清扫"))
    for key in (served, rows[Volunteer]):
        _delete(stage, Volunteer, key)
    _delete(stage, Activity, rows[Activity])
    later = stage.on(stage.today + timedelta(days=31))

    later.now(recycle_bin.purge)

    assert stage.ask("SELECT id FROM volunteer WHERE deleted_at IS NOT NULL") == [(served,)]
    assert stage.ask("SELECT count(*) FROM team_member") == [(0,)]
    assert stage.ask("SELECT count(*) FROM participation") == [(0,)]
