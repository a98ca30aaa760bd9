"""Cards: codes that open an account, printed by us or of a chip card that somebody has anyway."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import AccountState, PointsAccount, PointsCard
from app.services import rights
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values import card_codes
from app.values.rights import Right
from app.values.text import compact

_BEGIN = "JF"
_SHORTEST, _LONGEST = 4, 40


@dataclass(frozen=True, slots=True)
class CardView:
    """A card of an account; `void_on`: since when it opens nothing."""

    id: int
    version: int
    code: str
    printed: bool
    issued_on: date
    issued_by: str
    void_on: date | None


def cards(source: Source, account_id: int) -> tuple[CardView, ...]:
    """The cards of an account, the latest first."""
    columns = "id, version, code, printed, issued_on, issued_by, void_on"
    own = [Sql("account_id = ?", (account_id,))]
    return tuple(
        CardView(
            key,
            version,
            code,
            bool(printed),
            date.fromisoformat(issued_on),
            issued_by,
            date.fromisoformat(void_on) if void_on else None,
        )
        for key, version, code, printed, issued_on, issued_by, void_on in lookup_of(source).rows(
            query(columns, "points_card", own, "ORDER BY id DESC")
        )
    )


def account_by_card(source: Source, code: str) -> int | None:
    """The account that a code opens; None for a code that is no card of ours.

    Raises DomainError for a void card, and what to do.
    """
    asked = [Sql("code = ?", (_tidy(code),))]
    found = next(lookup_of(source).rows(query("account_id, void_on", "points_card", asked)), None)
    if found is None:
        return None
    account_id, void_on = found
    if void_on is not None:
        raise DomainError(
            f"这张卡已于 {void_on} 作废，不能再用。请本人出示新卡，"
            "或按姓名找到本人，核对证件后补发一张。"
        )
    return int(account_id)


def issue_card(session: Session, account_id: int, today: date) -> str:
    """A new code for a card that we print; gives the code. Older cards stay as they are.

    Raises DomainError for an account that is closed.
    """
    _may(session)
    _check_open(session, account_id)
    code = card_codes.fresh(_BEGIN)
    while session.scalar(select(PointsCard.id).where(PointsCard.code == code)) is not None:
        code = card_codes.fresh(_BEGIN)
    _put(session, account_id, code, today, printed=True)
    return code


def bind_card(session: Session, account_id: int, code: str, today: date) -> None:
    """A chip card that somebody has opens the account; raises DomainError for one in use."""
    _may(session)
    _check_open(session, account_id)
    code = _tidy(code)
    if not _SHORTEST <= len(code) <= _LONGEST:
        raise DomainError("卡号要有 4 到 40 个字，请在读卡器上再刷一次。")
    known = session.scalar(select(PointsCard).where(PointsCard.code == code))
    if known is None:
        _put(session, account_id, code, today, printed=False)
    elif known.account_id != account_id:
        raise DomainError("这张卡已经绑在另一个账户上。确是本人的，请先在那个账户里作废这张卡。")
    elif known.void_on is not None:
        known.void_on = None
        session.flush()


def void_card(session: Session, card_id: int, *, version: int, today: date) -> None:
    """A lost card opens nothing from now on; raises ChangedMeanwhile."""
    _may(session)
    card = session.get(PointsCard, card_id)
    if card is None or card.version != version:
        raise ChangedMeanwhile
    card.void_on = card.void_on or today
    session.flush()


def _put(session: Session, account_id: int, code: str, today: date, *, printed: bool) -> None:
    issued_by = actor_of(session).name
    session.add(
        PointsCard(
            account_id=account_id, code=code, printed=printed, issued_on=today, issued_by=issued_by
        )
    )
    session.flush()


def _check_open(session: Session, account_id: int) -> None:
    account = session.get(PointsAccount, account_id)
    if account is None or account.state is AccountState.CLOSED:
        raise DomainError("这个积分账户已经销户，不能发卡。请先重新开户。")


def _may(session: Session) -> None:
    rights.require(session, Right.RECORD_POINTS)


def _tidy(code: str) -> str:
    return compact(code).upper()
