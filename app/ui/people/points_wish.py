"""What another page asks of 积分超市; `page_requested("points", ...)` carries one of these."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Redeem:
    """The counter, with this resident if one is named."""

    resident_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShowAccount:
    """The ledger of one account."""

    account_id: int


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """A line of the points ledger; `of_hours`: one of the book of hours, shown among them."""

    entry_id: int
    of_hours: bool = False


@dataclass(frozen=True, slots=True)
class NewClaim:
    """手工记分, or what another page found worth points.

    `origin` is a key of models.ClaimOrigin; `source_key` keeps a matter from being posted twice.
    """

    resident_id: int | None = None
    origin: str = "by_hand"
    source_key: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ShowVolunteer:
    volunteer_id: int


@dataclass(frozen=True, slots=True)
class NewVolunteer:
    """The form of a new volunteer, for this resident if one is named."""

    resident_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShowActivity:
    activity_id: int


@dataclass(frozen=True, slots=True)
class ShowRedemption:
    redemption_id: int


@dataclass(frozen=True, slots=True)
class ShowGoods:
    goods_id: int


@dataclass(frozen=True, slots=True)
class ShowStockEntry:
    """A line of the stock ledger, among those of its article."""

    entry_id: int


@dataclass(frozen=True, slots=True)
class ShowMonth:
    """The closing of a month, 202611."""

    month: int
