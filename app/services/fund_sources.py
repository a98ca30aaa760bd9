"""Where the money of a year comes from (经费来源): written down, corrected, taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import FundEntry, FundSource
from app.services import form_texts, rights
from app.values.money import MOST, yuan
from app.values.rights import Right

_FIRST_YEAR, _LAST_YEAR = 2010, 2100
_LONGEST = {"name": (60, "来源"), "remark": (120, "备注")}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInput:
    """`planned` in 分."""

    year: int
    name: str
    planned: int = 0
    remark: str = ""


def save(session: Session, source_id: int | None, entered: SourceInput, *, version: int = 0) -> int:
    """Write down where money of a year comes from; gives its id.

    Raises DomainError for a name that the year has already, ChangedMeanwhile.
    """
    rights.require(session, Right.KEEP_FUND)
    texts = form_texts.tidied(entered, _LONGEST)
    _check(session, source_id, entered, texts["name"])
    row = FundSource() if source_id is None else _source(session, source_id, version)
    if source_id is not None and row.year != entered.year and _has_lines(session, source_id):
        raise DomainError("这个来源已经有账，年度不能改。")
    row.year, row.name, row.planned = entered.year, texts["name"], entered.planned
    row.remark = texts["remark"] or None
    session.add(row)
    session.flush()
    return row.id


def remove(session: Session, source_id: int, *, version: int, now: datetime) -> None:
    """Take back a source that was written down by mistake; one with a book stays."""
    rights.require(session, Right.KEEP_FUND)
    row = _source(session, source_id, version)
    if _has_lines(session, source_id):
        raise DomainError("这个来源已经有账，不能删除；记错的请冲正。")
    row.deleted_at = now
    session.flush()


def _check(session: Session, source_id: int | None, entered: SourceInput, name: str) -> None:
    if not name:
        raise DomainError("请写明经费从哪里来，如“市级”“区级”。")
    if not _FIRST_YEAR <= entered.year <= _LAST_YEAR:
        raise DomainError("年度不对，请填四位数的年份。")
    if not 0 <= entered.planned <= MOST:
        raise DomainError(f"年度预算应在 0 到 {yuan(MOST)} 元之间。")
    twin = select(FundSource.id).where(FundSource.year == entered.year, FundSource.name == name)
    if session.scalar(twin.where(FundSource.id != (source_id or 0))) is not None:
        raise DomainError(f"{entered.year} 年已经有“{name}”，不用再添；找不到的在回收站里。")


def _source(session: Session, source_id: int, version: int) -> FundSource:
    row = session.get(FundSource, source_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("没有这个经费来源，请刷新后再试。")
    if row.version != version:
        raise ChangedMeanwhile
    return row


def _has_lines(session: Session, source_id: int) -> bool:
    lines = select(func.count()).where(FundEntry.source_id == source_id)
    return bool(session.scalar(lines))
