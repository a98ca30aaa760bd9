"""交接: what waits in 积分超市 is told with its place in the program."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.models import Appeal, ReceiptKind, StarAward, StarState, StockReceipt
from app.services import settings, stocktakes
from app.services.open_matters import open_matters
from app.storage.engine import Database
from tests.services.points_stage import Stage, stage_on


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _matters(stage: Stage) -> dict[str, tuple[str, str]]:
    found = stage.clerk.see(lambda s: open_matters(s, today=stage.today))
    return {one.what: (one.count, one.where) for one in found}


def test_a_quiet_shop_leaves_nothing_to_a_successor(stage: Stage) -> None:
    assert [one for one, (_, where) in _matters(stage).items() if "积分超市" in where] == []


def test_what_waits_is_counted_and_placed(stage: Stage) -> None:
    stage.set(settings.POINTS_ALONE, 0)
    stage.claim(stage.wang, "邻里互助")
    stage.earn(stage.wang, 5, day=date(2026, 9, 30))
    stage.now(stocktakes.begin)
    yesterday = stage.today - timedelta(days=1)

    def more(session: Session) -> None:
        raised = {"raised_on": yesterday, "raised_by": "李建国", "words": "少记了"}
        session.add(Appeal(account_id=stage.li, **raised))
        star = {"stars": 1, "half_hours": 210, "proposed_on": yesterday}
        session.add(StarAward(volunteer_id=1, state=StarState.PROPOSED, **star))
        given = {"kind": ReceiptKind.DONATION, "giver": "望海超市", "entered_at": stage.clerk.now}
        session.add(StockReceipt(number="RK-1", on_date=yesterday, **given))

    stage.do(more)
    found = _matters(stage)

    assert found["积分没有复核"][0].startswith("1 笔")
    assert found["积分申诉没有答复"] == (f"1 件，最早 {yesterday}", "积分超市 → 台账")
    assert found["2026 年 9 月没有月结"] == ("应在 2026-10-05 前", "积分超市 → 月结")
    assert found["盘点没有完成"] == (f"{stage.today} 开始", "积分超市 → 库存")
    assert found["捐赠还没有致谢"][0] == "1 笔"
    assert found["星级：拟认定"] == ("1 人", "积分超市 → 志愿者")
