"""Households and their heads: exactly one head, present, in the household that he leads."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Resident
from app.services import heads
from app.services.ages import age_on
from app.services.filters import PRESENT
from app.services.health.kinds import Check, Found, Group, Kind, Level, Repair
from app.storage.lookup import Sql, lookup_of

_MEMBERS = f"EXISTS (SELECT 1 FROM resident WHERE resident.household_id = home.id AND {PRESENT})"
_HOMES = f"""
    FROM household home LEFT JOIN resident head ON head.id = home.head_id
    WHERE home.deleted_at IS NULL AND {_MEMBERS}
"""
_GONE = "(head.deleted_at IS NOT NULL OR head.departure IS NOT NULL)"


def _headless(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(f"SELECT home.id {_HOMES} AND home.head_id IS NULL ORDER BY home.id")
    return ((one, "没有户主") for one in lookup_of(session).column(found))


def _head_left(session: Session, _now: datetime) -> Iterator[Found]:
    columns = "home.id, head.name, head.departure"
    found = Sql(f"SELECT {columns} {_HOMES} AND {_GONE} ORDER BY home.id")
    words = {"died": "已经死亡", "moved_out": "已经迁出", None: "已经删除"}
    for key, name, departure in lookup_of(session).rows(found):
        yield key, f"户主{name}{words[departure]}"


def _head_elsewhere(session: Session, _now: datetime) -> Iterator[Found]:
    """A head of two households is at home in one of them at most: the other is named."""
    elsewhere = "(head.household_id IS NULL OR head.household_id <> home.id)"
    where = f"head.id IS NOT NULL AND NOT {_GONE} AND {elsewhere}"
    columns = "home.id, head.name, own.number"
    source = _HOMES.replace("WHERE", "LEFT JOIN household own ON own.id = head.household_id WHERE")
    found = Sql(f"SELECT {columns} {source} AND {where} ORDER BY home.id")
    for key, name, own in lookup_of(session).rows(found):
        yield key, f"户主{name}在{f'户 {own}' if own else '别处'}，不在本户"


def _head_unnamed(session: Session, _now: datetime) -> Iterator[Found]:
    where = f"NOT {_GONE} AND head.household_id = home.id AND coalesce(head.relation, '') <> '户主'"
    columns = "home.id, head.name, head.relation"
    found = Sql(f"SELECT {columns} {_HOMES} AND {where} ORDER BY home.id")
    for key, name, relation in lookup_of(session).rows(found):
        yield key, f"户主{name}的关系写着“{relation or '空白'}”"


def _second_head(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        f"""
        SELECT resident.id, head.name FROM resident
        JOIN household home ON home.id = resident.household_id
        JOIN resident head ON head.id = home.head_id
        WHERE {PRESENT} AND resident.relation = '户主' AND head.id <> resident.id
            AND home.deleted_at IS NULL AND NOT {_GONE} AND head.household_id = home.id
        ORDER BY resident.id
        """
    )
    return ((key, f"本户的户主是{name}") for key, name in lookup_of(session).rows(found))


def _empty(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        "SELECT home.id FROM household home"
        f" WHERE home.deleted_at IS NULL AND NOT {_MEMBERS} ORDER BY home.id"
    )
    return ((one, "户里没有人了") for one in lookup_of(session).column(found))


def _set_heads(session: Session, ids: Sequence[int], _now: datetime) -> int:
    for household_id in ids:
        heads.ensure_head(session, household_id)
    return len(ids)


def _proposed(session: Session, ids: Sequence[int], now: datetime) -> dict[int, str]:
    return {one: _called(heads.proposed(session, one), now) for one in ids}


def _called(person: Resident | None, now: datetime) -> str:
    if person is None:
        return ""
    age = age_on(person.birth_date, now.date())
    facts = [person.relation or "", "" if age is None else f"{age} 岁"]
    inside = "，".join(fact for fact in facts if fact)
    return f"建议 {person.name}（{inside}）" if inside else f"建议 {person.name}"


def _clear_relation(session: Session, ids: Sequence[int], _now: datetime) -> int:
    for resident_id in ids:
        session.get_one(Resident, resident_id).relation = None
    return len(ids)


_CHOOSE = Repair(
    label="按建议定户主",
    promise="这些户各按建议定户主：先是关系写着“户主”的，再是配偶，再是年纪最大的。",
    mend=_set_heads,
    propose=_proposed,
)

CHECKS = (
    Check(
        key="headless",
        group=Group.HOMES,
        level=Level.WRONG,
        kind=Kind.HOUSEHOLD,
        title="户没有户主",
        why="按户印名册、按户发通知时，没有户主的户叫不出名字。",
        example="户 0417 有 3 人，没有户主",
        look=_headless,
        repair=_CHOOSE,
    ),
    Check(
        key="head_left",
        group=Group.HOMES,
        level=Level.WRONG,
        kind=Kind.HOUSEHOLD,
        title="户主已经离开",
        why="户主迁出、死亡或被删除以后，本户还记在他名下，名册和通知会找错人。",
        example="户 0417 的户主三年前已经迁出",
        look=_head_left,
        repair=_CHOOSE,
    ),
    Check(
        key="head_elsewhere",
        group=Group.HOMES,
        level=Level.WRONG,
        kind=Kind.HOUSEHOLD,
        title="户主不在本户",
        why="一个人只能做自己那一户的户主；做了两户的户主，就有一户其实没有户主。",
        example="户 0417 的户主住在户 0302",
        look=_head_elsewhere,
        repair=_CHOOSE,
    ),
    Check(
        key="head_unnamed",
        group=Group.HOMES,
        level=Level.WRONG,
        kind=Kind.HOUSEHOLD,
        title="户主的关系不对",
        why="户主与户主的关系应写“户主”，写成别的，按关系统计就不准。",
        example="户主本人的关系写着“妻”",
        look=_head_unnamed,
        repair=Repair(
            label="关系改成户主",
            promise="把这些户的户主本人的“与户主关系”改成“户主”。",
            mend=_set_heads,
        ),
    ),
    Check(
        key="second_head",
        group=Group.HOMES,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="一户两个户主",
        why="一户只有一个户主；多出来的人与户主是什么关系就不知道了。",
        example="户主是仇志国，王秀兰的关系也写着“户主”",
        look=_second_head,
        repair=Repair(
            label="清空关系",
            promise="户主不变，清空这些人的“与户主关系”，问清后再填。",
            mend=_clear_relation,
        ),
    ),
    Check(
        key="empty_home",
        group=Group.HOMES,
        level=Level.WANTING,
        kind=Kind.HOUSEHOLD,
        title="空户",
        why="人都迁出或去世以后户还留着，里面有他们的经过；知道就行，不用处理。",
        example="户 0417 的人都迁出了",
        look=_empty,
    ),
)
