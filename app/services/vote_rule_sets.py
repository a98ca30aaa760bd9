"""Sets of the office (自定规则): where the law sets no thresholds a body may have rules of its own.

One that was voted by is not changed, a new one begins on a later day; the result of a vote stands
by the copy that it keeps anyway. What the law sets is not edited, but for days of notice where the
law names none (domain-law.md 1.2).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Basis, BodyKind, Matter, VoteRule
from app.services import rights, vote_rules
from app.services.vote_thresholds import NOTHING, SHARES, Share
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

FREE_KINDS = (
    BodyKind.GROUP,
    BodyKind.CONSULTATION,
    BodyKind.JOINT,
    BodyKind.BENCH,
    BodyKind.COMMITTEE,
    BodyKind.SUPERVISORS,
    BodyKind.PROPERTY,
)
"""Whose thresholds no law sets"""
MAY_DECIDE = (BodyKind.COMMITTEE, BodyKind.SUPERVISORS)
"""Of those, who may decide: the others are a 协商 (居委会组织法 32)"""
PASS_BASES = (Basis.PRESENT, Basis.VOTING, Basis.MEMBERS)
MOST_DAYS, MOST_MONTHS, MOST_PROXIES = 60, 24, 10
_LONGEST_NAME, _LONGEST_ARTICLE = 60, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class SetInput:
    """What a set of the office says; `article` is what it rests on: 望海社区协商议事制度第五条."""

    name: str
    kind: BodyKind
    decides: bool = False
    quorum: Share = NOTHING
    pass_basis: Basis = Basis.PRESENT
    passing: Share = NOTHING
    proxies: int = 0
    notice_days: int = 0
    cadence_months: int = 0
    article: str = ""


def add(session: Session, entered: SetInput, *, since: date) -> int:
    """A set more, for bodies that choose it; gives its id. Raises DomainError."""
    rights.require(session, Right.EDIT_OFFICE)
    check(entered)
    _check_name(session, entered, since)
    last = session.scalar(select(func.count()).where(~VoteRule.shipped)) or 0
    row = VoteRule(code=f"自定{last + 1}", since=since)
    _fill(session, row, entered)
    return row.id


def change(session: Session, rule_id: int, entered: SetInput, *, since: date, version: int) -> int:
    """A set says something else from `since` on; gives the id of what then holds.

    Raises ChangedMeanwhile, and DomainError for what the law sets, for another kind of body, and
    with the earliest day that is possible where there were votes by it.
    """
    row = _open(session, rule_id, version)
    if entered.kind is not row.kind:
        raise DomainError("规则用于哪种组织不能改，请另加一条。")
    check(entered)
    _check_name(session, entered, since, besides=row.code)
    used = last_vote(session, row.id)
    if used is None and since <= row.since:
        row.since = since
        _fill(session, row, entered)
        return row.id
    _check_free(row, used, since)
    if row.until is not None and since > row.until:
        raise DomainError(f"“{row.name}”到 {row.until:%Y-%m-%d} 就停用了，请另加一条。")
    after = VoteRule(code=row.code, since=since, until=row.until)
    row.until = since - timedelta(days=1)
    _fill(session, after, entered)
    return after.id


def end(session: Session, rule_id: int, *, from_day: date, version: int) -> None:
    """A set holds no more from a day on; its bodies then go by the shipped rule.

    Raises ChangedMeanwhile, DomainError for what the law sets and where there was a vote by it.
    """
    row = _open(session, rule_id, version)
    _check_free(row, last_vote(session, row.id), from_day)
    row.until = max(from_day, row.since) - timedelta(days=1)
    session.flush()


def earliest(source: Source, rule_id: int, today: date) -> date:
    """From when on a set may be changed or ended: today, or the day after the last vote by it."""
    last = last_vote(source, rule_id)
    return today if last is None else max(today, last + timedelta(days=1))


def set_notice_days(session: Session, rule_id: int, days: int, *, version: int) -> None:
    """How long before a meeting it is told, where the law names no days: a hint of the office.

    Raises ChangedMeanwhile, DomainError where the days are law.
    """
    rights.require(session, Right.EDIT_OFFICE)
    row = session.get(VoteRule, rule_id)
    if row is None or row.version != version:
        raise ChangedMeanwhile
    if row.shipped and row.kind in vote_rules.FIXED_NOTICE:
        raise DomainError(f"{row.kind.label}提前几天通知由法律规定（{row.article}），不能改。")
    _check_number(days, MOST_DAYS, "提前通知天数")
    row.notice_days = days
    session.flush()


def input_of(source: Source, rule_id: int) -> tuple[SetInput, int]:
    """What the form begins with, and the version it was read at."""
    found = vote_rules.rule(source, rule_id)
    entered = SetInput(
        name=found.name,
        kind=found.kind,
        decides=found.decides,
        quorum=found.quorum,
        pass_basis=found.pass_basis,
        passing=found.passing,
        proxies=found.proxies,
        notice_days=found.notice_days,
        cadence_months=found.cadence_months,
        article=found.article,
    )
    return entered, found.version


def last_vote(source: Source, rule_id: int) -> date | None:
    """The last day on which there was a vote by a set."""
    asked = query("max(announced_at)", "main.vote", [Sql("vote_rule_id = ?", (rule_id,))])
    at = lookup_of(source).value(asked)
    return datetime.fromisoformat(at).date() if at else None


def check(entered: SetInput) -> None:
    """Raise DomainError for a set that makes no sense or that the law does not leave open."""
    if entered.kind not in FREE_KINDS:
        raise DomainError(f"{entered.kind.label}的门槛由法律和章程规定，不能另定。")
    if entered.decides and entered.kind not in MAY_DECIDE:
        raise DomainError(
            f"{entered.kind.label}是协商，只形成意见，不作决定"
            "（居民委员会组织法第三十二条）。要决定的事请提交居民会议或居民代表会议。"
        )
    if not tidy(entered.name) or len(tidy(entered.name)) > _LONGEST_NAME:
        raise DomainError(f"请给规则起个名称，最多 {_LONGEST_NAME} 个字，如“协商会议事规则”。")
    if not tidy(entered.article) or len(tidy(entered.article)) > _LONGEST_ARTICLE:
        raise DomainError(f"请写依据的文件，最多 {_LONGEST_ARTICLE} 个字，如“协商议事制度第五条”。")
    if entered.quorum not in SHARES or entered.passing not in SHARES:
        raise DomainError("到会和通过的比例请从列表里选。")
    if entered.decides and not entered.passing.asked:
        raise DomainError("能作决定的规则要有通过的比例，如“过半数”。")
    if entered.pass_basis not in PASS_BASES:
        raise DomainError("通过的比例请按到会、参加表决或应到的人数算。")
    _check_number(entered.notice_days, MOST_DAYS, "提前通知天数")
    _check_number(entered.cadence_months, MOST_MONTHS, "至少几个月一次")
    _check_number(entered.proxies, MOST_PROXIES, "一人可受几人委托")


def _check_number(number: int, most: int, name: str) -> None:
    if not 0 <= number <= most:
        raise DomainError(f"{name}要填 0 到 {most} 之间的整数，0 是没有规定。")


def _check_name(session: Session, entered: SetInput, since: date, *, besides: str = "") -> None:
    known = vote_rules.rules(session)
    if any(
        one.name == tidy(entered.name) and one.code != besides and not _over(one.until, since)
        for one in known
    ):
        raise DomainError(f"已经有“{tidy(entered.name)}”这条规则。请改那一条，或换个名称。")


def _over(until: date | None, day: date) -> bool:
    return until is not None and until < day


def _open(session: Session, rule_id: int, version: int) -> VoteRule:
    rights.require(session, Right.EDIT_OFFICE)
    row = session.get(VoteRule, rule_id)
    if row is None or row.deleted_at is not None or row.version != version:
        raise ChangedMeanwhile
    if row.shipped:
        raise DomainError(f"这条规则是法律的规定（{row.article}），不能改，也不能停用。")
    return row


def _check_free(row: VoteRule, used: date | None, since: date) -> None:
    if used is not None and since <= used:
        raise DomainError(
            f"“{row.name}”已经用在 {used:%Y-%m-%d} 的表决上，用过的规则不能改。"
            f"最早从 {used + timedelta(days=1):%Y-%m-%d} 起改。"
        )


def _fill(session: Session, row: VoteRule, entered: SetInput) -> None:
    row.name, row.kind, row.matter = tidy(entered.name), entered.kind, Matter.ORDINARY
    row.decides, row.basis, row.pass_basis = entered.decides, Basis.MEMBERS, entered.pass_basis
    for name, value in vote_rules.columns_of(entered.quorum, entered.passing).items():
        setattr(row, name, value)
    row.proxies, row.notice_days = entered.proxies, entered.notice_days
    row.cadence_months = entered.cadence_months
    row.article = tidy(entered.article)
    session.add(row)
    session.flush()
