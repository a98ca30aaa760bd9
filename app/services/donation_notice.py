"""捐赠物资公示: what was given to the shop, as a 公示 of 文书 that is dated and hung up there.

One of the seven matters of 居务公开 (居委会组织法 34, item 2): it hangs fifteen days at least.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Notice, ReceiptKind
from app.reports.donations import UNNAMED
from app.reports.words import long_date
from app.services import notices, receipt_views, rights
from app.services.notice_kinds import CLOSING, PUBLICITY
from app.services.notices import NoticeText
from app.services.publicity import AFFAIRS, AFFAIRS_FLOOR, WORKING
from app.services.receipt_views import ReceiptFilter, ReceiptView
from app.services.redemption_slips import shop_name
from app.values.rights import Right

_CONSENT = "捐赠人同意公布（入库时登记）；不愿留名的写“爱心人士”"


def publish(session: Session, chosen: ReceiptFilter, *, now: datetime) -> int:
    """Write the 公示 of the gifts among some receipts; gives its id, of one list always the same.

    Raises DomainError where there are none.
    """
    rights.require(session, Right.ISSUE_PAPERS)
    rows = given(session, chosen)
    written = _written(session, rows)
    if written is not None:
        return written.id
    return notices.add(session, _text(session, rows, now.date()), now=now)


def given(session: Session, chosen: ReceiptFilter) -> list[ReceiptView]:
    """The gifts that still stand, the earliest first; raises DomainError where there are none."""
    ids = receipt_views.list_ids(session, replace(chosen, kind=ReceiptKind.DONATION))
    found = [one for one in receipt_views.rows(session, ids[::-1]) if one.standing]
    if not found:
        raise DomainError("这些入库单里没有捐赠，没有可以公示的。请换个时间，或先把捐赠入库。")
    return found


def days_of(rows: Sequence[ReceiptView]) -> str:
    """2026-11-03 至 2026-11-20: from the first gift to the last."""
    since, until = rows[0].on_date, rows[-1].on_date
    return f"{since:%Y-%m-%d} 至 {until:%Y-%m-%d}" if since != until else f"{since:%Y-%m-%d}"


def giver_of(one: ReceiptView) -> str:
    """Who wants no name stands without one."""
    return one.giver if one.named else UNNAMED


def public_words(session: Session, rows: Sequence[ReceiptView]) -> str:
    """How long the list hangs: 2026-11-21 至 2026-12-06 once its posting is on record in 文书."""
    written = _written(session, rows)
    if written is not None and written.posted_on is not None and written.ends_on is not None:
        return f"{written.posted_on:%Y-%m-%d} 至 {written.ends_on:%Y-%m-%d}"
    days = (written.period_days if written is not None else None) or AFFAIRS_FLOOR
    working = written is not None and written.period_kind == WORKING
    unit = f"个{WORKING}" if working else "天"
    return f"张贴之日起 {days} {unit}"


def _written(session: Session, rows: Sequence[ReceiptView]) -> Notice | None:
    """The 公示 that has exactly these gifts; where one was added or taken back, it is another."""
    told = select(Notice).where(
        Notice.kind == PUBLICITY,
        Notice.deleted_at.is_(None),
        Notice.affair == AFFAIRS[1],
        Notice.body == _body(session, rows),
    )
    return session.scalars(told.order_by(Notice.id.desc())).first()


def _text(session: Session, rows: Sequence[ReceiptView], today: date) -> NoticeText:
    return replace(
        notices.blank(session, today=today, kind_name=PUBLICITY),
        title="关于爱心捐赠物资的公示",
        body=_body(session, rows),
        period_days=AFFAIRS_FLOOR,
        affair=AFFAIRS[1],
        consent_reason=_CONSENT,
    )


def _body(session: Session, rows: Sequence[ReceiptView]) -> str:
    pieces = sum(one.pieces for one in rows)
    lines = [
        f"{days_of(rows)}，{shop_name(session)}收到爱心捐赠 {len(rows):,} 笔，共 {pieces:,} 件，"
        "现公示如下："
    ]
    lines += [
        f"{number}. {long_date(one.on_date)}，{giver_of(one)}捐赠：{one.words}。"
        for number, one in enumerate(rows, start=1)
    ]
    lines.append("捐赠物资全部用于居民积分兑换，每一件的去向都有账可查。")
    lines.append(CLOSING)
    lines.append(f"本公示属居务公开（居民委员会组织法第三十四条）：{AFFAIRS[1]}。")
    return "\n".join(lines)
