"""Books whose figure and whose lines must agree. A new ledger joins by a line in LEDGERS."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Certificate
from app.services.chunks import chunks
from app.services.health.kinds import Check, Found, Group, Kind, Level, Repair
from app.storage.lookup import Sql, lookup_of

Difference = tuple[int, int, int]
"""A record's id, the figure that it says, and what its lines add up to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """`differences` asks the file for the records whose figure is not the sum of their lines."""

    key: str
    kind: Kind
    title: str
    why: str
    example: str
    unit: str
    differences: Callable[[Session], Iterable[Difference]]
    missing: Callable[[Session, int], str] | None = None
    """Which lines a record lacks, where they can be named."""
    repair: Repair | None = None
    shown: Callable[[int], str] = "{:,}".format
    """How a figure is written."""
    whole: bool = False
    """Whether its lines are complete only for somebody who sees the people of all grids."""

    @property
    def check(self) -> Check:
        return Check(
            key=self.key,
            group=Group.BOOKS,
            level=Level.WRONG,
            kind=self.kind,
            title=self.title,
            why=self.why,
            example=self.example,
            look=self._look,
            repair=self.repair,
            whole=self.whole,
        )

    def _look(self, session: Session, _now: datetime) -> Iterator[Found]:
        for key, said, summed in self.differences(session):
            figures = f"{self.shown(said)} {self.unit}", f"{self.shown(summed)} {self.unit}"
            words = f"账上 {figures[0]}，逐笔数是 {figures[1]}"
            more = self.missing(session, key) if self.missing else ""
            yield key, f"{words}，{more}" if more else words


def asking(text: str) -> Callable[[Session], Iterable[Difference]]:
    """A statement that gives a record's id, its figure, and the sum of its lines."""

    def differences(session: Session) -> Iterable[Difference]:
        return lookup_of(session).rows(Sql(text))

    return differences


def _numbers_given(session: Session) -> Iterable[Difference]:
    """Number books against the papers that have their numbers."""
    return lookup_of(session).rows(
        Sql(
            """
            SELECT number_book.id, number_book.last, count(certificate.id)
            FROM number_book
            LEFT JOIN certificate ON certificate.series = number_book.series
                AND certificate.year = number_book.year
            GROUP BY number_book.id, number_book.last
            HAVING count(certificate.id) <> number_book.last
                OR max(certificate.serial) > number_book.last
            ORDER BY number_book.id
            """
        )
    )


def _numbers_missing(session: Session, book_id: int) -> str:
    lookup = lookup_of(session)
    have = set(
        lookup.column(
            Sql(
                "SELECT certificate.serial FROM certificate JOIN number_book"
                " ON number_book.series = certificate.series"
                " AND number_book.year = certificate.year WHERE number_book.id = ?",
                (book_id,),
            )
        )
    )
    last = lookup.value(Sql("SELECT last FROM number_book WHERE id = ?", (book_id,)))
    gone = [str(one) for one in range(1, last + 1) if one not in have]
    more = "……" if len(gone) > _NAMED else ""
    return f"缺 {'、'.join(gone[:_NAMED])}{more} 号" if gone else "末号落在后面"


_NAMED = 5


def _seals_used(session: Session) -> Iterator[Difference]:
    """Papers that came out of the printer against their lines in the seal book."""
    found = list(
        lookup_of(session).rows(
            Sql(
                """
                SELECT certificate.id,
                    CASE WHEN certificate.stage IN ('printed', 'collected')
                        THEN 1 + certificate.reprints ELSE 0 END AS due,
                    count(seal_use.id) AS used
                FROM certificate
                LEFT JOIN seal_use ON seal_use.certificate_id = certificate.id
                    AND seal_use.deleted_at IS NULL
                WHERE certificate.stage <> 'void'
                GROUP BY certificate.id, certificate.stage, certificate.reprints
                HAVING count(seal_use.id) <>
                    CASE WHEN certificate.stage IN ('printed', 'collected')
                        THEN 1 + certificate.reprints ELSE 0 END
                ORDER BY certificate.id
                """
            )
        )
    )
    sealed = _with_a_seal(session, [key for key, _, _ in found])
    for key, due, used in found:
        if used or key in sealed:
            yield key, due, used


def _with_a_seal(session: Session, ids: list[int]) -> set[int]:
    """Papers with a place for a seal: the others leave no line in the seal book."""
    found: set[int] = set()
    for part in chunks(ids, 500):
        for paper in session.query(Certificate).where(Certificate.id.in_(part)):
            if (paper.snapshot or {}).get("seal_mark", True):
                found.add(paper.id)
    return found


LEDGERS = (
    Ledger(
        key="numbers_given",
        kind=Kind.BOOK,
        title="编号本与登记簿不符",
        why="一个号只给一份证明，一个也不能少；缺号说明登记簿少了一行，检查时说不清。",
        example="末号 112，登记簿只有 111 份，缺 7 号",
        unit="号",
        differences=_numbers_given,
        missing=_numbers_missing,
        whole=True,
    ),
    Ledger(
        key="seals_used",
        kind=Kind.PAPER,
        title="证明与用印登记不符",
        why="每打印一次证明盖一次章，用印登记就应有一行；不符时盖章次数说不清。",
        example="打印过 2 次，用印登记只有 1 行",
        unit="次",
        differences=_seals_used,
    ),
)


def _numbers_misread(session: Session, _now: datetime) -> Iterator[Found]:
    rows = lookup_of(session).rows(
        Sql(
            """
            SELECT id, series, year, serial FROM certificate
            WHERE number IS NOT NULL AND (series IS NULL OR year IS NULL OR serial IS NULL
                OR number <> series || '〔' || year || '〕' || serial || '号')
            ORDER BY id
            """
        )
    )
    for key, series, year, serial in rows:
        yield key, f"应为 {series or '？'}〔{year or '？'}〕{serial or '？'}号"


CHECKS = (
    *(ledger.check for ledger in LEDGERS),
    Check(
        key="numbers_misread",
        group=Group.BOOKS,
        level=Level.WRONG,
        kind=Kind.PAPER,
        title="编号的文字与号不符",
        why="证明上印的编号要能在登记簿里找到同一行；不符时核对编号会找错人。",
        example="印的是 望海社证〔2026〕12号，登记的是第 13 号",
        look=_numbers_misread,
    ),
)
