"""What the form of a topic holds, and what may stand in it."""

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.models import TopicOrigin
from app.services import form_texts
from app.values.text import tidy

LONGEST = {
    "title": (60, "议题"),
    "person": (60, "提出人"),
    "phone": (40, "电话"),
    "unit": (10, "单元"),
    "place": (80, "地点"),
    "wish": (200, "希望怎么办"),
    "concerns": (120, "涉及的人"),
    "body": (2000, "情况"),
}
_MOST_HOUSEHOLDS = 100_000


@dataclass(frozen=True, kw_only=True)
class TopicInput:
    """What the form holds; '' and None where nothing was entered. `came_on` None: today."""

    title: str = ""
    category_id: int | None = None
    origin: TopicOrigin = TopicOrigin.FORUM
    came_on: date | None = None
    resident_id: int | None = None
    person: str = ""
    phone: str = ""
    grid_id: int | None = None
    building_id: int | None = None
    unit: str = ""
    place: str = ""
    body: str = ""
    wish: str = ""
    concerns: str = ""
    households: int | None = None
    diary_entry_id: int | None = None
    request_id: int | None = None
    visit_id: int | None = None


def texts(entered: TopicInput) -> dict[str, str]:
    """The texts tidied; raises DomainError for a title that is missing, or what is too long."""
    found = {name: tidy(getattr(entered, name)) for name in LONGEST}
    found["body"] = entered.body.strip()
    if not found["title"]:
        raise DomainError("请写明议题，一句话说清是什么事，如“3 号楼楼道灯不亮”。")
    form_texts.check(found, LONGEST)
    return found


def check_figures(entered: TopicInput, today: date) -> None:
    """Raise DomainError for a day to come or an impossible number of households."""
    if entered.came_on is not None and entered.came_on > today:
        raise DomainError(f"提出日期 {entered.came_on} 还没有到，请核对。")
    if entered.households is not None and not 0 < entered.households <= _MOST_HOUSEHOLDS:
        raise DomainError("涉及户数请填 1 以上的整数，不知道就空着。")
