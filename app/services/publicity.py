"""公示: how long it hangs, what comes in meanwhile, when it may be taken down.

Days count from the day after posting to 24:00 of the last one (民法典 201, 203; domain.md 5.5).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Notice, NoticePhoto, Objection
from app.services import calendar, settings
from app.services.calendar import WorkCalendar
from app.services.notice_kinds import PUBLICITY

NATURAL, WORKING = "自然日", "工作日"
UNITS = (NATURAL, WORKING)
DEFAULT_DAYS = 7
AFFAIRS_FLOOR = 15
# 城市居民委员会组织法（2025修订）第三十四条
AFFAIRS = (
    "居民会议或居民代表会议决定的事项",
    "政府拨付和社会捐赠的资金物资",
    "居委会设施的管理使用",
    "社区服务项目的实施",
    "协商确定的事项及其落实",
    "协助政府开展的工作",
    "其他涉及居民利益的事项",
)
_MOST_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a 公示 says about itself; `affair` is '' or one of AFFAIRS."""

    posted_on: date | None
    days: int
    unit: str = NATURAL
    affair: str = ""
    objections_to: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first counted day to the last, which ends at 24:00."""

    begins_on: date
    ends_on: date
    moved: bool
    """The last day was a statutory holiday, so that another one follows."""
    guessed: bool
    """A year's holidays are not known: the last day may be another one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a 公示 stands on a day; the chip's words and tone, and a sentence."""

    chip: str
    tone: str
    sentence: str
    posted_on: date | None
    ends_on: date | None
    taken_down_on: date | None
    days: int
    unit: str
    affair: str
    result: str
    photos: int
    objections: int
    unanswered: int
    guessed: bool


def period(session: Session, terms: Terms) -> Period:
    """When a 公示 ends that is posted on `terms.posted_on` (which must be set)."""
    moves_on = settings.value(session, settings.PUBLICITY_MOVES_ON)
    return _reckoned(calendar.load(session), terms, moves_on=moves_on)


def _reckoned(days: WorkCalendar, terms: Terms, *, moves_on: bool) -> Period:
    if terms.posted_on is None:
        raise DomainError("还没有张贴日期，算不出期满日。")
    return reckon(days, terms.posted_on, terms.days, terms.unit, moves_on=moves_on)


def reckon(days: WorkCalendar, posted_on: date, count: int, unit: str, *, moves_on: bool) -> Period:
    """Count `count` days of a kind from the day after posting."""
    if unit == WORKING:
        last = days.working_day(posted_on, count)
    else:
        last = posted_on + timedelta(days=count)
    moved = moves_on and days.is_holiday(last)
    while moves_on and days.is_holiday(last):
        last += timedelta(days=1)
    guessed = _is_guessed(days, posted_on, last, unit, moves_on=moves_on)
    return Period(posted_on + timedelta(days=1), last, moved, guessed)


def _is_guessed(
    days: WorkCalendar, posted_on: date, last: date, unit: str, *, moves_on: bool
) -> bool:
    """Working days hang on every holiday in between, natural days on that of the last day."""
    if unit == WORKING:
        return days.guessed(posted_on, last)
    return moves_on and days.guessed(last, last)


def check(session: Session, terms: Terms) -> None:
    """Raise DomainError where the days are not enough or the channel is missing."""
    if terms.unit not in UNITS:
        raise DomainError("公示天数请选自然日或工作日。")
    if not 1 <= terms.days <= _MOST_DAYS:
        raise DomainError(f"公示天数应在 1 到 {_MOST_DAYS} 之间，请填写。")
    if not terms.objections_to.strip():
        raise DomainError("公示要写明向谁提意见，请填异议渠道。")
    if terms.affair and terms.affair not in AFFAIRS:
        raise DomainError("居务公开的事项请从列出的七类里选。")
    if terms.affair and terms.days < AFFAIRS_FLOOR and not _long_enough(session, terms):
        raise DomainError(
            f"居务公开的公布期限不得少于 {AFFAIRS_FLOOR} 日"
            f"（居民委员会组织法第三十四条），现在是 {terms.days} 个{terms.unit}，请加长。"
        )


def _long_enough(session: Session, terms: Terms) -> bool:
    """Fewer working days may span fifteen days; that shows only with the day of posting."""
    if terms.unit != WORKING or terms.posted_on is None:
        return False
    ends_on = period(session, terms).ends_on
    return (ends_on - terms.posted_on).days >= AFFAIRS_FLOOR


def channel(session: Session) -> str:
    """Where objections go unless something else is written: address and telephone."""
    address = settings.value(session, settings.OFFICE_ADDRESS)
    phone = settings.value(session, settings.OFFICE_PHONE)
    name = settings.value(session, settings.COMMUNITY_NAME).removesuffix("居民委员会")
    reached = "，".join(filter(None, (address, f"电话 {phone}" if phone else "")))
    return f"{name}居民委员会（{reached}）" if reached else f"{name}居民委员会"


def check_change(session: Session, row: Notice, *, kind_name: str, posted_on: date | None) -> None:
    """Raise DomainError where a change would falsify the record of what hung on the board."""
    if row.taken_down_on is not None:
        raise DomainError("这份公示已经撤下存档，不能再改。要再发一份，请点「再用一次」。")
    first = session.scalar(
        select(func.min(Objection.raised_on)).where(
            Objection.notice_id == row.id, Objection.deleted_at.is_(None)
        )
    )
    if first is None:
        return
    if kind_name != PUBLICITY or posted_on is None or posted_on > first:
        raise DomainError(
            f"这份公示 {first:%Y-%m-%d} 已有异议，文种不能改，张贴日期不能删去或改到那天以后。"
        )


def post(session: Session, notice_id: int, *, on: date) -> Period:
    """It was put up on the board: the days begin; raises DomainError if it hangs already."""
    row = row_of(session, notice_id)
    if row.posted_on is not None:
        raise DomainError(f"这份公示 {row.posted_on:%Y-%m-%d} 已经张贴，不用再登记。")
    terms = replace(_terms(row), posted_on=on)
    check(session, terms)
    found = period(session, terms)
    row.posted_on, row.ends_on = on, found.ends_on
    session.flush()
    return found


def recount(session: Session) -> int:
    """Set the last day of everything that hangs anew, after the calendar changed; gives how many.

    What was taken down keeps the period that was in force then.
    """
    hanging = session.scalars(
        select(Notice).where(
            Notice.kind == PUBLICITY,
            Notice.deleted_at.is_(None),
            Notice.posted_on.is_not(None),
            Notice.taken_down_on.is_(None),
        )
    )
    days = calendar.load(session)
    moves_on = settings.value(session, settings.PUBLICITY_MOVES_ON)
    changed = 0
    for row in hanging:
        ends_on = _reckoned(days, _terms(row), moves_on=moves_on).ends_on
        changed += ends_on != row.ends_on
        row.ends_on = ends_on
    session.flush()
    return changed


def take_down(session: Session, notice_id: int, *, on: date, result: str) -> None:
    """It came off the board; early only with the result saying why, never with open objections."""
    row = row_of(session, notice_id)
    result = result.strip()
    if row.posted_on is None or row.ends_on is None:
        raise DomainError("这份公示还没有登记张贴，谈不上撤下。请先登记张贴日期。")
    if row.taken_down_on is not None:
        raise DomainError(f"这份公示 {row.taken_down_on:%Y-%m-%d} 已经撤下。")
    if on < row.posted_on:
        raise DomainError("撤下日期早于张贴日期，请核对。")
    if not result:
        raise DomainError("请写明公示结果，如“公示期满，无异议”。")
    waiting = _count(session, notice_id, answered=False)
    if waiting:
        raise DomainError(f"还有 {waiting} 条异议没有答复，答复以后再撤下。")
    if on <= row.ends_on and "提前" not in result:
        raise DomainError(
            f"公示到 {row.ends_on:%Y-%m-%d} 24:00 才期满。确需提前撤下的，"
            "请在结果里写明“提前撤下”和原因。"
        )
    row.taken_down_on, row.result = on, result
    session.flush()


def standing(session: Session, notice_id: int, *, today: date) -> Standing:
    """How one 公示 stands today."""
    row = row_of(session, notice_id)
    chip, tone = state(row.posted_on, row.ends_on, row.taken_down_on, today=today)
    unanswered = _count(session, notice_id, answered=False)
    return Standing(
        chip=chip,
        tone=tone,
        sentence=_sentence(row, today),
        posted_on=row.posted_on,
        ends_on=row.ends_on,
        taken_down_on=row.taken_down_on,
        days=row.period_days or 0,
        unit=row.period_kind or NATURAL,
        affair=row.affair or "",
        result=row.result or "",
        photos=_photos(session, notice_id),
        objections=_count(session, notice_id, answered=True) + unanswered,
        unanswered=unanswered,
        guessed=_guessed(session, row),
    )


def unanswered(session: Session, notice_id: int) -> int:
    """How many objections to a 公示 wait for an answer."""
    return _count(session, notice_id, answered=False)


def state(
    posted_on: date | None, ends_on: date | None, taken_down_on: date | None, *, today: date
) -> tuple[str, str]:
    """The word for a 公示 and the tone of its chip."""
    if taken_down_on is not None:
        return "已撤下", "grey"
    if posted_on is None or ends_on is None or posted_on > today:
        return "未张贴", "grey"
    if today < ends_on:
        return "在期", "info"
    return ("今天期满", "warn") if today == ends_on else ("期满待撤", "danger")


def in_period(session: Session, *, today: date) -> int:
    """How many hang now and have not run out, today included."""
    return _hanging(session, Notice.ends_on >= today)


def due(session: Session, *, today: date) -> int:
    """How many run out today or should have been taken down."""
    return _hanging(session, Notice.ends_on <= today)


def row_of(session: Session, notice_id: int) -> Notice:
    """The row of a 公示; raises DomainError if it is gone."""
    row = session.get(Notice, notice_id)
    if row is None or row.deleted_at is not None or row.kind != PUBLICITY:
        raise DomainError("这份公示已经被删除，请刷新列表。")
    return row


def _hanging(session: Session, condition: ColumnElement[bool]) -> int:
    wanted = (
        select(func.count())
        .select_from(Notice)
        .where(
            Notice.kind == PUBLICITY,
            Notice.deleted_at.is_(None),
            Notice.taken_down_on.is_(None),
            condition,
        )
    )
    return session.scalar(wanted) or 0


def _count(session: Session, notice_id: int, *, answered: bool) -> int:
    is_open = Objection.answered_on.is_not(None) if answered else Objection.answered_on.is_(None)
    found = session.scalar(
        select(func.count())
        .select_from(Objection)
        .where(Objection.notice_id == notice_id, Objection.deleted_at.is_(None), is_open)
    )
    return found or 0


def _terms(row: Notice) -> Terms:
    return Terms(
        posted_on=row.posted_on,
        days=row.period_days or 0,
        unit=row.period_kind or NATURAL,
        affair=row.affair or "",
        objections_to=row.objections_to or "",
    )


def _photos(session: Session, notice_id: int) -> int:
    counted = select(func.count()).where(NoticePhoto.notice_id == notice_id)
    return session.scalar(counted) or 0


def _guessed(session: Session, row: Notice) -> bool:
    if row.posted_on is None or row.ends_on is None:
        return False
    moves_on = settings.value(session, settings.PUBLICITY_MOVES_ON)
    unit = row.period_kind or NATURAL
    days = calendar.load(session)
    return _is_guessed(days, row.posted_on, row.ends_on, unit, moves_on=moves_on)


def _sentence(row: Notice, today: date) -> str:
    """第 3 天，还剩 12 天，12月6日 24:00 期满."""
    if row.posted_on is None or row.ends_on is None:
        return "登记张贴日期后开始计天，张贴次日是第 1 天。"
    if row.taken_down_on is not None:
        return f"{row.posted_on:%Y-%m-%d} 张贴，{row.taken_down_on:%Y-%m-%d} 撤下。"
    if row.posted_on > today:
        return f"{row.posted_on:%Y-%m-%d} 张贴，张贴次日是第 1 天。"
    end = f"{row.ends_on.month}月{row.ends_on.day}日 24:00"
    left = (row.ends_on - today).days
    if left < 0:
        return f"{end} 已期满，过了 {-left} 天，可以撤下。"
    if left == 0:
        return "今天 24:00 期满，明天可以撤下。"
    gone = max(0, (today - row.posted_on).days)
    begun = f"第 {gone} 天" if gone else "明天起计第 1 天"
    return f"{begun}，还剩 {left} 天，{end} 期满。"
