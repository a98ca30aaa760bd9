"""Who is named in the text of a notice, and how the board may show it (domain.md 10.2)."""

import re
from collections.abc import Iterator, Sequence
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

NAME, PHONE, DOCUMENT = "姓名", "电话", "证件号码"
_SHORTEST, _LONGEST = 2, 4
_HAN_RUN = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
    r"(?:·[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)*"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One name or number in the text, and what the board shows instead."""

    what: str
    words: str
    masked: str


def mentions(session: Session, text: str, *, own_phones: Sequence[str] = ()) -> list[Mention]:
    """Residents' names, telephone and document numbers in a text.

    The office's own telephone and those who work here are no private matter.
    """
    found = [Mention(NAME, name, mask_name_public(name)) for name in _names(session, text)]
    public = [settings.value(session, settings.OFFICE_PHONE), *own_phones]
    written = [number for words in public for number in (words, *phones_in(words))]
    digits = {re.sub(r"\D", "", number) for number in written}
    found += [
        Mention(PHONE, phone, mask_phone(phone))
        for phone in phones_in(text)
        if re.sub(r"\D", "", phone) not in digits
    ]
    return found + documents(text)


def documents(text: str) -> list[Mention]:
    """The document numbers in a text: they are masked whoever's they are."""
    return [Mention(DOCUMENT, one, mask_id(one)) for one in documents_in(text)]


def masked(text: str, found: Sequence[Mention], *, kept: Sequence[str] = ()) -> str:
    """The text as the board shows it; names that are `kept` stay whole."""
    return mask_public(
        text,
        names=[one.words for one in found if one.what == NAME],
        phones=[one.words for one in found if one.what == PHONE],
        documents=[one.words for one in found if one.what == DOCUMENT],
        kept=kept,
    )


def staff(session: Session) -> list[str]:
    """Those who work here: their names are no private matter on a notice."""
    return list(session.scalars(select(User.name)))


def to_mask(found: Sequence[Mention], *, not_people: str, consent: str) -> list[Mention]:
    """What is masked after all: document numbers always, the rest unless somebody decided.

    `not_people` has one word or number a line; `consent` is the reason why all may stand in full.
    """
    free = set(not_people.splitlines())
    return [
        one for one in found if one.what == DOCUMENT or not (consent.strip() or one.words in free)
    ]


def _names(session: Session, text: str) -> list[str]:
    """Names of residents, also of those who left, in the order in which they stand."""
    candidates = list(dict.fromkeys(_candidates(text)))
    known: set[str] = set()
    for part in chunks(candidates, 400):
        known |= _known(session, part)
    if not known:
        return []
    own = set(staff(session))
    # 王秀 who stands only inside 王秀兰 is not named.
    longest = "|".join(map(re.escape, sorted(known | own, key=len, reverse=True)))
    return [name for name in dict.fromkeys(re.findall(longest, text)) if name not in own]


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
    found = session.scalar(
        select(Resident.id)
        .join(SearchKey, SearchKey.resident_id == Resident.id)
        .where(SearchKey.token.in_((token, DEPARTED + token)), Resident.name == name)
        .limit(1)
    )
    return found is not None


def _candidates(text: str) -> Iterator[str]:
    """Everything in the text that has the shape of a name."""
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
