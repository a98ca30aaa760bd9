"""What stands in the way of a deleted record's coming back, and what follows when it does."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Activity,
    Base,
    Building,
    Canteen,
    DeliveryRoute,
    DiaryEntry,
    Dish,
    FoodReceipt,
    Goods,
    Grid,
    GridMember,
    Household,
    JointUnit,
    Notice,
    Objection,
    OrderPause,
    PartyPairing,
    PointsItem,
    PointsRule,
    Post,
    Request,
    Resident,
    StandingOrder,
    StarLevel,
    Tag,
    Team,
    Topic,
    Visit,
    Volunteer,
    VolunteerNote,
)
from app.services import (
    order_generation,
    order_pauses,
    post_words,
    restore_meetings,
    search_keys,
    standing_orders,
    visit_alarms,
)
from app.services.history_words import TABLE_LABELS
from app.services.record_names import name_of


def check(session: Session, row: Any) -> None:
    """Raise DomainError where a record cannot stand beside what there is now."""
    for model, column, owner in (*_NEEDS, *restore_meetings.NEEDS):
        if isinstance(row, model):
            _owner_is_there(session, owner, getattr(row, column))
    if found := _CHECKS.get(type(row)):
        found(session, row)


def follow(session: Session, row: Any, *, now: datetime) -> tuple[str, ...]:
    """Bring along what hangs on a record that came back; says what is to be looked at."""
    if isinstance(row, Tag):
        search_keys.reindex_tagged(session, [row.id])
    if isinstance(row, Visit):
        visit_alarms.watch(session, row.resident_id)
    if isinstance(row, Post) and session.get_one(GridMember, row.member_id).user_id is not None:
        return ("任职放回来了；他登录后能看到哪些网格，请到“设置”的“使用人”里核对。",)
    if isinstance(row, StandingOrder | OrderPause):
        return _orders_follow(session, row, now)
    restore_meetings.follow(session, row)
    return ()


def _orders_follow(
    session: Session, row: StandingOrder | OrderPause, now: datetime
) -> tuple[str, ...]:
    done = (
        order_pauses.follow_stop(session, row, now=now)
        if isinstance(row, OrderPause)
        else order_generation.follow(session, row.resident_id, now=now)
    )
    return (f"已经排好的订餐跟着改了：{done.words}。",) if done else ()


# What a record is nothing without: column and table.
_NEEDS: tuple[tuple[type[Base], str, type[Base]], ...] = (
    (Objection, "notice_id", Notice),
    (Post, "member_id", GridMember),
    (Post, "grid_id", Grid),
    (Post, "building_id", Building),
    (PartyPairing, "member_id", GridMember),
    (PartyPairing, "building_id", Building),
    (PartyPairing, "household_id", Household),
    (Building, "grid_id", Grid),
    (Visit, "resident_id", Resident),
    (DiaryEntry, "grid_id", Grid),
    (Request, "grid_id", Grid),
    (Request, "merged_into_id", Request),
    (Topic, "grid_id", Grid),
    (Topic, "merged_into_id", Topic),
    (Volunteer, "resident_id", Resident),
    (VolunteerNote, "volunteer_id", Volunteer),
    (Activity, "item_id", PointsItem),
    (Activity, "team_id", Team),
    (PointsRule, "item_id", PointsItem),
    (StandingOrder, "resident_id", Resident),
    (StandingOrder, "canteen_id", Canteen),
    (OrderPause, "resident_id", Resident),
    (DeliveryRoute, "canteen_id", Canteen),
    (FoodReceipt, "canteen_id", Canteen),
)


def _owner_is_there(session: Session, owner: type[Base], owner_id: int | None) -> None:
    if owner_id is None:
        return
    row: Any = session.get_one(owner, owner_id)
    if row.deleted_at is None:
        return
    label = "公示" if owner is Notice else TABLE_LABELS[owner.__tablename__]
    name = name_of(session, owner.__tablename__, owner_id)
    raise DomainError(f"它属于{label}“{name}”，{label}也在回收站里，请先放回{label}。")


def _grid_is_free(session: Session, row: Grid) -> None:
    same = (Grid.number == row.number) | (Grid.name == row.name)
    if row.code:
        same |= Grid.code == row.code
    taken = session.scalar(select(Grid.name).where(Grid.deleted_at.is_(None), same))
    if taken is not None:
        raise DomainError(
            f"现在的“{taken}”和它同号或同名，或者编码相同，请先改那个网格，再放回来。"
        )


def _member_is_single(session: Session, row: GridMember) -> None:
    if row.resident_id is None:
        return
    other = select(GridMember.name).where(
        GridMember.deleted_at.is_(None), GridMember.resident_id == row.resident_id
    )
    if name := session.scalar(other):
        raise DomainError(f"人员名单里已经有{name}，是同一位居民，不能再放回一份。")


def _post_is_free(session: Session, row: Post) -> None:
    """An exclusive post that somebody else has held since."""
    if not post_words.exclusive(session, row.kind):
        return
    others = select(GridMember.name).where(
        Post.member_id == GridMember.id,
        Post.deleted_at.is_(None),
        Post.kind == row.kind,
        Post.grid_id.is_not_distinct_from(row.grid_id),
        Post.building_id.is_not_distinct_from(row.building_id),
        Post.unit == row.unit,
        func.coalesce(Post.until, date.max) >= row.since,
        Post.since <= (row.until or date.max),
    )
    if name := session.scalar(others):
        words = post_words.of_post(session, row)
        raise DomainError(f"这段时间的{words}是{name}，请先改他的任职日期，再放回来。")


def _name_is_free(what: str, within: str = "") -> Callable[[Session, Any], None]:
    """Nothing else has the name now; `within`: nothing of the same column."""

    def check(session: Session, row: Any) -> None:
        model = type(row)
        same = select(model.id).where(model.deleted_at.is_(None), model.name == row.name)
        if within:
            same = same.where(getattr(model, within) == getattr(row, within))
        if session.scalar(same.limit(1)) is not None:
            raise DomainError(f"现在已经有一{what}叫“{row.name}”，请先改它的名字，再放回来。")

    return check


def _barcode_is_free(session: Session, row: Goods) -> None:
    if row.barcode is None:
        return
    same = select(Goods.name).where(Goods.deleted_at.is_(None), Goods.barcode == row.barcode)
    if name := session.scalar(same.limit(1)):
        raise DomainError(f"条码 {row.barcode} 现在是“{name}”的，请先改那个商品，再放回来。")


def _rule_is_alone(session: Session, row: PointsRule) -> None:
    others = select(PointsRule.since).where(
        PointsRule.item_id == row.item_id,
        PointsRule.deleted_at.is_(None),
        func.coalesce(PointsRule.until, date.max) >= row.since,
        PointsRule.since <= (row.until or date.max),
    )
    if since := session.scalar(others.limit(1)):
        raise DomainError(f"这段时间已经有 {since:%Y-%m-%d} 起的规则，请先停止那条，再放回来。")


def _stars_are_free(session: Session, row: StarLevel) -> None:
    others = select(StarLevel.hours).where(
        StarLevel.stars == row.stars,
        StarLevel.deleted_at.is_(None),
        func.coalesce(StarLevel.until, date.max) >= row.since,
        StarLevel.since <= (row.until or date.max),
    )
    if (hours := session.scalar(others.limit(1))) is not None:
        raise DomainError(f"{row.stars} 星现在按 {hours} 小时认定，请先停止那条，再放回来。")


_CHECKS: dict[type[Base], Callable[[Session, Any], None]] = {
    Grid: _grid_is_free,
    GridMember: _member_is_single,
    Post: _post_is_free,
    Team: _name_is_free("个队伍"),
    PointsItem: _name_is_free("个积分事项"),
    Canteen: _name_is_free("个食堂"),
    Dish: _name_is_free("道菜"),
    JointUnit: _name_is_free("个单位", "kind"),
    DeliveryRoute: _name_is_free("条路线", "canteen_id"),
    StandingOrder: standing_orders.check_once,
    OrderPause: order_pauses.check_apart,
    PointsRule: _rule_is_alone,
    StarLevel: _stars_are_free,
    Goods: _barcode_is_free,
    **restore_meetings.CHECKS,
}
