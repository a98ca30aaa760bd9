"""Stars of volunteers by hours (order 67 art. 10; domain.md 2.3): proposed, made public, given.

The list hangs five working days before anybody is confirmed; a name stands on it with consent.
Hours count that this community may certify (art. 26).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import StarAward, StarState
from app.services import calendar, hours, notices, publicity, settings, terms, volunteer_views
from app.services.rights import require
from app.services.volunteer_views import ACTIVE, VolunteerFilter, VolunteerRow
from app.storage.lookup import Source, Sql, actor_of, day_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy
from app.values.times import hours_words


@dataclass(frozen=True, slots=True)
class StarRow:
    """One award as it is listed; hours in halves, of the day on which it was proposed."""

    id: int
    version: int
    volunteer: VolunteerRow
    stars: int
    half_hours: int
    state: StarState
    proposed_on: date
    public_from: date | None
    public_until: date | None
    decided_on: date | None
    decided_by: str
    reason: str
    notice_id: int | None = None
    """The 公示 in 文书 on which it stands"""

    @property
    def public_name(self) -> str:
        """What may hang on the wall: the name only with consent (art. 16)."""
        if self.volunteer.publish_consent_on is None:
            return f"{self.volunteer.number_words} 号志愿者"
        return self.volunteer.name


def stars_words(stars: int) -> str:
    """三星; '' for none."""
    return f"{'零一二三四五六七八九'[stars]}星" if 0 < stars <= 9 else ""


def levels(source: Source, day: date) -> list[tuple[int, int]]:
    """(stars, whole hours from which on) in force on a day, the highest first."""
    there = [Sql("deleted_at IS NULL"), terms.in_force(day)]
    wanted = query("stars, hours", "star_level", there, "ORDER BY stars DESC")
    return [(stars, least) for stars, least in lookup_of(source).rows(wanted)]


def reached(source: Source, half_hours: int, day: date) -> int:
    """How many stars so many halves of an hour come to on a day."""
    return _reached(levels(source, day), half_hours)


def next_level(source: Source, volunteer_id: int, day: date) -> tuple[int, int] | None:
    """(stars, halves of an hour that are missing) of the next level; None above the highest."""
    half_hours = hours.certifiable(source, volunteer_id).get(volunteer_id, 0)
    above = [(stars, 2 * least) for stars, least in levels(source, day) if 2 * least > half_hours]
    return (above[-1][0], above[-1][1] - half_hours) if above else None


def awards(source: Source, state: StarState | None = None, *, today: date) -> list[StarRow]:
    """The awards in a state (None: all), those that wait first."""
    lookup = lookup_of(source)
    where = [] if state is None else [Sql("state = ?", (state.value,))]
    order = """ORDER BY CASE state WHEN 'published' THEN 0 WHEN 'proposed' THEN 1 ELSE 2 END,
        stars DESC, proposed_on DESC, id"""
    lines = list(lookup.rows(query(_COLUMNS, "star_award", where, order)))
    ids = list(dict.fromkeys(line[2] for line in lines))
    people = {one.id: one for one in volunteer_views.rows(lookup, ids, today=today)}
    return [_row(line, people[line[2]]) for line in lines if line[2] in people]


def chosen_awards(source: Source, ids: Sequence[int], *, today: date) -> list[StarRow]:
    """These awards, in the order in which they stand on a paper: most stars first."""
    wanted = set(ids)
    return [one for one in awards(source, today=today) if one.id in wanted]


def of_volunteer(source: Source, volunteer_id: int) -> list[tuple[int, StarState, date]]:
    """(stars, state, day) of all awards of somebody, the latest first."""
    where = [Sql("volunteer_id = ?", (volunteer_id,))]
    wanted = query(
        "stars, state, coalesce(decided_on, public_from, proposed_on)",
        "star_award",
        where,
        "ORDER BY id DESC",
    )
    lines = lookup_of(source).rows(wanted)
    return [(stars, StarState.of(state), date.fromisoformat(day)) for stars, state, day in lines]


# -- the way of an award


def propose(session: Session, *, today: date) -> list[int]:
    """An award for everybody who has reached more stars than he has or waits for; their ids."""
    require(session, Right.RECORD_POINTS)
    chosen = volunteer_views.list_ids(session, VolunteerFilter(state=ACTIVE), today=today)
    above, served = levels(session, today), hours.certifiable(session)
    known = _known(session)
    made = []
    for person in chosen:
        half_hours = served.get(person, 0)
        stars = _reached(above, half_hours)
        if stars > _counted(known.get(person, ()), half_hours):
            made.append(_new(session, person, stars, half_hours, today))
    session.flush()
    return [row.id for row in made]


def publish(session: Session, award_ids: Sequence[int], *, today: date) -> date:
    """The list hangs from today on; gives the last of its working days (domain.md 2.3)."""
    require(session, Right.RECORD_POINTS)
    days = settings.value(session, settings.STAR_NOTICE_DAYS)
    until = calendar.load(session).working_day(today, days)
    for row in _rows(session, award_ids):
        if row.state is not StarState.PROPOSED:
            raise DomainError(f"有一项已经{row.state.label}，请刷新后重新勾选。")
        row.state, row.public_from, row.public_until = StarState.PUBLISHED, today, until
    session.flush()
    return until


def confirm(session: Session, award_ids: Sequence[int], *, today: date) -> int:
    """Given, once the list has hung its days and the hours still stand; gives how many."""
    require(session, Right.REVIEW_POINTS)
    rows = _rows(session, award_ids)
    for row in rows:
        _check_confirmable(session, row, today)
        row.state, row.decided_on = StarState.CONFIRMED, today
        row.decided_by = actor_of(session).name
    session.flush()
    return len(rows)


def drop(session: Session, award_id: int, *, reason: str, version: int, today: date) -> None:
    """Not given, or taken away: somebody objected, or the hours were wrong."""
    require(session, Right.REVIEW_POINTS)
    row = _rows(session, [award_id])[0]
    if row.version != version:
        raise ChangedMeanwhile
    if row.state is StarState.DROPPED:
        raise DomainError("这一项已经不予认定了，请刷新后再看。")
    if not tidy(reason):
        raise DomainError("请写明不予认定的原因。")
    row.state, row.decided_on = StarState.DROPPED, today
    row.decided_by, row.reason = actor_of(session).name, tidy(reason)[:200]
    session.flush()


def _reached(above: Sequence[tuple[int, int]], half_hours: int) -> int:
    return next((stars for stars, least in above if half_hours >= 2 * least), 0)


def _check_confirmable(session: Session, row: StarAward, today: date) -> None:
    person = volunteer_views.row(session, row.volunteer_id, today=today)
    who = person.name if person else "这位志愿者"
    words = stars_words(row.stars)
    if row.state is not StarState.PUBLISHED or row.public_until is None:
        raise DomainError(f"{who}的{words}还没有公示，公示期满才能认定。")
    notice = notices.kept(session, row.notice_id)
    until = row.public_until
    if notice is not None and notice.taken_down_on is None:
        # It may hang longer than was thought when the list was made public.
        until = max(until, notice.ends_on or until)
    if today <= until:
        raise DomainError(f"{who}的{words}公示到 {until:%Y-%m-%d}，期满以后再认定。")
    waiting = publicity.unanswered(session, notice.id) if notice else 0
    if waiting:
        raise DomainError(
            f"{who}的{words}所在的公示还有 {waiting} 条异议没有答复，"
            "请在“文书 · 通知”里答复以后再认定。"
        )
    half_hours = hours.certifiable(session, row.volunteer_id).get(row.volunteer_id, 0)
    if reached(session, half_hours, row.proposed_on) < row.stars:
        raise DomainError(
            f"{who}的时长冲正以后只有 {hours_words(half_hours)}，不够{words}，请办不予认定。"
        )


def _known(session: Session) -> dict[int, list[StarAward]]:
    """By volunteer all awards that there were."""
    found: dict[int, list[StarAward]] = {}
    for row in session.scalars(select(StarAward)):
        found.setdefault(row.volunteer_id, []).append(row)
    return found


def _counted(known: Iterable[StarAward], half_hours: int) -> int:
    """Stars that somebody has or waits for.

    One that was not given counts as well until there are more hours than then.
    """
    lasting = (
        row.stars
        for row in known
        if row.state is not StarState.DROPPED or half_hours <= row.half_hours
    )
    return max(lasting, default=0)


def _new(
    session: Session, volunteer_id: int, stars: int, half_hours: int, today: date
) -> StarAward:
    # Whoever rose further before the list was made public stands on it with the higher stars only.
    lower = StarAward.volunteer_id == volunteer_id, StarAward.state == StarState.PROPOSED
    for waiting in session.scalars(select(StarAward).where(*lower)):
        session.delete(waiting)
    row = StarAward(
        volunteer_id=volunteer_id,
        stars=stars,
        half_hours=half_hours,
        state=StarState.PROPOSED,
        proposed_on=today,
        proposed_by=actor_of(session).name,
    )
    session.add(row)
    return row


def _rows(session: Session, award_ids: Sequence[int]) -> list[StarAward]:
    found = session.scalars(select(StarAward).where(StarAward.id.in_(award_ids))).all()
    if len(found) < len(set(award_ids)):
        raise DomainError("有一项已经不在了，请刷新后重新勾选。")
    return list(found)


_COLUMNS = """id, version, volunteer_id, stars, half_hours, state, proposed_on, public_from,
    public_until, decided_on, decided_by, reason,
    (SELECT n.id FROM notice AS n WHERE n.id = star_award.notice_id AND n.deleted_at IS NULL)"""


def _row(line: Sequence[Any], volunteer: VolunteerRow) -> StarRow:
    key, version, _, stars, half_hours, state, proposed, begun, until, *rest = line
    decided, by, reason, notice = rest
    return StarRow(
        id=key,
        version=version,
        volunteer=volunteer,
        stars=stars,
        half_hours=half_hours,
        state=StarState.of(state),
        proposed_on=date.fromisoformat(proposed),
        public_from=day_of(begun),
        public_until=day_of(until),
        decided_on=day_of(decided),
        decided_by=by or "",
        reason=reason or "",
        notice_id=notice,
    )
