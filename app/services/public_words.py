"""Texts for the board: names, numbers and homes of residents masked (domain.md 10.2)."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app.services import notice_people
from app.services.notice_people import NAME, Mention
from app.values.masking import mask_name_public, without_homes

_LONGEST_NAME = 4


class PublicWords:
    """Masks texts that hang together; `people` are named in them besides those of the file."""

    def __init__(self, session: Session, texts: Iterable[str], people: Sequence[str] = ()) -> None:
        staff = set(notice_people.staff(session))
        found = notice_people.mentions(session, "\n".join(texts))
        named = {one: mask_name_public(one) for one in people if is_name(one) and one not in staff}
        known = {one.words for one in found}
        self._mentions = [
            *found,
            *(Mention(NAME, words, shown) for words, shown in named.items() if words not in known),
        ]

    def of(self, text: str) -> str:
        """The text as the board shows it."""
        return without_homes(notice_people.masked(text, self._mentions))


def is_name(words: str) -> bool:
    """Whether it is somebody's name, and not that of a team (板凳评议团)."""
    return "·" in words or 2 <= len(words) <= _LONGEST_NAME
