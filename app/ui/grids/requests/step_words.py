"""Which step a key, a button or a dropped card means, and what it is called on its button."""

from app.models import Level, RequestState
from app.services.request_detail import RequestDetail
from app.services.request_rules import RequestAction, next_action

_A, _S = RequestAction, RequestState

_BACK = {
    _S.HANDLING: _A.HAND_DOWN,
    _S.ESCALATED: _A.HAND_DOWN,
    _S.DONE: _A.REOPEN,
    _S.CALLED_BACK: _A.REOPEN,
    _S.CLOSED: _A.REOPEN,
}
_ONTO = {
    _S.ACCEPTED: {_S.REGISTERED: _A.ACCEPT},
    _S.HANDLING: {
        _S.ACCEPTED: _A.ASSIGN,
        _S.ESCALATED: _A.HAND_DOWN,
        _S.DONE: _A.REOPEN,
        _S.CALLED_BACK: _A.REOPEN,
        _S.CLOSED: _A.REOPEN,
    },
    _S.ESCALATED: {_S.ACCEPTED: _A.HAND_UP, _S.HANDLING: _A.HAND_UP},
    _S.DONE: {_S.ACCEPTED: _A.FINISH, _S.HANDLING: _A.FINISH, _S.ESCALATED: _A.FINISH},
    _S.CALLED_BACK: {_S.DONE: _A.CALL_BACK},
    _S.CLOSED: dict.fromkeys(_S, _A.CLOSE),
}
_NEXT_WORDS = {
    _A.ACCEPT: "受理",
    _A.ASSIGN: "交办",
    _A.FINISH: "转到办结",
    _A.CALL_BACK: "回访",
    _A.CLOSE: "销号",
}


def forward(detail: RequestDetail) -> RequestAction | None:
    """What Ctrl+→ means; None where the request is at its end or somebody else's turn is it."""
    action = next_action(detail.state)
    return action if action in detail.allowed else None


def backward(detail: RequestDetail) -> RequestAction | None:
    """What Ctrl+← means; at the street both keys write down what the street answered."""
    action = _BACK.get(detail.state)
    return action if action in detail.allowed and action is not forward(detail) else None


def onto(state: RequestState, target: RequestState) -> RequestAction | None:
    """What it means to let a card of the column `state` go on another one; None for nothing."""
    return _ONTO.get(target, {}).get(state)


def button_words(action: RequestAction, detail: RequestDetail) -> str:
    """转到办结, 退回网格员, 街道回告."""
    if action is _A.HAND_DOWN:
        return "街道回告" if detail.level is Level.STREET else "退回网格员"
    return _NEXT_WORDS.get(action, action.label)


def not_onto(detail: RequestDetail, target: RequestState) -> str:
    """Why a card cannot be let go there, and what leads on instead."""
    following = forward(detail)
    way = f"下一步请点「{button_words(following, detail)}」。" if following else ""
    return f"{detail.number} 号现在是“{detail.state.label}”，不能直接放到“{target.label}”。{way}"
