"""兼职委员台账 and the three lists on paper."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.models import Action, Need, Project, Resource
from app.models.base import Base
from app.reports.joint_register import JointLine, JointRegister
from app.reports.three_lists import ListKind, ThreeList
from app.services import grids, joint_members, joint_stars, list_matching, papers, periods
from app.services.joint_members import JOINED, JointMember
from app.services.papers import Printing
from app.services.project_views import ProjectView
from app.services.public_words import PublicWords
from app.services.stars import stars_words
from app.services.three_lists import NeedView, ResourceView
from app.storage import journal
from app.values.masking import mask_phones
from app.values.money import yuan

_MODELS: dict[ListKind, type[Base]] = {
    ListKind.RESOURCES: Resource,
    ListKind.NEEDS: Need,
    ListKind.PROJECTS: Project,
}


def register(session: Session, printing: Printing) -> tuple[JointRegister, list[int]]:
    """The register as it is today with those who left this year; and the residents among them."""
    papers.require_whole(session, "兼职委员台账")
    today = printing.at.date()
    year = periods.year_of(today)
    found = joint_members.members(session, today, ended=True)
    shown = [one for one in found if one.seat.until is None or one.seat.until >= year.first]
    moved = joint_members.changes(session, year)
    came = sum(one.what == JOINED for one in moved)
    data = JointRegister(
        office=papers.committee(session),
        year=today.year,
        lines=[_member(one, today) for one in shown],
        changes=f"年内任职 {came} 人，离任 {len(moved) - came} 人" if moved else "年内没有变动",
        rules="；".join(joint_stars.thresholds(session).words),
        printed_on=today,
        printed_by=printing.by,
    )
    people = [one.seat.resident_id for one in shown if one.seat.resident_id is not None]
    return data, people


def resources(
    session: Session, lines: Sequence[ResourceView], printing: Printing, *, filter_words: str = ""
) -> ThreeList:
    """资源清单 of what the list shows."""
    rows = [
        (
            *(one.number, one.unit, one.kind.label, one.words, one.available, one.contact),
            *(mask_phones(one.phone), one.state.label, "、".join(one.projects)),
        )
        for one in lines
    ]
    return _three(session, ListKind.RESOURCES, rows, printing, filter_words)


def needs(
    session: Session, lines: Sequence[NeedView], printing: Printing, *, filter_words: str = ""
) -> ThreeList:
    """需求清单 of what the list shows, masked: it hangs where the units choose from it."""
    texts = [text for one in lines for text in (one.raised_by, one.words, one.beneficiaries)]
    public = PublicWords(session, texts)
    rows = [
        (
            *(one.number, f"{one.raised_on:%Y-%m-%d}", public.of(one.raised_by), one.grid),
            *(public.of(one.words), one.kind.label, public.of(one.beneficiaries)),
            *(one.urgency.label, one.state.label),
            "、".join(one.projects),
        )
        for one in lines
    ]
    return _three(session, ListKind.NEEDS, rows, printing, filter_words)


def projects(
    session: Session, lines: Sequence[ProjectView], printing: Printing, *, filter_words: str = ""
) -> ThreeList:
    """项目清单 of what the list shows."""
    public = PublicWords(session, [one.need for one in lines])
    rows = [_project(one, public.of(one.need)) for one in lines]
    return _three(session, ListKind.PROJECTS, rows, printing, filter_words)


def note_printed(session: Session, kind: ListKind, ids: Sequence[int]) -> None:
    """Journal that a list was printed or saved."""
    if ids:
        journal.record_look(session, Action.PRINTED, _MODELS[kind], ids)


def _three(
    session: Session,
    kind: ListKind,
    rows: Sequence[tuple[str, ...]],
    printing: Printing,
    filter_words: str,
) -> ThreeList:
    told = list_matching.progress(session, printing.at.year)
    own = grids.own_words(session)
    if own and kind is ListKind.RESOURCES:
        # What units offer is seen by everybody, what came of it in the own grids alone.
        own = f"项目{own}"
    of_them = f"{own}：" if own else ""
    return ThreeList(
        office=papers.committee(session),
        kind=kind,
        filter_words="，".join(filter(None, (own, filter_words))),
        lines=rows,
        note=f"{of_them}{printing.at.year} 年{told.claimed_words}；{told.finished_words}。",
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def _project(one: ProjectView, need: str) -> tuple[str, ...]:
    days = [f"{day:%Y-%m-%d}" for day in (one.since, one.until) if day is not None]
    said = "，".join(f"{words} {count}" for words, count in one.verdicts.items())
    return (
        *(one.number, one.name, need, "；".join(words for _, words in one.resources)),
        *(one.lead, "\n至".join(days), yuan(one.budget) if one.budget else "", f"{one.percent}%"),
        *(one.state.label, one.effect, said),
    )


def _member(one: JointMember, today: date) -> JointLine:
    seat, done, report = one.seat, one.activity, one.report
    until = f" 至 {seat.until:%Y-%m-%d}" if seat.until is not None else " 起"
    return JointLine(
        name=seat.name,
        unit=seat.joint_unit,
        position=seat.position,
        phone=mask_phones(seat.phone),
        term=f"{seat.since:%Y-%m-%d}{until}",
        attended=f"{done.attended} / {done.held}" if done.held else "",
        projects=done.projects,
        stars=stars_words(report.stars if report is not None else done.stars),
        reported=f"{report.reported_on:%Y-%m-%d}" if report and report.reported_on else "",
        remark=seat.ended_reason if not seat.holds(today) else seat.remark,
    )
