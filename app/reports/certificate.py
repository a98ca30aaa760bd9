"""证明: the certificates of the office, each in its own layout, one or many in a PDF."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from app.reports import honor
from app.reports.certificate_data import (
    Certificate,
    DamagedSnapshot,
    from_snapshot,
    to_snapshot,
)
from app.reports.clean import one_line
from app.reports.fonts import common, unknown
from app.reports.letter import Letter
from app.reports.missing import Unknown, refuse
from app.reports.page import A4, Sheet

__all__ = [
    "TITLE",
    "Certificate",
    "DamagedSnapshot",
    "from_snapshot",
    "render",
    "render_many",
    "require_printable",
    "to_snapshot",
]

TITLE = "证明"


def render(data: Certificate) -> bytes:
    """The PDF of one certificate; errors as render_many."""
    return render_many([data])


def render_many(
    certificates: Sequence[Certificate], drawn: Callable[[int], None] | None = None
) -> bytes:
    """One PDF with all in the order given; `drawn` is told how many are ready and may raise.

    MissingGlyph names everyone whose certificate cannot be printed, before anything is drawn.
    """
    require_printable(certificates)
    sheet = _sheet(certificates)
    for count, data in enumerate(certificates, start=1):
        if data.layout == "honor":
            honor.draw(sheet, data)
        else:
            sheet.turn(A4)
            Letter(data, sheet.height).draw(sheet)
        if drawn:
            drawn(count)
    return sheet.finish()


def require_printable(certificates: Sequence[Certificate]) -> None:
    """Raises MissingGlyph naming everyone on whose certificate a character has no font."""
    refuse(chain.from_iterable(map(_unprintable, certificates)))


def _sheet(certificates: Sequence[Certificate]) -> Sheet:
    titles = {one_line(data.title) for data in certificates}
    title = titles.pop() if len(titles) == 1 else TITLE
    return Sheet(title or TITLE, author=certificates[0].office if certificates else "")


def _unprintable(data: Certificate) -> list[Unknown]:
    texts = list(_texts(data))
    return [] if common(texts) else unknown(texts, whose=data.holder)


def _texts(data: Certificate) -> Iterator[str]:
    yield from (data.holder, data.office, data.title, data.number, *data.paragraphs)
    yield from (data.holder_document, data.purpose, data.recipient, data.handled_by)
    yield from (data.approved_by, data.office_phone, data.check_code, data.mark)
    for title, rows in data.blocks:
        yield title
        yield from chain.from_iterable(rows)
