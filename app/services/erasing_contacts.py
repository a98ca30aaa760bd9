"""Whom to call about a receipt (入库单), erased when its time is over: what came in stays."""

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import StockReceipt, table_of
from app.services import identity_texts, rights, settings
from app.services.ages import years_later
from app.services.erasing import FINAL_WORDS
from app.services.identity_texts import without
from app.services.standing import FINAL
from app.storage import journal
from app.values.rights import Right


def erase_contact(session: Session, receipt_id: int, *, today: date) -> None:
    """Name and telephone of whoever sold or gave go; raises DomainError before their time."""
    rights.require(session, Right.ERASE)
    row = session.scalar(select(StockReceipt).where(StockReceipt.id == receipt_id))
    if row is None or not (row.contact or row.phone):
        raise DomainError("这张入库单上已经没有联系人，请刷新列表。")
    years = settings.value(session, settings.KEEP_CONTACTS)
    if row.on_date > years_later(today, -years):
        raise DomainError(f"联系人要保存 {years} 年，还没有到期，不能抹去。")
    own = {StockReceipt.__tablename__: {receipt_id}}
    found = {text for text in (row.contact, row.phone) if text}
    texts = identity_texts.texts_of(session, own, found)
    # Whoever gave stays in the books under this name, also where it is the same person.
    note = without(texts.own, row.note or "") or None
    table = table_of(StockReceipt)
    line = update(table).where(table.c.id == receipt_id)
    session.connection().execute(line.values(contact=None, phone=None, note=note))
    journal.record_erased(session, StockReceipt, [receipt_id])
    identity_texts.forget(session, texts, own, elsewhere=False)
    journal.set_details(session, {FINAL: FINAL_WORDS})
    session.expire_all()
