"""What another page asks of 网格; `page_requested("grids", ...)` carries one of these."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowGrid:
    """A grid in the tree of grids and buildings."""

    grid_id: int


@dataclass(frozen=True, slots=True)
class NewDiary:
    """A new line of today's diary, about somebody or about nobody yet."""

    resident_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShowDiary:
    """A line of the diary."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class ShowVisits:
    """Who is due, of a grid or of all; or the visits of somebody."""

    grid_id: int | None = None
    resident_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewRequest:
    """The form of a new request: about somebody, or out of a line of the diary or a visit."""

    resident_id: int | None = None
    diary_entry_id: int | None = None
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """A request that is on file."""

    request_id: int


GridWish = ShowGrid | NewDiary | ShowDiary | ShowVisits | NewRequest | ShowRequest
