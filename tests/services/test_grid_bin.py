"""回收站 of the grids: what was deleted comes back beside what there is now, or says why not."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import DomainError
from app.models import (
    Base,
    Building,
    Category,
    DeadlineRule,
    DeadlineStep,
    DiaryEntry,
    DiaryMet,
    DiaryPhoto,
    Grid,
    GridMember,
    GridMemberPhoto,
    PartyPairing,
    Post,
    PostKind,
    Request,
    RequestExtension,
    RequestPhoto,
    RequestStep,
    Risk,
    Tag,
    Visit,
    VisitAlarm,
    VisitResult,
    VisitRule,
    VisitRuleTag,
)
from app.models.base import Deletable
from app.services import events, grids, recycle_bin, resident_forms, settings
from app.storage import journal
from tests.services import grid_life
from tests.services.conftest import Clerk

LATER = timedelta(days=31)
OURS = {
    model
    for model in recycle_bin.deletable().values()
    if model.__module__.rsplit(".", 1)[-1] in ("grids", "serving", "diary", "visits", "requests")
}


@pytest.fixture
def lan(clerk: Clerk) -> int:
    return clerk.add("王秀兰")


@pytest.fixture
def rows(clerk: Clerk, lan: int) -> dict[type[Base], int]:
    """One of each kind that can be deleted."""
    found: dict[type[Base], int] = {}
    found[Grid] = clerk.do("网格", lambda s: grids.add(s, number=3, name="第三网格"))
    found[Category] = grid_life.category(clerk)
    found[GridMember] = grid_life.member(clerk, "孙丽")
    found[DiaryEntry] = grid_life.diary(clerk, lan, seen="楼道堆物", grid_id=found[Grid])
    found[Visit] = grid_life.visit(clerk, lan, grid_id=found[Grid])
    found[Request] = grid_life.request(clerk, found[Category])
    found[Post] = grid_life.post(clerk, found[GridMember], PostKind.GRID_STAFF, grid_id=found[Grid])

    def write(session: Any) -> None:
        put = grid_life.put
        found[Building] = put(session, Building, number="4").id
        found[PartyPairing] = put(
            session,
            PartyPairing,
            member_id=found[GridMember],
            building_id=found[Building],
            since=clerk.today,
        ).id
        rule = put(session, VisitRule, name="独居", risk=Risk.RED, days=7, since=clerk.today)
        found[VisitRule] = rule.id
        put(session, VisitRuleTag, rule_id=rule.id, tag_id=session.query(Tag).first().id)
        found[DeadlineRule] = put(
            session, DeadlineRule, step=DeadlineStep.OTHER, working_days=5, since=clerk.today
        ).id

    clerk.do("其余", write)
    return found


def delete(clerk: Clerk, model: type[Base], key: int) -> None:
    clerk.do("删", lambda s: setattr(s.get(model, key), "deleted_at", clerk.now))


def restore(clerk: Clerk, model: type[Base], key: int) -> tuple[str, ...]:
    said: tuple[str, ...] = clerk.do(
        "放回", lambda s: recycle_bin.restore(s, model.__tablename__, key, now=clerk.now)
    )
    return said


def names(clerk: Clerk) -> dict[str, str]:
    lines = clerk.see(lambda s: recycle_bin.lines(s, now=clerk.now))
    return {line.kind: line.name for line in lines}


def test_every_kind_lies_in_the_bin_under_a_name_and_comes_back(
    clerk: Clerk, rows: dict[type[Base], int]
) -> None:
    assert set(rows) == {model for model in OURS if issubclass(model, Deletable)}
    parents_last = sorted(rows, key=lambda model: model in (Grid, Building, GridMember))
    for model in parents_last:
        delete(clerk, model, rows[model])
    assert names(clerk) == {
        "网格": "第三网格",
        "楼": "4 号楼",
        "网格人员": "孙丽",
        "任职": "孙丽 第三网格 专职网格员",
        "包楼联户": "孙丽 4 号楼",
        "事项类别": "公共设施",
        "平安日记": "11-21 楼道堆物",
        "走访": "王秀兰 11-21",
        "走访规定": "独居",
        "办理期限": "其他类办结 5 个工作日",
        "诉求": "楼道灯不亮",
    }
    for model in reversed(parents_last):
        restore(clerk, model, rows[model])
    assert names(clerk) == {}


@pytest.mark.parametrize(
    ("child", "owner", "words"),
    [
        (Post, GridMember, "属于网格人员“孙丽”"),
        (Post, Grid, "属于网格“第三网格”"),
        (PartyPairing, Building, "属于楼“4 号楼”"),
        (DiaryEntry, Grid, "属于网格“第三网格”，网格也在回收站里，请先放回网格"),
    ],
)
def test_nothing_comes_back_before_what_it_belongs_to(
    clerk: Clerk, rows: dict[type[Base], int], child: Any, owner: Any, words: str
) -> None:
    for model in (child, owner):
        delete(clerk, model, rows[model])
    with pytest.raises(DomainError, match=words):
        restore(clerk, child, rows[child])
    restore(clerk, owner, rows[owner])
    restore(clerk, child, rows[child])


def test_a_visit_waits_for_its_person(clerk: Clerk, lan: int) -> None:
    visit = grid_life.visit(clerk, lan)
    delete(clerk, Visit, visit)
    clerk.do("删", lambda s: resident_forms.delete(s, lan, now=clerk.now))
    with pytest.raises(DomainError, match="属于居民“王秀兰”，居民也在回收站里"):
        restore(clerk, Visit, visit)


def test_a_post_that_somebody_else_has_by_now_does_not_come_back(
    clerk: Clerk, rows: dict[type[Base], int]
) -> None:
    delete(clerk, Post, rows[Post])
    other = grid_life.member(clerk, "韩雪")
    grid_life.post(clerk, other, PostKind.GRID_STAFF, grid_id=rows[Grid])
    with pytest.raises(DomainError, match="第三网格 专职网格员是韩雪"):
        restore(clerk, Post, rows[Post])
    # An office with two of them in a grid says so.
    clerk.do("设置", lambda s: settings.change(s, settings.ONE_STAFF_PER_GRID, False))
    restore(clerk, Post, rows[Post])


def test_a_post_that_was_over_before_comes_back(clerk: Clerk, rows: dict[type[Base], int]) -> None:
    clerk.do("离任", lambda s: setattr(s.get(Post, rows[Post]), "until", clerk.today))
    delete(clerk, Post, rows[Post])
    other = grid_life.member(clerk, "韩雪")
    tomorrow = clerk.today + timedelta(days=1)
    grid_life.post(clerk, other, PostKind.GRID_STAFF, grid_id=rows[Grid], since=tomorrow)
    restore(clerk, Post, rows[Post])


def test_a_post_that_began_when_the_others_was_over_comes_back(
    clerk: Clerk, rows: dict[type[Base], int]
) -> None:
    since = clerk.see(lambda s: s.get(Post, rows[Post])).since
    delete(clerk, Post, rows[Post])
    before = {"since": since - timedelta(days=9), "until": since - timedelta(days=1)}
    other = grid_life.member(clerk, "韩雪")
    grid_life.post(clerk, other, PostKind.GRID_STAFF, grid_id=rows[Grid], **before)
    restore(clerk, Post, rows[Post])


def test_nobody_serves_under_two_records(clerk: Clerk, lan: int) -> None:
    first = grid_life.member(clerk, "王秀兰", resident_id=lan)
    delete(clerk, GridMember, first)
    grid_life.member(clerk, "王秀兰", resident_id=lan)
    with pytest.raises(DomainError, match="人员名单里已经有王秀兰"):
        restore(clerk, GridMember, first)


def test_a_visit_that_comes_back_raises_its_alarm_again(clerk: Clerk, lan: int) -> None:
    days = (date(2026, 11, 14), date(2026, 11, 20))
    keys = [grid_life.visit(clerk, lan, on_date=day, result=VisitResult.NOT_HOME) for day in days]
    delete(clerk, Visit, keys[0])
    restore(clerk, Visit, keys[0])
    alarms = clerk.see(lambda s: [one.resident_id for one in s.query(VisitAlarm)])
    assert alarms == [lan]


def test_after_30_days_all_that_is_its_own_goes_along(
    clerk: Clerk, rows: dict[type[Base], int]
) -> None:
    clerk.do(
        "照片",
        lambda s: grid_life.put(
            s, GridMemberPhoto, member_id=rows[GridMember], jpeg=grid_life.JPEG
        ),
    )
    for model, key in rows.items():
        delete(clerk, model, key)

    clerk.do("清理", lambda s: recycle_bin.purge(s, now=clerk.now + LATER))

    owned = (
        DiaryMet,
        DiaryPhoto,
        RequestStep,
        RequestExtension,
        RequestPhoto,
        VisitRuleTag,
        GridMemberPhoto,
    )
    for model in (*rows, *owned):
        assert clerk.see(lambda s, m=model: s.query(m).count()) == 0, model
    assert clerk.see(journal.verify_chain) == []


def test_a_kind_that_requests_have_stays_in_the_bin(
    clerk: Clerk, rows: dict[type[Base], int]
) -> None:
    delete(clerk, Category, rows[Category])
    clerk.do("清理", lambda s: recycle_bin.purge(s, now=clerk.now + LATER))
    assert clerk.see(lambda s: s.query(Category).count()) == 1


def test_somebody_who_was_visited_is_never_purged(clerk: Clerk, lan: int) -> None:
    grid_life.visit(clerk, lan)
    clerk.do("迁出", lambda s: events.move_out(s, lan, on_date=clerk.today, now=clerk.now))
    clerk.do("删", lambda s: resident_forms.delete(s, lan, now=clerk.now))
    clerk.do("清理", lambda s: recycle_bin.purge(s, now=clerk.now + LATER))
    [line] = clerk.see(lambda s: recycle_bin.lines(s, now=clerk.now + LATER))
    assert (line.name, line.left) == ("王秀兰", None)
