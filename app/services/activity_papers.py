"""The paper of an activity: its sign-in sheet, gathered and journaled."""

from sqlalchemy.orm import Session

from app.models import Action, Activity, Attendance, PointsUnit
from app.reports.activity_sheet import BLANK_ROWS, ActivitySheet, SheetPerson
from app.services import activities, activity_people, papers, points_rules
from app.services.activity_people import Participant
from app.services.papers import Printing
from app.services.volunteers import number_words
from app.storage import journal
from app.values.days import weekday
from app.values.times import span_words

_ONE_PAGE = 20
"""Rows that a sheet has at least: whoever comes without having signed up writes himself down"""


def sheet(session: Session, activity_id: int, printing: Printing) -> ActivitySheet:
    """签到表 with everybody who has not withdrawn, phones masked."""
    row = activities.get(session, activity_id)
    service = activities.item_of(session, row).deed.gives_hours
    people = [_person(one) for one in _expected(session, activity_id)]
    return ActivitySheet(
        office=papers.committee(session),
        name=row.name,
        day=f"{row.on_date:%Y-%m-%d}（周{weekday(row.on_date)}）",
        time=span_words(row.starts, row.ends),
        where=row.place or "",
        content=row.content or "",
        organiser=row.organiser or "",
        leader=row.leader or "",
        measured="时长" if service else measured(session, row).label,
        service=service,
        people=people,
        blank_rows=max(BLANK_ROWS, _ONE_PAGE - len(people)),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def measured(session: Session, row: Activity) -> PointsUnit:
    """What is counted at an activity that gives no hours; times where no rule says."""
    rule = points_rules.rule_on(session, row.item_id, row.on_date)
    return PointsUnit.TIME if rule is None else rule.per


def note_printed(session: Session, activity_id: int) -> None:
    """Journal that the sheet, with the people on it, was printed or saved (domain.md 10.3)."""
    journal.record_look(session, Action.PRINTED, Activity, [activity_id])
    people = [one.resident_id for one in _expected(session, activity_id) if one.resident_id]
    papers.note_printed(session, people)


def _expected(session: Session, activity_id: int) -> list[Participant]:
    found = activity_people.participants(session, activity_id)
    return [one for one in found if one.state is not Attendance.WITHDREW]


def _person(one: Participant) -> SheetPerson:
    number = number_words(one.number) if one.number is not None else ""
    return SheetPerson(one.place, number, one.name, one.phone_masked)
