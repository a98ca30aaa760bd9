"""One line of the 平安日记 as it is typed, in the order of the printed sheet (domain.md 6.3)."""

from dataclasses import dataclass
from datetime import date

from app.models import RoundWay

WEATHERS = ("晴", "多云", "阴", "雨", "雪", "雾", "大风")
PERIODS = ("上午", "下午", "晚上")
SETTLED_AT_ONCE = "当场解决"
OUTCOMES = (SETTLED_AT_ONCE, "已劝导，改日复查", "已报物业", "已报社区", "没有发现问题")
MOST_MET = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Whom or what somebody met: a resident, a building (and a unit of it), or words."""

    resident_id: int | None = None
    building_id: int | None = None
    unit: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryInput:
    """Texts are '' and ids None where nothing was said."""

    on_date: date
    weather: str = ""
    grid_id: int | None = None
    member_id: int | None = None
    period: str = ""
    way: RoundWay = RoundWay.ROUND
    met: tuple[Met, ...] = ()
    category_id: int | None = None
    seen: str = ""
    measures: str = ""
    hazard_id: int | None = None
    outcome: str = ""
