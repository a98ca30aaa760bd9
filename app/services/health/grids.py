"""Posts that contradict each other or belong to nobody, people in another grid than their house."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import PostKind
from app.services import places, post_words
from app.services.filters import PRESENT
from app.services.health.kinds import Check, Found, Group, Kind, Level
from app.services.resident_rows import DEPARTURE_LABELS
from app.storage.lookup import Sql, lookup_of

_HELD = "post.deleted_at IS NULL AND (post.until IS NULL OR post.until >= ?)"
_PAIRED = "pairing.deleted_at IS NULL AND (pairing.until IS NULL OR pairing.until >= ?)"


def _overlaps(session: Session, _now: datetime) -> Iterator[Found]:
    """The later of two in a post that one person holds alone."""
    alone = [f"'{kind}'" for kind in PostKind if post_words.exclusive(session, kind)]
    found = Sql(
        f"""
        SELECT post.id, min(other_member.name), min(other.since) FROM post
        JOIN post AS other ON other.kind = post.kind AND other.deleted_at IS NULL
            AND coalesce(other.grid_id, 0) = coalesce(post.grid_id, 0)
            AND coalesce(other.building_id, 0) = coalesce(post.building_id, 0)
            AND other.unit = post.unit
            AND (other.since < post.since OR (other.since = post.since AND other.id < post.id))
            AND (other.until IS NULL OR other.until >= post.since)
        JOIN grid_member AS other_member ON other_member.id = other.member_id
        WHERE post.deleted_at IS NULL AND post.kind IN ({", ".join(alone)})
        GROUP BY post.id ORDER BY post.id
        """
    )
    for key, name, since in lookup_of(session).rows(found):
        yield key, f"{since} 起已由{name}担任，还没有离任"


def _lost_posts(session: Session, now: datetime) -> Iterator[Found]:
    found = Sql(
        f"""
        SELECT post.id, member.deleted_at, grid.name, building.number FROM post
        JOIN grid_member AS member ON member.id = post.member_id
        LEFT JOIN grid ON grid.id = post.grid_id AND grid.deleted_at IS NOT NULL
        LEFT JOIN building ON building.id = post.building_id AND building.deleted_at IS NOT NULL
        WHERE {_HELD} AND (member.deleted_at IS NOT NULL OR grid.id IS NOT NULL
            OR building.id IS NOT NULL)
        ORDER BY post.id
        """,
        (now.date().isoformat(),),
    )
    for key, gone, grid, building in lookup_of(session).rows(found):
        what = "任职的人" if gone else grid or places.building_label(building, None)
        yield key, f"{what}已经删除，任职还没有结束"


def _left_posts(session: Session, now: datetime) -> Iterator[Found]:
    found = Sql(
        f"""
        SELECT post.id, resident.departure, resident.departed_on FROM post
        JOIN grid_member AS member ON member.id = post.member_id AND member.deleted_at IS NULL
        JOIN resident ON resident.id = member.resident_id
        WHERE {_HELD} AND resident.departure IS NOT NULL ORDER BY post.id
        """,
        (now.date().isoformat(),),
    )
    for key, departure, day in lookup_of(session).rows(found):
        yield key, f"{day or ''} 已经{DEPARTURE_LABELS[departure]}，任职还没有结束".strip()


def _lost_pairings(session: Session, now: datetime) -> Iterator[Found]:
    found = Sql(
        f"""
        SELECT pairing.id, member.deleted_at, building.number, household.number
        FROM party_pairing AS pairing
        JOIN grid_member AS member ON member.id = pairing.member_id
        LEFT JOIN building
            ON building.id = pairing.building_id AND building.deleted_at IS NOT NULL
        LEFT JOIN household
            ON household.id = pairing.household_id AND household.deleted_at IS NOT NULL
        WHERE {_PAIRED} AND (member.deleted_at IS NOT NULL OR building.id IS NOT NULL
            OR household.id IS NOT NULL)
        ORDER BY pairing.id
        """,
        (now.date().isoformat(),),
    )
    for key, gone, building, home in lookup_of(session).rows(found):
        place = places.building_label(building, None) if building else f"户 {home}"
        yield key, f"{'包联的党员' if gone else place}已经删除，包联还没有结束"


def _other_grids(session: Session, _now: datetime) -> Iterator[Found]:
    """Fewer than half of a unit: where a house is divided between grids, it is by units."""
    found = Sql(
        f"""
        SELECT resident.id, grid.name, most.name FROM resident
        JOIN dwelling ON dwelling.id = resident.dwelling_id
        JOIN building ON building.id = dwelling.building_id AND building.deleted_at IS NULL
        JOIN grid ON grid.id = resident.grid_id
        JOIN grid AS most ON most.id = building.grid_id AND most.deleted_at IS NULL
        JOIN (
            SELECT dwelling.building_id, coalesce(dwelling.unit, '') AS unit, resident.grid_id,
                count(*) AS people
            FROM resident JOIN dwelling ON dwelling.id = resident.dwelling_id
            WHERE {PRESENT} GROUP BY dwelling.building_id, coalesce(dwelling.unit, ''),
                resident.grid_id
        ) AS mine ON mine.building_id = building.id AND mine.grid_id = resident.grid_id
            AND mine.unit = coalesce(dwelling.unit, '')
        JOIN (
            SELECT dwelling.building_id, coalesce(dwelling.unit, '') AS unit, count(*) AS people
            FROM resident JOIN dwelling ON dwelling.id = resident.dwelling_id
            WHERE {PRESENT} GROUP BY dwelling.building_id, coalesce(dwelling.unit, '')
        ) AS whole ON whole.building_id = building.id AND whole.unit = mine.unit
        WHERE {PRESENT} AND resident.grid_id <> building.grid_id
            AND 2 * mine.people < whole.people
        ORDER BY resident.id
        """
    )
    for key, mine, most in lookup_of(session).rows(found):
        yield key, f"登记在{mine}，这栋楼在{most}"


CHECKS = (
    Check(
        key="post_twice",
        group=Group.GRIDS,
        level=Level.WRONG,
        kind=Kind.POST,
        title="一个职务两个人",
        why="网格长、楼长同一时间只有一人；公示牌和走访单不知道该印谁。",
        example="2026-01-01 起已由孙丽担任，还没有离任",
        look=_overlaps,
    ),
    Check(
        key="post_lost",
        group=Group.GRIDS,
        level=Level.WRONG,
        kind=Kind.POST,
        title="任职的人或地方已删除",
        why="组织图和公示牌上会少一个人，这个职务却不算空缺。",
        example="第六网格已经删除，任职还没有结束",
        look=_lost_posts,
    ),
    Check(
        key="post_left",
        group=Group.GRIDS,
        level=Level.WRONG,
        kind=Kind.POST,
        title="任职的人已经离开",
        why="迁出或去世的人还印在公示牌上，请登记离任，再请人接任。",
        example="2026-05-01 已经迁出，任职还没有结束",
        look=_left_posts,
    ),
    Check(
        key="pairing_lost",
        group=Group.GRIDS,
        level=Level.WRONG,
        kind=Kind.PAIRING,
        title="包联的人、楼或户已删除",
        why="包楼联户的名单上有这一条，实际上没有人联系他们。",
        example="户 0417 已经删除，包联还没有结束",
        look=_lost_pairings,
    ),
    Check(
        key="other_grid",
        group=Group.GRIDS,
        level=Level.WANTING,
        kind=Kind.RESIDENT,
        title="与同单元的人不在一个网格",
        why="一栋楼分给几个网格时按单元分；零星几个人不同，多半是填错了。",
        example="登记在第四网格，这栋楼在第三网格",
        look=_other_grids,
        whole=True,
    ),
)
