"""Erasing somebody whom the grids know: visits and requests stay counted, nobody is named."""

from datetime import timedelta
from typing import Any

import pytest

from app.errors import DomainError
from app.models import (
    DiaryEntry,
    DiaryPhoto,
    GridMember,
    GridMemberPhoto,
    PartyPairing,
    PostKind,
    Request,
    RequestPhoto,
    RequestState,
    Visit,
    VisitAlarm,
)
from app.services import erasing, events
from app.storage import journal
from tests.services import grid_life
from tests.services.conftest import Clerk
from tests.services.test_erasing import found_in

NAME, PHONE, ONLY_THERE = "欧阳秀兰", "13840310612", "13611112222"


@pytest.fixture
def person(clerk: Clerk) -> int:
    key = clerk.add(NAME, phone=PHONE)
    clerk.do(
        f"{NAME} 迁出",
        lambda s: events.move_out(s, key, on_date=clerk.today, now=clerk.now),
    )
    return key


def erase(clerk: Clerk, key: int) -> erasing.Erased:
    done: erasing.Erased = clerk.do(
        "抹去一个人的资料",
        lambda s: erasing.erase(s, key, typed_name=NAME, reason="迁出满三年", now=clerk.now),
    )
    return done


def blockers(clerk: Clerk, key: int) -> str:
    return "".join(clerk.see(lambda s: erasing.plan(s, key, today=clerk.today)).blockers)


def change(clerk: Clerk, model: Any, key: int, **values: Any) -> None:
    def write(session: Any) -> None:
        for name, value in values.items():
            setattr(session.get(model, key), name, value)

    clerk.do("改", write)


def test_nothing_of_the_person_is_left_in_visits_requests_and_diary(
    clerk: Clerk, person: int
) -> None:
    other = clerk.add("王丽")
    words = f"{NAME}（{PHONE}）说楼道灯不亮"
    grid_life.visit(clerk, person, note=words)
    missed = grid_life.missed(clerk, person)
    clear_alarm(clerk, missed)
    alone = grid_life.diary(clerk, person, seen=words, measures=f"已告诉{NAME}")
    both = grid_life.diary(clerk, person, other, seen=f"{NAME}和王丽都说好")
    asked = grid_life.request(
        clerk,
        grid_life.category(clerk),
        resident_id=person,
        person=NAME,
        phone=ONLY_THERE,
        title=f"{NAME}家灯不亮",
        body=words,
        promise=f"打{ONLY_THERE}",
        state=RequestState.CLOSED,
        due_on=None,
    )
    serves = grid_life.member(clerk, NAME, resident_id=person, phone=ONLY_THERE)
    clerk.do(
        "照片",
        lambda s: grid_life.put(s, GridMemberPhoto, member_id=serves, jpeg=grid_life.JPEG),
    )
    assert found_in(clerk.database, (NAME, PHONE, ONLY_THERE))

    erase(clerk, person)

    assert found_in(clerk.database, (NAME, PHONE, ONLY_THERE)) == set()
    assert clerk.see(journal.verify_chain) == []
    kept = clerk.see(lambda s: s.get(Request, asked))
    assert (kept.number, kept.title, kept.person) == (20260001, "已抹去家灯不亮", "已抹去")
    assert clerk.see(lambda s: s.query(Visit).count()) == 2
    assert clerk.see(lambda s: s.get(DiaryEntry, both)).seen == "已抹去和王丽都说好"
    assert clerk.see(lambda s: s.query(RequestPhoto).count()) == 0
    assert clerk.see(lambda s: s.query(GridMemberPhoto).count()) == 0
    # A picture of a line in which somebody else was met as well is not his alone.
    assert clerk.see(lambda s: [one.entry_id for one in s.query(DiaryPhoto)]) == [both]
    assert alone != both


def clear_alarm(clerk: Clerk, visit_id: int) -> None:
    def write(session: Any) -> None:
        for alarm in session.query(VisitAlarm).filter_by(visit_id=visit_id):
            alarm.cleared_on = clerk.today

    clerk.do("解除", write)


def test_an_open_request_or_alarm_stops_erasing_and_says_what_to_do(
    clerk: Clerk, person: int
) -> None:
    asked = grid_life.request(clerk, grid_life.category(clerk), resident_id=person)
    missed = grid_life.missed(clerk, person)
    told = blockers(clerk, person)
    assert "还有 1 件诉求没有办完（20260001）：先办结、回访、销号。" in told
    assert "走访报警没有查明" in told
    with pytest.raises(DomainError, match="现在不能抹去：还有 1 件诉求"):
        erase(clerk, person)
    change(clerk, Request, asked, state=RequestState.CLOSED)
    clear_alarm(clerk, missed)
    assert blockers(clerk, person) == ""


def test_whoever_holds_a_post_or_a_pairing_ends_it_first(clerk: Clerk, person: int) -> None:
    serves = grid_life.member(clerk, NAME, resident_id=person)
    held = grid_life.post(clerk, serves, PostKind.BUILDING_STEWARD)
    paired = clerk.do(
        "包楼联户",
        lambda s: grid_life.put(s, PartyPairing, member_id=serves, since=clerk.today).id,
    )
    told = blockers(clerk, person)
    assert "他现在还是楼长：先到“网格”的“组织”里登记离任。" in told
    assert "还在包楼联户" in told
    yesterday = clerk.today - timedelta(days=1)
    for model, key in ((grid_life.Post, held), (PartyPairing, paired)):
        change(clerk, model, key, until=yesterday)
    assert blockers(clerk, person) == ""
    erase(clerk, person)
    assert clerk.see(lambda s: s.get(GridMember, serves)).name == "已抹去"


def test_a_namesake_who_serves_keeps_the_name(clerk: Clerk, person: int) -> None:
    namesake = grid_life.member(clerk, NAME)
    grid_life.diary(clerk, member_id=namesake, seen=f"与{NAME}一起巡查")
    erase(clerk, person)
    assert clerk.see(lambda s: s.get(GridMember, namesake)).name == NAME
    assert clerk.see(lambda s: s.query(DiaryEntry).one()).seen == f"与{NAME}一起巡查"
