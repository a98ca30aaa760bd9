"""Tags of special groups (特殊群体标签): the list of them, and who has which since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Resident, ResidentTag, Tag
from app.services import rights, search_keys
from app.services.chunks import chunks
from app.services.filters import present
from app.services.standing import FINAL
from app.storage import journal
from app.storage.lookup import Sql, actor_of, lookup_of
from app.values.codes import DEFAULT_TAGS, tells_too_much
from app.values.rights import Right

SENSITIVE_GROUP = "综治"
HIDDEN = "敏感标签"
TONES = ("grey", "blue", "green", "amber", "red")


@dataclass(frozen=True, slots=True)
class TagView:
    id: int
    name: str
    group: str
    tone: str
    enabled: bool
    people: int
    sensitive: bool

    @property
    def spoken(self) -> str:
        """What sentences of the journal call it: whoever reads them may not see every tag."""
        return HIDDEN if self.sensitive else f"标签 {self.name}"


def seed(session: Session) -> None:
    """The usual tags, at the creation of an office; those it has already are left alone."""
    have = set(session.scalars(select(Tag.name)))
    for position, entry in enumerate(DEFAULT_TAGS.entries):
        if entry.name not in have:
            session.add(
                Tag(
                    name=entry.name,
                    group=entry.group,
                    tone=entry.tone,
                    enabled=entry.enabled,
                    sensitive=entry.sensitive,
                    position=position,
                )
            )
    # Taking back the start of an office would leave it without tags.
    journal.set_details(session, {FINAL: "这是建立资料时放入的"})
    session.flush()


def tags(session: Session, *, enabled_only: bool = True) -> list[TagView]:
    """The tags in their order, each with the people who have it now."""
    counted = (
        select(ResidentTag.tag_id, func.count(ResidentTag.resident_id.distinct()).label("people"))
        .join(Resident, Resident.id == ResidentTag.resident_id)
        .where(ResidentTag.until.is_(None), present())
        .group_by(ResidentTag.tag_id)
        .subquery()
    )
    statement = (
        select(
            Tag.id,
            Tag.name,
            Tag.group,
            Tag.tone,
            Tag.enabled,
            func.coalesce(counted.c.people, 0),
            Tag.sensitive,
        )
        .outerjoin(counted, counted.c.tag_id == Tag.id)
        .where(Tag.deleted_at.is_(None))
        .order_by(Tag.position, Tag.id)
    )
    if enabled_only:
        statement = statement.where(Tag.enabled)
    return [TagView(*values) for values in session.execute(statement)]


def add(session: Session, *, name: str, group: str = "其他", tone: str = "grey") -> int:
    """A tag of the office's own; raises DomainError when the name is empty or taken."""
    name = name.strip()
    if not name:
        raise DomainError("请填写标签名称。")
    if session.scalar(select(Tag.id).where(Tag.name == name)) is not None:
        raise DomainError(f"已经有“{name}”这个标签。")
    last = session.scalar(select(func.max(Tag.position))) or 0
    sensitive = tells_too_much(name)
    tag = Tag(name=name, group=group, tone=tone, position=last + 1, sensitive=sensitive)
    session.add(tag)
    session.flush()
    return tag.id


def set_enabled(session: Session, tag_id: int, enabled: bool) -> None:
    """Show or hide a tag everywhere; what people have of it is kept."""
    session.get_one(Tag, tag_id).enabled = enabled
    search_keys.reindex_tagged(session, [tag_id])


def set_sensitive(session: Session, tag_id: int, sensitive: bool) -> None:
    """Whether only those permitted see a tag (个人信息保护法 28); those of 综治 always are."""
    rights.require(session, Right.SEE_SENSITIVE)
    tag = session.get_one(Tag, tag_id)
    if tag.group == SENSITIVE_GROUP and not sensitive:
        raise DomainError("综治类标签一律按敏感信息管理，不能取消。")
    tag.sensitive = sensitive
    search_keys.reindex_tagged(session, [tag_id])


def show_sensitive(session: Session, shown: bool) -> None:
    """Switch all 综治类 tags on or off; they are off unless an office really needs them."""
    for tag_id in session.scalars(select(Tag.id).where(Tag.group == SENSITIVE_GROUP)).all():
        set_enabled(session, tag_id, shown)


def give(
    session: Session,
    resident_ids: Sequence[int],
    tag_id: int,
    *,
    since: date | None = None,
    source: str = "",
    level: str = "",
) -> int:
    """Give people a tag; who has it already keeps it as it is. Returns how many got it.

    Raises DomainError where somebody's entry was taken back meanwhile.
    """
    _check_present(session, resident_ids)
    have = {line.resident_id for line in _current(session, resident_ids, tag_id)}
    new = [one for one in dict.fromkeys(resident_ids) if one not in have]
    session.add_all(
        ResidentTag(
            resident_id=one, tag_id=tag_id, since=since, source=source or None, level=level or None
        )
        for one in new
    )
    search_keys.reindex(session, new)
    return len(new)


def end(session: Session, resident_ids: Sequence[int], tag_id: int, *, until: date) -> int:
    """End a tag of people; its line stays with the day. Returns how many had it."""
    lines = _current(session, resident_ids, tag_id)
    for line in lines:
        line.until = until
    search_keys.reindex(session, [line.resident_id for line in lines])
    return len(lines)


def edit(
    session: Session,
    resident_tag_id: int,
    *,
    since: date | None,
    until: date | None,
    source: str,
    level: str,
) -> None:
    """Correct one line; raises DomainError when it would end before it began."""
    if since and until and until < since:
        raise DomainError("标签的结束日期早于开始日期，请核对。")
    line = session.get_one(ResidentTag, resident_tag_id)
    line.since, line.until = since, until
    line.source, line.level = source or None, level or None
    search_keys.reindex(session, [line.resident_id])


def replace(session: Session, resident_id: int, tag_ids: Sequence[int], *, today: date) -> None:
    """Make these the person's visible tags: what is missing is given, what is too much ends."""
    if _visible(session, resident_id) == set(tag_ids):
        return
    lines = session.scalars(
        select(ResidentTag)
        .join(Tag, Tag.id == ResidentTag.tag_id)
        .where(
            ResidentTag.resident_id == resident_id,
            ResidentTag.until.is_(None),
            Tag.enabled,
            seen(session),
        )
    ).all()
    for line in lines:
        if line.tag_id not in tag_ids:
            line.until = today
    have = {line.tag_id for line in lines}
    session.add_all(
        ResidentTag(resident_id=resident_id, tag_id=one, since=today)
        for one in dict.fromkeys(tag_ids)
        if one not in have
    )


def _visible(session: Session, resident_id: int) -> set[int]:
    """The tags that a form shows of somebody."""
    lookup = lookup_of(session)
    return set(lookup.column(Sql(_VISIBLE, (resident_id, _sees_all(session)))))


_VISIBLE = """
    SELECT tag.id FROM resident_tag JOIN tag ON tag.id = resident_tag.tag_id
    WHERE resident_tag.resident_id = ? AND resident_tag.until IS NULL
    AND tag.enabled AND (? OR NOT tag.sensitive)
"""


def _check_present(session: Session, resident_ids: Sequence[int]) -> None:
    wanted, found = list(set(resident_ids)), 0
    for ids in chunks(wanted, 500):
        counted = select(func.count()).where(Resident.id.in_(ids), Resident.deleted_at.is_(None))
        found += session.scalar(counted) or 0
    if missing := len(wanted) - found:
        raise DomainError(
            f"有 {missing:,} 人的资料刚被撤销或删除，没有加上标签。请刷新名单后再选一次。"
        )


def seen(session: Session) -> ColumnElement[bool]:
    """The tags that the user sees, also on the writer's connection, which has no views."""
    return true() if _sees_all(session) else Tag.sensitive.is_(False)


def _sees_all(session: Session) -> bool:
    return actor_of(session).may(Right.SEE_SENSITIVE)


def _current(session: Session, resident_ids: Sequence[int], tag_id: int) -> list[ResidentTag]:
    found: list[ResidentTag] = []
    for ids in chunks(resident_ids, 500):
        found.extend(
            session.scalars(
                select(ResidentTag).where(
                    ResidentTag.resident_id.in_(ids),
                    ResidentTag.tag_id == tag_id,
                    ResidentTag.until.is_(None),
                )
            )
        )
    return found
