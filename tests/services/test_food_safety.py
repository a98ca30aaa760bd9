"""Samples, morning checks and tickets: what is written down, and what is refused."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.errors import DomainError
from app.models import DishKind
from app.services import (
    canteen_staff,
    dishes,
    food_receipts,
    food_samples,
    menu_writing,
    sample_keeping,
    settings,
    staff_checks,
)
from app.services.canteen_staff import StaffInput
from app.services.dishes import DishInput
from app.services.food_receipts import ReceiptInput
from app.services.sample_keeping import SampleInput
from app.services.staff_checks import CheckInput
from app.storage.engine import Database
from app.values.rights import Actor
from tests.services.canteen_stage import LUNCH, Stage, stage_on

FISH = SampleInput(name="红烧带鱼", grams=130, taken_by="赵敏", fridge="2 号柜", temperature=32)


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _take(stage: Stage, *samples: SampleInput, now: datetime | None = None) -> list[int]:
    made: list[int] = stage.do(
        sample_keeping.take,
        stage.canteen,
        stage.today,
        LUNCH,
        samples,
        now=now or stage.now,
    )
    return made


def _all(stage: Stage) -> tuple[food_samples.SampleView, ...]:
    found: tuple[food_samples.SampleView, ...] = stage.look(
        food_samples.samples, stage.canteen, stage.today, stage.today
    )
    return found


def test_a_sample_is_kept_for_its_hours_whatever_the_settings_say_later(stage: Stage) -> None:
    _take(stage, FISH)
    stage.set(settings.SAMPLE_HOURS, 72)
    (kept,) = _all(stage)
    assert kept.keep_until == stage.now + timedelta(hours=48)
    assert (kept.number, kept.grams, kept.temperature) == ("1121-午-01", 130, 32)


def test_it_is_not_destroyed_a_minute_before(stage: Stage) -> None:
    ids = _take(stage, FISH)
    early = stage.now + timedelta(hours=47, minutes=59)
    with pytest.raises(DomainError, match="要保存到 11-23 09:30，现在还不能销毁"):
        stage.do(sample_keeping.destroy, ids, now=early)
    due = early + timedelta(minutes=1)
    assert stage.look(food_samples.to_destroy, stage.canteen, now=early) == []
    assert stage.look(food_samples.to_destroy, stage.canteen, now=due) == ids
    stage.do(sample_keeping.destroy, ids, now=due, destroyed_by="高翔")
    (gone,) = _all(stage)
    assert (gone.destroyed_at, gone.destroyed_by) == (due, "高翔")
    assert stage.look(food_samples.to_destroy, stage.canteen, now=due) == []
    with pytest.raises(DomainError, match="已经销毁"):
        stage.do(sample_keeping.change, ids[0], FISH, version=gone.version, now=due)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"grams": 124}, "留了 124 克，每个品种要留 125 克以上"),
        ({"grams": 999_999}, "留了 999999 克，太多了"),
        ({"temperature": 81}, "留样柜 8.1 ℃，应在 0～8 ℃"),
        ({"temperature": -1}, "留样柜 -0.1 ℃"),
        ({"name": " "}, "请填写食品名称和留样人"),
        ({"taken_by": ""}, "请填写食品名称和留样人"),
        ({"taken_at": datetime(2026, 11, 21, 9, 31)}, "留样时间在现在以后"),
        ({"taken_at": datetime(2026, 11, 19, 9, 0)}, "早了一天以上"),
    ],
)
def test_what_the_rules_ask_for_must_be_there(
    stage: Stage, facts: dict[str, Any], said: str
) -> None:
    wrong = SampleInput(**{"name": "红烧带鱼", "grams": 130, "taken_by": "赵敏", **facts})
    with pytest.raises(DomainError, match=said):
        _take(stage, SampleInput(name="米饭", grams=130, taken_by="赵敏"), wrong)
    # All of a meal or nothing.
    assert _all(stage) == ()


def test_a_dish_has_one_sample_a_meal_and_the_menu_tells_which_are_missing(stage: Stage) -> None:
    for name in ("红烧带鱼", "米饭"):
        key = stage.do(dishes.add, DishInput(name=name, kind=DishKind.OTHER))
        stage.do(menu_writing.put, stage.canteen, stage.today, LUNCH, key)
    missing = stage.look(food_samples.missing, stage.canteen, stage.today, LUNCH)
    assert [one.name for one in missing] == ["红烧带鱼", "米饭"]
    taken = SampleInput(
        name=missing[0].name, dish_id=missing[0].dish_id, grams=130, taken_by="赵敏"
    )
    _take(stage, taken)
    with pytest.raises(DomainError, match="红烧带鱼这一餐已经留过样"):
        _take(stage, taken)
    left = stage.look(food_samples.missing, stage.canteen, stage.today, LUNCH)
    assert [one.name for one in left] == ["米饭"]


def test_a_second_person_reviews(stage: Stage) -> None:
    ids = _take(stage, FISH)
    with pytest.raises(DomainError, match="红烧带鱼是您自己留的样"):
        stage.do(sample_keeping.review, ids)
    stage.do(sample_keeping.review, ids, by=Actor("周立群"))
    (kept,) = _all(stage)
    assert kept.reviewed_by == "周立群"
    with pytest.raises(DomainError, match="已经审核过，不能删除"):
        stage.do(sample_keeping.remove, kept.id, version=kept.version)


def test_what_was_reviewed_and_is_changed_is_reviewed_again_and_kept_as_long(
    stage: Stage,
) -> None:
    ids = _take(stage, FISH)
    stage.do(sample_keeping.review, ids, by=Actor("周立群"))
    (kept,) = _all(stage)
    assert kept.review_words == "周立群"
    earlier = replace(FISH, grams=500, taken_at=datetime(2026, 11, 20, 0, 0))

    assert stage.do(sample_keeping.change, kept.id, earlier, version=kept.version, now=stage.now)

    (changed,) = _all(stage)
    assert (changed.grams, changed.taken_at) == (500, earlier.taken_at)
    assert (changed.reviewed_by, changed.review_words) == ("", "待审核")
    assert changed.keep_until == kept.keep_until == stage.now + timedelta(hours=48)
    with pytest.raises(DomainError, match="要保存到 11-23 09:30，现在还不能销毁"):
        stage.do(sample_keeping.destroy, ids, now=datetime(2026, 11, 22, 0, 0))
    # Nor is the change a way to strike it off.
    with pytest.raises(DomainError, match="已经审核过，不能删除"):
        stage.do(sample_keeping.remove, changed.id, version=changed.version)
    stage.do(sample_keeping.review, ids, by=Actor("周立群"))


def test_a_change_that_is_none_keeps_the_review_and_a_later_time_lengthens_the_hours(
    stage: Stage,
) -> None:
    now = stage.now.replace(second=40)
    ids = _take(stage, FISH, now=now)
    stage.do(sample_keeping.review, ids, by=Actor("周立群"))
    (kept,) = _all(stage)
    # As a window gives it back: to the minute.
    same = replace(FISH, taken_at=stage.now)
    assert not stage.do(sample_keeping.change, kept.id, same, version=kept.version, now=now)
    (kept,) = _all(stage)
    assert (kept.reviewed_by, kept.taken_at) == ("周立群", now)

    hour = timedelta(hours=1)
    later = replace(FISH, taken_at=stage.now + hour)
    stage.do(sample_keeping.change, kept.id, later, version=kept.version, now=now + hour)
    (kept,) = _all(stage)
    assert kept.keep_until == stage.now + timedelta(hours=49)


def test_fewer_hours_in_the_settings_shorten_none_that_is_kept(stage: Stage) -> None:
    stage.set(settings.SAMPLE_HOURS, 72)
    _take(stage, FISH)
    stage.set(settings.SAMPLE_HOURS, 48)
    (kept,) = _all(stage)
    more = replace(FISH, grams=200, taken_at=kept.taken_at)
    stage.do(sample_keeping.change, kept.id, more, version=kept.version, now=stage.now)
    (kept,) = _all(stage)
    assert kept.keep_until == stage.now + timedelta(hours=72)


def _cook(stage: Stage, **facts: Any) -> int:
    made: int = stage.do(canteen_staff.add, stage.canteen, StaffInput(name="高翔", **facts))
    return made


def test_whoever_is_unfit_does_not_just_pass(stage: Stage) -> None:
    cook = _cook(stage, duty="厨师")
    days = {"on_date": stage.today, "today": stage.today}
    for wrong in (
        CheckInput(staff_id=cook, healthy=True, clean=True, temperature=373),
        CheckInput(staff_id=cook, healthy=False, clean=True),
        CheckInput(staff_id=cook, healthy=True, clean=False),
    ):
        with pytest.raises(DomainError, match="高翔晨检不合格，请写明怎么处理的"):
            stage.do(staff_checks.check, [wrong], **days)
    typo = CheckInput(staff_id=cook, healthy=True, clean=True, temperature=3650)
    with pytest.raises(DomainError, match="不像真的"):
        stage.do(staff_checks.check, [typo], **days)
    sick = CheckInput(staff_id=cook, healthy=False, clean=True, note="腹泻，已回家")
    stage.do(staff_checks.check, [sick], **days)
    well = CheckInput(staff_id=cook, healthy=True, clean=True, temperature=365)
    stage.do(staff_checks.check, [well], **days)
    (kept,) = stage.look(staff_checks.checks, stage.canteen, stage.today, stage.today)
    assert (kept.fit, kept.temperature, kept.note, kept.checked_by) == (True, 365, "", "赵敏")


def test_a_certificate_that_ends_is_spoken_of_a_month_before(stage: Stage) -> None:
    _cook(stage, certificate_until=stage.today + timedelta(days=31))
    assert stage.look(canteen_staff.ends, stage.canteen, today=stage.today) == ()
    (soon,) = stage.look(canteen_staff.ends, stage.canteen, today=stage.today + timedelta(days=1))
    assert (soon.days_left, soon.ends_soon, soon.expired) == (30, True, False)
    (over,) = stage.look(canteen_staff.ends, stage.canteen, today=stage.today + timedelta(days=32))
    assert over.expired


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"goods": ""}, "请填写品名"),
        ({"best_before": date(2026, 11, 20), "tickets_seen": True}, "已经过了保质期，不能验收"),
        ({"tickets_seen": False}, "票证不齐不能验收"),
        ({"accepted": False}, "请在备注里写明原因"),
        ({"made_on": date(2026, 11, 22), "tickets_seen": True}, "生产日期在到货以后"),
    ],
)
def test_what_must_not_be_taken_in_is_refused(
    stage: Stage, facts: dict[str, Any], said: str
) -> None:
    entered = ReceiptInput(
        **{"supplier": "海港水产", "goods": "带鱼", "quantity": "20 千克", **facts}
    )
    days = {"on_date": stage.today, "today": stage.today}
    with pytest.raises(DomainError, match=said):
        stage.do(food_receipts.take_in, stage.canteen, entered, **days)


def test_goods_that_were_sent_back_stay_in_the_register(stage: Stage) -> None:
    spoiled = ReceiptInput(
        supplier="海港水产",
        goods="带鱼",
        quantity="20 千克",
        accepted=False,
        temperature=125,
        note="解冻变质，当场退回",
    )
    days = {"on_date": stage.today, "today": stage.today}
    stage.do(food_receipts.take_in, stage.canteen, spoiled, **days)
    (kept,) = stage.look(food_receipts.receipts, stage.canteen, stage.today, stage.today)
    assert (kept.accepted, kept.note, kept.received_by) == (False, "解冻变质，当场退回", "赵敏")
    assert stage.look(food_receipts.suppliers, stage.canteen) == ("海港水产",)
