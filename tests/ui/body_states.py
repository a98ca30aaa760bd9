"""The tab 组织 in its states, and its dialogs."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Appraisal, Body, BodyKind, BodyMember, MemberRole, Resident
from app.services import appraisals, body_views, owners
from app.services.appraisals import AppraisalInput, Judgement
from app.services.body_views import BodyView
from app.services.filters import present
from app.services.owners import OwnerInput, UnitInput
from app.storage.lookup import query
from app.ui.meetings.bodies.appraisal_dialog import AppraisalDialog
from app.ui.meetings.bodies.import_dialog import OwnerImportDialog
from app.ui.meetings.bodies.member_dialog import MemberDialog
from app.ui.meetings.bodies.owner_dialog import OwnerDialog
from app.ui.meetings.bodies.tab import APPRAISALS, BodiesTab
from app.ui.meetings.page import MeetingsPage
from app.ui.people.meetings_wish import ShowBody
from tests.services.owner_lists import pasted

COUNCIL, ESTATE = "望海社区第六届居民代表会议（组织）", "海棠苑业主大会（组织）"
COMMITTEE = "望海社区居民委员会（组织）"
_PEOPLE = 4
_LIST = (
    "业主\t电话\t房号\t面积\n王秀英\t13942800011\t25-2-301\t86.5\n\t\t25-2-302\t40.25\n"
    "钱五\t\t25-1-102\t0\n孙六\t\t25-1-103\t九十\n"
)


class _Stage(Protocol):
    def context(self) -> Context: ...


def found_some(context: Context) -> dict[str, int]:
    """A council, an estate with owners and a committee that was judged, once; ids by name."""
    with context.database.transaction("准备几个组织") as session:
        names = (COUNCIL, ESTATE, COMMITTEE)
        if session.scalar(select(Body.id).where(Body.name == COUNCIL)) is None:
            _found(session, context)
        found = session.execute(select(Body.name, Body.id).where(Body.name.in_(names)))
        return {name: key for name, key in found}


def _found(session: Session, context: Context) -> None:
    wanted = select(Resident.id).where(present()).order_by(Resident.id.desc()).limit(_PEOPLE)
    people = list(session.scalars(wanted))
    since = context.clock.today().replace(month=1, day=8)
    keys = {}
    for kind, name in (
        (BodyKind.REPRESENTATIVES, COUNCIL),
        (BodyKind.OWNERS, ESTATE),
        (BodyKind.COMMITTEE, COMMITTEE),
    ):
        row = Body(kind=kind, name=name, since=since)
        session.add(row)
        session.flush()
        keys[name] = row.id
    for name in (COUNCIL, COMMITTEE):
        for sign, person in zip("甲乙丙丁戊", [*people, None], strict=False):
            role = MemberRole.CHAIR if sign == "甲" else MemberRole.COMMITTEE
            _seat(session, keys[name], f"委员{sign}", role, person, since=since)
    for number in range(1, 25):
        role = MemberRole.REPRESENTATIVE
        _seat(session, keys[COUNCIL], f"代表{number:02}", role, since=since, households=30)
    for number in range(1, 4):
        unit = UnitInput(building="3", unit="2", room=f"{number}01", area=8650 * number)
        person = people[number - 1] if people else None
        owners.add(
            session,
            keys[ESTATE],
            OwnerInput(name=f"业主{number}", resident_id=person, units=(unit,)),
        )
    _judge(session, context)


def _seat(
    session: Session,
    body_id: int,
    name: str,
    role: MemberRole,
    person: int | None = None,
    **more: object,
) -> None:
    if person is not None:
        name = session.get_one(Resident, person).name
    committee = role is not MemberRole.REPRESENTATIVE
    session.add(
        BodyMember(
            body_id=body_id,
            name=name,
            role=role,
            resident_id=person,
            in_committee=committee,
            **more,
        )
    )
    session.flush()


def _judge(session: Session, context: Context) -> None:
    now = context.clock.now()
    judged = appraisals.candidates(session, now.date())[:3]
    for back in (1, 0):
        entered = AppraisalInput(
            year=now.year - back,
            held_on=now.date().replace(year=now.year - back),
            led_by="望海社区居务监督委员会",
            voters=70,
            judgements=tuple(
                Judgement(member_id=one.id, competent=3 + 20 * place, incompetent=26)
                for place, one in enumerate(judged)
            ),
        )
        appraisals.save(session, None, entered, now=now)


def _tab(page: QWidget) -> BodiesTab:
    assert isinstance(page, MeetingsPage)
    tab = page.open("组织")
    assert isinstance(tab, BodiesTab)
    return tab


def _of(stage: _Stage, name: str) -> tuple[Context, BodyView]:
    context = stage.context()
    key = found_some(context)[name]
    with context.database.lookup() as lookup:
        return context, body_views.body(lookup, key, context.clock.today())


def _show(name: str) -> Callable[[QWidget], None]:
    def show(page: QWidget) -> None:
        tab = _tab(page)
        with tab.context.database.lookup() as lookup:
            lived_in = lookup.value(query("count(*)", "resident"))
        if lived_in:
            key = found_some(tab.context)[name]
            tab.refresh()
            tab.show_body(ShowBody(key))

    return show


def judged(page: QWidget) -> None:
    """Two years; somebody has lost the post by them."""
    tab = _tab(page)
    found_some(tab.context)
    tab.show_view(APPRAISALS)


def appointing(stage: _Stage) -> QWidget:
    context, body = _of(stage, COMMITTEE)
    dialog = MemberDialog(context, body)
    dialog.name.setText("张三")
    dialog.save()
    return dialog


def owning(stage: _Stage) -> QWidget:
    context, body = _of(stage, ESTATE)
    dialog = OwnerDialog(context, body)
    dialog.units.set_value([["3", "2", "901", 8650], ["3", "2", "902", 4025]])
    return dialog


def importing(stage: _Stage) -> QWidget:
    context, body = _of(stage, ESTATE)
    dialog = OwnerImportDialog(context, body)
    dialog.show_list(pasted(_LIST))
    return dialog


def judging(stage: _Stage) -> QWidget:
    context, _ = _of(stage, COMMITTEE)
    with context.database.lookup() as lookup:
        key = lookup.value(query("max(id)", Appraisal.__tablename__))
    return AppraisalDialog(context, key)


PAGES: dict[str, Callable[[QWidget], None]] = {
    "议事组织": _show(COUNCIL),
    "议事组织 业主": _show(ESTATE),
    "议事组织 评议": judged,
}
DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "议事组织 任职": appointing,
    "加业主": owning,
    "导入业主清册": importing,
    "登记民主评议": judging,
}
