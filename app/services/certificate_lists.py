"""The papers by what they wait for: ids of each band, lines of a page, numbers of a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from app.models import Certificate, Stage
from app.services import numbers
from app.services.certificate_life import may_approve
from app.services.certificate_views import MEETING, CertificateLine, line
from app.services.chunks import chunks
from app.values.text import tidy

_OPEN = {
    Stage.DRAFT: "草稿",
    Stage.WAITING: "待批",
    Stage.APPROVED: "待给号",
    Stage.NUMBERED: "待打印",
    Stage.PRINTING: "待打印",
}
_TODAY, _EARLIER = "今天已出", "更早"
_BANDS = (*dict.fromkeys(_OPEN.values()), _TODAY, _EARLIER)


@dataclass(frozen=True, slots=True)
class StageBand:
    """Papers that wait for the same thing, the latest first."""

    title: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many numbers a year has given, and those that no paper has."""

    year: int
    given: int
    gaps: Sequence[str]

    @property
    def words(self) -> str:
        """2026 年已出 112 号，无空号."""
        if not self.given and not self.gaps:
            return f"{self.year} 年还没有出号"
        rest = f"缺 {len(self.gaps):,} 个号" if self.gaps else "无空号"
        return f"{self.year} 年已出 {self.given:,} 号，{rest}"


def bands(session: Session, *, today: date, text: str = "") -> list[StageBand]:
    """All papers by what they wait for, those with `text` in number, name or title."""
    query = (
        select(Certificate.id, Certificate.stage, Certificate.issued_on)
        .where(_has(text))
        .order_by(
            func.coalesce(Certificate.numbered_at, Certificate.drafted_at).desc(),
            Certificate.serial.desc(),
            Certificate.id.desc(),
        )
    )
    found: dict[str, list[int]] = {title: [] for title in _BANDS}
    for paper_id, stage, issued_on in session.execute(query):
        found[_OPEN.get(stage) or (_TODAY if issued_on == today else _EARLIER)].append(paper_id)
    return [StageBand(title, tuple(ids)) for title, ids in found.items() if ids]


def waiting_for(session: Session, role: str) -> list[int]:
    """Papers that somebody of this role may approve by a click, the oldest first."""
    found = session.execute(
        select(Certificate.id, Certificate.approver)
        .where(Certificate.stage == Stage.WAITING)
        .order_by(Certificate.id)
    )
    return [one for one, approver in found if approver != MEETING and may_approve(approver, role)]


def ready(session: Session) -> list[int]:
    """Approved and numbered papers that could be printed, the oldest first."""
    stages = (Stage.APPROVED, Stage.NUMBERED)
    found = session.scalars(
        select(Certificate.id).where(Certificate.stage.in_(stages)).order_by(Certificate.id)
    )
    return list(found)


def unconfirmed(session: Session) -> list[int]:
    """Papers that were sent to a printer and of which nobody has said that they came out."""
    found = session.scalars(
        select(Certificate.id).where(Certificate.stage == Stage.PRINTING).order_by(Certificate.id)
    )
    return list(found)


def rows(session: Session, ids: Sequence[int]) -> list[CertificateLine]:
    """One line per id in the same order; what was deleted meanwhile is left out."""
    found: dict[int, CertificateLine] = {}
    for part in chunks(ids, 500):
        for row in session.scalars(select(Certificate).where(Certificate.id.in_(part))):
            found[row.id] = line(row)
    return [found[one] for one in ids if one in found]


def numbers_of(session: Session, year: int) -> Numbers:
    """What the title line of the page says of a year's numbers."""
    return Numbers(year, numbers.given(session, year), numbers.gaps(session, year))


def _has(text: str) -> ColumnElement[bool]:
    """Every word stands in the number, the name or the title."""
    columns = (Certificate.holder, Certificate.title, Certificate.number)
    words = tidy(text).split()
    return and_(
        true(),
        *(or_(*(one.contains(word, autoescape=True) for one in columns)) for word in words),
    )
