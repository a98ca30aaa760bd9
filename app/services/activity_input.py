"""An activity as it is typed, and the seven facts that order 67 art. 7 wants of each."""

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.services import form_texts
from app.values.text import tidy
from app.values.times import DAY

MOST_WANTED = 2000
_LONGEST_SPAN = DAY
_AHEAD_DAYS = 400
_TEXTS = {
    "name": (60, "活动名称"),
    "place": (80, "地点"),
    "content": (300, "服务内容"),
    "organiser": (60, "活动组织单位"),
    "leader": (60, "活动负责人"),
    "insurance": (60, "保险单号"),
}
SEVEN_FACTS = ("name", "place", "content", "organiser", "leader")
"""With the date and the times, which no activity is without"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityInput:
    """`starts` and `ends` are minutes of the day; an end after midnight counts on (25:00)."""

    name: str
    item_id: int
    on_date: date
    starts: int
    ends: int
    place: str
    content: str
    organiser: str
    leader: str
    ours: bool = True
    team_id: int | None = None
    grid_id: int | None = None
    wanted: int | None = None
    dangerous: bool = False
    insurance: str = ""


def tidied(entered: ActivityInput) -> dict[str, str]:
    """The texts as they are stored."""
    return {name: tidy(getattr(entered, name)) for name in _TEXTS}


def check(entered: ActivityInput, today: date) -> None:
    """Raise DomainError naming the first of the seven facts that is missing or cannot be."""
    texts = tidied(entered)
    missing = [_TEXTS[name][1] for name in SEVEN_FACTS if not texts[name]]
    if missing:
        raise DomainError(
            f"还没有填{'、'.join(missing)}。志愿服务记录要有这七项："
            "名称、日期、地点、内容、时间、组织单位、负责人。"
        )
    form_texts.check(texts, _TEXTS)
    if (entered.on_date - today).days > _AHEAD_DAYS:
        raise DomainError(f"活动日期 {entered.on_date:%Y-%m-%d} 太远，请核对年份。")
    if not 0 <= entered.starts < DAY or not 0 < entered.ends - entered.starts <= _LONGEST_SPAN:
        raise DomainError(
            "结束时间应在开始之后，一次活动不超过 24 小时。过了半夜才结束的写成“次日 1:00”。"
        )
    if entered.wanted is not None and not 0 < entered.wanted <= MOST_WANTED:
        raise DomainError(f"需要人数应在 1 到 {MOST_WANTED:,} 之间，请核对。")
