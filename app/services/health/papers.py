"""Certificates that stand still or contradict themselves, templates that may not be used."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import CertificateTemplate
from app.services import templates
from app.services.health.kinds import Check, Found, Group, Kind, Level, Repair
from app.services.identity_texts import ERASED_WORDS
from app.storage.lookup import Sql, lookup_of

_PRINTING = timedelta(hours=1)
_WAITING_DAYS = 7
_STANDS = {"waiting": "送批", "approved": "批准", "numbered": "给号", "printing": "送去打印"}
_NEXT = {
    "waiting": "还没有批",
    "approved": "还没有给号",
    "numbered": "还没有打印",
    "printing": "没有登记印没印出来",
}


def _stuck(session: Session, now: datetime) -> Iterator[Found]:
    """What the clerks do within a week, and the printer within an hour."""
    week = _stored(now - timedelta(days=_WAITING_DAYS))
    found = Sql(
        """
        SELECT id, stage, moved FROM (
            SELECT id, stage, CASE stage
                WHEN 'waiting' THEN coalesce(previewed_at, drafted_at)
                WHEN 'approved' THEN coalesce(approved_at, drafted_at)
                WHEN 'numbered' THEN numbered_at
                WHEN 'printing' THEN printed_at END AS moved
            FROM certificate
            WHERE stage IN ('waiting', 'approved', 'numbered', 'printing')
        ) AS standing
        WHERE moved < ? OR (stage = 'printing' AND moved < ?)
        ORDER BY id
        """,
        (week, _stored(now - _PRINTING)),
    )
    for key, stage, moved in lookup_of(session).rows(found):
        yield key, f"{moved[:10]} {_STANDS[stage]}，{_NEXT[stage]}"


def _stored(moment: datetime) -> str:
    """As the file keeps moments."""
    return moment.isoformat(sep=" ", timespec="microseconds")


_CONTRADICTIONS = (
    (
        "stage IN ('numbered', 'printing', 'printed', 'collected', 'void') AND number IS NULL",
        "已经给过号，却没有编号",
    ),
    (
        "stage IN ('draft', 'waiting', 'approved') AND number IS NOT NULL",
        "还没有给号，却有编号",
    ),
    ("number IS NOT NULL AND snapshot IS NULL", "没有留存印的是什么，不能补打"),
    ("number IS NOT NULL AND issued_on IS NULL", "没有出具日期"),
    ("stage = 'collected' AND coalesce(collected_by, '') = ''", "已领取，没有领取人"),
    ("stage = 'void' AND coalesce(void_reason, '') = ''", "已作废，没有写原因"),
)


def _contradictions(session: Session, _now: datetime) -> Iterator[Found]:
    for where, words in _CONTRADICTIONS:
        # Of a paper that was anonymised at the end of its time only number and days are left.
        kept = f"SELECT id FROM certificate WHERE ({where}) AND holder <> ? ORDER BY id"
        found = Sql(kept, (ERASED_WORDS,))
        for key in lookup_of(session).column(found):
            yield key, words


def _later_than_today(session: Session, now: datetime) -> Iterator[Found]:
    found = Sql(
        "SELECT id, issued_on FROM certificate WHERE issued_on > ? ORDER BY id",
        (now.date().isoformat(),),
    )
    for key, day in lookup_of(session).rows(found):
        yield key, f"出具日期 {date.fromisoformat(day).isoformat()}，晚于今天"


def _without_basis(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        "SELECT id FROM certificate_template WHERE deleted_at IS NULL AND enabled"
        " AND trim(coalesce(legal_basis, '')) = '' ORDER BY id"
    )
    return ((one, "启用了，没有法律依据") for one in lookup_of(session).column(found))


def _damaged(session: Session, _now: datetime) -> Iterator[Found]:
    for one in templates.templates(session):
        if one.enabled and one.damaged:
            yield one.id, one.damaged


def _switch_off(session: Session, ids: Sequence[int], _now: datetime) -> int:
    chosen = select(CertificateTemplate).where(CertificateTemplate.id.in_(ids))
    for row in session.scalars(chosen):
        row.enabled = False
    return len(ids)


_STOPPED = Repair(
    label="停用模板",
    promise="停用这些模板，已经开过的证明不受影响；补好以后再启用。",
    mend=_switch_off,
)

CHECKS = (
    Check(
        key="paper_contradicts",
        group=Group.PAPERS,
        level=Level.WRONG,
        kind=Kind.PAPER,
        title="证明的状态自相矛盾",
        why="登记簿这一行说不清这份证明出没出、给了谁，检查时要说明。",
        example="已作废，没有写原因",
        look=_contradictions,
    ),
    Check(
        key="paper_tomorrow",
        group=Group.PAPERS,
        level=Level.WRONG,
        kind=Kind.PAPER,
        title="证明的日期晚于今天",
        why="证明不能倒着日子出；多半是那天电脑的日期不对，或者今天的不对。",
        example="出具日期 2027-05-01，晚于今天",
        look=_later_than_today,
    ),
    Check(
        key="paper_stuck",
        group=Group.PAPERS,
        level=Level.WANTING,
        kind=Kind.PAPER,
        title="证明停在半路",
        why="送去打印一小时、送批一周还没有下文的，居民可能正等着。",
        example="11-02 送去打印，没有登记印没印出来",
        look=_stuck,
    ),
    Check(
        key="template_baseless",
        group=Group.PAPERS,
        level=Level.WRONG,
        kind=Kind.TEMPLATE,
        title="没有依据的模板启用了",
        why="没有法律依据的证明不得出具（民发〔2020〕20 号）。",
        example="“居住证明”启用了，没有法律依据",
        look=_without_basis,
        repair=_STOPPED,
    ),
    Check(
        key="template_damaged",
        group=Group.PAPERS,
        level=Level.WRONG,
        kind=Kind.TEMPLATE,
        title="坏了的模板启用了",
        why="标题、正文或填充码坏了的模板开不出证明，窗口前才发现就晚了。",
        example="标题或正文是空的",
        look=_damaged,
        repair=_STOPPED,
    ),
)
