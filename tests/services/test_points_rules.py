"""积分规则: matters, rules from a day on, expiry, stars; what was used is never changed."""

from datetime import date
from typing import Any

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.models import Activity, Deed, ExpiryWay, PointsUnit
from app.services import (
    history,
    points_claims,
    points_clock,
    points_expiry,
    points_items,
    points_rule_changes,
    points_rules,
    record_names,
    star_levels,
    stars,
)
from app.services.points_rule_changes import ItemRules, RuleInput
from app.storage.engine import Database
from tests.services.points_stage import Stage, stage_on

DECEMBER = date(2026, 12, 1)


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def rule(points: int, since: date, **more: Any) -> RuleInput:
    return RuleInput(points=points, per=PointsUnit.TIME, since=since, **more)


def set_rule(stage: Stage, item: str, entered: RuleInput) -> int:
    return int(stage.do(points_rule_changes.set_rule, stage.item(item), entered))


def gives(stage: Stage, item: str, day: date) -> int | None:
    found = stage.clerk.look_up(lambda look: points_rules.rule_on(look, stage.item(item), day))
    return found.points if found is not None else None


def line(stage: Stage, item: str) -> ItemRules:
    found = stage.clerk.look_up(lambda look: points_rule_changes.listed(look, stage.today))
    return next(one for one in found if one.item.name == item)


def test_a_new_rule_holds_from_its_day_on_and_the_old_one_until_then(stage: Stage) -> None:
    set_rule(stage, "讲座培训", rule(3, DECEMBER))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 11, 30), DECEMBER, date(2030, 1, 1))
    assert [gives(stage, "讲座培训", day) for day in days] == [None, 2, 2, 3, 3]
    shown = line(stage, "讲座培训")
    assert shown.now is not None
    assert shown.next is not None
    assert (shown.now.points, shown.now.until) == (2, date(2026, 11, 30))
    assert (shown.next.points, shown.next.since) == (3, DECEMBER)


def test_a_rule_between_two_ends_where_the_next_begins(stage: Stage) -> None:
    set_rule(stage, "讲座培训", rule(3, DECEMBER))
    set_rule(stage, "讲座培训", rule(4, date(2026, 11, 25)))
    days = (date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30), DECEMBER)
    assert [gives(stage, "讲座培训", day) for day in days] == [2, 4, 4, 3]


def test_the_next_rule_is_the_nearest_one(stage: Stage) -> None:
    set_rule(stage, "讲座培训", rule(5, date(2027, 6, 1)))
    set_rule(stage, "讲座培训", rule(3, DECEMBER))
    coming = line(stage, "讲座培训").next
    assert coming is not None
    assert coming.points == 3


def test_what_was_sent_back_keeps_no_rule_from_changing(stage: Stage) -> None:
    whose = {"volunteer_id": stage.volunteers["wang"], "half_hours": 2}
    claim = stage.claim(stage.wang, "志愿服务", **whose)
    stage.now(points_claims.send_back, [claim], answer="太多")
    set_rule(stage, "志愿服务", rule(3, stage.today))
    assert gives(stage, "志愿服务", stage.today) == 3


def test_a_rule_before_the_first_serves_what_is_recorded_late(stage: Stage) -> None:
    set_rule(stage, "讲座培训", rule(1, date(2025, 6, 1)))
    assert gives(stage, "讲座培训", date(2025, 12, 31)) == 1
    assert gives(stage, "讲座培训", date(2026, 1, 1)) == 2


def test_a_rule_that_was_used_is_not_changed_and_the_earliest_day_is_named(stage: Stage) -> None:
    stage.claim(stage.wang, "讲座培训", on_date=date(2026, 11, 20))
    for since in (date(2026, 1, 1), date(2026, 11, 20)):
        with pytest.raises(DomainError, match="已经按现在的规则记过 2026-11-20 的积分"):
            set_rule(stage, "讲座培训", rule(3, since))
    set_rule(stage, "讲座培训", rule(3, date(2026, 11, 21)))
    assert stage.points(stage.wang) == 2
    # A rule for days in which nothing was recorded is free, whatever came later.
    set_rule(stage, "讲座培训", rule(1, date(2025, 6, 1)))
    assert gives(stage, "讲座培训", date(2026, 11, 20)) == 2


def test_a_new_rule_is_undone_while_nobody_used_it_and_stays_when_somebody_did(
    stage: Stage,
) -> None:
    set_rule(stage, "讲座培训", rule(3, date(2026, 11, 20)))
    stage.clerk.undo_last()
    assert gives(stage, "讲座培训", stage.today) == 2
    set_rule(stage, "讲座培训", rule(3, date(2026, 11, 20)))
    step = stage.clerk.see(history.last_undoable)
    stage.claim(stage.wang, "讲座培训")
    stage.do(history.undo, step.id)
    assert gives(stage, "讲座培训", stage.today) == 3
    shown = line(stage, "讲座培训").now
    assert shown is not None
    assert shown.points == 3


def test_a_correction_of_a_rule_is_not_undone_under_what_was_recorded_by_it(stage: Stage) -> None:
    set_rule(stage, "讲座培训", rule(3, date(2026, 11, 20)))
    set_rule(stage, "讲座培训", rule(4, date(2026, 11, 20)))
    step = stage.ask("SELECT max(id) FROM operation")[0][0]
    with pytest.raises(DomainError, match="规则改错了，请再改一次"):
        stage.do(history.undo, step)


def test_a_rule_that_nobody_used_is_corrected_in_its_place(stage: Stage) -> None:
    first = set_rule(stage, "讲座培训", rule(3, DECEMBER))
    assert set_rule(stage, "讲座培训", rule(4, DECEMBER, cap_day=8)) == first
    found = line(stage, "讲座培训").next
    assert found is not None
    assert found.words == "4 分/次，每天最多 8 分"


@pytest.mark.parametrize(
    ("item", "points", "caps"),
    [
        ("讲座培训", 0, {}),
        ("讲座培训", -1, {}),
        ("乱扔垃圾", 5, {}),
        ("讲座培训", 2, {"cap_day": 0}),
    ],
)
def test_figures_that_make_no_sense_are_refused(
    stage: Stage, item: str, points: int, caps: dict[str, int]
) -> None:
    with pytest.raises(DomainError, match="之间的整数"):
        set_rule(stage, item, rule(points, DECEMBER, **caps))


def test_a_matter_is_added_moved_switched_off_and_has_one_name(stage: Stage) -> None:
    key = stage.do(points_items.add, name="楼道 清扫", deed=Deed.SERVICE)
    with pytest.raises(DomainError, match="已经有“楼道清扫”"):
        stage.do(points_items.add, name="楼道清扫", deed=Deed.OTHER)
    with pytest.raises(DomainError, match="请填写事项名称"):
        stage.do(points_items.add, name=" ", deed=Deed.OTHER)
    stage.do(lambda session: points_items.move(session, key, by=-1))
    names = [one.name for one in stage.clerk.look_up(_all)]
    assert names[-2:] == ["楼道清扫", "违反居民公约"]
    version = line(stage, "楼道清扫").item.version
    stage.do(points_items.set_enabled, key, False, version=version)
    assert "楼道清扫" not in [one.name for one in stage.clerk.look_up(points_items.items)]
    with pytest.raises(ChangedMeanwhile):
        stage.do(points_items.set_enabled, key, True, version=version)


def _all(look: Any) -> list[points_items.ItemView]:
    return points_items.items(look, enabled_only=False)


def test_the_kind_of_a_matter_stays_once_something_was_recorded_by_it(stage: Stage) -> None:
    item = line(stage, "志愿服务").item
    planned = Activity(name="清扫", item_id=item.id, on_date=stage.today, starts=480, ends=600)
    stage.do(points_items.change, item.id, name=item.name, deed=Deed.LECTURE, version=item.version)
    stage.do(lambda session: session.add(planned))
    item = line(stage, "志愿服务").item
    with pytest.raises(DomainError, match="不能改类型"):
        stage.do(
            points_items.change, item.id, name=item.name, deed=Deed.SERVICE, version=item.version
        )
    stage.do(points_items.change, item.id, name="清扫", deed=item.deed, version=item.version)
    assert line(stage, "清扫").item.deed is Deed.LECTURE


def test_a_matter_that_gives_never_turns_into_one_that_takes(stage: Stage) -> None:
    for name, other in (("垃圾分类", Deed.PENALTY), ("乱扔垃圾", Deed.SERVICE)):
        item = line(stage, name).item
        with pytest.raises(DomainError, match="请新加一个事项"):
            stage.do(points_items.change, item.id, name=name, deed=other, version=item.version)


def test_a_new_expiry_holds_for_points_earned_from_its_day_on(stage: Stage) -> None:
    stage.earn(stage.wang, 1)
    today = stage.today
    set_expiry = {"since": today, "today": today}
    stage.do(points_expiry.set_rule, ExpiryWay.MONTHS, 24, **set_expiry)
    stage.earn(stage.wang, 1)
    assert stage.ask("SELECT expires_on FROM points_lot ORDER BY entry_id") == [
        ("2027-03-31",),
        ("2028-11-30",),
    ]
    # Corrected on the same day it is still one rule.
    stage.do(points_expiry.set_rule, ExpiryWay.NEVER, 24, **set_expiry)
    words = [one.words for one in stage.clerk.look_up(points_expiry.rules)]
    assert words == ["一直有效", "次年 3 月底"]


@pytest.mark.parametrize(
    ("way", "number", "since", "words"),
    [
        (ExpiryWay.NEXT_YEAR, 13, DECEMBER, "1 到 12"),
        (ExpiryWay.NEXT_YEAR, None, DECEMBER, "1 到 12"),
        (ExpiryWay.MONTHS, 0, DECEMBER, "1 到 120"),
        (ExpiryWay.NEVER, None, date(2026, 11, 1), "不能从过去的日子改起"),
    ],
)
def test_an_expiry_that_makes_no_sense_is_refused(
    stage: Stage, way: ExpiryWay, number: int | None, since: date, words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        stage.do(points_expiry.set_rule, way, number, since=since, today=stage.today)


def test_a_star_takes_other_hours_from_a_day_on(stage: Stage) -> None:
    stage.do(star_levels.set_level, 1, 50, since=DECEMBER, today=stage.today)
    before, after = (
        stage.clerk.look_up(lambda look, day=day: stars.levels(look, day))[-1]
        for day in (stage.today, DECEMBER)
    )
    assert (before, after) == ((1, 100), (1, 50))
    shown = stage.clerk.look_up(lambda look: star_levels.listed(look, stage.today))
    assert [(one.hours, one.until) for one in shown if one.stars == 1] == [
        (100, date(2026, 11, 30)),
        (50, None),
    ]


def test_stars_that_would_stand_upside_down_are_refused(stage: Stage) -> None:
    with pytest.raises(DomainError, match="二星要 300 小时，一星填 300 小时就颠倒了"):
        stage.do(star_levels.set_level, 1, 300, since=DECEMBER, today=stage.today)
    with pytest.raises(DomainError, match="不能从过去的日子改起"):
        stage.do(star_levels.set_level, 1, 50, since=date(2026, 11, 1), today=stage.today)
    with pytest.raises(DomainError, match="之间的整数"):
        stage.do(star_levels.set_level, 1, 0, since=DECEMBER, today=stage.today)


def test_the_history_names_the_date_that_was_checked(stage: Stage) -> None:
    stage.on(date(2036, 1, 5)).earn(stage.wang, 1)
    stage.do(points_clock.confirm, stage.today)
    row = stage.ask("SELECT id FROM setting WHERE key = 'ledger_day'")[0][0]
    named = stage.clerk.see(lambda s: record_names.name_of(s, "setting", row))
    assert named == "确认过日期不对的账"
