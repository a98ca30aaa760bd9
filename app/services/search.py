"""Finding people by two letters: name, pinyin, numbers, address, tags (architecture.md rule 7).

The services' only module that leans on how SQLite walks an index: the rows of a range come in the
order of the tokens, so that exact > prefix > inside needs no sorting, and LIMIT stops the walk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.models import Resident, SearchKey
from app.services.chunks import chunks
from app.services.search_keys import rebuild, reindex
from app.services.search_tokens import DEPARTED, INSIDE
from app.services.search_words import Word, words
from app.values.names import clean_name, is_plausible_name

__all__ = ["Found", "exact_hit", "find_ids", "looks_like_name", "rebuild", "reindex"]

MOST = 200
# A word with more tokens than this is broad: with filters, the filters then lead the way.
_BROAD = 2_000
_SHORTEST_CODE = 4
_LONGEST_SYLLABLE = 6
Conditions = Sequence[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Found:
    """The people found, best first; `cut` when there are more than were asked for."""

    ids: list[int]
    cut: bool


def find_ids(
    session: Session,
    text: str,
    *,
    limit: int = MOST,
    departed: bool = False,
    where: Conditions = (),
) -> Found:
    """The first `limit` people whom all words of the text fit, and who meet all conditions."""
    wanted = words(text)
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
        lead, *others = self._narrowest_first(wanted)
        if self.where and self._breadth(lead) >= _BROAD:
            return self._collect(self._by_filters(lead, others), self.most)
        most = _BROAD if self.where else self.most
        found = self._collect(self._by_tokens(lead, others), most)
        if not found and not others and len(lead.latin) > 2:
            found = self._collect(self._by_halves(lead.latin), most)
        return self._allowed(found)[: self.most] if self.where else found

    def _collect(self, statements: Iterator[Select[int]], most: int) -> list[int]:
        found: dict[int, None] = {}
        for statement in statements:
            found.update(dict.fromkeys(self.session.scalars(statement.limit(most))))
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

    def _by_tokens(self, lead: Word, others: Sequence[Word]) -> Iterator[Select[int]]:
        """One walk of the index per start of the leading word, best rank first."""
        for low, high in lead.ranges(self.prefix):
            statement = select(SearchKey.resident_id).where(_between(SearchKey, low, high))
            for other in others:
                statement = statement.where(self._has(SearchKey.resident_id, other))
            yield statement.distinct()

    def _by_filters(self, lead: Word, others: Sequence[Word]) -> Iterator[Select[int]]:
        """The people of the filters in turn, looking whether the words fit each."""
        rest = [self._has(Resident.id, other) for other in others]
        for start in lead.starts:
            yield select(Resident.id).where(
                *self.where, self._has(Resident.id, Word((start,))), *rest
            )

    def _by_halves(self, latin: str) -> Iterator[Select[int]]:
        """Mixed spellings: wangxl is found as 'wang' with '~xl', wxiulan as 'w' with '~xiulan'."""
        for cut in range(1, min(_LONGEST_SYLLABLE, len(latin) - 1) + 1):
            inside, start = Word((INSIDE + latin[cut:],)), Word((latin[:cut],))
            yield from self._by_tokens(inside, [start])

    def _has(self, resident_id: InstrumentedAttribute[int], word: Word) -> ColumnElement[bool]:
        other = aliased(SearchKey)
        ranges = [_between(other, low, high) for low, high in word.ranges(self.prefix)]
        return exists().where(and_(other.resident_id == resident_id, or_(*ranges)))

    def _narrowest_first(self, wanted: Sequence[Word]) -> list[Word]:
        return sorted(wanted, key=self._breadth) if len(wanted) > 1 else list(wanted)

    def _breadth(self, word: Word) -> int:
        """How many tokens fit, counted up to the point where it no longer matters."""
        ranges = [_between(SearchKey, low, high) for low, high in word.ranges(self.prefix)]
        counted = select(SearchKey.resident_id).where(or_(*ranges)).limit(_BROAD).subquery()
        return self.session.scalar(select(func.count()).select_from(counted)) or 0


def _between(keys: type[SearchKey], low: str, high: str) -> ColumnElement[bool]:
    return and_(keys.token >= low, keys.token < high)
