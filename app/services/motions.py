"""Motions (动议) on an item: amendments of its text, and how to go on; each with its result."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Motion, MotionKind, Vote
from app.services import rights, settings
from app.services.running import running_item
from app.services.settings import SECONDERS
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

_LONGEST, _LONGEST_RESULT = 300, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionView:
    """A motion; `result` '' as long as nothing became of it."""

    id: int
    version: int
    item_id: int
    place: int
    kind: MotionKind
    words: str
    mover: str
    seconders: int
    result: str

    @property
    def title(self) -> str:
        """修正案 1."""
        return f"{self.kind.label} {self.place}"


def motions(source: Source, item_id: int) -> list[MotionView]:
    """All motions on an item in their order."""
    columns = "id, version, agenda_item_id, place, kind, words, mover, seconders, result"
    mine = [Sql("agenda_item_id = ?", (item_id,))]
    found = lookup_of(source).rows(query(columns, "motion", mine, "ORDER BY place, id"))
    return [
        MotionView(
            id=key,
            version=version,
            item_id=item,
            place=place,
            kind=MotionKind.of(kind),
            words=words,
            mover=mover or "",
            seconders=seconders,
            result=result or "",
        )
        for key, version, item, place, kind, words, mover, seconders, result in found
    ]


def put(
    session: Session,
    item_id: int,
    *,
    kind: MotionKind,
    words: str,
    mover: str = "",
    seconders: int = 0,
) -> int:
    """提出: raises DomainError without words, or on an item whose text was voted on already."""
    rights.require(session, Right.RUN_MEETINGS)
    running_item(session, item_id)
    text = tidy(words)
    if not text:
        raise DomainError("请写清动议的内容，念出来大家才好表决。")
    if len(text) > _LONGEST:
        raise DomainError(f"动议最多 {_LONGEST} 个字，请写得短一些。")
    if seconders < 0:
        raise DomainError("附议人数不能是负数，请核对。")
    if kind is MotionKind.AMENDMENT and voted(session, item_id):
        raise DomainError("这一项已经表决宣布，不能再提修正案。要改，请另行表决。")
    last = select(func.max(Motion.place)).where(Motion.agenda_item_id == item_id)
    row = Motion(
        agenda_item_id=item_id,
        place=(session.scalar(last) or 0) + 1,
        kind=kind,
        words=text,
        mover=tidy(mover)[:60] or None,
        seconders=seconders,
    )
    session.add(row)
    session.flush()
    return row.id


def check_open(source: Source, motion_id: int, item_id: int) -> None:
    """Raise DomainError where a motion may not be voted on.

    It is gone or of another item, something became of it already, or too few second it (setting).
    """
    own = [Sql("id = ? AND agenda_item_id = ?", (motion_id, item_id))]
    asked = query("kind, seconders, result", "motion", own)
    found = next(lookup_of(source).rows(asked), None)
    if found is None:
        raise DomainError("这个动议已经不在这一项里了，请刷新后再看。")
    kind, seconders, result = found
    if result:
        raise DomainError(f"这个动议已经有结果：{result}。要改，请另提动议。")
    least = settings.load(source)[SECONDERS]
    if MotionKind.of(kind) is MotionKind.AMENDMENT and seconders < least:
        raise DomainError(
            f"修正案有 {seconders} 人附议，按议事规则至少 {least} 人附议才表决。"
            "请先记附议人数，或记作“无人附议”。"
        )


def second(session: Session, motion_id: int, seconders: int, *, version: int) -> None:
    """How many second it."""
    row = _get(session, motion_id, version)
    if seconders < 0:
        raise DomainError("附议人数不能是负数，请核对。")
    row.seconders = seconders
    session.flush()


def close(session: Session, motion_id: int, result: str, *, version: int) -> None:
    """What became of it without a vote: 撤回, 无人附议, 主持人裁定."""
    row = _get(session, motion_id, version)
    if row.result:
        raise DomainError("这个动议已经有结果，不能再改。")
    words = tidy(result)
    if not words:
        raise DomainError("请写这个动议的结果。")
    row.result = words[:_LONGEST_RESULT]
    session.flush()


def voted(session: Session, item_id: int) -> bool:
    """Whether the item itself was voted on."""
    on_item = (Vote.agenda_item_id == item_id, Vote.motion_id.is_(None))
    return session.scalar(select(Vote.id).where(*on_item).limit(1)) is not None


def _get(session: Session, motion_id: int, version: int) -> Motion:
    rights.require(session, Right.RUN_MEETINGS)
    row = session.get(Motion, motion_id)
    if row is None:
        raise DomainError("这个动议已经不在了，请刷新后再看。")
    if row.version != version:
        raise ChangedMeanwhile
    running_item(session, row.agenda_item_id)
    return row
