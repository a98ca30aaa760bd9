"""Finding people by two letters: name, pinyin, numbers, address, tags (architecture.md rule 7).

The services' only module that leans on how SQLite walks an index: the rows of a range come in the
order of the tokens, so that exact > prefix > inside needs no sorting, and LIMIT stops the walk.
`search_key` is the vocabulary of the full-text index `search_text`: `term` and `doc` are the names
that SQLite gives to a token and its resident.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, count

from app.services.chunks import chunks
from app.services.search_tokens import DEPARTED, INSIDE
from app.services.search_words import Word, words
from app.storage.lookup import Lookup, Source, Sql, any_of, lookup_of, one_of, query
from app.values.names import clean_name, is_plausible_name
from app.values.text import compact

MOST = 200
# A word with more tokens than this is broad: with filters, the filters then lead the way.
_BROAD = 5_000
_SHORTEST_CODE = 4
_LONGEST_SYLLABLE = 6
_ESCAPE = "/"


@dataclass(frozen=True, slots=True)
class Found:
    """The people found, best first; `cut` when there are more than were asked for."""

    ids: list[int]
    cut: bool


def find_ids(
    source: Source,
    asked: str,
    *,
    limit: int = MOST,
    departed: bool = False,
    where: Sequence[Sql] = (),
) -> Found:
    """The first `limit` people whom all words of the text fit, and who meet all conditions."""
    wanted = words(asked)
    if not wanted:
        return Found([], cut=False)
    search = _Search(lookup_of(source), DEPARTED if departed else "", tuple(where), limit + 1)
    ids = search.run(wanted)
    return Found(ids[:limit], cut=len(ids) > limit)


def exact_hit(source: Source, text: str) -> int | None:
    """The one person whose document, phone, household number or card this is, as scanners type."""
    wanted = words(text)
    if len(wanted) != 1 or len(wanted[0].starts[0]) < _SHORTEST_CODE:
        return None
    whole = [start for start in wanted[0].starts if start[0] != INSIDE and start[-1:].isalnum()]
    statement = query("DISTINCT doc", "search_key", [one_of("term", whole)], "LIMIT 2")
    hits: list[int] = list(lookup_of(source).column(statement))
    if len(hits) == 1 and any(c.isdigit() for c in text):
        return hits[0]
    return _by_card(source, text)


def _by_card(source: Source, text: str) -> int | None:
    """Whose card of 积分超市 has this code, unless it is void or of a whole household."""
    asked = [Sql("points_card.code = ? AND void_on IS NULL", (compact(text).upper(),))]
    person: int | None = lookup_of(source).value(query(_CARD_OWNER, _CARDS, asked))
    return person


def looks_like_name(text: str) -> bool:
    """Whether a search without result may offer 按此姓名新增."""
    return not text.isascii() and is_plausible_name(clean_name(text))


_CARD_OWNER = "coalesce(account.resident_id, volunteer.resident_id)"
_CARDS = """
    points_card JOIN points_account AS account ON account.id = points_card.account_id
    LEFT JOIN volunteer ON volunteer.id = account.volunteer_id
"""


@dataclass(frozen=True, slots=True)
class _Search:
    lookup: Lookup
    prefix: str
    where: Sequence[Sql]
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
            chosen = [one_of("resident.id", part), *self.where]
            allowed.update(self.lookup.column(query("resident.id", "resident", chosen)))
        return [one for one in found if one in allowed]

    def _by_tokens(self, lead: Word, others: Sequence[tuple[Word, bool]], most: int) -> list[int]:
        """One walk of the index per start of the leading word, best rank first.

        Of the other words those marked True are read whole, the rest looked up per person.
        """
        shape = tuple((len(word.starts), whole) for word, whole in others)
        values = self._limits(lead)
        for word, whole in others:
            values += self._limits(word) if whole else self._patterns(word)
        return list(self.lookup.column(Sql(_walk(len(lead.starts), shape), (*values, most))))

    def _by_halves(self, latin: str, most: int) -> Iterator[Iterable[int]]:
        """Mixed spellings: wangxl is found as 'wang' with '~xl', wxiulan as 'w' with '~xiulan'."""
        for cut in range(1, min(_LONGEST_SYLLABLE, len(latin) - 1) + 1):
            yield self._matches([Word((latin[:cut],)), Word((INSIDE + latin[cut:],))], most)

    def _by_filters(self, wanted: Sequence[Word]) -> Iterator[Iterable[int]]:
        """The people of the filters in turn, looking whether the words fit each."""
        lead, *others = wanted
        rest = [self._has(other) for other in others]
        for start in lead.starts:
            fits = [*self.where, self._has(Word((start,))), *rest]
            statement = query("resident.id", "resident", fits, f"LIMIT {self.most}")
            yield self.lookup.column(statement)

    def _has(self, word: Word) -> Sql:
        fits = any_of(Sql(_START, (pattern,)) for pattern in self._patterns(word))
        return Sql(f"EXISTS ({_EACH.format('resident.id', fits.text)})", fits.values)

    def _breadths(self, wanted: Sequence[Word]) -> Sequence[int]:
        """How many tokens fit each word, counted up to the point where it no longer matters."""
        text = _counts(tuple(len(word.starts) for word in wanted))
        limits = chain.from_iterable(map(self._limits, wanted))
        return next(self.lookup.rows(Sql(text, tuple(limits))))

    def _limits(self, word: Word) -> tuple[str, ...]:
        """The first token and the one behind the last, of each range."""
        return tuple(chain.from_iterable(word.ranges(self.prefix)))

    def _patterns(self, word: Word) -> tuple[str, ...]:
        return tuple(_anywhere(low) for low, _ in word.ranges(self.prefix))


def _anywhere(start: str) -> str:
    """A pattern for texts in which any token begins so; tokens and words are in lower case."""
    for sign in (_ESCAPE, "%", "_"):
        start = start.replace(sign, _ESCAPE + sign)
    return f"%\n{start}%"


# Written out: building these statements anew would cost a keystroke more than running them. They
# are put together from the constants here alone: no word of a user is part of them.
_DOCS = "SELECT doc FROM search_key WHERE term >= ? AND term < ?"
_COUNT = f"(SELECT count(*) FROM ({_DOCS} LIMIT {_BROAD}))"  # noqa: S608
_EACH = "SELECT 1 FROM search_text AS t WHERE t.rowid = {} AND ({})"
_START = f"t.tokens LIKE ? ESCAPE '{_ESCAPE}'"


@cache
def _counts(shape: tuple[int, ...]) -> str:
    """A column for each word, with so many ranges each."""
    return f"SELECT {', '.join(' + '.join([_COUNT] * ranges) for ranges in shape)}"


@cache
def _walk(ranges: int, others: tuple[tuple[int, bool], ...]) -> str:
    """The walk of so many ranges for people whom other words fit as well."""
    # One after the other, as they stand here, and none before the first ran out.
    walks = " UNION ALL ".join([_DOCS] * ranges)
    fits = []
    for several, whole in others:
        if whole:
            fits.append(f"doc IN ({' UNION ALL '.join([_DOCS] * several)})")
        else:
            fits.append(f"EXISTS ({_EACH.format('k.doc', ' OR '.join([_START] * several))})")
    where = f" WHERE {' AND '.join(fits)}" if fits else ""
    return f"SELECT DISTINCT doc FROM ({walks}) AS k{where} LIMIT ?"  # noqa: S608
