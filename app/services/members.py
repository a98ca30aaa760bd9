"""Who serves in the grids (网格人员): of the staff, or a resident who is 楼长 or 中心户."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import GridMember, GridMemberPhoto
from app.services import post_words
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.masking import mask_phones
from app.values.pinyin_match import spells
from app.values.rights import Actor

_LARGEST_PHOTO = 400_000


@dataclass(frozen=True, slots=True)
class MemberView:
    """One line of the list; `posts` in words (第三网格网格长、3 号楼楼长), of the day asked for."""

    id: int
    name: str
    phone_masked: str
    posts: str
    grid_ids: tuple[int, ...]
    party_member: bool = False
    workplace: str = ""
    user_name: str = ""
    has_photo: bool = False
    resident_id: int | None = None


def members(
    source: Source,
    *,
    grid_ids: Collection[int] | None = None,
    on: date,
    text: str = "",
) -> list[MemberView]:
    """Everybody who serves, by name; with `grid_ids` only those with a post in one of the grids.

    Whoever sees some grids only is told of who has a post in these or in the community as a whole.
    """
    lookup = lookup_of(source)
    held = post_words.in_force(lookup, on)
    own = lookup.actor.grids
    found = []
    there = [Sql("m.deleted_at IS NULL")]
    for user_id, *values in lookup.rows(
        query(_COLUMNS, _SOURCE, there, "ORDER BY m.name_order, m.id")
    ):
        view = _view(values, held.get(values[0], ()))
        himself = bool(user_id) and user_id == lookup.actor.user_id
        near = own is None or himself or bool(view.posts)
        wanted = grid_ids is None or bool(set(grid_ids) & set(view.grid_ids))
        if near and wanted and _fits(view, values[2] or "", text):
            found.append(view)
    return found


_COLUMNS = """
    m.user_id, m.id, m.name, m.phone, m.party_member, m.workplace, u.name,
    EXISTS (SELECT 1 FROM grid_member_photo AS p WHERE p.member_id = m.id), m.resident_id
"""
_SOURCE = 'grid_member AS m LEFT JOIN "user" AS u ON u.id = m.user_id'


def _fits(view: MemberView, phone: str, text: str) -> bool:
    """Every word is spelled by the name, or stands in the phone, the workplace or the posts."""
    return all(
        spells(view.name, word) or word in f"{phone} {view.workplace} {view.posts}"
        for word in text.split()
    )


def _view(values: Sequence[Any], held: Iterable[post_words.Held]) -> MemberView:
    key, name, phone, party, workplace, user, photo, resident = values
    posts = tuple(held)
    grids = dict.fromkeys(one.grid_id for one in posts if one.grid_id is not None)
    return MemberView(
        id=key,
        name=name,
        phone_masked=mask_phones(phone or ""),
        posts="、".join(one.words for one in posts),
        grid_ids=tuple(grids),
        party_member=bool(party),
        workplace=workplace or "",
        user_name=user or "",
        has_photo=bool(photo),
        resident_id=resident,
    )


def own_member(source: Source, actor: Actor) -> int | None:
    """Who of the members works with the program now: linked to the user, or of the same name.

    None where nobody is, or two of the name are: then it is not known which.
    """
    lookup = lookup_of(source)
    there = Sql("deleted_at IS NULL")
    if actor.user_id:
        linked = lookup.value(
            query("id", "grid_member", [there, Sql("user_id = ?", (actor.user_id,))])
        )
        if linked is not None:
            return int(linked)
    free = [there, Sql("user_id IS NULL"), Sql("name = ?", (actor.name,))]
    same = list(lookup.column(query("id", "grid_member", free))) if actor.name else []
    return int(same[0]) if len(same) == 1 else None


# -- one of them


def get(session: Session, member_id: int) -> GridMember:
    """The row of a member who is there; raises DomainError."""
    row = session.get(GridMember, member_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这个人已经不在人员名单里，可能刚被删除。请刷新后再看。")
    return row


# -- the picture


def photo(session: Session, member_id: int) -> bytes | None:
    """The picture for the notice board, as JPEG."""
    return session.scalar(
        select(GridMemberPhoto.jpeg).where(GridMemberPhoto.member_id == member_id)
    )


def photos(session: Session, ids: Collection[int]) -> dict[int, bytes]:
    """The pictures of those of them who have one."""
    found = session.execute(
        select(GridMemberPhoto.member_id, GridMemberPhoto.jpeg).where(
            GridMemberPhoto.member_id.in_(sorted(ids))
        )
    )
    return {key: jpeg for key, jpeg in found}


def set_photo(session: Session, member_id: int, jpeg: bytes | None) -> None:
    """Put a picture in the place of the one before, or take it away; it is not undone."""
    get(session, member_id)
    row = session.get(GridMemberPhoto, member_id)
    if not jpeg:
        if row is not None:
            session.delete(row)
    elif not jpeg.startswith(b"\xff\xd8"):
        raise DomainError("照片应是 JPEG 图片，请换一张。")
    elif len(jpeg) > _LARGEST_PHOTO:
        raise DomainError("照片太大，请用表单里的“选照片”，程序会自动缩小。")
    elif row is None:
        session.add(GridMemberPhoto(member_id=member_id, jpeg=jpeg))
    else:
        row.jpeg = jpeg
    session.flush()
