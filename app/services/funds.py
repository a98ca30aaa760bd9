"""The fund (服务群众专项经费): what is granted, spent, handed back; an append-only book in 分.

What it may be spent on and how: domain.md 7.4. The balance of a source is never negative, also
when two windows spend at once: the file itself refuses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import FundBalance, FundEntry, FundKind
from app.services import form_texts, fund_views, rights, settings
from app.services.points_lines import make_final
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.storage.statements import insert_kept, keep_rows
from app.values.money import MOST, yuan
from app.values.rights import Right
from app.values.text import tidy

_LONGEST = {
    "words": (120, "事由"),
    "ticket": (40, "票据号"),
    "payee": (60, "收款方"),
    "handled_by": (40, "经手人"),
    "approved_by": (40, "审批人"),
    "reason": (200, "用途说明"),
}


class QuestionedUse(DomainError):
    """What it is for sounds like one of the uses that are forbidden; `word` is the one."""

    def __init__(self, word: str) -> None:
        super().__init__(
            f"“{word}”在专项经费不得使用的范围里。确实可以用的，请在“用途说明”里写明理由。"
        )
        self.word = word


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryInput:
    """A line as it is typed; `amount` in 分 is always positive."""

    source_id: int
    amount: int
    on_date: date
    words: str
    project_id: int | None = None
    ticket: str = ""
    payee: str = ""
    handled_by: str = ""
    approved_by: str = ""
    reason: str = ""
    request_key: str = ""
    """Of one confirmation: the same again gives the line that it made"""


def grant(session: Session, entered: EntryInput, *, now: datetime) -> int:
    """Money came in (拨入); gives the id of the line."""
    return _book(session, entered, FundKind.GRANTED, entered.amount, now)


def give_back(session: Session, entered: EntryInput, *, now: datetime) -> int:
    """What was not spent went back to where it came from (退回); gives the id of the line."""
    return _book(session, entered, FundKind.RETURNED, -entered.amount, now)


def spend(session: Session, entered: EntryInput, *, now: datetime) -> int:
    """Pay for a project of the fund (支出); gives the id of the line.

    Raises QuestionedUse, DomainError without ticket, payee, approval, or beyond the budget.
    """
    rights.require(session, Right.KEEP_FUND)
    known = _known(session, entered.request_key)
    if known is not None:
        return known
    if entered.project_id is None:
        raise DomainError("支出要记在项目上，请选是哪个项目。")
    _check_proofs(entered)
    project = fund_views.project_of(session, entered.project_id)
    if entered.amount > project.left:
        raise DomainError(
            f"{project.name}的预算 {yuan(project.budget)} 元，已支出 {yuan(project.spent)} 元，"
            f"再支出 {yuan(entered.amount)} 元就超了 {yuan(entered.amount - project.left)} 元。"
            "请先议定追加预算，再改项目。"
        )
    word = forbidden_word(session, entered.words)
    if word and not tidy(entered.reason):
        raise QuestionedUse(word)
    return _book(session, entered, FundKind.SPENT, -entered.amount, now)


def reverse(session: Session, entry_id: int, *, reason: str, now: datetime) -> int:
    """冲正: a counter-line meets what was booked by mistake; gives its id."""
    rights.require(session, Right.KEEP_FUND)
    wrong = fund_views.entry(session, entry_id)
    if wrong.kind is FundKind.REVERSAL or wrong.reversed:
        raise DomainError("这一行已经冲正过，不用再冲。")
    why = tidy(reason)
    if not why:
        raise DomainError("请写明为什么冲正，如“金额记错了”，以后查账要看。")
    entered = EntryInput(
        source_id=wrong.source_id,
        amount=abs(wrong.amount),
        on_date=now.date(),
        words=why,
        project_id=wrong.project_id,
    )
    return _write(session, entered, FundKind.REVERSAL, -wrong.amount, now, reverses_id=entry_id)


def forbidden_word(source: Source, words: str) -> str:
    """The first of the office's forbidden uses that the words speak of; '' for none."""
    listed = settings.value(source, settings.FUND_FORBIDDEN).replace("，", "、").split("、")
    return next((word for word in map(tidy, listed) if word and word in words), "")


def cautions(source: Source, project_id: int) -> list[str]:
    """What a payment of this project should wait for (domain.md 7.4), in sentences."""
    project = fund_views.project_of(source, project_id)
    found = []
    if not project.resolution:
        found.append("还没有写明是哪次会议议定的。")
    if not project.approval:
        found.append("还没有审批文号。")
    if project.accepted_on is None and project.spent and project.left:
        found.append("付清余款前应先验收。")
    return found


def _book(session: Session, entered: EntryInput, kind: FundKind, amount: int, now: datetime) -> int:
    rights.require(session, Right.KEEP_FUND)
    known = _known(session, entered.request_key)
    if known is not None:
        return known
    _check(entered, now.date())
    return _write(session, entered, kind, amount, now)


def _write(
    session: Session,
    entered: EntryInput,
    kind: FundKind,
    amount: int,
    now: datetime,
    *,
    reverses_id: int | None = None,
) -> int:
    """The line and the kept sum, in the caller's transaction."""
    source = fund_views.source_of(session, entered.source_id)
    after = source.balance + amount
    if after < 0:
        raise DomainError(
            f"{source.year} 年{source.name}结余 {yuan(source.balance)} 元，"
            f"不够 {yuan(-amount)} 元，差 {yuan(-after)} 元。请先登记拨入，或换一个来源。"
        )
    _keep(session, source.id, after)
    row = _row(session, entered, kind, amount, after, now)
    (key,) = journal.add_rows(session, FundEntry, [{**row, "reverses_id": reverses_id}])
    make_final(session)
    return key


def _row(
    session: Session, entered: EntryInput, kind: FundKind, amount: int, after: int, now: datetime
) -> dict[str, Any]:
    return {
        "source_id": entered.source_id,
        "kind": kind,
        "amount": amount,
        "balance": after,
        "on_date": entered.on_date,
        "at": now,
        "project_id": entered.project_id,
        **{name: text or None for name, text in form_texts.tidied(entered, _LONGEST).items()},
        "entered_by": actor_of(session).name,
        "request_key": entered.request_key or None,
    }


def _keep(session: Session, source_id: int, after: int) -> None:
    if session.get(FundBalance, source_id) is None:
        insert_kept(session, FundBalance, [{"source_id": source_id, "balance": after}])
        return
    keep_rows(session, FundBalance, "balance = ?", "source_id = ?", [(after, source_id)])
    session.expire_all()


def _known(session: Session, request_key: str) -> int | None:
    if not request_key:
        return None
    found: int | None = lookup_of(session).value(
        query("id", "fund_entry", [Sql("request_key = ?", (request_key,))])
    )
    return found


def _check(entered: EntryInput, today: date) -> None:
    if not 0 < entered.amount <= MOST:
        raise DomainError(f"金额应在 0.01 到 {yuan(MOST)} 元之间，请重新填写。")
    if entered.on_date > today:
        raise DomainError("记账日期不能在今天以后，请核对。")
    if not tidy(entered.words):
        raise DomainError("请写明事由，如“拨入上半年经费”“购买声控灯”。")


def _check_proofs(entered: EntryInput) -> None:
    """支出: with ticket, payee and approval (domain.md 7.4)."""
    for value, what in (
        (entered.payee, "收款方"),
        (entered.ticket, "票据号"),
        (entered.handled_by, "经手人"),
        (entered.approved_by, "审批人"),
    ):
        if not tidy(value):
            raise DomainError(f"请填{what}，专项经费的每一笔支出都要写明。")
    if tidy(entered.handled_by) == tidy(entered.approved_by):
        raise DomainError("经手人和审批人不能是同一个人，请核对。")
