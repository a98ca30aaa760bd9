"""The papers of 送餐: sheets for those who carry, the slip for whoever goes to a silent door."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Canteen, CareStepKind, Resident
from app.reports.care_slip import CareSlip
from app.reports.delivery_sheet import DeliveryRow, DeliverySheets, Route
from app.services import care_cases, care_views, diners, papers
from app.services.care_views import CaseView
from app.services.delivery_board import Board, Stop, Walk
from app.services.papers import Printing
from app.values.masking import mask_phone
from app.values.times import time_words


def sheets(
    session: Session, board: Board, printing: Printing, *, route_ids: Sequence[int] = ()
) -> DeliverySheets:
    """The walks of the board, or some of them; phones are masked without a stamp."""
    walks = [one for one in board.walks if not route_ids or one.route_id in route_ids]
    people = [stop.resident_id for walk in walks for stop in walk.stops]
    phones = _phones(session, people)
    if printing.masked:
        phones = {key: mask_phone(phone) for key, phone in phones.items()}
    canteen = session.get(Canteen, board.canteen_id)
    by = board.deliver_by
    return DeliverySheets(
        office=papers.committee(session),
        canteen=canteen.name if canteen is not None else "",
        on_date=board.on_date,
        period=board.period.label,
        deliver_by=time_words(by) if by is not None else "",
        routes=[_route(walk, phones) for walk in walks],
        printed_on=printing.at.date(),
        printed_by=printing.by,
        stamp=printing.stamp,
    )


def slip(session: Session, case_id: int, printing: Printing) -> CareSlip:
    """关怀走访单; phones are masked without a stamp. Raises DomainError where the case is gone."""
    found = care_views.case(session, case_id, today=printing.at.date())
    if found is None:
        raise DomainError("这件事已经撤销，请刷新后再看。")
    return CareSlip(
        office=papers.committee(session),
        why=found.why.label,
        name=found.name,
        member=found.member_name or (found.staff[1] if found.staff else ""),
        facts=_facts(found, *_numbers(session, found, printing)),
        done=[_done(one.kind, f"{one.at:%m-%d %H:%M}", one.words) for one in found.steps],
        outcomes=care_cases.OUTCOMES,
        printed_on=printing.at.date(),
        printed_by=printing.by,
        stamp=printing.stamp,
    )


def _route(walk: Walk, phones: dict[int, str]) -> Route:
    return Route(
        name=walk.name,
        area=walk.area,
        carrier=walk.who,
        departs=time_words(walk.departs),
        rows=[_row(stop, phones.get(stop.resident_id, "")) for stop in walk.stops],
        portions=sum(stop.quantity for stop in walk.stops),
    )


def _row(stop: Stop, phone: str) -> DeliveryRow:
    return DeliveryRow(
        place=stop.place,
        name=stop.name,
        home=stop.home,
        meal=stop.meal,
        diet=stop.diet,
        phone=phone,
        door=stop.door_note,
    )


def _phones(session: Session, people: Sequence[int]) -> dict[int, str]:
    wanted = select(Resident.id, Resident.phone).where(Resident.id.in_(people))
    return {key: phone or "" for key, phone in session.execute(wanted)}


def _numbers(session: Session, found: CaseView, printing: Printing) -> tuple[str, str]:
    """Of the person and of the family."""
    if printing.masked:
        return found.phone_masked, found.contact_masked
    own = _phones(session, [found.resident_id]).get(found.resident_id, "")
    return own, diners.diner(session, found.resident_id).contact_phone


def _facts(found: CaseView, own: str, family: str) -> list[tuple[str, str]]:
    """Only what everybody may read on a paper: tags that are sensitive stay in the program."""
    age = f"　{found.age} 岁" if found.age is not None else ""
    contact = "　".join(part for part in (found.contact, family) if part)
    return [
        ("姓名", f"{found.name}{age}"),
        ("住址", "　".join(part for part in (found.home_spoken, found.grid_name) if part)),
        ("本人电话", own),
        ("家属", contact),
        ("情况", found.words or f"{found.raised_at:%m-%d %H:%M} {found.why.label}"),
        ("走访", found.visits),
        ("上次", found.last),
    ]


def _done(kind: CareStepKind, when: str, words: str) -> str:
    return f"{when} {kind.label} {words}".strip()
