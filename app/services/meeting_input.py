"""A meeting as it is typed, and what each must tell before it is kept."""

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.models import Basis
from app.services import form_texts
from app.values.times import DAY

_AHEAD_DAYS = 400
TEXTS = {
    "title": (60, "会议名称"),
    "place": (80, "地点"),
    "chair": (60, "主持人"),
    "recorder": (60, "记录人"),
    "called_by": (120, "召集或提议"),
    "party_words": (200, "党组织意见"),
    "delegation": (200, "居民会议授权"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingInput:
    """`starts` is in minutes of the day; without a title it is called 第 4 次居民代表会议."""

    body_id: int
    on_date: date
    starts: int
    title: str = ""
    place: str = ""
    chair: str = ""
    recorder: str = ""
    called_by: str = ""
    basis: Basis | None = None
    """居民会议 alone: all residents over 18, or one of each household (居委会组织法 27)"""
    committee_told_on: date | None = None
    party_on: date | None = None
    party_words: str = ""
    delegation: str = ""


def check(entered: MeetingInput, today: date) -> None:
    """Raise DomainError naming the first thing that is too long or cannot be."""
    form_texts.tidied(entered, TEXTS)
    if (entered.on_date - today).days > _AHEAD_DAYS:
        raise DomainError(f"会议日期 {entered.on_date:%Y-%m-%d} 太远，请核对年份。")
    if not 0 <= entered.starts < DAY:
        raise DomainError("开始时间应在 00:00 到 23:59 之间，请核对。")
    _check_before(entered.party_on, entered, "党组织研究")
    _check_before(entered.committee_told_on, entered, "告知居委会")


def _check_before(day: date | None, entered: MeetingInput, words: str) -> None:
    if day is not None and day > entered.on_date:
        raise DomainError(f"{words}的日期 {day:%Y-%m-%d} 晚于开会日期，请核对：它应在会前。")
