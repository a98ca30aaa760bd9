"""Finding people by two letters: name, pinyin, numbers, address, tags (architecture.md rule 7).

The services' only module that leans on how SQLite walks an index: the rows of a range come in the
order of the tokens, so that exact > prefix > inside needs no sorting, and LIMIT stops the walk.
`search_key` is the vocabulary of the full-text index `search_text`: `term` and `doc` are the names
that SQLite gives to a token and its resident.
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
        if self.where and min(self._breadths(wanted)) >= _BROAD:
            return self._collect(self._by_filters(wanted), self.most)
        most = _BROAD if self.where else self.most
        found = self._matches(wanted, most)
        if not found and len(wanted) == 1 and len(wanted[0].latin) > 2:
            found = self._collect(self._by_halves(wanted[0].latin, most), most)
        return self._allowed(found)[: self.most] if self.where else found

    def _matches(self, wanted: Sequence[Word], most: int) -> list[int]:
        """Everybody whom all words fit: the narrowest leads and ranks."""
        if len(wanted) == 1:
            return self._by_tokens(wanted[0], (), most)
        measured = sorted(zip(self._breadths(wanted), count()))
        narrowest, first = measured[0]
        if narrowest == 0:
            return []
        # To look a word up per person costs as much as to read ten tokens of it.
        others = [
            (wanted[n], breadth < _BROAD and breadth < 10 * narrowest)
            for breadth, n in measured[1:]
        ]
        return self._by_tokens(wanted[first], others, most)

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

    def _by_tokens(self, lead: Word, others: Sequence[tuple[Word, bool]], most: int) -> list[int]:
        """One walk of the index per start of the leading word, best rank first.

        Of the other words those marked True are read whole, the rest looked up per person.
        """
        several = [lead, *(word for word, _ in others)]
        shape = tuple((len(word.starts), whole) for word, whole in others)
        statement = _walk(len(lead.starts), shape)
        found = self.session.connection().execute(statement, self._values(several, most))
        return list(found.scalars())

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

    def _breadths(self, wanted: Sequence[Word]) -> Sequence[int]:
        """How many tokens fit each word, counted up to the point where it no longer matters."""
        statement = _counts(tuple(len(word.starts) for word in wanted))
        values = self._values(wanted, _BROAD)
        return tuple(self.session.connection().execute(statement, values).one())

    def _values(self, several: Iterable[Word], most: int) -> dict[str, object]:
        """The ranges of these words, numbered through, as the statements below name them."""
        values: dict[str, object] = {"most": most}
        ranges = (pair for word in several for pair in word.ranges(self.prefix))
        for number, (low, high) in enumerate(ranges):
            values[f"low{number}"], values[f"high{number}"] = low, high
            values[f"start{number}"] = _anywhere(low)
        return values


def _anywhere(start: str) -> str:
    """A pattern for texts in which any token begins so; tokens and words are in lower case."""
    for sign in (_ESCAPE, "%", "_"):
        start = start.replace(sign, _ESCAPE + sign)
    return f"%\n{start}%"


# Written out: building these statements anew would cost a keystroke more than running them. They
# are put together from the constants here alone: no word of a user is part of them.
_DOCS = "SELECT doc FROM search_key WHERE term >= :low{0} AND term < :high{0}"
_COUNT = f"(SELECT count(*) FROM ({_DOCS} LIMIT :most))"  # noqa: S608
_EACH = "SELECT 1 FROM search_text AS t WHERE t.rowid = k.doc AND ({})"
_START = f"t.tokens LIKE :start{{0}} ESCAPE '{_ESCAPE}'"


@cache
def _counts(shape: tuple[int, ...]) -> TextClause:
    """A column for each word, with so many ranges each."""
    numbers = count()
    words = (" + ".join(map(_COUNT.format, islice(numbers, ranges))) for ranges in shape)
    return text(f"SELECT {', '.join(words)}")


@cache
def _walk(ranges: int, others: tuple[tuple[int, bool], ...]) -> TextClause:
    """The walk of so many ranges for people whom other words fit as well."""
    numbers = count()
    # One after the other, as they stand here, and none before the first ran out.
    walks = " UNION ALL ".join(map(_DOCS.format, islice(numbers, ranges)))
    fits = []
    for several, whole in others:
        numbered = list(islice(numbers, several))
        if whole:
            fits.append(f"doc IN ({' UNION ALL '.join(map(_DOCS.format, numbered))})")
        else:
            fits.append(f"EXISTS ({_EACH.format(' OR '.join(map(_START.format, numbered)))})")
    where = f" WHERE {' AND '.join(fits)}" if fits else ""
    return text(f"SELECT DISTINCT doc FROM ({walks}) AS k{where} LIMIT :most")  # noqa: S608
