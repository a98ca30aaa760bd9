"""What the grids know of somebody who is erased: figures and days stay, who it was and where goes.

A visit stays counted, a request keeps its number, kind and days; the words that somebody wrote
about the person are emptied, those of others lose the name.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.models import (
    Base,
    DiaryEntry,
    DiaryMet,
    DiaryPhoto,
    GridMember,
    GridMemberPhoto,
    PartyPairing,
    Post,
    Request,
    RequestExtension,
    RequestPhoto,
    RequestState,
    RequestStep,
    Visit,
    VisitAlarm,
    VisitDeferral,
    VisitSheetRow,
    table_of,
)
from app.services import erasing_rows
from app.services.erasing_rows import ids_where
from app.services.identity_texts import ERASED_WORDS, Rows

_EMPTIED: dict[type[Base], dict[str, Any]] = {
    Visit: {"note": None},
    VisitAlarm: {"answer": None},
    VisitDeferral: {"reason": ERASED_WORDS},
    VisitSheetRow: {"printed": None},
    Request: {
        "person": ERASED_WORDS,
        "phone": None,
        "body": None,
        "unit": "",
        "place": None,
        "promise": None,
    },
    GridMember: {
        "name": ERASED_WORDS,
        "name_order": "",
        "phone": None,
        "workplace": None,
        "note": None,
    },
}
_NAMED_IN: dict[type[Base], tuple[str, ...]] = {
    Request: ("title", "answer", "close_reason", "handler"),
    RequestStep: ("words", "to"),
    RequestExtension: ("reason", "remark"),
    DiaryEntry: ("seen", "measures", "outcome"),
    DiaryMet: ("words",),
}
"""Words about the matter, which stay without the names."""
_PICTURES = (
    (RequestPhoto, RequestPhoto.request_id, Request),
    (DiaryPhoto, DiaryPhoto.entry_id, DiaryEntry),
)


def blockers(session: Session, own: Rows, *, today: date) -> Iterator[str]:
    """Why somebody cannot be erased yet, each with what to do first."""
    asked = session.scalars(
        select(Request.number)
        .where(
            Request.id.in_(own[Request.__tablename__]),
            Request.state != RequestState.CLOSED,
            Request.deleted_at.is_(None),
        )
        .order_by(Request.number)
    ).all()
    if asked:
        yield f"还有 {len(asked)} 件诉求没有办完（{asked[0]}）：先办结、回访、销号。"
    alarms = select(VisitAlarm.id).where(
        VisitAlarm.id.in_(own[VisitAlarm.__tablename__]), VisitAlarm.cleared_on.is_(None)
    )
    if session.scalars(alarms).first() is not None:
        yield "还有走访报警没有查明：先到“网格”的“走访”里解除。"
    members = own[GridMember.__tablename__]
    if kinds := session.scalars(_held(Post, Post.kind, members, today)).all():
        posts = "、".join(dict.fromkeys(kind.label for kind in kinds))
        yield f"他现在还是{posts}：先到“网格”的“组织”里登记离任。"
    if session.scalars(_held(PartyPairing, PartyPairing.id, members, today)).first() is not None:
        yield "他还在包楼联户：先到“网格”的“组织”里结束。"


def with_parts(session: Session, own: Rows) -> dict[str, set[int]]:
    """The same with what belongs to the rows: steps of requests, diary lines about nobody else."""
    found = {table: set(ids) for table, ids in own.items()}
    for model in (RequestStep, RequestExtension):
        of_request = table_of(model).c.request_id.in_(own["request"])
        found[model.__tablename__] = ids_where(session, model, of_request)
    found[DiaryEntry.__tablename__] = _alone(session, own[DiaryMet.__tablename__])
    return found


def phones(session: Session, own: Rows) -> set[str]:
    """Numbers that only the grids have: given with a request, or of somebody who serves."""
    found: set[str] = set()
    for model in (Request, GridMember):
        theirs = select(model.phone).where(model.id.in_(own[model.__tablename__]))
        found.update(number for number in session.scalars(theirs) if number)
    return found


def empty(session: Session, rows: Rows, texts: Sequence[str]) -> None:
    """Take the person out of `rows` (`with_parts`), which are forgotten by the journal as well."""
    for pictures, column, owner in _PICTURES:
        gone = delete(table_of(pictures)).where(column.in_(rows[owner.__tablename__]))
        session.connection().execute(gone)
    members = rows[GridMember.__tablename__]
    photos = table_of(GridMemberPhoto)
    session.connection().execute(delete(photos).where(photos.c.member_id.in_(members)))
    for model, names in _NAMED_IN.items():
        named = rows[model.__tablename__] if model is not DiaryEntry else _entries(session, rows)
        erasing_rows.take_out(session, model, named, names, texts)
    for model, values in _EMPTIED.items():
        erasing_rows.empty(session, model, rows[model.__tablename__], values)


def _held(model: Any, column: Any, members: set[int], today: date) -> Any:
    open_end = or_(model.until.is_(None), model.until >= today)
    return select(column).where(model.member_id.in_(members), model.deleted_at.is_(None), open_end)


def _entries(session: Session, rows: Rows) -> set[int]:
    met = select(DiaryMet.entry_id).where(DiaryMet.id.in_(rows[DiaryMet.__tablename__]))
    return set(session.scalars(met))


def _alone(session: Session, met: set[int]) -> set[int]:
    """Diary lines in which nobody else was met."""
    entries = set(session.scalars(select(DiaryMet.entry_id).where(DiaryMet.id.in_(met))))
    others = select(DiaryMet.entry_id).where(
        DiaryMet.entry_id.in_(entries),
        DiaryMet.id.not_in(met),
        DiaryMet.resident_id.is_not(None),
    )
    return entries - set(session.scalars(others))
