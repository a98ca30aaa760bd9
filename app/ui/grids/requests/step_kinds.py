"""What each step of a request asks, and how the answers are written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Level, RequestState, Satisfaction
from app.services import request_detail, request_life
from app.services.request_rules import RequestAction
from app.ui.grids.requests import step_facts
from app.ui.grids.requests.step_dialog import Ask, Values
from app.ui.grids.requests.step_facts import StepFacts

_A = RequestAction
AGREED, NOT_AGREED = "同意", "不同意"
STREET_OFFICES = ("街道城建办", "街道综治中心", "街道民政办", "街道应急办", "街道执法队")
"""Proposed at 上报; anything else may be written."""
Known = dict[str, Any]
"""The version that the dialog was opened with, and now"""


@dataclass(frozen=True, slots=True)
class Step:
    """`said` explains before it is done; `asks` gives the questions; `write` keeps the answers."""

    asks: Callable[[StepFacts], tuple[Ask, ...]]
    write: Callable[[Session, StepFacts, Values, Known], object]
    said: Callable[[StepFacts], str] = lambda _: ""


def _to(facts: StepFacts, *, missing: str = "", proposed: str = "") -> Ask:
    return Ask(
        key="to",
        label="交给",
        kind="words",
        value=proposed,
        choices=tuple(facts.members),
        hint="选网格员，或写 物业、单位、姓名",
        missing=missing,
        limit=60,
    )


def _lines(label: str, *, missing: str = "", hint: str = "", proposed: str = "") -> Ask:
    return Ask(key="words", label=label, kind="lines", value=proposed, hint=hint, missing=missing)


def _handler(facts: StepFacts, values: Values) -> dict[str, Any]:
    """A grid member by the words of his line, anybody else by what was typed."""
    to = values["to"] or ""
    member_id = facts.member(to)
    return {"member_id": member_id, "handler": "" if member_id else to}


def _accept(session: Session, facts: StepFacts, values: Values, known: Known) -> None:
    """With a name it is handed over in the same step."""
    one = facts.detail.id
    request_life.accept(session, one, words=values["words"], **known)
    if values["to"]:
        known = {**known, "version": request_detail.get(session, one).version}
        request_life.assign(session, one, **_handler(facts, values), **known)


def _assign(session: Session, facts: StepFacts, values: Values, known: Known) -> None:
    whom = _handler(facts, values)
    request_life.assign(session, facts.detail.id, words=values["words"], **whom, **known)


def _hand_up(session: Session, facts: StepFacts, values: Values, known: Known) -> None:
    """To the street it goes through the community, which is noted as a step of its own."""
    one, why, to = facts.detail.id, values["words"], values.get("to") or ""
    if values.get("level") == Level.STREET.label:
        request_life.hand_up(session, one, reason=why, **known)
        known = {**known, "version": request_detail.get(session, one).version}
    request_life.hand_up(session, one, reason=why, to=to, **known)


def _hand_down(session: Session, facts: StepFacts, values: Values, known: Known) -> None:
    member_id = facts.member(values.get("to") or "")
    if values.get("to") and member_id is None:
        raise DomainError("请从名单里选一位网格员，或者空着不填。")
    request_life.hand_down(
        session, facts.detail.id, reason=values["words"], member_id=member_id, **known
    )


def _extend(session: Session, facts: StepFacts, values: Values, known: Known) -> None:
    until: date | None = values["until"]
    if until is None:
        raise DomainError("请填写延到哪一天，如 2026-11-25。")
    request_life.ask_extension(
        session, facts.detail.id, until=until, reason=values["words"], **known
    )


def _decide(session: Session, facts: StepFacts, values: Values, known: Known) -> None:
    request_life.decide_extension(
        session,
        facts.detail.id,
        granted=values["granted"] == AGREED,
        remark=values["words"],
        **known,
    )


def _call_back(session: Session, facts: StepFacts, values: Values, known: Known) -> None:
    said = next(one for one in Satisfaction if one.label == values["satisfaction"])
    request_life.call_back(
        session, facts.detail.id, satisfaction=said, words=values["words"], **known
    )


def _close(session: Session, facts: StepFacts, values: Values, known: Known) -> None:
    request_life.close(session, facts.detail.id, reason=values.get("words"), **known)


def _with_words(
    act: Callable[..., object], name: str = "words"
) -> Callable[[Session, StepFacts, Values, Known], object]:
    """A step that keeps one text."""

    def write(session: Session, facts: StepFacts, values: Values, known: Known) -> object:
        return act(session, facts.detail.id, **{name: values["words"]}, **known)

    return write


def _ask_up(facts: StepFacts) -> tuple[Ask, ...]:
    """To which level, to whom there, and why; who has only the level above is not asked."""
    why = _lines("上报原因", missing="请写明为什么上报。", hint="如 公共电表改造，物业无权开箱")
    to = Ask(
        key="to",
        label="报给",
        kind="words",
        choices=STREET_OFFICES,
        hint="报到街道的，写明科室或哪一位",
        limit=60,
    )
    if facts.detail.level is not Level.MEMBER:
        return (replace(to, missing="请写明报给街道的哪个科室或哪一位。"), why)
    if not facts.up_to_street:
        return (why,)
    level = Ask(
        key="level",
        label="报到",
        kind="segments",
        value=Level.STREET.label,
        choices=(Level.COMMUNITY.label, Level.STREET.label),
        missing="请选报到哪一级，按 1 或 2。",
    )
    return (level, to, why)


def _ask_down(facts: StepFacts) -> tuple[Ask, ...]:
    if facts.detail.level is Level.STREET:
        return (_lines("街道回告", missing="请写明街道怎么答复的。"),)
    return (_to(facts), _lines("退回原因", missing="请写明为什么退回。"))


def _ask_close(facts: StepFacts) -> tuple[Ask, ...]:
    if facts.detail.state is RequestState.CALLED_BACK:
        return ()
    return (_lines("销号原因", missing="没有回访就销号，请写明原因。"),)


def _ask_call(facts: StepFacts) -> tuple[Ask, ...]:
    return (
        Ask(
            key="satisfaction",
            label="满意度",
            kind="segments",
            choices=tuple(one.label for one in Satisfaction),
            missing="请选居民满意不满意，按 1 到 4。",
        ),
        _lines("居民说的", hint="不满意的，写明哪里不满意"),
    )


def _ask_decision(_facts: StepFacts) -> tuple[Ask, ...]:
    return (
        Ask(
            key="granted",
            label="批复",
            kind="segments",
            choices=(AGREED, NOT_AGREED),
            missing="请选同意或不同意，按 1 或 2。",
        ),
        _lines("意见", hint="不同意的，写明原因"),
    )


STEPS: dict[RequestAction, Step] = {
    _A.ACCEPT: Step(
        lambda facts: (_to(facts, proposed=facts.in_charge), _lines("说明")),
        _accept,
        step_facts.said_on_accepting,
    ),
    _A.ASSIGN: Step(
        lambda facts: (
            _to(facts, missing="请写明交给谁办：选网格员，或写单位、姓名。"),
            _lines("说明", hint="要办什么、注意什么"),
        ),
        _assign,
    ),
    _A.NOTE: Step(
        lambda _: (_lines("进展", missing="请写明办到哪一步。"),), _with_words(request_life.note)
    ),
    _A.HAND_UP: Step(_ask_up, _hand_up, step_facts.said_on_handing_up),
    _A.HAND_DOWN: Step(_ask_down, _hand_down, step_facts.said_on_handing_down),
    _A.URGE: Step(
        lambda _: (_lines("催办内容", hint="可以不写"),),
        _with_words(request_life.urge),
        step_facts.said_on_urging,
    ),
    _A.FLAG: Step(
        lambda _: (_lines("督办要求", missing="请写明督办要求，如“本周内给居民答复”。"),),
        _with_words(request_life.flag),
    ),
    _A.UNFLAG: Step(lambda _: (_lines("说明", hint="可以不写"),), _with_words(request_life.unflag)),
    _A.ASK_EXTENSION: Step(
        lambda _: (
            Ask(key="until", label="延到", kind="date", missing="请填写延到哪一天。"),
            _lines("延期原因", missing="请写明为什么要延期。"),
        ),
        _extend,
        step_facts.said_on_extending,
    ),
    _A.DECIDE_EXTENSION: Step(_ask_decision, _decide, step_facts.said_on_deciding),
    _A.FINISH: Step(
        lambda facts: (
            _lines(
                "办理结果",
                missing="请写明办理结果，答复单上会照这句话印。",
                proposed=facts.detail.street_answer,
            ),
        ),
        _with_words(request_life.finish, "answer"),
        step_facts.said_on_finishing,
    ),
    _A.CALL_BACK: Step(_ask_call, _call_back, step_facts.said_on_calling),
    _A.CLOSE: Step(_ask_close, _close, step_facts.said_on_closing),
    _A.REOPEN: Step(
        lambda _: (_lines("重办原因", missing="请写明为什么重办。"),),
        _with_words(request_life.reopen, "reason"),
        lambda _: "回到“处理”，期限重新算起，以前的经过都留着。",
    ),
}
