"""Anonymising papers whose retention is over: number, dates and kind stay, the rest goes for good.

The person may have been erased long before: a paper keeps what it holds as long as its own time
runs (settings.KEEP_PAPERS).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Certificate, Refusal, SealUse, model_named, table_of
from app.services import identity_texts, rights, settings
from app.services.ages import years_later
from app.services.certificate_views import OPEN_STAGES
from app.services.erasing import FINAL_WORDS
from app.services.identity_texts import ERASED_WORDS, without
from app.services.standing import FINAL
from app.storage import journal
from app.values.rights import Right

_EMPTIED: dict[str, dict[str, Any]] = {
    Certificate.__tablename__: {
        "holder": ERASED_WORDS,
        "holder_document": None,
        "answers": {},
        "body": "",
        "verification": None,
        "applicant": None,
        "applicant_phone": None,
        "approval_note": None,
        "override_reason": None,
        "snapshot": None,
        # Made of the name as well.
        "check_code": None,
        "collected_by": None,
        "collector_relation": None,
        "void_reason": None,
        "note": None,
    },
    Refusal.__tablename__: {"applicant": ERASED_WORDS, "snapshot": {}},
    SealUse.__tablename__: {
        "applicant": None,
        "applicant_phone": None,
        "note": None,
    },
}


def erase_paper(
    session: Session, model: type[Certificate | Refusal], paper_id: int, *, today: date
) -> None:
    """Number, dates and kind of a paper stay; raises DomainError before its time is over."""
    rights.require(session, Right.ERASE)
    row: Any = session.get_one(model, paper_id)
    if isinstance(row, Certificate) and row.stage in OPEN_STAGES:
        raise DomainError("这份证明还没有办完，不能抹去。")
    made = row.issued_on if isinstance(row, Certificate) else row.given_on
    years = settings.value(session, settings.KEEP_PAPERS)
    if made is None or made > years_later(today, -years):
        raise DomainError(f"这份存根要保存 {years} 年，还没有到期，不能抹去。")
    own: dict[str, set[int]] = {model.__tablename__: {paper_id}}
    found = {text for text in _paper_texts(row) if text and text != ERASED_WORDS}
    if isinstance(row, Certificate):
        seals = select(SealUse.id).where(SealUse.certificate_id == paper_id)
        own[SealUse.__tablename__] = set(session.scalars(seals))
    texts = identity_texts.texts_of(session, own, found)
    for table, ids in own.items():
        _empty_paper(session, table, ids)
    for seal in own.get(SealUse.__tablename__, ()):
        _clean_seal(session, seal, texts.own)
    identity_texts.forget(session, texts, own, elsewhere=False)
    journal.set_details(session, {FINAL: FINAL_WORDS})
    session.expire_all()


def _paper_texts(row: Certificate | Refusal) -> list[str | None]:
    if isinstance(row, Refusal):
        return [row.applicant]
    number = (row.holder_document or "").split(" ")[-1]
    return [row.holder, row.applicant, row.collected_by, row.applicant_phone, number]


def _empty_paper(session: Session, name: str, ids: set[int]) -> None:
    table = table_of(model_named(name))
    connection = session.connection()
    connection.execute(update(table).where(table.c.id.in_(ids)).values(_EMPTIED[name]))
    journal.record_erased(session, model_named(name), sorted(ids))


def _clean_seal(session: Session, seal_id: int, texts: Sequence[str]) -> None:
    table = table_of(SealUse)
    words = session.scalar(select(SealUse.content).where(SealUse.id == seal_id)) or ""
    line = update(table).where(table.c.id == seal_id)
    session.connection().execute(line.values(content=without(texts, words)))
