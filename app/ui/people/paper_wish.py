"""What another page asks of 文书: a kind of paper, and for whom; or a paper that was made."""

from dataclasses import dataclass

CERTIFICATE = "certificate:"
"""Begin of the key of a certificate; the id of its template follows."""


@dataclass(frozen=True, slots=True)
class PaperWish:
    """`kind` is a key of the list 能做的; `people` are ids of residents, in order."""

    kind: str
    people: tuple[int, ...] = ()
    words: str = ""
    """Who they are, for the head of a list: 第三网格（勾选的人）"""
    outsider: tuple[str, str] | None = None
    """Name and document of somebody who is no resident, in place of `people`"""
    answers: tuple[tuple[str, str], ...] = ()
    """What the form of a certificate begins with, by fill code"""


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A certificate as it stands in the register, to be looked at or made void."""

    certificate_id: int


@dataclass(frozen=True, slots=True)
class MadeNotice:
    """A notice that was written elsewhere, to be edited and printed."""

    notice_id: int
