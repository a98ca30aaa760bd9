"""The way of a request as it is drawn: the four levels, the call-back and the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.models import Level, Request, RequestState, StepKind
from app.services.request_due import OPEN


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the way."""

    at: datetime
    kind: StepKind
    level: Level
    state: RequestState
    to: str
    words: str
    due_on: date | None
    user_name: str

    @property
    def from_street(self) -> bool:
        """Whether it is what the street answered: only from there one comes back to 社区."""
        return self.kind is StepKind.HANDED_DOWN and self.level is Level.COMMUNITY

    @property
    def verb(self) -> str:
        """What was done, in a word."""
        return "街道回告" if self.from_street else self.kind.label

    @property
    def sentence(self) -> str:
        """上报给街道城建办：公共电表改造，物业无权开箱."""
        said = self.verb + (f"给{self.to}" if self.to else "")
        return f"{said}：{self.words}" if self.words else said


@dataclass(frozen=True, slots=True)
class WayStep:
    """A point of the drawn way: a level, 回访 or 销号; `on` and `words` once it was there."""

    label: str
    done: bool
    current: bool
    words: str
    on: datetime | None


def way(row: Request, steps: Sequence[StepLine], person: str, handler: str) -> tuple[WayStep, ...]:
    """Each point with who and when; `person` asked, `handler` has it in hand."""
    asked = WayStep(Level.RESIDENT.label, True, False, person, row.came_at)
    levels = (
        _level_step(level, row, steps, handler if row.level is level else "")
        for level in (Level.MEMBER, Level.COMMUNITY, Level.STREET)
    )
    return (asked, *levels, _call_step(row, steps), _end_step(row, steps))


def _call_step(row: Request, steps: Sequence[StepLine]) -> WayStep:
    behind = row.state in (RequestState.CALLED_BACK, RequestState.CLOSED)
    said = row.satisfaction.label if row.satisfaction else "办结后"
    called, waits = behind and row.called_on is not None, row.state is RequestState.DONE
    return WayStep("回访", called, waits, said, _last_on(steps, StepKind.CALLED_BACK))


def _end_step(row: Request, steps: Sequence[StepLine]) -> WayStep:
    if row.state is not RequestState.CLOSED:
        return WayStep("销号", False, row.state is RequestState.CALLED_BACK, "满意后", None)
    words = row.close_reason or "已销号"
    return WayStep("销号", True, False, words, _last_on(steps, StepKind.CLOSED))


_DONE_THERE = (
    StepKind.REGISTERED,
    StepKind.ACCEPTED,
    StepKind.ASSIGNED,
    StepKind.NOTED,
    StepKind.HANDED_UP,
    StepKind.HANDED_DOWN,
    StepKind.REOPENED,
    StepKind.DONE,
)
"""What tells how far a level has come: reminders, flags and the end belong to none of them."""


def _level_step(level: Level, row: Request, steps: Sequence[StepLine], handler: str) -> WayStep:
    here = row.level is level and row.state in OPEN
    been = [one for one in steps if one.level is level and one.kind in _DONE_THERE]
    if not been:
        return WayStep(level.label, False, here, "", None)
    last = been[-1]
    to = last.to if last.to != level.label else ""
    # The name of the level stands above it: 街道城建办 is 城建办 there.
    who = (handler or to or last.user_name).removeprefix(level.label)
    return WayStep(level.label, not here, here, f"{who} {last.verb}".strip(), last.at)


def _last_on(steps: Sequence[StepLine], kind: StepKind) -> datetime | None:
    return next((one.at for one in reversed(steps) if one.kind is kind), None)
