"""The results of an appraisal as a 公示: made known soon after it (居委会组织法 37, 34)."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.services import appraisals, notices, office, papers, publicity
from app.services.appraisals import Judged
from app.services.notice_kinds import PUBLICITY
from app.services.notices import NoticeText
from app.services.rights import require
from app.values.rights import Right

_CONSENT = "居委会成员履职评议结果应当及时公布（居民委员会组织法第三十七条）"


def publish(session: Session, appraisal_id: int, *, now: datetime) -> int:
    """Write the notice and remember it; gives its id. Of one appraisal there is one notice."""
    require(session, Right.RUN_MEETINGS)
    row = appraisals.get(session, appraisal_id)
    if row.notice_id is not None:
        return row.notice_id
    judged = appraisals.lines(session, appraisal_id)
    if not judged:
        raise DomainError("这次评议还没有结果，请先填评议票。")
    lines = "\n".join(map(_line, judged))
    row.notice_id = notices.add(
        session,
        NoticeText(
            kind=PUBLICITY,
            title=f"关于{row.year}年度居民委员会成员民主评议结果的公示",
            body=(
                f"{row.held_on.year}年{row.held_on.month}月{row.held_on.day}日，{row.led_by}主持"
                f"对居民委员会成员{row.year}年度工作的民主评议，参加评议 {row.voters:,} 人，"
                f"结果公示如下：\n{lines}\n"
                "公示期为{公示期}。公示期间如有不同意见，请通过以下方式反映：{异议渠道}。"
            ),
            signed_by=papers.committee(session),
            dated=now.date(),
            phone=office.office(session).phone,
            period_days=publicity.AFFAIRS_FLOOR,
            period_kind=publicity.NATURAL,
            affair=publicity.AFFAIRS[-1],
            objections_to=publicity.channel(session),
            consent_reason=_CONSENT,
        ),
        now=now,
    )
    session.flush()
    return row.notice_id


def _line(one: Judged) -> str:
    votes = f"称职 {one.competent} 票，基本称职 {one.barely} 票，不称职 {one.incompetent} 票"
    return f"{one.name}（{one.role}）：{votes}，评议结果为{one.grade.label}。"
