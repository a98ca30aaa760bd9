"""What stands on 组织架构图 and on 网格公示牌, gathered for their reports."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, Grid, GridMember, PostKind
from app.reports import organisation_plan
from app.reports.notice_board import Board, BoardPerson, NoticeBoards
from app.reports.organisation_plan import GridColumn, OrganisationPlan
from app.services import grids, members, organisation, papers, settings
from app.services.organisation import Node, Seat, Trees
from app.storage import journal
from app.values.grid_duties import DUTIES

_SHORT = {
    PostKind.STREET_SECRETARY: "书记",
    PostKind.COMMITTEE_SECRETARY: "书记",
    PostKind.BRANCH_SECRETARY: "书记",
    PostKind.GROUP_LEADER: "党小组长",
    PostKind.HUB_HOUSEHOLD: "中心户",
    PostKind.GRID_INFORMANT: "信息员",
}
_ON_BOARD = (PostKind.GRID_LEAD, PostKind.GRID_STAFF, PostKind.GRID_INFORMANT)


# -- the plan


def plan(session: Session, *, paper: str, on: date, drawn_by: str) -> OrganisationPlan:
    """The organisation as it stands on a day, for one sheet of `paper` (A4 or A3)."""
    trees = organisation.trees(session, on=on)
    committee = trees.party.children[0]
    branches = {node.mirror: node for node in committee.children}
    columns = tuple(_column(grid, branches[grid.key]) for grid in trees.community.children)
    return OrganisationPlan(
        office=papers.committee(session),
        title=f"{trees.community.title}{organisation_plan.TITLE}",
        street=trees.party.title,
        street_seats=_seats(trees.party.seats),
        committee=committee.title,
        committee_seats=_seats(committee.seats),
        grids=columns,
        summary=_summary(trees),
        paper=paper,
        day=on,
        drawn_by=drawn_by,
    )


def _column(grid: Node, branch: Node) -> GridColumn:
    groups = {node.mirror: node for node in branch.children}
    return GridColumn(
        branch=branch.title,
        title=grid.title,
        party=_seats(branch.seats),
        seats=_seats(grid.seats),
        buildings=tuple(_building(one, groups[one.key]) for one in grid.children),
    )


def _building(building: Node, group: Node) -> organisation_plan.Building:
    units = [(node, node.seats[0]) for node in building.children if node.seats]
    empty = sum(1 for _, seat in units if seat.vacant)
    return organisation_plan.Building(
        title=building.title,
        seats=(*_seats(building.seats), *_seats(group.seats, party=True)),
        units=tuple(
            organisation_plan.Seat(label=f"{node.title}长", names=seat.names)
            for node, seat in units
        ),
        units_short=f"{len(units) - empty} 人{f'，缺 {empty}' if empty else ''}",
    )


def _seats(seats: Sequence[Seat], *, party: bool = False) -> tuple[organisation_plan.Seat, ...]:
    """Those with somebody in them, or that should have."""
    return tuple(
        organisation_plan.Seat(
            label=_SHORT.get(seat.kind, seat.kind.label),
            names=seat.names,
            short=f"{len(seat.holders)} 户" if seat.kind is PostKind.HUB_HOUSEHOLD else "",
            party=party,
        )
        for seat in seats
        if seat.names
    )


def _summary(trees: Trees) -> str:
    nodes = list(trees.community.walk())
    buildings = sum(1 for node in nodes if node.place.building_id and not node.place.unit)
    grid_count = sum(1 for node in nodes if node.place.grid_id is not None)
    every = [*nodes, *trees.party.walk()]
    held = {post.id for node in every for seat in node.seats for post in seat.holders}
    empty = trees.party.vacancies + trees.community.vacancies
    gaps = f"，空缺 {empty} 个" if empty else "，没有空缺"
    return f"网格 {grid_count} 个，楼 {buildings} 栋，任职 {len(held)} 人次{gaps}"


def people_on_plan(session: Session, *, on: date) -> list[int]:
    """Whose names stand on the plan."""
    trees = organisation.trees(session, on=on)
    every = (*trees.party.walk(), *trees.community.walk())
    return sorted(
        {post.member_id for node in every for seat in node.seats for post in seat.holders}
    )


# -- the boards


def boards(session: Session, grid_ids: Sequence[int], *, paper: str, on: date) -> NoticeBoards:
    """A board for each of these grids, for all without any; raises DomainError without grids."""
    trees = organisation.trees(session, on=on)
    nodes = [node for node in trees.community.children if node.place.grid_id is not None]
    wanted = [node for node in nodes if not grid_ids or node.place.grid_id in grid_ids]
    if not wanted:
        raise DomainError("还没有划分网格，先在“网格楼栋”里添加网格，再印公示牌。")
    counted = {one.id: one.households for one in grids.grids(session)}
    phone = settings.value(session, settings.SUPERVISION_PHONE)
    return NoticeBoards(
        office=papers.committee(session),
        boards=[_board(session, node, counted) for node in wanted],
        supervision_phone=phone or settings.value(session, settings.OFFICE_PHONE),
        paper=paper,
        day=on,
    )


def _board(session: Session, node: Node, counted: dict[int, int]) -> Board:
    grid = session.get_one(Grid, node.place.grid_id)
    buildings = "、".join(child.title for child in node.children)
    duties = tuple(line.strip() for line in (grid.duties or "").splitlines() if line.strip())
    return Board(
        grid=grid.name,
        area=grid.area or "",
        people=_people(session, node),
        buildings=buildings,
        households=counted.get(grid.id) or None,
        duties=duties or DUTIES,
    )


def _people(session: Session, node: Node) -> tuple[BoardPerson, ...]:
    held = [
        (seat.kind, post)
        for kind in _ON_BOARD
        for seat in node.seats
        if seat.kind is kind
        for post in seat.holders
    ]
    ids = [post.member_id for _, post in held]
    found = session.execute(select(GridMember.id, GridMember.phone).where(GridMember.id.in_(ids)))
    phones = {key: phone or "" for key, phone in found}
    pictures = members.photos(session, ids)
    return tuple(
        BoardPerson(
            role=kind.label,
            name=post.name,
            phone=phones.get(post.member_id, ""),
            jpeg=pictures.get(post.member_id),
        )
        for kind, post in held
    )


def people_on_boards(session: Session, grid_ids: Sequence[int], *, on: date) -> list[int]:
    """Whose names and telephones stand on the boards of these grids, of all without any."""
    trees = organisation.trees(session, on=on)
    return sorted(
        {
            post.member_id
            for node in trees.community.children
            if node.place.grid_id is not None and (not grid_ids or node.place.grid_id in grid_ids)
            for seat in node.seats
            for post in seat.holders
        }
    )


def note_printed(session: Session, member_ids: Sequence[int]) -> None:
    """Journal that a plan or a board with these people on it was printed or saved."""
    journal.record_look(session, Action.PRINTED, GridMember, member_ids)
