"""What the dialog of a step tells before it is done: deadlines, whom it concerns, what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.models import Level, RequestState
from app.services import calendar, members, request_detail, request_due, request_moves
from app.services.request_detail import RequestDetail
from app.services.request_due import day_words
from app.services.request_rules import RequestAction
from app.storage.lookup import actor_of
from app.values.rights import GRID_MEMBER


@dataclass(frozen=True, slots=True)
class StepFacts:
    """`members`: by the words of a line (孙丽　第三网格专职网格员) who may be charged with it."""

    detail: RequestDetail
    members: Mapping[str, int]
    due_when_accepted: date | None
    due_when_done: date | None
    guessed: str
    """Where the days to come are reckoned without data; else ''"""
    up_to_street: bool
    """Whether whoever hands it up may let it go past the community at once"""

    @property
    def in_charge(self) -> str:
        """The line of the member who was named when it was written down; '' for nobody."""
        wanted = self.detail.member_id
        return next((line for line, key in self.members.items() if key == wanted), "")

    def member(self, words: str) -> int | None:
        """Who is meant by the words of a line, or by a name that only one of them has."""
        named = [key for line, key in self.members.items() if line.split("　")[0] == words]
        alone = named[0] if len(named) == 1 else None
        return self.members.get(words, alone)


def check(session: Session, request_id: int, action: RequestAction) -> None:
    """Raise DomainError where a step may not be done now, before anything is asked."""
    request_moves.require(session, request_detail.get(session, request_id), action)


def of(session: Session, detail: RequestDetail, *, today: date) -> StepFacts:
    """Everything that the dialogs tell of a request."""
    row = request_detail.get(session, detail.id)
    reckoner = request_due.reckoner(session)
    now = request_due.facts(session, row)
    accepted = reckoner.due(replace(now, state=RequestState.ACCEPTED))
    done = reckoner.due(replace(now, state=RequestState.DONE, done_on=today))
    last = max(day for day in (accepted, done, today) if day is not None)
    return StepFacts(
        detail,
        _members(session, detail, today),
        accepted,
        done,
        calendar.GUESSED if reckoner.days.guessed(today, last) else "",
        actor_of(session).role != GRID_MEMBER,
    )


def _members(session: Session, detail: RequestDetail, today: date) -> dict[str, int]:
    """Those of the grid of the request first."""
    found = members.members(session, on=today)
    found.sort(key=lambda one: detail.grid_id not in one.grid_ids)
    return {"　".join(filter(None, (one.name, one.posts))): one.id for one in found}


def said_on_accepting(facts: StepFacts) -> str:
    """The deadline that runs from now on."""
    due = facts.due_when_accepted
    run = f"办理期限到 {day_words(due)}。" if due else ""
    return f"{run}现在就知道交给谁的，一起填上；空着就停在“受理”，等定人。"


def said_on_handing_up(facts: StepFacts) -> str:
    if facts.detail.level is Level.MEMBER and not facts.up_to_street:
        return "报到社区，由社区接着办。"
    return "报到街道以后，社区不能直接办结，要等街道回告。"


def said_on_handing_down(facts: StepFacts) -> str:
    if facts.detail.level is Level.STREET:
        return "记下街道的答复，回到社区接着办。"
    return "交回网格员办，期限不变。"


def said_on_urging(facts: StepFacts) -> str:
    whom = facts.detail.handler or facts.detail.level.label
    return f"现在由{whom}办，{facts.detail.due_words}。"


def said_on_extending(facts: StepFacts) -> str:
    return f"现在的期限是 {facts.detail.due_words}。书记或主任同意以后才算数。"


def said_on_deciding(facts: StepFacts) -> str:
    asked = facts.detail.extension
    if asked is None:
        return ""
    return f"{asked.asked_by} 申请延到 {day_words(asked.until)}：{asked.reason}"


def said_on_finishing(facts: StepFacts) -> str:
    """Until when the resident is to be called, and who else."""
    due = facts.due_when_done
    until = f"办结后要在 {day_words(due)}前回访。" if due else ""
    return f"{until}{_followers(facts)}"


def said_on_calling(facts: StepFacts, *, phone: str = "") -> str:
    """Whom to call, and what was called in vain; `phone` in clear once it was asked for."""
    detail = facts.detail
    number = phone or detail.phone_masked
    whom = " ".join(part for part in (detail.person, number) if part) if number else ""
    tried = f"已经打过 {detail.attempts} 次没联系上。" if detail.attempts else ""
    call = f"请打给 {whom}，问问办得怎么样。" if whom else "没有留电话，请当面问问办得怎么样。"
    return f"{call}{tried}不满意的会自动退回“处理”重办。"


def said_on_closing(facts: StepFacts) -> str:
    if facts.detail.state is RequestState.CALLED_BACK:
        said = facts.detail.satisfaction
        return f"回访：{said.label if said else '已回访'}。销号后移到看板右边的“销号”里。"
    return f"这一件还没有回访。{_followers(facts)}"


def _followers(facts: StepFacts) -> str:
    named = "、".join(str(number) for number in facts.detail.merged)
    return f"并进来的 {named} 号一起办结，也要分别回访。" if named else ""
