"""What may be done with a request now, and the sentence for what may not.

Windows offer what has no refusal, services raise it: both ask here.
"""

import enum
from dataclasses import dataclass

from app.models import Level, RequestState
from app.services.request_due import BEFORE_CLOSED, OPEN, WORKING
from app.values.rights import GRID_MEMBER, Actor, Right

ATTEMPTS = 3
"""After so many calls that reached nobody a request may be closed with a reason."""
_S = RequestState


class RequestAction(enum.StrEnum):
    """One thing that can be done with a request."""

    label: str

    def __new__(cls, key: str, words: str) -> "RequestAction":
        action = str.__new__(cls, key)
        action._value_ = key
        action.label = words
        return action

    EDIT = "edit", "修改"
    ACCEPT = "accept", "受理"
    ASSIGN = "assign", "交办"
    NOTE = "note", "记进展"
    HAND_UP = "hand_up", "上报"
    HAND_DOWN = "hand_down", "退回"
    URGE = "urge", "催办"
    FLAG = "flag", "督办"
    UNFLAG = "unflag", "解除督办"
    ASK_EXTENSION = "ask_extension", "延期"
    DECIDE_EXTENSION = "decide_extension", "批延期"
    MERGE = "merge", "并案"
    FINISH = "finish", "办结"
    CALL_BACK = "call_back", "回访"
    CLOSE = "close", "销号"
    REOPEN = "reopen", "重办"


_WHERE: dict[RequestAction, tuple[RequestState, ...]] = {
    RequestAction.EDIT: BEFORE_CLOSED,
    RequestAction.ACCEPT: (_S.REGISTERED,),
    RequestAction.ASSIGN: (_S.ACCEPTED, _S.HANDLING),
    RequestAction.NOTE: BEFORE_CLOSED,
    RequestAction.HAND_UP: (_S.ACCEPTED, _S.HANDLING),
    RequestAction.HAND_DOWN: (_S.HANDLING, _S.ESCALATED),
    RequestAction.URGE: OPEN,
    RequestAction.FLAG: OPEN,
    RequestAction.UNFLAG: BEFORE_CLOSED,
    RequestAction.ASK_EXTENSION: WORKING,
    RequestAction.DECIDE_EXTENSION: WORKING,
    RequestAction.MERGE: OPEN,
    RequestAction.FINISH: (_S.ACCEPTED, _S.HANDLING),
    RequestAction.CALL_BACK: (_S.DONE,),
    RequestAction.CLOSE: BEFORE_CLOSED,
    RequestAction.REOPEN: (_S.DONE, _S.CALLED_BACK, _S.CLOSED),
}
_NEXT = {
    _S.REGISTERED: RequestAction.ACCEPT,
    _S.ACCEPTED: RequestAction.ASSIGN,
    _S.HANDLING: RequestAction.FINISH,
    _S.ESCALATED: RequestAction.HAND_DOWN,
    _S.DONE: RequestAction.CALL_BACK,
    _S.CALLED_BACK: RequestAction.CLOSE,
}
_SUPERVISED = (RequestAction.FLAG, RequestAction.UNFLAG, RequestAction.DECIDE_EXTENSION)
_OF_THE_LEVEL = (
    RequestAction.ACCEPT,
    RequestAction.ASSIGN,
    RequestAction.HAND_UP,
    RequestAction.HAND_DOWN,
    RequestAction.FINISH,
)
"""What only whoever has the request in hand does; a note or a reminder is anybody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far a request has come, as far as it decides what may follow."""

    number: int
    state: RequestState
    level: Level
    flagged: bool
    waiting: bool
    """An extension was asked for and not decided."""
    attempts: int
    """Calls since it was done that reached nobody."""
    merged_into: int | None
    """The number of the request that goes on for this one."""


def refusal(action: RequestAction, at: Position, actor: Actor) -> str:
    """Why it may not be done now; '' where it may."""
    if not actor.may(Right.HANDLE_REQUESTS):
        return _no_right(actor, Right.HANDLE_REQUESTS)
    alone = action not in (RequestAction.NOTE, RequestAction.EDIT)
    if at.merged_into is not None and at.state in OPEN and alone:
        return f"{at.number} 号已经并入 {at.merged_into} 号，请在 {at.merged_into} 号里办。"
    return _of_state(action, at) or _of_level(action, at, actor) or _of_right(action, at, actor)


def allowed(at: Position, actor: Actor) -> frozenset[RequestAction]:
    """All that may be done now."""
    return frozenset(action for action in RequestAction if not refusal(action, at, actor))


def next_action(state: RequestState) -> RequestAction | None:
    """What brings a request one column further; None for one that is closed."""
    return _NEXT.get(state)


def _of_state(action: RequestAction, at: Position) -> str:
    if at.state is _S.ESCALATED and action in (RequestAction.FINISH, RequestAction.CLOSE):
        return (
            f"{at.number} 号现在在街道办，社区不能{action.label}。"
            "请先登记街道的回告（退回社区），再往下办。"
        )
    if at.state not in _WHERE[action]:
        return _wrong_state(action, at)
    if action is RequestAction.FLAG and at.flagged:
        return f"{at.number} 号已经在督办。"
    if action is RequestAction.UNFLAG and not at.flagged:
        return f"{at.number} 号没有督办，不用解除。"
    if action is RequestAction.ASK_EXTENSION and at.waiting:
        return f"{at.number} 号已经申请延期，还没有批，不能再申请。"
    if action is RequestAction.DECIDE_EXTENSION and not at.waiting:
        return f"{at.number} 号没有待批的延期申请。"
    return ""


def _wrong_state(action: RequestAction, at: Position) -> str:
    said = f"{at.number} 号现在是“{at.state.label}”，不能{action.label}。"
    if at.state is _S.REGISTERED:
        return f"{said}请先受理。"
    if at.state is _S.CLOSED:
        return f"{said}居民又来反映的，请点「重办」。"
    if action is RequestAction.CALL_BACK:
        return f"{said}请办结以后再回访。"
    return said


def _of_level(action: RequestAction, at: Position, actor: Actor) -> str:
    if action is RequestAction.HAND_DOWN and at.level is Level.MEMBER:
        return f"{at.number} 号就在网格员手里，没有可以退回的下一级。"
    if action is RequestAction.HAND_UP and at.level is Level.STREET:
        return f"{at.number} 号已经在街道，不能再上报。"
    above = at.level in (Level.COMMUNITY, Level.STREET)
    if actor.role == GRID_MEMBER and above and action in _OF_THE_LEVEL:
        return f"{at.number} 号现在由{at.level.label}办，{action.label}请社区的人来做。"
    return ""


def _of_right(action: RequestAction, at: Position, actor: Actor) -> str:
    if actor.may(Right.SUPERVISE):
        return ""
    if action in _SUPERVISED:
        return _no_right(actor, Right.SUPERVISE)
    called = at.state is _S.CALLED_BACK
    if action is RequestAction.CLOSE and not called and not tried(at):
        return (
            f"{at.number} 号还没有回访，不能销号。请先办结、回访；"
            "确实不用回访的，请书记或主任写明原因后销号。"
        )
    return ""


def tried(at: Position) -> bool:
    """Whether the resident was called often enough without being reached."""
    return at.state is _S.DONE and at.attempts >= ATTEMPTS


def _no_right(actor: Actor, right: Right) -> str:
    return f"您的岗位“{actor.role}”没有“{right.label}”的权限，请书记来做。"
