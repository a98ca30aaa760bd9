"""Grids (网格): their names and facts, how many people live there, and when one may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Grid, GridKind, Resident
from app.services import rights
from app.services.filters import PRESENT, present
from app.services.settings import REGION_CODE, value
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.grid_duties import DUTIES
from app.values.rights import Right
from app.values.text import tidy

COMMUNITY_DIGITS, GRID_DIGITS = 12, 3
_LONGEST_NAME, _LONGEST_CODE, _LONGEST_AREA, _LONGEST_BRANCH = 40, 20, 200, 60
_MOST = 999
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class GridView:
    id: int
    number: int
    name: str
    people: int
    households: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GridInput:
    """What an office says of a grid; `duties` are one a line, empty where they are the usual."""

    number: int
    name: str
    code: str = ""
    kind: GridKind = GridKind.BASIC
    area: str = ""
    duties: str = ""
    party_branch: str = ""


class GridInUse(DomainError):
    """Something still belongs to the grid; `reasons` says what, in sentences."""

    def __init__(self, name: str, held: Sequence[tuple[int, str, str]]) -> None:
        self.reasons = tuple(words for _, words, _ in held)
        todo = "；".join(dict.fromkeys(remedy for _, _, remedy in held))
        super().__init__(f"{name}还不能删除：{'，'.join(self.reasons)}。请先{todo}。")


def grids(session: Session) -> list[GridView]:
    """All grids by number, each with the people and households that count."""
    counted = (
        select(
            Resident.grid_id,
            func.count().label("people"),
            func.count(Resident.household_id.distinct()).label("households"),
        )
        .where(present())
        .group_by(Resident.grid_id)
        .subquery()
    )
    found = session.execute(
        select(
            Grid.id,
            Grid.number,
            Grid.name,
            func.coalesce(counted.c.people, 0),
            func.coalesce(counted.c.households, 0),
            Grid.version,
        )
        .outerjoin(counted, counted.c.grid_id == Grid.id)
        .where(Grid.deleted_at.is_(None))
        .order_by(Grid.number, Grid.id)
    )
    return [GridView(*values) for values in found]


def names(source: Source) -> dict[int, str]:
    """The name of every grid that may be seen, in their order: for choices."""
    there = [Sql("deleted_at IS NULL")]
    return dict(lookup_of(source).rows(query("id, name", "grid", there, "ORDER BY number, id")))


def own_words(source: Source) -> str:
    """只含第一网格: what a list holds of whoever sees some grids only; '' for everybody else."""
    if actor_of(source).grids is None:
        return ""
    own = list(names(source).values())
    many = len(own) > _MOST_NAMED
    told = f"{own[0]}等 {len(own)} 个网格" if many else "、".join(own)
    return f"只含{told or '自己的网格'}"


def next_number(session: Session) -> int:
    """The number that a new grid is offered."""
    return (session.scalar(select(func.max(Grid.number)).where(Grid.deleted_at.is_(None))) or 0) + 1


def proposed_code(source: Source, number: int) -> str:
    """The community's twelve digits and three of the grid (domain.md 6.1); '' without the former.

    A proposal: where the street gave another code (CJ/T 349 has 20 digits), that one is written.
    """
    region = value(source, REGION_CODE).strip()
    whole = len(region) == COMMUNITY_DIGITS and region.isascii() and region.isdigit()
    return f"{region}{number:0{GRID_DIGITS}d}" if whole else ""


def add(session: Session, *, number: int, name: str) -> int:
    """A grid of which no more is known; raises DomainError when its number or name is taken."""
    return create(session, GridInput(number=number, name=name))


def create(session: Session, entered: GridInput) -> int:
    """A new grid; raises DomainError for what cannot be, NotAllowed."""
    rights.require(session, Right.EDIT_GRIDS)
    grid = Grid()
    _fill(session, grid, entered)
    session.add(grid)
    session.flush()
    return grid.id


def input_of(session: Session, grid_id: int) -> tuple[GridInput, int]:
    """A grid as its form shows it, and its version."""
    grid = get(session, grid_id)
    entered = GridInput(
        number=grid.number,
        name=grid.name,
        code=grid.code or "",
        kind=grid.kind,
        area=grid.area or "",
        duties=grid.duties or "",
        party_branch=grid.party_branch or "",
    )
    return entered, grid.version


def update(session: Session, grid_id: int, entered: GridInput, *, version: int) -> None:
    """Say something else of a grid; raises ChangedMeanwhile, DomainError, NotAllowed."""
    rights.require(session, Right.EDIT_GRIDS)
    grid = get(session, grid_id)
    if grid.version != version:
        raise ChangedMeanwhile
    _fill(session, grid, entered)
    session.flush()


def remove(session: Session, grid_id: int, *, now: datetime) -> None:
    """Put an empty grid into the recycle bin; raises GridInUse, NotAllowed."""
    rights.require(session, Right.EDIT_GRIDS)
    grid = get(session, grid_id)
    held = _held(session, grid_id, now)
    if held:
        raise GridInUse(grid.name, held)
    grid.deleted_at = now


def get(session: Session, grid_id: int) -> Grid:
    """The grid's row; raises DomainError where it is gone."""
    grid = session.get(Grid, grid_id)
    if grid is None:
        raise DomainError("这个网格已经不在了，请刷新后再试。")
    if grid.deleted_at is not None:
        raise DomainError(
            f"{grid.name}已经删除，需要时到回收站放回它；还在里面的住户，请改到别的网格。"
        )
    return grid


def name_of(session: Session, grid_id: int | None) -> str:
    """The grid's name, '' for none."""
    grid = session.get(Grid, grid_id) if grid_id is not None else None
    return grid.name if grid else ""


# -- what may be


def _fill(session: Session, grid: Grid, entered: GridInput) -> None:
    _check(session, grid, entered)
    grid.number, grid.name = entered.number, tidy(entered.name)
    grid.code = tidy(entered.code) or None
    grid.kind = entered.kind
    grid.area = tidy(entered.area) or None
    duties = [tidy(line) for line in entered.duties.splitlines() if tidy(line)]
    grid.duties = "\n".join(duties) if tuple(duties) != DUTIES and duties else None
    grid.party_branch = tidy(entered.party_branch) or None


def _check(session: Session, grid: Grid, entered: GridInput) -> None:
    name, code = tidy(entered.name), tidy(entered.code)
    if not name:
        raise DomainError("请填写网格名称。")
    if not 1 <= entered.number <= _MOST:
        raise DomainError(f"网格号要在 1 到 {_MOST} 之间，请核对。")
    if code and not (code.isascii() and code.isalnum()):
        raise DomainError("网格编码只能是数字和字母，请核对；没有就空着。")
    for words, length, most in (
        ("网格名称", len(name), _LONGEST_NAME),
        ("网格编码", len(code), _LONGEST_CODE),
        ("区域范围", len(tidy(entered.area)), _LONGEST_AREA),
        ("网格党支部", len(tidy(entered.party_branch)), _LONGEST_BRANCH),
    ):
        if length > most:
            raise DomainError(f"{words}最多 {most} 个字，现在有 {length} 个，请写短些。")
    _check_others(session, grid, entered.number, name, code)


def _check_others(session: Session, grid: Grid, number: int, name: str, code: str) -> None:
    same = (Grid.number == number) | (Grid.name == name)
    if code:
        same |= Grid.code == code
    others = select(Grid).where(Grid.deleted_at.is_(None), same)
    with session.no_autoflush:
        other = next((one for one in session.scalars(others) if one is not grid), None)
    if other is None:
        return
    if code and other.code == code:
        raise DomainError(f"网格编码 {code} 已经是{other.name}的，请换一个。")
    raise DomainError(
        f"已经有 {other.number} 号网格“{other.name}”，编号和名称都不能相同，请换一个。"
    )


_MOVE = "把楼和住户划到别的网格（住户随楼走）"
_HELD = (
    ("还有 {} 人，他们到期的走访也在这里", _MOVE, "resident", PRESENT),
    ("还有 {} 栋楼", _MOVE, "building", "deleted_at IS NULL"),
    (
        "还有 {} 人在任",
        "在“组织”里给他们办离任或改任",
        "post",
        "deleted_at IS NULL AND coalesce(until, '9999') >= ?",
    ),
    (
        "还有 {} 件诉求没销号",
        "把诉求办完，或改到别的网格",
        "request",
        "deleted_at IS NULL AND state <> 'closed'",
    ),
    (
        "还有 {} 个使用人只看这个网格",
        "在设置的“使用人”里给他们换网格",
        "user_grid",
        "1 = 1",
    ),
)
"""What still belongs to a grid: in words, what to do about it, table and condition."""


def _held(session: Session, grid_id: int, now: datetime) -> list[tuple[int, str, str]]:
    """How many of each kind there are, the words, and the remedy. (Visits are due by people.)"""
    lookup = lookup_of(session)
    found = []
    for words, remedy, table, condition in _HELD:
        day = (now.date().isoformat(),) if "?" in condition else ()
        where = [Sql(condition, day), Sql("grid_id = ?", (grid_id,))]
        count = int(lookup.value(query("count(*)", table, where)))
        if count:
            found.append((count, words.format(f"{count:,}"), remedy))
    return found
