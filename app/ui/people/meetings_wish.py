"""What another page asks of 议事; `page_requested("meetings", ...)` carries one of these."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTopic:
    """The form of a topic, begun with what is known where it was heard of."""

    resident_id: int | None = None
    diary_entry_id: int | None = None
    request_id: int | None = None
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShowTopic:
    topic_id: int


@dataclass(frozen=True, slots=True)
class ShowMeeting:
    """A meeting: what is prepared, what goes on now, or its minutes."""

    meeting_id: int


@dataclass(frozen=True, slots=True)
class RunMeeting:
    """The meeting itself on the whole page: sign-in, agenda, votes, minutes."""

    meeting_id: int


@dataclass(frozen=True, slots=True)
class ShowResolution:
    resolution_id: int


@dataclass(frozen=True, slots=True)
class ShowBody:
    """A body, at one of its members if one is named."""

    body_id: int
    body_member_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShowAppraisal:
    """民主评议 of a year."""

    appraisal_id: int


@dataclass(frozen=True, slots=True)
class ShowJointUnit:
    unit_id: int


@dataclass(frozen=True, slots=True)
class ShowNeed:
    need_id: int


@dataclass(frozen=True, slots=True)
class ShowResource:
    resource_id: int


@dataclass(frozen=True, slots=True)
class ShowProject:
    project_id: int


@dataclass(frozen=True, slots=True)
class NewProject:
    """The form of a project that carries out a resolution."""

    resolution_id: int


@dataclass(frozen=True, slots=True)
class ShowFundEntry:
    """One line of the book of the fund."""

    entry_id: int
