"""The list of certificates as paper and as a file: the lines of the screen, in its order."""

from PySide6.QtCore import QRect

from app.context import Context
from app.services import certificate_lists, registers
from app.services.certificate_views import CertificateLine
from app.ui.kit.table_paper import EVERYTHING, SeenColumn, SeenTable
from app.ui.papers.certificates.stage_head import HEADINGS, columns
from app.ui.papers.certificates.stage_list import StageList
from app.ui.papers.certificates.stage_model import number_words

TITLE = "办过的证明"
_WIDTH = 424


def seen(context: Context, shown: StageList, text: str, *, only: int | None = None) -> SeenTable:
    """What the list shows, or one line of it; `text` is the search in force."""
    ids = shown.model.ids if only is None else [only]
    with context.database.reading() as session:
        lines = certificate_lists.rows(session, ids)
        people = registers.people(session, ids)
    return SeenTable(
        title=TITLE,
        filter_words=f"查找“{text.strip()}”" if text.strip() else EVERYTHING,
        count_words=f"共 {len(lines):,} 份",
        columns=_columns(),
        rows=[_row(line) for line in lines],
        people=tuple(people),
    )


def _columns() -> tuple[SeenColumn, ...]:
    places = columns(QRect(0, 0, _WIDTH, 0))
    aligned = ("right", "left", "left", "left")
    return tuple(
        SeenColumn(title, place.width(), align)
        for title, place, align in zip(HEADINGS, places, aligned, strict=True)
    )


def _row(line: CertificateLine) -> tuple[str, ...]:
    return (number_words(line.serial), line.title, line.holder, line.stage_label)
