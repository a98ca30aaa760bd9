"""Finding people by two letters: name, pinyin, numbers, address, tags (architecture.md rule 7).

The services' only module that leans on how SQLite walks an index: the rows of a range come in the
order of the tokens, so that exact > prefix > inside needs no sorting, and LIMIT stops the walk.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, islice

from sqlalchemy import ColumnElement, TextClause, and_, exists, or_, select, text
from sqlalchemy.orm import Session

from app.models import Resident, SearchKey, SearchText
from app.services.chunks import chunks
from app.services.search_keys import rebuild, reindex
from app.services.search_tokens import DEPARTED, INSIDE
from app.services.search_words import Word, words
from app.values.names import clean_name, is_plausible_name

__all__ = ["Found", "exact_hit", "find_ids", "looks_like_name", "rebuild", "reindex"]

MOST = 200
# A word with more tokens than this is broad: with filters, the filters then lead the way.
_BROAD = 5_000
_SHORTEST_CODE = 4
_LONGEST_SYLLABLE = 6
_ESCAPE = "/"
Conditions = Sequence[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Found:
    """The people found, best first; `cut` when there are more than were asked for."""

    ids: list[int]
    cut: bool


def find_ids(
    session: Session,
    asked: str,
    *,
    limit: int = MOST,
    departed: bool = False,
    where: Conditions = (),
) -> Found:
    """The first `limit` people whom all words of the text fit, and who meet all conditions."""
    wanted = words(asked)
    if not wanted:
        return Found([], cut=False)
    search = _Search(session, DEPARTED if departed else "", tuple(where), limit + 1)
    ids = search.run(wanted)
    return Found(ids[:limit], cut=len(ids) > limit)


def exact_hit(session: Session, text: str) -> int | None:
    """The one person whose document, phone or household number this is, as a scanner types it."""
    wanted = words(text)
    if len(wanted) != 1 or len(wanted[0].starts[0]) < _SHORTEST_CODE:
        return None
    whole = [start for start in wanted[0].starts if start[0] != INSIDE and start[-1:].isalnum()]
    hits = session.scalars(
        select(SearchKey.resident_id).where(SearchKey.token.in_(whole)).distinct().limit(2)
    ).all()
    return hits[0] if len(hits) == 1 and any(c.isdigit() for c in text) else None


def looks_like_name(text: str) -> bool:
    """Whether a search without result may offer 按此姓名新增."""
    return not text.isascii() and is_plausible_name(clean_name(text))


@dataclass(frozen=True, slots=True)
class _Search:
    session: Session
    prefix: str
    where: Conditions
    most: int

    def run(self, wanted: Sequence[Word]) -> list[int]:
        if self.where and min(map(self._breadth, wanted)) >= _BROAD:
            return self._collect(self._by_filters(wanted), self.most)
        most = _BROAD if self.where else self.most
        found = self._matches(wanted, most)
        if not found and len(wanted) == 1 and len(wanted[0].latin) > 2:
            found = self._collect(self._by_halves(wanted[0].latin, most), most)
        return self._allowed(found)[: self.most] if self.where else found

    def _matches(self, wanted: Sequence[Word], most: int) -> list[int]:
        """Everybody whom all words fit: the narrowest leads and ranks."""
        if len(wanted) == 1:
            return self._collect(self._by_tokens(wanted[0], (), most), most)
        measured = sorted((self._breadth(word), n) for n, word in enumerate(wanted))
        narrowest, first = measured[0]
        if narrowest == 0:
            return []
        # To look a word up per person costs as much as to read ten tokens of it.
        others = [
            (wanted[n], breadth < _BROAD and breadth < 10 * narrowest)
            for breadth, n in measured[1:]
        ]
        return self._collect(self._by_tokens(wanted[first], others, most), most)

    def _collect(self, walks: Iterator[Iterable[int]], most: int) -> list[int]:
        """What the walks find, each once, until there is enough."""
        found: dict[int, None] = {}
        for walk in walks:
            found.update(dict.fromkeys(walk))
            if len(found) >= most:
                break
        return list(found)[:most]

    def _allowed(self, found: Sequence[int]) -> list[int]:
        """Those who meet the filters, in the order in which they were found.

        A statement of its own: joined to the walk, the filters might take the lead.
        """
        allowed: set[int] = set()
        for part in chunks(found, 500):
            allowed.update(
                self.session.scalars(select(Resident.id).where(Resident.id.in_(part), *self.where))
            )
        return [one for one in found if one in allowed]

    def _by_tokens(
        self, lead: Word, others: Sequence[tuple[Word, bool]], most: int
    ) -> Iterator[Iterable[int]]:
        """One walk of the index per start of the leading word, best rank first.

        Of the other words those marked True are read whole, the rest looked up per person.
        """
        connection = self.session.connection()
        ranges = [word.ranges(self.prefix) for word, _ in others]
        shape = tuple(
            (len(several), whole) for several, (_, whole) in zip(ranges, others, strict=True)
        )
        values: dict[str, object] = {"most": most}
        for number, (low, high) in enumerate(pair for several in ranges for pair in several):
            values[f"low{number}"], values[f"high{number}"] = low, high
            values[f"start{number}"] = _anywhere(low)
        for low, high in lead.ranges(self.prefix):
            found = connection.execute(_walk(shape), {**values, "low": low, "high": high})
            yield found.scalars()

    def _by_halves(self, latin: str, most: int) -> Iterator[Iterable[int]]:
        """Mixed spellings: wangxl is found as 'wang' with '~xl', wxiulan as 'w' with '~xiulan'."""
        for cut in range(1, min(_LONGEST_SYLLABLE, len(latin) - 1) + 1):
            yield self._matches([Word((latin[:cut],)), Word((INSIDE + latin[cut:],))], most)

    def _by_filters(self, wanted: Sequence[Word]) -> Iterator[Iterable[int]]:
        """The people of the filters in turn, looking whether the words fit each."""
        lead, *others = wanted
        rest = [self._has(other) for other in others]
        for start in lead.starts:
            fits = self._has(Word((start,)))
            statement = select(Resident.id).where(*self.where, fits, *rest)
            yield self.session.scalars(statement.limit(self.most))

    def _has(self, word: Word) -> ColumnElement[bool]:
        fits = [
            SearchText.tokens.like(_anywhere(low), escape=_ESCAPE)
            for low, _ in word.ranges(self.prefix)
        ]
        return exists().where(and_(SearchText.resident_id == Resident.id, or_(*fits)))

    def _breadth(self, word: Word) -> int:
        """How many tokens fit, counted up to the point where it no longer matters."""
        connection = self.session.connection()
        return sum(
            connection.execute(_COUNT, {"low": low, "high": high, "most": _BROAD}).scalar_one()
            for low, high in word.ranges(self.prefix)
        )


def _anywhere(start: str) -> str:
    """A pattern for texts in which any token begins so; tokens and words are in lower case."""
    for sign in (_ESCAPE, "%", "_"):
        start = start.replace(sign, _ESCAPE + sign)
    return f"%\n{start}%"


# Written out: building these statements anew would cost a keystroke more than running them.
_COUNT = text(
    "SELECT count(*) FROM"
    " (SELECT 1 FROM search_key WHERE token >= :low AND token < :high LIMIT :most) AS some"
)


@cache
def _walk(others: tuple[tuple[int, bool], ...]) -> TextClause:
    """The walk of a range for people whom other words fit as well, with so many ranges each."""
    numbers = count()
    fits = []
    for several, whole in others:
        shapes = [(_RANGE if whole else _START).format(n) for n in islice(numbers, several)]
        if whole:
            fits.append(
                f" AND +k.resident_id IN ({' UNION ALL '.join(map(_WHOLE.format, shapes))})"
            )
        else:
            fits.append(f" AND EXISTS ({_EACH.format(' OR '.join(shapes))})")
    # Only ever put together from the constants here: no word of a user is part of it.
    return text(
        "SELECT DISTINCT k.resident_id FROM search_key AS k"  # noqa: S608 - constants only
        f" WHERE k.token >= :low AND k.token < :high{''.join(fits)} LIMIT :most"
    )


# The plus keeps SQLite from walking the people of the other word instead.
_WHOLE = "SELECT o.resident_id FROM search_key AS o WHERE {}"
_EACH = "SELECT 1 FROM search_text AS t WHERE t.resident_id = k.resident_id AND ({})"
_RANGE = "o.token >= :low{0} AND o.token < :high{0}"
_START = f"t.tokens LIKE :start{{0}} ESCAPE '{_ESCAPE}'"
