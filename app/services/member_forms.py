"""One of those who serve: adding, correcting, the way into the bin."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, GridMember, PartyPairing, Post, Resident, User
from app.services import post_words
from app.services.filters import PARTY
from app.services.members import get
from app.storage import journal
from app.values import pinyin
from app.values.names import MAX_LENGTH, clean_name
from app.values.phones import parse_phones
from app.values.text import tidy

_LONGEST_PHONE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInput:
    """Somebody who serves, as the form has it."""

    name: str = ""
    phone: str = ""
    party_member: bool = False
    workplace: str = ""
    note: str = ""
    resident_id: int | None = None
    user_id: int | None = None


def input_of(session: Session, member_id: int) -> tuple[MemberInput, int]:
    """What the form shows, with the version."""
    row = get(session, member_id)
    entered = MemberInput(
        name=row.name,
        phone=row.phone or "",
        party_member=row.party_member,
        workplace=row.workplace or "",
        note=row.note or "",
        resident_id=row.resident_id,
        user_id=row.user_id,
    )
    return entered, row.version


def note_opened(session: Session, member_id: int) -> None:
    """The form shows somebody's telephone in the clear: that it was opened is on record."""
    journal.record_look(session, Action.LOOKED, GridMember, [member_id])


def from_resident(session: Session, resident_id: int) -> MemberInput:
    """A form begun with a resident; the private phone is not taken over (a board would show it).

    Raises DomainError where the person is on the list already, or is no resident any more.
    """
    person = session.get(Resident, resident_id)
    if person is None or person.deleted_at is not None or person.departure is not None:
        raise DomainError("这个人已经不在居民名单里，不能从居民中添加，请核对。")
    _not_twice(session, resident_id, besides=0)
    return MemberInput(
        name=person.name,
        party_member=person.political_status in PARTY,
        workplace=person.workplace or "",
        resident_id=resident_id,
    )


def phone_of_resident(session: Session, resident_id: int) -> str:
    """A resident's own numbers: only for the tick that takes them over, since boards show them."""
    person = session.get_one(Resident, resident_id)
    return "、".join(one for one in (person.phone, person.other_phones) if one)


def add(session: Session, entered: MemberInput) -> int:
    """Somebody new who serves; raises DomainError naming what is wrong."""
    row = GridMember()
    _fill(session, row, entered)
    session.add(row)
    session.flush()
    return row.id


def update(session: Session, member_id: int, entered: MemberInput, *, version: int) -> None:
    """Correct somebody's line; the name may change, the person must not."""
    row = get(session, member_id)
    if row.version != version:
        raise ChangedMeanwhile
    if row.party_member and not entered.party_member:
        _no_party_work(session, row)
    _fill(session, row, entered)
    session.flush()


def remove(session: Session, member_id: int, *, now: datetime) -> None:
    """Put somebody into the bin; raises DomainError while a post or a pairing is in force."""
    row = get(session, member_id)
    open_post = select(Post).where(
        Post.member_id == member_id, Post.deleted_at.is_(None), _lasting(Post.until, now.date())
    )
    post = session.scalars(open_post.limit(1)).first()
    if post is not None:
        words = post_words.of_post(session, post)
        raise DomainError(f"{row.name}现在还任{words}，不能删除。请先办离任。")
    if _has_pairing(session, member_id, now.date()):
        raise DomainError(f"{row.name}还有包楼联户没有结束，不能删除。请先结束包联。")
    row.deleted_at = now
    session.flush()


def _fill(session: Session, row: GridMember, entered: MemberInput) -> None:
    name = clean_name(entered.name)
    if not name:
        raise DomainError("请填写姓名。")
    if len(name) > MAX_LENGTH:
        raise DomainError(f"姓名太长，最多 {MAX_LENGTH} 个字，请核对。")
    row.name, row.name_order = name, pinyin.sort_key(name)[:200]
    row.phone = _phone(entered.phone) or None
    row.workplace = _short(entered.workplace, 120, "单位") or None
    row.note = _short(entered.note, 200, "备注") or None
    row.party_member = entered.party_member
    if entered.resident_id is not None:
        _not_twice(session, entered.resident_id, besides=row.id or 0)
    row.resident_id = entered.resident_id
    _link(session, row, entered.user_id)
    _no_twin(session, row)


def _phone(text: str) -> str:
    """One or two numbers; raises DomainError where what is written is none."""
    found = parse_phones(text)
    if found.faults:
        raise DomainError(found.faults[0].sentence)
    words = "、".join(found.numbers)
    if tidy(text) and not words:
        raise DomainError("电话里没有认出号码，请写成 13840910001 或 0411-84641234。")
    return _short(words, _LONGEST_PHONE, "电话")


def _short(text: str, longest: int, label: str) -> str:
    text = tidy(text)
    if len(text) > longest:
        raise DomainError(f"“{label}”太长，最多 {longest} 个字，请缩短。")
    return text


def _not_twice(session: Session, resident_id: int, *, besides: int) -> None:
    other = session.scalar(
        select(GridMember.name).where(
            GridMember.resident_id == resident_id,
            GridMember.deleted_at.is_(None),
            GridMember.id != besides,
        )
    )
    if other is not None:
        raise DomainError(f"{other}已经在人员名单里，不用再添加，直接任职就行。")


def _no_twin(session: Session, row: GridMember) -> None:
    """The same name with the same phone is the same person typed twice."""
    twin = session.scalar(
        select(GridMember.id).where(
            GridMember.name == row.name,
            GridMember.deleted_at.is_(None),
            GridMember.id != (row.id or 0),
            GridMember.phone == row.phone,
            GridMember.resident_id.is_(None),
        )
    )
    if twin is not None and row.resident_id is None:
        raise DomainError(
            f"人员名单里已经有同名同电话的“{row.name}”。是同一人就直接任职；"
            "确是两个人，请填上不同的电话或单位电话。"
        )


def _link(session: Session, row: GridMember, user_id: int | None) -> None:
    if user_id is not None and session.get(User, user_id) is None:
        raise DomainError("选的使用人已经被移除，请重新选。")
    other = user_id and session.scalar(
        select(GridMember.name).where(
            GridMember.user_id == user_id,
            GridMember.deleted_at.is_(None),
            GridMember.id != (row.id or 0),
        )
    )
    if other:
        raise DomainError(f"这个使用人已经对应{other}，一个使用人只能对应一个人，请核对。")
    row.user_id = user_id


def _no_party_work(session: Session, row: GridMember) -> None:
    party = select(Post.id).where(
        Post.member_id == row.id,
        Post.kind.in_(sorted(post_words.PARTY)),
        Post.until.is_(None),
        Post.deleted_at.is_(None),
    )
    pairing = select(PartyPairing.id).where(
        PartyPairing.member_id == row.id,
        PartyPairing.until.is_(None),
        PartyPairing.deleted_at.is_(None),
    )
    if session.scalar(party.limit(1)) or session.scalar(pairing.limit(1)):
        raise DomainError(
            f"{row.name}正在任党内职务或包楼联户，不能去掉“党员”。请先办离任、结束包联。"
        )


def _lasting(until: Any, day: date) -> Any:
    return or_(until.is_(None), until >= day)


def _has_pairing(session: Session, member_id: int, day: date) -> bool:
    found = select(PartyPairing.id).where(
        PartyPairing.member_id == member_id,
        PartyPairing.deleted_at.is_(None),
        _lasting(PartyPairing.until, day),
    )
    return session.scalar(found.limit(1)) is not None
