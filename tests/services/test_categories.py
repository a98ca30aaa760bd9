"""Kinds of matters and dangers: what is in use stays, what is offered is for the office to say."""

from typing import Any

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.models import CategoryGroup, DiaryEntry, RoundWay
from app.services import categories, recycle_bin
from tests.services.conftest import Clerk

MATTER, HAZARD = CategoryGroup.MATTER, CategoryGroup.HAZARD


@pytest.fixture
def clerk(clerk: Clerk) -> Clerk:
    clerk.do("开始", categories.seed)
    return clerk


def names(clerk: Clerk, group: CategoryGroup = MATTER) -> list[str]:
    return [one.name for one in clerk.see(lambda s: categories.categories(s, group))]


def kind(clerk: Clerk, name: str) -> Any:
    found = clerk.see(
        lambda s: [
            one
            for group in CategoryGroup
            for one in categories.categories(s, group, enabled_only=False)
        ]
    )
    return next(one for one in found if one.name == name)


def use(clerk: Clerk, category_id: int, column: str = "category_id") -> None:
    def write(session: Any) -> None:
        entry = DiaryEntry(
            on_date=clerk.today, way=RoundWay.ROUND, written_at=clerk.now, **{column: category_id}
        )
        session.add(entry)

    clerk.do("写日记", write)


def test_a_new_kind_stands_last_and_a_taken_name_is_refused(clerk: Clerk) -> None:
    clerk.do("加", lambda s: categories.add(s, MATTER, name=" 停车 ", consultation=True))
    assert names(clerk)[-1] == "停车"
    assert kind(clerk, "停车").consultation
    with pytest.raises(DomainError, match="已经有“停车”"):
        clerk.do("加", lambda s: categories.add(s, MATTER, name="停车"))
    clerk.do("加", lambda s: categories.add(s, HAZARD, name="停车", consultation=True))
    assert "停车" in names(clerk, HAZARD)
    with pytest.raises(DomainError, match="请填写"):
        clerk.do("加", lambda s: categories.add(s, MATTER, name="  "))


def test_a_kind_in_use_can_be_switched_off_but_not_deleted(clerk: Clerk) -> None:
    fire = kind(clerk, "消防")
    use(clerk, fire.id, "hazard_id")
    with pytest.raises(DomainError, match="已有 1 条日记或诉求在用，不能删除。请停用"):
        clerk.do("删", lambda s: categories.remove(s, fire.id, version=1, now=clerk.now))
    clerk.do("停", lambda s: categories.set_enabled(s, fire.id, False, version=1))
    assert "消防" not in names(clerk, HAZARD)
    assert not kind(clerk, "消防").enabled


def test_a_deleted_kind_lies_in_the_bin_and_its_name_waits_there(clerk: Clerk) -> None:
    noise = kind(clerk, "噪声油烟")
    clerk.do("删", lambda s: categories.remove(s, noise.id, version=1, now=clerk.now))
    assert "噪声油烟" not in names(clerk)
    with pytest.raises(DomainError, match="在回收站里"):
        clerk.do("加", lambda s: categories.add(s, MATTER, name="噪声油烟"))
    clerk.do("放回", lambda s: recycle_bin.restore(s, "category", noise.id, now=clerk.now))
    assert "噪声油烟" in names(clerk)


def test_the_last_kind_that_is_offered_stays(clerk: Clerk) -> None:
    kept, *others = clerk.see(lambda s: categories.categories(s, HAZARD))
    for one in others:
        clerk.do("停", lambda s, o=one: categories.set_enabled(s, o.id, False, version=1))
    with pytest.raises(DomainError, match="至少要留一类"):
        clerk.do("停", lambda s: categories.set_enabled(s, kept.id, False, version=1))
    with pytest.raises(DomainError, match="至少要留一类"):
        clerk.do("删", lambda s: categories.remove(s, kept.id, version=1, now=clerk.now))


def test_kinds_move_within_their_group(clerk: Clerk) -> None:
    first, second, *_ = names(clerk)
    clerk.do("下移", lambda s: categories.move(s, kind(clerk, first).id, by=1))
    assert names(clerk)[:2] == [second, first]
    clerk.do("上移", lambda s: categories.move(s, kind(clerk, second).id, by=-1))
    assert names(clerk)[:2] == [second, first]
    assert names(clerk, HAZARD)[0] == "消防"


def test_a_second_editor_is_told(clerk: Clerk) -> None:
    other = kind(clerk, "其他")
    change = {"name": "别的", "consultation": False}
    clerk.do("改", lambda s: categories.change(s, other.id, **change, version=other.version))
    with pytest.raises(ChangedMeanwhile):
        clerk.do("改", lambda s: categories.change(s, other.id, **change, version=other.version))
