"""What must be known of service that no activity tells of (order 67 art. 7), and who called for
it (art. 26): place, organiser and leader stand with the claim."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import ClaimState, PointsClaim
from app.services import office, papers, rights
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy
from app.values.times import span_words

_ENDINGS = ("居民委员会", "居委会", "社区")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFacts:
    """'' for what is unknown. `ours`: called for by this community; `time` 11:00–11:31."""

    place: str = ""
    organiser: str = ""
    leader: str = ""
    ours: bool = True
    time: str = ""


@dataclass(frozen=True, slots=True)
class OfficeName:
    """What is left of the office's name without street and ending."""

    core: str
    street: str

    def means(self, organiser: str) -> bool:
        """Whether an organiser is this office, however its name was shortened."""
        return _core(organiser, self.street) == self.core


def checked(
    session: Session, *, place: str, organiser: str, leader: str, ours: bool | None
) -> ServiceFacts:
    """The facts of hours that are entered; without an organiser it is the office itself.

    Raises DomainError where one is missing, and where another body is named and `ours` is None:
    whether that body called for the volunteer decides who certifies.
    """
    named = tidy(organiser)
    asked = (("服务地点", tidy(place)), ("负责人", tidy(leader)))
    missing = "、".join(words for words, text in asked if not text)
    if missing:
        raise DomainError(
            f"记服务时长要写明{missing}（民政部令第67号第七条），服务证明要照着写。请填好再记。"
        )
    if ours is False and not named:
        raise DomainError("由其他单位招募的，请写明是哪个单位：时长证明由那个单位出具。")
    if ours is None and named and not office_name(session).means(named):
        raise DomainError(
            f"组织单位是“{named}”，请选“谁招募的”：由其他单位招募的，时长证明由那个单位出具"
            "（民政部令第67号第二十六条）。"
        )
    return ServiceFacts(
        place=tidy(place),
        organiser=named or papers.committee(session),
        leader=tidy(leader),
        ours=ours is not False,
    )


def office_name(session: Session) -> OfficeName:
    """As this office signs."""
    street = office.office(session).street
    return OfficeName(_core(papers.committee(session), street), street)


def of_claim(source: Source, claim_id: int) -> ServiceFacts:
    """What stands with a claim; nothing where it tells of no such service."""
    own = Sql("id = ?", (claim_id,))
    columns = "place, organiser, leader, ours, starts, ends"
    found = lookup_of(source).rows(query(columns, "points_claim", [own]))
    for place, organiser, leader, ours, starts, ends in found:
        return ServiceFacts(
            place=place or "",
            organiser=organiser or "",
            leader=leader or "",
            ours=bool(ours),
            time="" if starts is None or ends is None else span_words(starts, ends),
        )
    return ServiceFacts()


def mark_typed(session: Session, claim_id: int, *, on: date | None) -> None:
    """已录入全国系统 (order 67 art. 4), or not after all with None.

    Raises DomainError for what is not in the book, or was called for by another body.
    """
    rights.require(session, Right.RECORD_POINTS)
    claim = session.get(PointsClaim, claim_id)
    if claim is None or claim.state is not ClaimState.ACCEPTED:
        raise DomainError("这一笔已经不在账上，不能勾“已录入”。请刷新后再看。")
    if not claim.ours:
        raise DomainError("这一笔由其他单位招募，由那个单位记录和录入，本社区不录。")
    claim.system_on = on
    session.flush()


def _core(name: str, street: str) -> str:
    """海湾街道望海社区居民委员会, 望海社区居委会 and 望海社区 are one."""
    core = tidy(name).removeprefix(street)
    for ending in _ENDINGS:
        core = core.removesuffix(ending)
    return core
