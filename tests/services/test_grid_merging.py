"""Somebody entered twice becomes one: what the grids know of him goes with the one who is kept."""

from datetime import timedelta

from app.models import (
    DiaryMet,
    GridMember,
    Request,
    Visit,
    VisitAlarm,
    VisitDeferral,
    VisitResult,
    VisitSheetRow,
)
from app.services import merging
from tests.services import grid_life
from tests.services.conftest import Clerk

TABLES = (Visit, VisitAlarm, VisitDeferral, VisitSheetRow, DiaryMet, Request, GridMember)


def _owners(clerk: Clerk) -> dict[str, set[int]]:
    return {
        model.__name__: clerk.see(lambda s, m=model: {row.resident_id for row in s.query(m)})
        for model in TABLES
    }


def test_visits_requests_and_diary_follow_and_come_back(clerk: Clerk) -> None:
    keep, other = clerk.add("曲晓燕"), clerk.add("曲燕")
    before = clerk.today - timedelta(days=7)
    grid_life.visit(clerk, other, on_date=before, result=VisitResult.NOT_HOME)
    grid_life.missed(clerk, other)
    grid_life.diary(clerk, other)
    grid_life.request(clerk, grid_life.category(clerk), resident_id=other)
    grid_life.member(clerk, "曲燕", resident_id=other)

    told = clerk.see(lambda s: merging.preview(s, keep, other)).moves
    clerk.do("合并", lambda s: merging.merge(s, keep, other, now=clerk.now))

    assert {
        "2 次走访一并转过来",
        "3 条走访报警、改期和走访单一并转过来",
        "1 件诉求一并转过来",
        "1 条平安日记一并转过来",
        "1 份网格人员资料一并转过来",
    } <= set(told)
    assert _owners(clerk) == {model.__name__: {keep} for model in TABLES}

    clerk.undo_last()
    assert _owners(clerk) == {model.__name__: {other} for model in TABLES}


def test_a_diary_line_that_named_both_names_the_keeper_once(clerk: Clerk) -> None:
    keep, other = clerk.add("曲晓燕"), clerk.add("曲燕")
    grid_life.diary(clerk, keep, other)
    clerk.do("合并", lambda s: merging.merge(s, keep, other, now=clerk.now))
    assert clerk.see(lambda s: [row.resident_id for row in s.query(DiaryMet)]) == [keep]
    clerk.undo_last()
    assert clerk.see(lambda s: {row.resident_id for row in s.query(DiaryMet)}) == {keep, other}


def test_who_serves_under_both_records_is_told(clerk: Clerk) -> None:
    keep, other = clerk.add("曲晓燕"), clerk.add("曲燕")
    for key in (keep, other):
        grid_life.member(clerk, "曲晓燕", resident_id=key)
    said = clerk.do("合并", lambda s: merging.merge(s, keep, other, now=clerk.now))
    assert said == ("曲晓燕在网格人员里有 2 份，请到“网格”的“组织”里留一份。",)


def test_two_visits_in_vain_on_two_records_raise_an_alarm_together(clerk: Clerk) -> None:
    keep, other = clerk.add("曲晓燕"), clerk.add("曲燕")
    for back, key in ((7, keep), (1, other)):
        day = clerk.today - timedelta(days=back)
        grid_life.visit(clerk, key, on_date=day, result=VisitResult.NOT_HOME)
    clerk.do("合并", lambda s: merging.merge(s, keep, other, now=clerk.now))
    assert clerk.see(lambda s: [one.resident_id for one in s.query(VisitAlarm)]) == [keep]
    clerk.undo_last()
    assert clerk.see(lambda s: s.query(VisitAlarm).count()) == 0
