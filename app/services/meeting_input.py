"""A meeting as it is typed, and what each must tell before it is kept."""

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.models import Basis
from app.values.text import tidy
from app.values.times import DAY

_AHEAD_DAYS = 400
TEXTS = {
    "title": ("会议名称", 60),
    "place": ("地点", 80),
    "chair": ("主持人", 60),
    "recorder": ("记录人", 60),
    "called_by": ("召集或提议", 120),
    "party_words": ("党组织意见", 200),
    "delegation": ("居民会议授权", 200),
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


def tidied(entered: MeetingInput) -> dict[str, str]:
    """The texts as they are stored."""
    return {name: tidy(getattr(entered, name)) for name in TEXTS}


def check(entered: MeetingInput, today: date) -> None:
    """Raise DomainError naming the first thing that is too long or cannot be."""
    for name, (words, longest) in TEXTS.items():
        if len(tidy(getattr(entered, name))) > longest:
            raise DomainError(f"“{words}”太长，最多 {longest} 个字，请缩短。")
    if (entered.on_date - today).days > _AHEAD_DAYS:
        raise DomainError(f"会议日期 {entered.on_date:%Y-%m-%d} 太远，请核对年份。")
    if not 0 <= entered.starts < DAY:
        raise DomainError("开始时间应在 00:00 到 23:59 之间，请核对。")
    _check_before(entered.party_on, entered, "党组织研究")
    _check_before(entered.committee_told_on, entered, "告知居委会")


def _check_before(day: date | None, entered: MeetingInput, words: str) -> None:
    if day is not None and day > entered.on_date:
        raise DomainError(f"{words}的日期 {day:%Y-%m-%d} 晚于开会日期，请核对：它应在会前。")
