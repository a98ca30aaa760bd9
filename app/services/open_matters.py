"""What is begun and not done: the list that a successor gets, and where each thing is found.

A new tab adds its look to `LOOKS`; nothing else has to know of it.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Certificate, Draft, Notice, Objection, Resident
from app.services import (
    look_alikes,
    open_meals,
    open_meetings,
    open_points,
    open_rounds,
    privacy,
    publicity,
    retention,
)
from app.services.certificate_views import OPEN_STAGES, STAGE_LABELS
from app.services.filters import present
from app.services.health.examination import wanted
from app.services.health.kinds import Group
from app.services.notice_kinds import PUBLICITY
from app.services.open_kinds import OpenMatter

_MOST_PAIRS = 50
_CERTIFICATES, _NOTICES, _PEOPLE = "文书 → 证明", "文书 → 通知、公示", "居民"
_HEALTH, _PRIVACY = "设置 → 数据体检", "设置 → 隐私"


Look = Callable[[Session, date], Iterator[OpenMatter]]


def open_matters(session: Session, *, today: date) -> list[OpenMatter]:
    """Everything that waits for somebody, by tab."""
    return [matter for look in LOOKS for matter in look(session, today)]


def _certificates(session: Session, _today: date) -> Iterator[OpenMatter]:
    """By what they wait for, with the day of the oldest."""
    found = session.execute(
        select(Certificate.stage, func.count(), func.min(Certificate.drafted_at))
        .where(Certificate.stage.in_(OPEN_STAGES))
        .group_by(Certificate.stage)
    )
    by_stage = {stage: (count, oldest) for stage, count, oldest in found}
    for stage in OPEN_STAGES:
        if stage in by_stage:
            count, oldest = by_stage[stage]
            words = f"{count:,} 件，最早 {oldest:%Y-%m-%d}"
            yield OpenMatter(f"证明：{STAGE_LABELS[stage]}", words, _CERTIFICATES)


def _hanging(session: Session, today: date) -> Iterator[OpenMatter]:
    """Each 公示 that hangs or waits to be put up: the next one must know its last day."""
    rows = session.execute(
        select(Notice.title, Notice.posted_on, Notice.ends_on)
        .where(
            Notice.kind == PUBLICITY, Notice.deleted_at.is_(None), Notice.taken_down_on.is_(None)
        )
        .order_by(Notice.ends_on, Notice.id)
    )
    for title, posted_on, ends_on in rows:
        state, _ = publicity.state(posted_on, ends_on, None, today=today)
        words = f"{state}，{ends_on:%Y-%m-%d} 期满" if posted_on and ends_on else state
        yield OpenMatter(f"公示：{title}", words, _NOTICES)


def _objections(session: Session, _today: date) -> Iterator[OpenMatter]:
    rows = session.execute(
        select(Notice.title, func.count())
        .join(Objection, Objection.notice_id == Notice.id)
        .where(
            Notice.deleted_at.is_(None),
            Objection.deleted_at.is_(None),
            Objection.answered_on.is_(None),
        )
        .group_by(Notice.id)
        .order_by(Notice.id)
    )
    for title, count in rows:
        yield OpenMatter(f"异议没有答复：{title}", f"{count:,} 条", _NOTICES)


def _forms(session: Session, _today: date) -> Iterator[OpenMatter]:
    count, oldest = session.execute(select(func.count(), func.min(Draft.saved_at))).one()
    if count:
        words = f"{count:,} 份，最早 {oldest:%Y-%m-%d}"
        yield OpenMatter("填了一半没保存的表", words, "下次打开程序时提示")


def _look_alikes(session: Session, today: date) -> Iterator[OpenMatter]:
    found = len(look_alikes.pairs(session, today=today, limit=_MOST_PAIRS))
    if found:
        more = "以上" if found == _MOST_PAIRS else ""
        yield OpenMatter("疑似重复的人", f"{found} 对{more}", f"{_PEOPLE} → 更多 → 疑似重复的人")


def _incomplete(session: Session, today: date) -> Iterator[OpenMatter]:
    """What the office counts as wanting in a person's papers (设置, 数据体检)."""
    now = datetime.combine(today, time())
    for check in wanted(session):
        if check.group is Group.WANTING and check.look:
            count = len(list(check.look(session, now)))
            if count:
                yield OpenMatter(f"{check.title}的人", f"{count:,} 人", _HEALTH)
    people = select(func.count()).select_from(Resident).where(present())
    without_grid = session.scalar(people.where(Resident.grid_id.is_(None)))
    if without_grid:
        yield OpenMatter("没有分网格的人", f"{without_grid:,} 人", _PEOPLE)


def _privacy(session: Session, today: date) -> Iterator[OpenMatter]:
    asked = privacy.open_requests(session)
    if asked:
        words = f"{len(asked):,} 件，最早 {asked[0].due_on:%Y-%m-%d} 前答复"
        yield OpenMatter("本人要求更正，还没有改", words, _PRIVACY)
    due = len(retention.due(session, today=today))
    if due:
        yield OpenMatter("到了保存期限的资料", f"{due:,} 条", _PRIVACY)


LOOKS: tuple[Look, ...] = (
    open_rounds.requests,
    open_rounds.visits,
    open_rounds.findings,
    open_rounds.vacancies,
    open_points.points,
    open_points.service,
    open_points.shop,
    open_meals.deliveries,
    open_meals.kitchen,
    open_meals.money,
    open_meetings.topics,
    open_meetings.meetings,
    open_meetings.resolutions,
    open_meetings.lists,
    open_meetings.fund,
    _certificates,
    _hanging,
    _objections,
    _forms,
    _look_alikes,
    _incomplete,
    _privacy,
)
