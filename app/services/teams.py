"""Teams of volunteers (志愿服务队): founded, led, joined and left (铁军 爱暖 115敲门 安心 巧手)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Activity, Team, TeamMember, Volunteer
from app.services import form_texts, terms, volunteers
from app.services.rights import require
from app.storage.lookup import Source, Sql, day_of, lookup_of, query
from app.values.rights import Right

_LONGEST = {"name": (40, "队名"), "service": (60, "服务内容"), "note": (200, "备注")}


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamInput:
    """A team as the form has it."""

    name: str = ""
    service: str = ""
    leader_id: int | None = None
    founded_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TeamView:
    """One line of the list; hours in halves, of everything that its activities came to."""

    id: int
    version: int
    name: str
    service: str
    leader_id: int | None
    leader: str
    members: int
    half_hours: int
    founded_on: date | None
    closed_on: date | None
    note: str


def names(source: Source) -> dict[int, str]:
    """The teams that there are, in their order, for a choice."""
    there = [Sql("deleted_at IS NULL"), Sql("closed_on IS NULL")]
    wanted = query("id, name", "team", there, "ORDER BY position, id")
    return dict(lookup_of(source).rows(wanted))


def teams(source: Source, *, on: date, closed: bool = False) -> list[TeamView]:
    """All teams in their order with whom they have on a day; `closed` ones at the end."""
    there = [Sql("t.deleted_at IS NULL")]
    if not closed:
        there.append(Sql("t.closed_on IS NULL"))
    lookup = lookup_of(source)
    now = terms.in_force(on, "m")
    counted = dict(
        lookup.rows(query("m.team_id, count(*)", "team_member AS m", [now], "GROUP BY m.team_id"))
    )
    order = "ORDER BY t.closed_on IS NOT NULL, t.position, t.id"
    return [
        TeamView(
            id=key,
            version=version,
            name=name,
            service=service or "",
            leader_id=leader_id,
            leader=leader or "",
            members=counted.get(key, 0),
            half_hours=hours or 0,
            founded_on=day_of(founded),
            closed_on=day_of(closed_on),
            note=note or "",
        )
        for (
            key,
            version,
            name,
            service,
            leader_id,
            leader,
            hours,
            founded,
            closed_on,
            note,
        ) in lookup.rows(query(_COLUMNS, _SOURCE, there, order))
    ]


_COLUMNS = """t.id, t.version, t.name, t.service, t.leader_id, coalesce(r.name, v.name),
    (SELECT sum(h.half_hours) FROM hour_entry AS h JOIN activity AS a ON a.id = h.activity_id
     WHERE a.team_id = t.id), t.founded_on, t.closed_on, t.note"""
_SOURCE = """team AS t LEFT JOIN volunteer AS v ON v.id = t.leader_id
    LEFT JOIN resident AS r ON r.id = v.resident_id"""


def members_of(source: Source, team_id: int, *, on: date) -> list[int]:
    """The volunteers of a team on a day, by number."""
    wanted = query(
        "m.volunteer_id",
        "team_member AS m JOIN volunteer AS v ON v.id = m.volunteer_id",
        [
            Sql("m.team_id = ?", (team_id,)),
            Sql("v.deleted_at IS NULL"),
            terms.in_force(on, "m"),
        ],
        "ORDER BY v.number",
    )
    return list(lookup_of(source).column(wanted))


def of_volunteer(source: Source, volunteer_id: int, *, on: date) -> dict[int, str]:
    """The teams in which somebody is on a day."""
    wanted = query(
        "t.id, t.name",
        "team_member AS m JOIN team AS t ON t.id = m.team_id",
        [
            Sql("m.volunteer_id = ?", (volunteer_id,)),
            Sql("t.deleted_at IS NULL"),
            terms.in_force(on, "m"),
        ],
        "ORDER BY t.position, t.id",
    )
    return dict(lookup_of(source).rows(wanted))


# -- changes


def input_of(session: Session, team_id: int) -> tuple[TeamInput, int]:
    """What the form shows, and the version."""
    row = get(session, team_id)
    entered = TeamInput(
        name=row.name,
        service=row.service or "",
        leader_id=row.leader_id,
        founded_on=row.founded_on,
        note=row.note or "",
    )
    return entered, row.version


def save(
    session: Session, team_id: int | None, entered: TeamInput, *, version: int = 0, today: date
) -> int:
    """A new team or a changed one; its leader belongs to it. Raises DomainError for a twin."""
    require(session, Right.RECORD_POINTS)
    if team_id is None:
        row = Team(position=1 + (session.scalar(select(func.max(Team.position))) or 0))
    else:
        row = get(session, team_id, version=version)
    _fill(session, row, entered, today)
    session.add(row)
    session.flush()
    if row.leader_id is not None:
        join(session, row.id, [row.leader_id], since=today)
    return row.id


def close(session: Session, team_id: int, *, on: date, version: int) -> None:
    """解散: what it did stays, its members leave it on the day."""
    require(session, Right.RECORD_POINTS)
    row = get(session, team_id, version=version)
    if row.founded_on is not None and on < row.founded_on:
        raise DomainError("解散日期在成立日期之前，请核对。")
    row.closed_on = on
    for member in _open(session, team_id):
        volunteers.end_membership(session, member, on)
    session.flush()


def reopen(session: Session, team_id: int, *, version: int) -> None:
    """A closed team goes on; its members join anew."""
    require(session, Right.RECORD_POINTS)
    get(session, team_id, version=version).closed_on = None
    session.flush()


def remove(session: Session, team_id: int, *, now: datetime) -> None:
    """Into the recycle bin; raises DomainError where activities speak of it."""
    require(session, Right.RECORD_POINTS)
    row = get(session, team_id)
    used = select(Activity.id).where(Activity.team_id == team_id, Activity.deleted_at.is_(None))
    if session.scalar(used.limit(1)) is not None:
        raise DomainError(f"{row.name}办过活动，不能删除；不再活动了就办解散，记录都留着。")
    row.deleted_at = now
    session.flush()


def join(session: Session, team_id: int, volunteer_ids: Iterable[int], *, since: date) -> int:
    """Into the team from a day on; gives how many were not in it yet."""
    require(session, Right.RECORD_POINTS)
    team = get(session, team_id)
    if team.closed_on is not None:
        raise DomainError(f"{team.name} {team.closed_on:%Y-%m-%d} 已经解散，请先恢复再加队员。")
    there = {one.volunteer_id for one in _open(session, team_id)}
    new = [one for one in dict.fromkeys(volunteer_ids) if one not in there]
    for one in new:
        _check_active(session, one)
        session.add(TeamMember(team_id=team_id, volunteer_id=one, since=since))
    session.flush()
    return len(new)


def part(session: Session, team_id: int, volunteer_ids: Sequence[int], *, on: date) -> None:
    """Out of the team; whoever leads it stays until somebody else does."""
    require(session, Right.RECORD_POINTS)
    team = get(session, team_id)
    if team.leader_id in volunteer_ids:
        raise DomainError(f"队长不能离队，请先给{team.name}换一个队长。")
    for member in _open(session, team_id):
        if member.volunteer_id in volunteer_ids:
            volunteers.end_membership(session, member, on)
    session.flush()


def set_teams(session: Session, volunteer_id: int, team_ids: Iterable[int], *, today: date) -> None:
    """The teams of somebody, as the form ticks them: joins and leaves as far as they differ."""
    wanted, there = set(team_ids), set(of_volunteer(session, volunteer_id, on=today))
    for team_id in sorted(wanted - there):
        join(session, team_id, [volunteer_id], since=today)
    for team_id in sorted(there - wanted):
        part(session, team_id, [volunteer_id], on=today)


def get(session: Session, team_id: int, *, version: int | None = None) -> Team:
    """The row; raises DomainError where it was deleted, ChangedMeanwhile for an old version."""
    row = session.get(Team, team_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这支队伍已经删除，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _fill(session: Session, row: Team, entered: TeamInput, today: date) -> None:
    texts = form_texts.tidied(entered, _LONGEST)
    if not texts["name"]:
        raise DomainError("请填写队名，如 铁军志愿服务队。")
    if entered.founded_on is not None and entered.founded_on > today:
        raise DomainError(f"成立日期 {entered.founded_on:%Y-%m-%d} 还没有到，请核对。")
    twin = select(Team.id).where(
        Team.name == texts["name"], Team.deleted_at.is_(None), Team.id != (row.id or 0)
    )
    if session.scalar(twin) is not None:
        raise DomainError(f"已经有一支队伍叫“{texts['name']}”，请换个名字。")
    if entered.leader_id is not None:
        _check_active(session, entered.leader_id)
    row.name, row.leader_id = texts["name"], entered.leader_id
    row.service, row.note = texts["service"] or None, texts["note"] or None
    row.founded_on = entered.founded_on


def _check_active(session: Session, volunteer_id: int) -> None:
    row: Volunteer = volunteers.get(session, volunteer_id)
    if row.left_on is not None:
        name = volunteers.name_of(session, volunteer_id)
        raise DomainError(f"{name}已经退出志愿者，请先办重新加入。")


def _open(session: Session, team_id: int) -> Sequence[TeamMember]:
    wanted = select(TeamMember).where(TeamMember.team_id == team_id, TeamMember.until.is_(None))
    return session.scalars(wanted).all()
