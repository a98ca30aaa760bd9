"""What ends today or is late, in one sentence each: said at every start.

By SQL text, and apart from the services of notices and requests: a program that only shows the
list of residents shall not have loaded them.
"""

from datetime import date, datetime, timedelta

from app.models import OPEN_RESOLUTIONS, RequestState, TopicState
from app.services import activity_due
from app.storage.lookup import Source, Sql, all_of, lookup_of, one_of, query

WARN_DAYS = 30
"""How long before its end a health certificate is spoken of."""
_NOBODY_ASKS = (RequestState.CALLED_BACK, RequestState.CLOSED)
_CARRIED = [one.value for one in OPEN_RESOLUTIONS]
_ASKED = [state.value for state in RequestState if state not in _NOBODY_ASKS]


def publicity(source: Source, *, today: date) -> str:
    """2 件公示今天期满，1 件公示期满待撤; '' where there is nothing to remind of."""
    hanging = Sql("kind = '公示' AND deleted_at IS NULL AND taken_down_on IS NULL")
    late, ending = _counts(source, "notice", "ends_on", [hanging], today)
    parts = [f"{ending} 件公示今天期满"] if ending else []
    parts += [f"{late} 件公示期满待撤"] if late else []
    return "，".join(parts)


def requests(source: Source, *, today: date) -> str:
    """诉求 1 件超期，3 件今天到期; those merged into another go on with it."""
    asked = [
        Sql("deleted_at IS NULL"),
        one_of("state", _ASKED),
        Sql("merged_into_id IS NULL OR state = ?", (RequestState.DONE.value,)),
    ]
    late, due = _counts(source, "request", "due_on", asked, today)
    said = [f"{late} 件超期"] if late else []
    said += [f"{due} 件今天到期"] if due else []
    return f"诉求 {'，'.join(said)}" if said else ""


def resolutions(source: Source, *, today: date) -> str:
    """决议 1 项超期，2 项今天到期; whoever sees some grids only is told of theirs."""
    waiting = [Sql("deleted_at IS NULL"), one_of("state", _CARRIED)]
    late, due = _counts(source, "resolution", "due_on", waiting, today)
    said = [f"{late} 项超期"] if late else []
    said += [f"{due} 项今天到期"] if due else []
    return f"决议 {'，'.join(said)}" if said else ""


def activities(source: Source, *, today: date) -> str:
    """活动 2 次超期没有记录; '' where every record is there in time (order 67 art. 11)."""
    tables = "activity AS a JOIN points_item AS i ON i.id = a.item_id"
    wanted = query("count(*)", tables, activity_due.late(source, today=today))
    late = lookup_of(source).value(wanted)
    return f"活动 {late} 次超期没有记录" if late else ""


def topics(source: Source, *, days: int, today: date) -> str:
    """居民提事 3 件超过 7 天没有审定; '' with 0 days, for which nobody is reminded."""
    came = Sql("came_on < ?", ((today - timedelta(days=days)).isoformat(),))
    waiting = [Sql("deleted_at IS NULL AND state = ?", (TopicState.RAISED.value,)), came]
    late = lookup_of(source).value(query("count(*)", "topic", waiting)) if days else 0
    return f"居民提事 {late} 件超过 {days} 天没有审定" if late else ""


def care(source: Source, *, handed: bool = False) -> str:
    """食堂要关心的 1 人还没查明: cases without a result, or those handed to the grid members."""
    open_ones = [Sql("c.closed_at IS NULL AND r.deleted_at IS NULL AND r.departure IS NULL")]
    open_ones += [Sql("c.member_id IS NOT NULL")] if handed else []
    tables = "care_case c JOIN resident r ON r.id = c.resident_id"
    count = lookup_of(source).value(query("count(*)", tables, open_ones))
    return f"食堂要关心的 {count} 人还没查明" if count else ""


def kitchen(source: Source, *, now: datetime) -> str:
    """留样 9 份可以销毁，健康证 1 人过期; of the canteens that there are."""
    lookup, there = lookup_of(source), Sql("c.deleted_at IS NULL")
    kept = Sql("s.destroyed_at IS NULL AND s.keep_until <= ?", (f"{now:%Y-%m-%d %H:%M:%S.%f}",))
    samples = "food_sample AS s JOIN canteen AS c ON c.id = s.canteen_id"
    boxes = lookup.value(query("count(*)", samples, [there, kept]))
    today = now.date()
    days = (today.isoformat(), today.isoformat(), f"{today + timedelta(days=WARN_DAYS)}")
    staff = query(
        "sum(CASE WHEN s.certificate_until < ? THEN 1 ELSE 0 END),"
        " sum(CASE WHEN s.certificate_until BETWEEN ? AND ? THEN 1 ELSE 0 END)",
        "canteen_staff AS s JOIN canteen AS c ON c.id = s.canteen_id",
        [there, Sql("s.left_on IS NULL")],
    )
    over, soon = next(lookup.rows(Sql(staff.text, (*days, *staff.values))))
    said = [f"留样 {boxes} 份可以销毁"] if boxes else []
    said += [f"健康证 {over} 人过期"] if over else []
    said += [f"健康证 {soon} 人快到期"] if soon else []
    return "，".join(said)


def _counts(source: Source, table: str, day: str, where: list[Sql], today: date) -> tuple[int, int]:
    """How many should have been done before today, and how many are to be done today."""
    what = f"sum(CASE WHEN {day} < ? THEN 1 ELSE 0 END), sum(CASE WHEN {day} = ? THEN 1 ELSE 0 END)"
    found = query(what, table, [all_of(where)])
    values = (today.isoformat(), today.isoformat(), *found.values)
    late, due = next(lookup_of(source).rows(Sql(found.text, values)))
    return late or 0, due or 0
