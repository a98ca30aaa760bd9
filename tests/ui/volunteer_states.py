"""The tab 志愿者 in its states."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Volunteer, VolunteerNoteKind
from app.services import (
    calendar,
    office,
    residents,
    stars,
    teams,
    volunteer_notes,
    volunteer_views,
    volunteers,
)
from app.services.teams import TeamInput
from app.services.volunteer_input import VolunteerInput
from app.services.volunteer_notes import NoteInput
from app.services.volunteer_views import VolunteerFilter, VolunteerRow
from app.ui.points.page import PointsPage
from app.ui.points.volunteers.form_dialog import VolunteerDialog
from app.ui.points.volunteers.hours_dialog import HoursDialog
from app.ui.points.volunteers.leave_dialog import LeaveDialog
from app.ui.points.volunteers.notes_dialog import NoteDialog, NotesDialog
from app.ui.points.volunteers.picker import VolunteerPicker
from app.ui.points.volunteers.tab import STARS, TEAMS, VolunteersTab
from app.ui.points.volunteers.team_dialog import TeamDialog
from tests.services.serving import serve

_TEAMS = (
    ("铁军志愿服务队", "环境卫生"),
    ("爱暖助老队", "助老陪伴"),
    ("115 敲门调解队", "邻里调解"),
    ("安心巡逻队", "夜间巡逻"),
)
OUTSIDER = "欧阳子墨"
_DAY = date(2026, 2, 2)
_SKILLS = ("水电维修", "理发", "", "书法", "会开车")


class _Stage(Protocol):
    def context(self) -> Context: ...


def enlist(context: Context) -> None:
    """Volunteers, teams and stars, where there are people and nobody serves yet."""
    with context.database.transaction("登记志愿者") as session:
        today, now = context.clock.today(), context.clock.now()
        ids = residents.list_ids(session, today=today).ids
        if session.scalar(select(Volunteer.id).where(Volunteer.name == OUTSIDER)) or not ids:
            return
        office.seed(session, today=_DAY)
        made = [_enlist(session, one, context) for one in _grown_up(session, ids, today)[:14]]
        made += [volunteers.add(session, one, now=now) for one in _outsiders()]
        for place, (name, service) in enumerate(_TEAMS):
            entered = TeamInput(
                name=name, service=service, leader_id=made[place], founded_on=date(2024, 3, 5)
            )
            known = {words: one for one, words in teams.names(session).items()}
            key = known.get(name) or teams.save(session, None, entered, today=_DAY)
            teams.join(session, key, made[place::4][:4], since=_DAY)
        _serve(session, made)
        _honour(session, made, today)
        left = volunteers.get(session, made[9])
        volunteers.leave(
            session, left.id, on=today, reason="搬走了", version=left.version, today=today
        )


def _grown_up(session: Session, ids: list[int], today: date) -> list[int]:
    serving = set(session.scalars(select(Volunteer.resident_id)))
    return [
        row.id
        for row in residents.rows(session, ids[:400], today=today)
        if row.age is not None and row.age > 18 and row.id not in serving
    ]


def _enlist(session: Session, resident_id: int, context: Context) -> int:
    entered = VolunteerInput(
        resident_id=resident_id,
        registered_on=_DAY,
        record_consent_on=_DAY,
        publish_consent_on=_DAY if resident_id % 3 else None,
        skills=_SKILLS[resident_id % len(_SKILLS)],
        services="助老、巡逻",
        insurance="人保财险 志愿者险 PZ2026-0311" if resident_id % 2 else "",
        insured_until=date(2026, 10, 31) if resident_id % 4 == 1 else date(2027, 3, 10),
    )
    return volunteers.add(session, entered, now=context.clock.now())


def _outsiders() -> list[VolunteerInput]:
    common = {"registered_on": _DAY, "record_consent_on": _DAY}
    return [
        VolunteerInput(
            name=OUTSIDER,
            gender="男",
            birth_date=date(2010, 9, 1),
            phone="13840910001",
            address="普兰店区第二中学",
            guardian="欧阳建国",
            guardian_relation="父亲",
            guardian_phone="13840910002",
            guardian_consent_on=_DAY,
            **common,
        ),
        VolunteerInput(name="阿卜杜热西提·买买提艾力", gender="男", phone="13840910003", **common),
    ]


def _serve(session: Session, made: list[int]) -> None:
    """The first has 312 hours, the second 108; the others some afternoons."""
    words = ("助老陪伴", "楼道清扫", "夜间巡逻", "垃圾分类引导")
    for place, key in enumerate(made[:12]):
        lines, each = ((26, 24), (12, 18), (3, 5))[min(place, 2)]
        for week in range(lines):
            on = _DAY + timedelta(days=7 * week + place)
            serve(session, key, each, on, words[(week + place) % len(words)])


def _honour(session: Session, made: list[int], today: date) -> None:
    training, award = VolunteerNoteKind.TRAINING, VolunteerNoteKind.AWARD
    first = NoteInput(kind=training, on_date=_DAY, title="急救培训", unit="红十字会", half_hours=6)
    second = NoteInput(
        kind=award, on_date=date(2026, 3, 5), title="最美志愿者", unit="海湾街道办事处"
    )
    for entered in (first, second):
        volunteer_notes.save(session, made[0], None, entered, today=today)
    earlier = date(2026, 9, 1)
    proposed = stars.propose(session, today=earlier)
    stars.publish(session, proposed[:1], today=earlier)
    calendar.seed(session)
    stars.confirm(session, proposed[:1], today=date(2026, 9, 20))
    stars.publish(session, proposed[1:], today=today)
    serve(session, made[3], 48, date(2026, 4, 1), "台风值守")
    for day in range(4):
        serve(session, made[3], 40, date(2026, 5, 1) + timedelta(days=day), "防汛值守")
    stars.propose(session, today=today)


def tab_of(page: PointsPage) -> VolunteersTab:
    tab = page.open("志愿者")
    assert isinstance(tab, VolunteersTab)
    return tab


def _seen(stage: _Stage, page: PointsPage) -> VolunteersTab:
    enlist(stage.context())
    tab = tab_of(page)
    tab.refresh()
    return tab


def people(stage: _Stage, page: PointsPage) -> None:
    _seen(stage, page)


def ticked(stage: _Stage, page: PointsPage) -> None:
    """Cards are to be printed."""
    view = _seen(stage, page).people
    view.model.tick(range(3), on=True)


def nobody(stage: _Stage, page: PointsPage) -> None:
    _seen(stage, page).search.setText("没有这个人")


def minor(stage: _Stage, page: PointsPage) -> None:
    """A card with a guardian."""
    view = _seen(stage, page).people
    view.filters.kind.choose("minors")


def team(stage: _Stage, page: PointsPage) -> None:
    tab = _seen(stage, page)
    tab.show_view(TEAMS)
    ours = [one for one, view in tab.teams._teams.items() if view.name == _TEAMS[0][0]]
    if ours:
        tab.teams.table.select_id(ours[0])


def star(stage: _Stage, page: PointsPage) -> None:
    _seen(stage, page).show_view(STARS)


PAGES: dict[str, Callable[[_Stage, PointsPage], None]] = {
    "志愿者": people,
    "志愿者 勾选": ticked,
    "志愿者 没有找到": nobody,
    "志愿者 未成年": minor,
    "志愿者 队伍": team,
    "志愿者 星级": star,
}
ALSO_EMPTY = ("志愿者", "志愿者 队伍", "志愿者 星级")
"""With something of their own to say where nobody serves yet."""


def _row(stage: _Stage, *, minor: bool = False) -> tuple[Context, VolunteerRow]:
    """The one with the most hours, or the pupil from outside."""
    context = stage.context()
    enlist(context)
    today = context.clock.today()
    chosen = VolunteerFilter(text=OUTSIDER if minor else "", state=None)
    with context.database.lookup() as lookup:
        ids = volunteer_views.list_ids(lookup, chosen, order="hours", descending=True, today=today)
        return context, volunteer_views.rows(lookup, ids[:1], today=today)[0]


def _form(stage: _Stage) -> QWidget:
    context, row = _row(stage)
    return VolunteerDialog(context, row.id)


def _form_of_minor(stage: _Stage) -> QWidget:
    context, row = _row(stage, minor=True)
    return VolunteerDialog(context, row.id)


def _new_form(stage: _Stage) -> QWidget:
    return VolunteerDialog(_row(stage)[0])


def _note(stage: _Stage) -> QWidget:
    return NoteDialog(*_row(stage))


def _team(stage: _Stage) -> QWidget:
    context, _ = _row(stage)
    with context.database.lookup() as lookup:
        return TeamDialog(context, next(iter(teams.names(lookup))))


def _picker(stage: _Stage) -> QWidget:
    return VolunteerPicker(_row(stage)[0], "加入爱暖助老队", several=True)


DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "登记志愿者": _new_form,
    "修改志愿者": _form,
    "修改志愿者 未成年": _form_of_minor,
    "志愿者退出": lambda stage: LeaveDialog(*_row(stage)),
    "服务记录": lambda stage: HoursDialog(*_row(stage)),
    "培训表彰": lambda stage: NotesDialog(*_row(stage)),
    "新增培训表彰": _note,
    "修改队伍": _team,
    "加队员": _picker,
}
