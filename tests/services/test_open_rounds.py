"""交接: what waits in the grids is told with the day that comes first."""

from datetime import date, timedelta

import pytest

from app.models import Grid, PostKind, Request, RequestExtension, RequestState
from app.services import grids, office
from app.services.open_matters import open_matters
from tests.services import grid_life
from tests.services.conftest import Clerk


def matters(clerk: Clerk) -> dict[str, tuple[str, str]]:
    found = clerk.see(lambda s: open_matters(s, today=clerk.today))
    return {one.what: (one.count, one.where) for one in found}


@pytest.fixture
def kind(clerk: Clerk) -> int:
    clerk.do("建立", lambda s: office.seed(s, today=date(2026, 1, 1)))
    return grid_life.category(clerk)


def test_open_requests_are_told_by_state_with_the_deadline_that_comes_first(
    clerk: Clerk, kind: int
) -> None:
    late = clerk.today - timedelta(days=1)
    first = grid_life.request(clerk, kind, number=1, due_on=clerk.today)
    grid_life.request(clerk, kind, number=2, due_on=late, flagged_on=late)
    grid_life.request(clerk, kind, number=3, state=RequestState.ESCALATED)
    grid_life.request(clerk, kind, number=4, state=RequestState.CLOSED, due_on=None)
    gone = grid_life.request(clerk, kind, number=5, state=RequestState.DONE)
    clerk.do("删", lambda s: setattr(s.get(Request, gone), "deleted_at", clerk.now))
    grid_life.request(
        clerk, kind, number=6, state=RequestState.HANDLING, due_on=late, merged_into_id=first
    )
    grid_life.request(clerk, kind, number=7, state=RequestState.CALLED_BACK, due_on=late)
    clerk.do("等批", lambda s: setattr(s.query(RequestExtension).first(), "granted", None))

    found = matters(clerk)

    assert found["诉求：处理"] == ("2 件，最早 2026-11-20 到期", "网格 → 诉求")
    assert found["诉求：上报"][0] == "1 件，最早 2026-11-21 到期"
    assert found["诉求：回访"][0] == "1 件"
    assert found["诉求超过期限"][0] == "1 件"
    assert found["督办的诉求"][0] == "1 件"
    assert found["申请延期，还没有批"][0] == "1 件"
    assert not {"诉求：销号", "诉求：办结"} & set(found)


def test_alarms_late_visits_and_findings_are_told(clerk: Clerk, kind: int) -> None:
    lan = clerk.add("王秀兰", address="3-2-301", new_household=True)
    clerk.add("李强", address="3-2-302", new_household=True)
    grid_life.missed(clerk, lan)
    grid_life.diary(clerk, seen="楼道堆物", category_id=kind)
    grid_life.diary(clerk, seen="都好")
    handed_on = grid_life.diary(clerk, seen="灯不亮", category_id=kind)
    grid_life.request(clerk, kind, number=1, diary_entry_id=handed_on)
    grid_life.diary(clerk, seen="已清", category_id=kind, settled_on=clerk.today)

    found = matters(clerk)

    assert found["两次敲门没人，还没查明"][0] == "1 人，最早 2026-11-21"
    # 180 days after the rules began; of the other the visit was put off.
    assert found["过了期限还没走访的"][0] == "1 人"
    assert found["日记里发现的问题没有销号"][0] == "1 条，最早 2026-11-21"


def test_vacant_posts_are_told_once_an_office_has_entered_any(clerk: Clerk, kind: int) -> None:
    grid = clerk.do("网格", lambda s: grids.add(s, number=3, name="第三网格"))
    assert "空缺的职务" not in matters(clerk)
    serves = grid_life.member(clerk, "孙丽")
    grid_life.post(clerk, serves, PostKind.GRID_STAFF, grid_id=grid)
    words, where = matters(clerk)["空缺的职务"]
    assert "网格长 1 个" in words
    assert "专职网格员" not in words
    assert where == "网格 → 组织"
    assert clerk.see(lambda s: s.get(Grid, grid)).name == "第三网格"
