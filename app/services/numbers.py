"""The books of numbers: 望海社证〔2026〕12号, one after the other, from 1 in every year."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Certificate, CertificateTemplate, NumberBook, Stage
from app.services import office, settings
from app.values.days import PROGRAM_BEGAN, long_day


class ClockWentBack(DomainError):
    """The computer's date lies before that of a number already given; its battery may be empty."""

    def __init__(self, today: date, latest: date, number: str) -> None:
        super().__init__(
            f"电脑日期是 {long_day(today)}，可是 {number} 已经在 {long_day(latest)} 出具。"
            "请先校准电脑的日期再给号；确认日期没有错，才可以照这个日期给号。"
        )
        self.today, self.latest = today, latest


def series_of(session: Session, template: CertificateTemplate) -> str:
    """What stands before 〔2026〕: 望海社证 for all, or 望海社志证 where each kind has its book."""
    base = base_word(session)
    if settings.value(session, settings.ONE_BOOK) or not template.book_word:
        return base
    stem, end = (base[:-1], base[-1]) if base.endswith("证") else (base, "")
    return f"{stem}{template.book_word}{end}"


def base_word(session: Session) -> str:
    """The office's own word, 望海社证 for 望海社区 unless another one is set."""
    chosen = settings.value(session, settings.SERIES_WORD).strip()
    if chosen:
        return chosen
    name = office.office(session).community_name
    for end in ("居民委员会", "居委会", "社区"):
        name = name.removesuffix(end)
    return f"{name}社证"


def take(session: Session, series: str, year: int) -> int:
    """The next number of a book; it is given for good when the transaction ends, or not at all."""
    book = session.scalar(
        select(NumberBook).where(NumberBook.series == series, NumberBook.year == year)
    )
    if book is None:
        book = NumberBook(series=series, year=year, last=0)
        session.add(book)
    # The register is asked as well: a book that fell behind it must not give a number twice.
    used = session.scalar(
        select(func.max(Certificate.serial)).where(
            Certificate.series == series, Certificate.year == year
        )
    )
    book.last = max(book.last, used or 0) + 1
    session.flush()
    return book.last


def number_words(series: str, year: int, serial: int) -> str:
    """望海社证〔2026〕12号: six-cornered brackets, no zeros before the number."""
    return f"{series}〔{year}〕{serial}号"


def check_battery(today: date) -> None:
    """Raises DomainError for a day on which no paper can have been made, whoever confirms it."""
    if today < PROGRAM_BEGAN:
        raise DomainError(
            f"电脑日期是 {long_day(today)}，一定不对，可能是主板电池没电了。"
            "请先校准电脑的日期，再给号。"
        )


def check_clock(session: Session, today: date) -> None:
    """Raises ClockWentBack when a valid paper bears a later date than today."""
    newest = session.execute(
        select(Certificate.issued_on, Certificate.number)
        .where(Certificate.number.is_not(None), Certificate.stage != Stage.VOID)
        .order_by(Certificate.issued_on.desc(), Certificate.id.desc())
        .limit(1)
    ).first()
    if newest is not None and newest[0] is not None and newest[0] > today:
        raise ClockWentBack(today, newest[0], newest[1] or "")


def given(session: Session, year: int) -> int:
    """How many numbers were given in a year, void ones included."""
    found = session.scalar(
        select(func.count()).select_from(Certificate).where(Certificate.year == year)
    )
    return found or 0


def gaps(session: Session, year: int) -> list[str]:
    """Numbers of a year without a line in the register: none, unless the file suffered."""
    missing: list[str] = []
    for series, last in session.execute(
        select(NumberBook.series, NumberBook.last).where(NumberBook.year == year)
    ):
        have = set(
            session.scalars(
                select(Certificate.serial).where(
                    Certificate.series == series, Certificate.year == year
                )
            )
        )
        missing += [
            number_words(series, year, serial)
            for serial in range(1, last + 1)
            if serial not in have
        ]
    return missing
