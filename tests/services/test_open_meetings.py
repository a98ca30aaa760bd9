"""交接: what waits in 议事 is told with its place in the program."""

from datetime import date

import pytest

from app.models import FundSource, ListState, Need, Project, ResourceKind
from app.services import resolutions
from app.services.open_matters import open_matters
from app.services.resolutions import Charge
from app.storage.engine import Database
from tests.services.meeting_stage import stage_on
from tests.services.resolution_stage import Matter3, matter_on


@pytest.fixture
def matter(database: Database) -> Matter3:
    return matter_on(database)


def _matters(matter: Matter3) -> dict[str, tuple[str, str]]:
    found = matter.stage.see(lambda s: open_matters(s, today=matter.stage.today))
    return {one.what: (one.count, one.where) for one in found if one.where.startswith("议事")}


def test_an_office_that_talks_over_nothing_leaves_nothing(database: Database) -> None:
    found = stage_on(database).clerk.see(lambda s: open_matters(s, today=date(2026, 11, 21)))
    assert [one.what for one in found if one.where.startswith("议事")] == []


def test_what_waits_is_counted_and_placed(matter: Matter3) -> None:
    stage = matter.stage
    key = matter.make() or 0
    matter.do(resolutions.charge, key, Charge(owner="冯经理", due_on=date(2026, 11, 15)))
    year = {"year": 2026}
    source = stage.put(FundSource, name="市级", **year)
    stage.tamper(f"INSERT INTO fund_balance VALUES ({source}, 8140000)")
    told = {"raised_on": stage.today, "kind": ResourceKind.SERVICE, "words": "没人修灯"}
    stage.put(Need, number="需-2026-001", state=ListState.OPEN, **year, **told)
    stage.put(Project, number="项-2026-001", name="暖心维修", entered_at=stage.now, **year)
    assert _matters(matter) == {
        "会议：第 4 次居民代表会议": ("2026-11-10，进行中", "议事 → 会议"),
        "决议没有办结": ("1 项，超期 1 项", "议事 → 决议"),
        "需求没有对接": ("1 项", "议事 → 清单"),
        "项目没有验收": ("1 项", "议事 → 清单"),
        "2026 年专项经费（市级）结余": ("81,400.00 元", "议事 → 经费"),
    }
