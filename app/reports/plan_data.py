"""What stands on 组织架构图: bodies, grids, buildings, and who holds which post in them."""

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError

A4, A3 = "A4", "A3"


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A post and the names in it; `short` stands instead where room is scarce."""

    label: str
    names: str
    short: str = ""
    party: bool = False


@dataclass(frozen=True, kw_only=True)
class Building:
    """`seats` in the order of importance; only the first of them is kept in the shortest form.

    `units` are a line each, or `units_short` in one where room is scarce.
    """

    title: str
    seats: tuple[Seat, ...] = ()
    units: tuple[Seat, ...] = ()
    units_short: str = ""


@dataclass(frozen=True, kw_only=True)
class GridColumn:
    """A grid with its branch (`party`), its people and its buildings."""

    branch: str
    title: str
    party: tuple[Seat, ...] = ()
    seats: tuple[Seat, ...] = ()
    buildings: tuple[Building, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrganisationPlan:
    """The whole organisation on a day."""

    office: str
    title: str
    street: str
    street_seats: tuple[Seat, ...] = ()
    committee: str
    committee_seats: tuple[Seat, ...] = ()
    grids: tuple[GridColumn, ...] = ()
    summary: str = ""
    paper: str = A4
    day: date
    drawn_by: str = ""


class TooLargeForPaper(DomainError):
    """Not even the smallest readable type lets it stand on one sheet."""

    def __init__(self, paper: str, grids: int, buildings: int) -> None:
        how = "请改用 A3。" if paper == A4 else "请在“人员”里打印清单，或按网格印公示牌。"
        super().__init__(
            f"一张 {paper} 放不下 {grids} 个网格、{buildings} 栋楼：字小于 7 磅就看不清了。{how}"
        )
        self.paper = paper
