"""Who is named in the text of a notice, and how the board may show it (domain.md 10.2)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Resident, SearchKey, User
from app.services import settings
from app.services.chunks import chunks
from app.services.search_tokens import DEPARTED, bare
from app.values.masking import (
    documents_in,
    mask_id,
    mask_name_public,
    mask_phone,
    mask_public,
    phones_in,
)
from app.values.text import half_width

NAME, PHONE, DOCUMENT = "姓名", "电话", "证件号码"
# 阿拉坦其其格 is written without a dot.
_SHORTEST, _LONGEST = 2, 7
_HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_HAN_RUN = re.compile(f"{_HAN}+(?:·{_HAN}+)*")
_DOT = re.compile(f"(?<={_HAN})[•‧・･∙⋅．.](?={_HAN})")
# 解　洁 stands as wide as a name of three characters.
_BLANKS = "[ \u3000\t]{1,4}"
_SPACED = re.compile(f"(?=({_HAN}){_BLANKS}({_HAN})(?:{_BLANKS}({_HAN}))?)")
_SPACED_LENGTHS = (2, 3)


@dataclass(frozen=True, slots=True)
class Mention:
    """One name or number in the text, and what the board shows instead."""

    what: str
    words: str
    masked: str
    withdrawn: bool = False
    """Somebody of this name withdrew consent: a general reason does not make it public"""


def mentions(session: Session, text: str, *, own_phones: Sequence[str] = ()) -> list[Mention]:
    """Residents' names, telephone and document numbers in a text.

    The office's own telephone and those who work here are no private matter.
    """
    found = _names(session, text)
    public = [settings.value(session, settings.OFFICE_PHONE), *own_phones]
    written = [number for words in public for number in (words, *phones_in(words))]
    own = {_figures(number) for number in written}
    found += [
        Mention(PHONE, phone, mask_phone(phone))
        for phone in phones_in(text)
        if _figures(phone) not in own
    ]
    return found + documents(text)


def documents(text: str) -> list[Mention]:
    """The document numbers in a text: they are masked whoever's they are."""
    return [Mention(DOCUMENT, one, mask_id(one)) for one in documents_in(text)]


def masked(text: str, found: Sequence[Mention], *, kept: Sequence[str] = ()) -> str:
    """The text as the board shows it; names that are `kept` stay whole."""
    return mask_public(text, {one.words: one.masked for one in found}, kept=kept)


def staff(session: Session) -> list[str]:
    """Those who work here: their names are no private matter on a notice."""
    return list(session.scalars(select(User.name)))


def to_mask(found: Sequence[Mention], *, not_people: str, consent: str) -> list[Mention]:
    """What is masked after all: document numbers always, the rest unless somebody decided.

    `not_people` has one word or number a line; `consent` is the reason why all may stand in full.
    """
    free = set(not_people.splitlines())
    return [
        one
        for one in found
        if one.what == DOCUMENT
        or (one.words not in free and (one.withdrawn or not consent.strip()))
    ]


def _figures(phone: str) -> str:
    return re.sub(r"\D", "", half_width(phone))


def _names(session: Session, text: str) -> list[Mention]:
    """Names of residents, also of those who left, in the order in which they stand."""
    # Another dot and the dot of the file take one character each: places stay the same.
    dotted = _DOT.sub("·", text)
    candidates = list(dict.fromkeys(_candidates(dotted)))
    known: set[str] = set()
    for part in chunks(candidates, 2000):
        known |= _known(session, part)
    if not known:
        return []
    own = set(staff(session))
    # 王秀 who stands only inside 王秀兰 is not named.
    longest = sorted(known | own, key=len, reverse=True)
    places = re.finditer("|".join(map(_ways_to_write, longest)), dotted)
    named = {text[place.start() : place.end()]: _joined(place[0]) for place in places}
    left = _withdrawn(session, named.values())
    return [
        Mention(NAME, words, mask_name_public(name), name in left)
        for words, name in named.items()
        if name not in own
    ]


def _withdrawn(session: Session, names: Iterable[str]) -> set[str]:
    """Names of people who withdrew consent (个人信息保护法 25: only with it is a name public)."""
    people = select(Resident.name).where(
        Resident.name.in_(list(names)),
        Resident.withdrawn_on.is_not(None),
        Resident.deleted_at.is_(None),
    )
    return set(session.scalars(people))


def _ways_to_write(name: str) -> str:
    if len(name) not in _SPACED_LENGTHS:
        return re.escape(name)
    return f"{re.escape(name)}|{_BLANKS.join(map(re.escape, name))}"


def _joined(words: str) -> str:
    return re.sub(_BLANKS, "", words)


def _known(session: Session, candidates: Sequence[str]) -> set[str]:
    tokens = {bare(name) for name in candidates}
    tokens |= {DEPARTED + token for token in tokens}
    hits = session.scalars(select(SearchKey.token).where(SearchKey.token.in_(tokens)).distinct())
    # A tag or an estate may be called alike: only what is somebody's name counts.
    words = {hit.removeprefix(DEPARTED) for hit in hits}
    possible = [name for name in candidates if bare(name) in words]
    return {name for name in possible if _is_name(session, name)}


def _is_name(session: Session, name: str) -> bool:
    token = bare(name)
    found = session.scalars(
        select(Resident.name)
        .join(SearchKey, SearchKey.resident_id == Resident.id)
        .where(SearchKey.token.in_((token, DEPARTED + token)))
        .distinct()
    )
    return any(bare(one) == token for one in found)


def _candidates(text: str) -> Iterator[str]:
    """Everything in the text that has the shape of a name."""
    for spaced in _SPACED.finditer(text):
        first, second, third = spaced.groups()
        yield first + second
        if third:
            yield first + second + third
    for match in _HAN_RUN.finditer(text):
        run = match.group()
        if "·" in run:
            yield from _dotted(run)
        for part in run.split("·"):
            for start in range(len(part) - 1):
                for length in range(_SHORTEST, min(_LONGEST, len(part) - start) + 1):
                    yield part[start : start + length]


def _dotted(run: str) -> Iterator[str]:
    """居民阿迪力·买买提 and 阿迪力·买买提等 have the name inside."""
    first, *middle, last = run.split("·")
    for start in range(len(first)):
        for end in range(1, len(last) + 1):
            yield "·".join((first[start:], *middle, last[:end]))
