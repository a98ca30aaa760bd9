"""A line, its pictures and its visits go into the file together: one step to take back."""

from sqlalchemy.orm import Session

from app.context import Context
from app.models import RoundWay
from app.services import diary, diary_met, diary_photos, visit_log
from app.services.diary_input import DiaryInput
from app.services.visit_log import LONGEST_NOTE, VisitInput
from app.ui.grids.diary.form_fields import DiaryFields


def save_line(
    context: Context,
    entered: DiaryInput,
    fields: DiaryFields,
    *,
    entry_id: int | None,
    version: int,
) -> int:
    """The id of the line; raises DomainError where it cannot be."""
    verb = "记平安日记" if entry_id is None else "修改平安日记"
    with context.database.transaction(f"{verb} {_name(context, entered)}") as session:
        key = _keep(session, context, entered, entry_id, version)
        if fields.photos.dirty:
            diary_photos.set_photos(
                session,
                key,
                kept=fields.photos.kept,
                added=fields.photos.added,
                now=context.clock.now(),
            )
        _log_visits(session, context, entered, fields, key)
    return key


def _keep(
    session: Session, context: Context, entered: DiaryInput, entry_id: int | None, version: int
) -> int:
    now = context.clock.now()
    if entry_id is None:
        return diary.write(session, entered, now=now)
    diary.update(session, entry_id, entered, version=version, now=now)
    return entry_id


def _name(context: Context, entered: DiaryInput) -> str:
    """11-20 入户 王秀兰 3-2-501."""
    today = context.clock.today()
    with context.database.lookup() as lookup:
        met = [diary_met.words_of(lookup, one, today=today).words for one in entered.met[:1]]
    what = met[0] if met else entered.seen.strip()[:12]
    return f"{entered.on_date:%m-%d} {entered.way.label} {what}".strip()


def _log_visits(
    session: Session, context: Context, entered: DiaryInput, fields: DiaryFields, key: int
) -> None:
    """A visit to each of the people of the line, where a result was chosen."""
    result = fields.visit_result
    if result is None:
        return
    way = RoundWay.PHONE if entered.way is RoundWay.PHONE else RoundWay.HOME
    for resident_id in filter(None, (one.resident_id for one in entered.met)):
        visit = VisitInput(
            resident_id=resident_id,
            on_date=entered.on_date,
            way=way,
            result=result,
            note=entered.seen[:LONGEST_NOTE],
            member_id=entered.member_id,
            diary_entry_id=key,
        )
        visit_log.log(session, visit, now=context.clock.now())
