"""The results of an appraisal as a 公示: made known soon after it (居委会组织法 37, 34)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Appraisal
from app.reports.words import long_date
from app.services import appraisals, notices
from app.services.appraisals import Judged
from app.services.notice_kinds import OBJECTIONS, PUBLICITY
from app.services.notices import NoticeText
from app.services.publicity import AFFAIRS, AFFAIRS_FLOOR
from app.services.rights import require
from app.values.rights import Right

_CONSENT = "居委会成员履职评议结果应当及时公布（居民委员会组织法第三十七条）"


def publish(session: Session, appraisal_id: int, *, now: datetime) -> int:
    """Write the notice, or find the one that was written; gives its id."""
    require(session, Right.RUN_MEETINGS)
    row = appraisals.get(session, appraisal_id)
    written = notices.kept(session, row.notice_id)
    if written is not None:
        return written.id
    judged = appraisals.lines(session, appraisal_id)
    if not judged:
        raise DomainError("这次评议还没有结果，请先填评议票。")
    row.notice_id = notices.add(session, _text(session, row, judged, now.date()), now=now)
    session.flush()
    return row.notice_id


def _text(session: Session, row: Appraisal, judged: Iterable[Judged], today: date) -> NoticeText:
    return replace(
        notices.blank(session, today=today, kind_name=PUBLICITY),
        title=f"关于{row.year}年度居民委员会成员民主评议结果的公示",
        body="\n".join((_opening(row), *map(_line, judged), OBJECTIONS)),
        period_days=AFFAIRS_FLOOR,
        affair=AFFAIRS[-1],
        consent_reason=_CONSENT,
    )


def _opening(row: Appraisal) -> str:
    return (
        f"{long_date(row.held_on)}，{row.led_by}主持对居民委员会成员{row.year}年度工作的民主评议，"
        f"参加评议 {row.voters:,} 人，结果公示如下："
    )


def _line(one: Judged) -> str:
    votes = f"称职 {one.competent} 票，基本称职 {one.barely} 票，不称职 {one.incompetent} 票"
    return f"{one.name}（{one.role}）：{votes}，评议结果为{one.grade.label}。"
