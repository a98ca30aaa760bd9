"""Tags that do not fit their people: by age and sex (resources/data/tag_limits.csv), or doubled."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ResidentTag
from app.services import search_keys
from app.services.ages import age_on, born_between
from app.services.chunks import chunks
from app.services.health.kinds import Check, Found, Group, Kind, Level, Repair
from app.services.health.people import COUNTED
from app.storage.lookup import Sql, lookup_of
from app.values.tables import read_table

_OPEN = f"""
    SELECT line.id, tag.name, resident.birth_date, resident.sex FROM resident_tag line
    JOIN tag ON tag.id = line.tag_id JOIN resident ON resident.id = line.resident_id
    WHERE {COUNTED} AND line.until IS NULL AND tag.deleted_at IS NULL AND tag.enabled
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """Whom a tag fits: ages from `least` to `most`, people of `sex`; None and '' for everybody."""

    name: str
    least: int | None
    most: int | None
    sex: str


@cache
def limits() -> tuple[Limits, ...]:
    """By name of the tag: an office that renames one is asked no more."""
    return tuple(
        Limits(row["name"], _number(row["least"]), _number(row["most"]), row["sex"])
        for row in read_table("tag_limits")
    )


def _number(text: str) -> int | None:
    return int(text) if text else None


def _misfits(session: Session, now: datetime) -> Iterator[Found]:
    for limit in limits():
        where, values = _outside(limit, now.date())
        found = Sql(f"{_OPEN} AND tag.name = ? AND ({where}) ORDER BY line.id", values)
        for key, name, born, sex in lookup_of(session).rows(found):
            yield key, f"“{name}”，{_facts(limit, born, sex, now.date())}"


def _outside(limit: Limits, today: date) -> tuple[str, tuple[Any, ...]]:
    first, last = born_between(limit.least, limit.most, today)
    parts: list[str] = []
    values: list[Any] = [limit.name]
    for words, value in (
        ("resident.birth_date > ?", last and last.isoformat()),
        ("resident.birth_date < ?", first and first.isoformat()),
        ("resident.sex <> ?", limit.sex),
    ):
        if value:
            parts.append(words)
            values.append(value)
    return " OR ".join(parts), tuple(values)


def _facts(limit: Limits, born: str | None, sex: str | None, today: date) -> str:
    if limit.sex and sex and sex != limit.sex:
        return f"登记的是{sex}性"
    age = age_on(date.fromisoformat(born), today) if born else None
    return "出生日期晚于今天" if age is None else f"现在 {age} 岁"


def _doubled(session: Session, _now: datetime) -> Iterator[Found]:
    """The later lines of a tag that somebody has twice now."""
    found = Sql(
        f"""{_OPEN} AND EXISTS (
            SELECT 1 FROM resident_tag first WHERE first.resident_id = line.resident_id
                AND first.tag_id = line.tag_id AND first.until IS NULL AND first.id < line.id
        ) ORDER BY line.id"""
    )
    return ((key, f"“{name}”记了两次") for key, name, _, _ in lookup_of(session).rows(found))


def _backwards(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        f"""
        SELECT line.id, tag.name, line.since, line.until FROM resident_tag line
        JOIN tag ON tag.id = line.tag_id JOIN resident ON resident.id = line.resident_id
        WHERE {COUNTED} AND line.until < line.since ORDER BY line.id
        """
    )
    for key, name, since, until in lookup_of(session).rows(found):
        yield key, f"“{name}”{until} 结束，{since} 才开始"


def _end(session: Session, ids: Sequence[int], now: datetime) -> int:
    people = []
    for part in chunks(ids, 500):
        for line in session.scalars(select(ResidentTag).where(ResidentTag.id.in_(part))):
            line.until = now.date()
            people.append(line.resident_id)
    search_keys.reindex(session, people)
    return len(people)


_ENDS = Repair(
    label="结束标签",
    promise="今天起结束这些标签，原来的记录留着；年龄登记错的，请先去改年龄。",
    mend=_end,
)

CHECKS = (
    Check(
        key="tag_misfit",
        group=Group.TAGS,
        level=Level.WRONG,
        kind=Kind.TAG,
        title="标签与年龄、性别不符",
        why="补贴和走访名单按标签出；标签贴错了人，该给的没给、不该给的给了。",
        example="“高龄”，现在 40 岁；“孕产妇”，登记的是男性",
        look=_misfits,
        repair=_ENDS,
    ),
    Check(
        key="tag_doubled",
        group=Group.TAGS,
        level=Level.WRONG,
        kind=Kind.TAG,
        title="标签记了两次",
        why="同一个标签记了两次，结束时会漏掉一个，标签的历史也看不清。",
        example="“低保”记了两次",
        look=_doubled,
        repair=Repair(
            label="结束多余的",
            promise="每人留下最早的一条，今天起结束多余的那些。",
            mend=_end,
        ),
    ),
    Check(
        key="tag_backwards",
        group=Group.TAGS,
        level=Level.WRONG,
        kind=Kind.TAG,
        title="标签先结束后开始",
        why="起止日期颠倒，按时间段统计时这条标签等于没有。",
        example="“低保”2026-01-01 结束，2026-06-01 才开始",
        look=_backwards,
    ),
)
