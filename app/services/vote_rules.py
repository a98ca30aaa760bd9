"""The rules of voting (表决规则): which holds for a body on the day of a meeting, and its article.

Those of the law come from resources/data/vote_rules.toml (domain-law.md 1, domain.md 5.4) and are
not edited; where the law sets no thresholds an office may have sets of its own (`vote_rule_sets`).
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Basis, BodyKind, Matter, VoteRule
from app.paths import resources
from app.services.terms import in_force
from app.services.vote_thresholds import Share, Thresholds
from app.storage.lookup import Source, Sql, day_of, lookup_of, query

NO_CAP = 999
"""As `proxies`: the law lets owners send somebody and names no number."""
FIXED_NOTICE = frozenset({BodyKind.ASSEMBLY, BodyKind.OWNERS})
"""Bodies whose days of notice are law (居委会组织法 26, 物业管理条例 14)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView(Thresholds):
    """A rule as it stands: its thresholds, and what a meeting by it has to have."""

    id: int
    version: int
    matter: Matter
    since: date
    until: date | None
    proxies: int
    """How many one may stand for; 0: nobody, NO_CAP: the law names no number"""
    notice_days: int
    at_once: bool
    tell_committee: bool
    cadence_months: int
    share: Share
    """Of representatives among the members (28)"""
    party_first: bool
    delegated: bool
    call_words: str
    article_words: str
    shipped: bool

    @property
    def notice_by_law(self) -> bool:
        """Fewer days need the reason that the law asks for; otherwise they are a hint."""
        return self.shipped and self.kind in FIXED_NOTICE


def rules(source: Source, *, on: date | None = None) -> list[RuleView]:
    """All rules, the law's first, then by kind of body; with a day, those in force on it."""
    return _rules_where(source, [in_force(on)] if on else [])


def rule(source: Source, rule_id: int) -> RuleView:
    """One of them; raises DomainError where it is gone."""
    found = _rules_where(source, [Sql("id = ?", (rule_id,))])
    if not found:
        raise DomainError("这条表决规则已经删除，请刷新。")
    return found[0]


def rule_for(
    source: Source, kind: BodyKind, matter: Matter, on_date: date, code: str | None = None
) -> RuleView:
    """By what a body votes on a day; `code` names the set of the office that it goes by.

    A matter without thresholds of its own goes by the ordinary ones. Raises DomainError for a day
    before any rule that the program knows.
    """
    found = _rules_where(source, [Sql("kind = ?", (kind.value,)), in_force(on_date)])
    own = [one for one in found if code and one.code == code]
    by_matter = {one.matter: one for one in own or [one for one in found if one.shipped]}
    for wanted in (matter, Matter.ORDINARY, Matter.OWNERS_GENERAL):
        if wanted in by_matter:
            return by_matter[wanted]
    raise DomainError(f"{on_date:%Y-%m-%d} 还没有{kind.label}的表决规则，请核对会议日期。")


def seed(session: Session) -> None:
    """The rules of the law, at the creation of an office; those that are there stay."""
    if session.scalar(select(VoteRule.id).where(VoteRule.shipped).limit(1)) is None:
        session.add_all(VoteRule(**values) for values in _shipped())
        session.flush()


def _shipped() -> Iterator[dict[str, Any]]:
    """One row for each kind of body and matter of resources/data/vote_rules.toml."""
    with (resources() / "data" / "vote_rules.toml").open("rb") as file:
        found = tomllib.load(file)["rule"]
    for one in found:
        for kind in one["kinds"]:
            for matter in one["matters"]:
                yield _row(one, BodyKind.of(kind), Matter.of(matter))


_PLAIN = (
    *("code", "name", "since", "until", "decides", "by_area", "proxies", "notice_days", "at_once"),
    *("tell_committee", "cadence_months", "party_first", "delegated", "call_words", "article"),
    "article_words",
)


def _row(one: Mapping[str, Any], kind: BodyKind, matter: Matter) -> dict[str, Any]:
    quorum, passing = Share(*one["quorum"]), Share(*one["passing"])
    share = Share(*one.get("share", (0, 1)))
    return {
        "kind": kind,
        "matter": matter,
        "basis": Basis.of(one.get("basis_of", {}).get(kind.value, one["basis"])),
        "pass_basis": Basis.of(one["pass_basis"]),
        "shipped": True,
        **columns_of(quorum, passing),
        "share_num": share.num,
        "share_den": share.den,
        **{name: one[name] for name in _PLAIN if name in one},
    }


def columns_of(quorum: Share, passing: Share) -> dict[str, Any]:
    """The two thresholds as the table keeps them."""
    return {
        "quorum_num": quorum.num,
        "quorum_den": quorum.den,
        "quorum_strict": quorum.strict,
        "pass_num": passing.num,
        "pass_den": passing.den,
        "pass_strict": passing.strict,
    }


_COLUMNS = (
    "id, version, code, name, kind, matter, since, until, decides, basis, quorum_num, quorum_den,"
    " quorum_strict, pass_basis, pass_num, pass_den, pass_strict, by_area, proxies, notice_days,"
    " at_once, tell_committee, cadence_months, share_num, share_den, party_first, delegated,"
    " call_words, article, article_words, shipped"
)


def _rules_where(source: Source, where: Sequence[Sql]) -> list[RuleView]:
    # One that was to begin later and was ended before its first day has never held.
    held = Sql("deleted_at IS NULL AND (until IS NULL OR until >= since)")
    asked = query(_COLUMNS, "vote_rule", [held, *where], "ORDER BY shipped DESC, id")
    names = _COLUMNS.split(", ")
    return [
        _view(dict(zip(names, values, strict=True))) for values in lookup_of(source).rows(asked)
    ]


def _view(row: Mapping[str, Any]) -> RuleView:
    return RuleView(
        id=row["id"],
        version=row["version"],
        code=row["code"],
        name=row["name"],
        kind=BodyKind.of(row["kind"]),
        matter=Matter.of(row["matter"]),
        since=date.fromisoformat(row["since"]),
        until=day_of(row["until"]),
        decides=bool(row["decides"]),
        basis=Basis.of(row["basis"]),
        quorum=Share(row["quorum_num"], row["quorum_den"], bool(row["quorum_strict"])),
        pass_basis=Basis.of(row["pass_basis"]),
        passing=Share(row["pass_num"], row["pass_den"], bool(row["pass_strict"])),
        by_area=bool(row["by_area"]),
        proxies=row["proxies"],
        notice_days=row["notice_days"],
        at_once=bool(row["at_once"]),
        tell_committee=bool(row["tell_committee"]),
        cadence_months=row["cadence_months"],
        share=Share(row["share_num"], row["share_den"]),
        party_first=bool(row["party_first"]),
        delegated=bool(row["delegated"]),
        call_words=row["call_words"] or "",
        article=row["article"],
        article_words=row["article_words"] or "",
        shipped=bool(row["shipped"]),
    )
