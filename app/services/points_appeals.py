"""申诉: somebody says that a line, a penalty or a public list is wrong, and what came of it.

domain.md 3.3: the public list has days for objections, a penalty days for an appeal.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Appeal
from app.services import rights
from app.storage.lookup import Source, Sql, actor_of, day_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

LONGEST = 300
_LONGEST_NAME = 60
_MAY_NOTE = (Right.REVIEW_POINTS, Right.RECORD_POINTS, Right.CLOSE_MONTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealInput:
    """What it is about: an account, one line of it, a claim, or the public list of a month."""

    raised_by: str
    words: str
    account_id: int | None = None
    entry_id: int | None = None
    claim_id: int | None = None
    month: int | None = None
    """202611"""


@dataclass(frozen=True, slots=True)
class AppealView:
    """An appeal as it is listed; `upheld` is None until it is answered."""

    id: int
    version: int
    account_id: int | None
    entry_id: int | None
    claim_id: int | None
    month: int | None
    raised_on: date
    raised_by: str
    words: str
    answered_on: date | None
    answered_by: str
    upheld: bool | None
    answer: str

    @property
    def open(self) -> bool:
        return self.answered_on is None

    @property
    def result(self) -> str:
        """待答复, 成立, 不成立."""
        return "待答复" if self.open else "成立" if self.upheld else "不成立"


def note(session: Session, entered: AppealInput, *, today: date) -> int:
    """Write an appeal down; raises DomainError where nobody or nothing is named."""
    rights.require(session, *_MAY_NOTE)
    who, words = tidy(entered.raised_by), tidy(entered.words)
    if not who:
        raise DomainError("请写明是谁提出的，如“本人”或家人的姓名。")
    if not words:
        raise DomainError("请写明申诉的内容，如“11 月 20 日的清扫没有记上”。")
    _check_length(words)
    appeal = Appeal(
        account_id=entered.account_id,
        entry_id=entered.entry_id,
        claim_id=entered.claim_id,
        month=entered.month,
        raised_on=today,
        raised_by=who[:_LONGEST_NAME],
        words=words,
    )
    session.add(appeal)
    session.flush()
    return appeal.id


def answer(
    session: Session, appeal_id: int, *, upheld: bool, words: str, version: int, today: date
) -> None:
    """Say what came of it; what was wrong in the book is put right by a counter-entry.

    Raises DomainError without an answer or for one that is answered already.
    """
    rights.require(session, Right.REVIEW_POINTS)
    appeal = session.get(Appeal, appeal_id)
    if appeal is None or appeal.version != version:
        raise ChangedMeanwhile
    if appeal.answered_on is not None:
        raise DomainError("这件申诉已经答复过了，请刷新后再看。")
    said = tidy(words)
    if not said:
        raise DomainError("请写明怎样答复的，如“已核对签到表，补记 2 分”。")
    _check_length(said)
    appeal.upheld, appeal.answer = upheld, said
    appeal.answered_on, appeal.answered_by = today, actor_of(session).name
    session.flush()


def appeals(
    source: Source,
    *,
    account_id: int | None = None,
    month: int | None = None,
    open_only: bool = False,
) -> list[AppealView]:
    """Those of an account or of a month's public list, the latest first."""
    asked = (("account_id", account_id), ("month", month))
    where = [Sql(f"{column} = ?", (value,)) for column, value in asked if value is not None]
    if open_only:
        where.append(Sql("answered_on IS NULL"))
    found = lookup_of(source).rows(query(_COLUMNS, "appeal", where, "ORDER BY id DESC"))
    return [_view(*row) for row in found]


_COLUMNS = """
    id, version, account_id, entry_id, claim_id, month, raised_on, raised_by, words, answered_on,
    answered_by, upheld, answer
"""


def _view(*row: Any) -> AppealView:
    key, version, account, entry, claim, month, raised, by, words, answered, who, upheld, said = row
    return AppealView(
        key,
        version,
        account,
        entry,
        claim,
        month,
        date.fromisoformat(raised),
        by,
        words,
        day_of(answered),
        who or "",
        None if upheld is None else bool(upheld),
        said or "",
    )


def _check_length(words: str) -> None:
    if len(words) > LONGEST:
        raise DomainError(f"最多写 {LONGEST} 个字，请写短些。")
