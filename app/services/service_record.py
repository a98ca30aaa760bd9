"""志愿服务记录证明: what it says of hours is read from the book of hours, never typed.

Order 67: art. 14 as recorded, 15 time and content and who recorded, 26 nothing of other bodies.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Resident, Volunteer
from app.services import hours, papers, volunteers
from app.services.hours import HourLine
from app.values.dates import parse_date
from app.values.text import half_width, tidy

PERIOD, NUMBER = "起止日期", "志愿者编号"
FROM_BOOK = ("服务次数", "服务时长", "服务内容")
_MOST_KINDS, _MOST_NAMED = 12, 2
_FIGURES = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """A volunteer's own part of the book in a period."""

    number: int
    lines: tuple[HourLine, ...]
    office: str = ""
    """Who records, and is not named beside each matter"""

    @property
    def values(self) -> dict[str, str]:
        """By fill code, as they stand on the paper."""
        return {
            NUMBER: volunteers.number_words(self.number),
            "服务次数": str(len(self.lines)),
            "服务时长": f"{sum(one.half_hours for one in self.lines) / 2:g}",
            "服务内容": _content(self.lines, self.office),
        }


def is_asked(codes: Collection[str]) -> bool:
    """Whether a paper with these codes speaks of hours of service."""
    return bool({*FROM_BOOK} & {*codes})


def record(
    session: Session,
    *,
    resident_id: int | None,
    holder: str,
    number: str,
    period: str,
    today: date,
) -> ServiceRecord:
    """What the book has of a resident, or of `holder` with the number of a volunteer.

    Raises DomainError where there is no such volunteer, no such period, or nothing in the book.
    """
    person = _volunteer(session, resident_id, holder, number)
    first, last = period_of(period, today=today)
    found = [one for one in hours.in_period(session, person.id, first, last) if one.ours]
    if not found:
        raise DomainError(
            f"{holder}在{tidy(period)}没有本社区组织并记账的服务时长，不能出具证明。"
            "别的单位组织的，由那个单位证明。"
        )
    return ServiceRecord(person.number, tuple(found), papers.committee(session))


def period_of(words: str, *, today: date) -> tuple[date, date]:
    """The days of 2026年1月1日至2026年11月20日; raises DomainError where it is none."""
    parts = [parse_date(part, today=today).value for part in words.split("至")]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        raise DomainError("请填“起止日期”，如 2026年1月1日至2026年11月20日，不晚于今天。")
    if parts[1] < parts[0]:
        raise DomainError("“起止日期”里结束的日子在开始之前，请核对。")
    return parts[0], parts[1]


def _volunteer(session: Session, resident_id: int | None, holder: str, number: str) -> Volunteer:
    there = select(Volunteer).where(Volunteer.deleted_at.is_(None))
    if resident_id is not None:
        found = session.scalar(there.where(Volunteer.resident_id == resident_id))
        if found is None:
            raise DomainError(f"{holder}没有登记为志愿者，账上没有服务时长，不能出具证明。")
        return found
    figures = _FIGURES.search(half_width(number))
    found = figures and session.scalar(there.where(Volunteer.number == int(figures[0])))
    if not found:
        raise DomainError(f"没有编号是“{number[:12]}”的志愿者，请核对志愿者编号。")
    person = session.get(Resident, found.resident_id) if found.resident_id else None
    name = person.name if person else found.name
    if name != holder:
        raise DomainError(f"志愿者 {volunteers.number_words(found.number)} 不是{holder}，请核对。")
    return found


def _content(lines: Sequence[HourLine], office: str) -> str:
    """楼道清扫 12.5 小时（3 号楼，负责人 赵敏），助老陪伴 8 小时: what took the most time first."""
    spent: Counter[str] = Counter()
    for one in lines:
        spent[_matter(one)] += one.half_hours
    usual = spent.most_common(_MOST_KINDS)
    told = [
        f"{words} {half / 2:g} 小时" + _where([it for it in lines if _matter(it) == words], office)
        for words, half in usual
    ]
    rest = sum(spent.values()) - sum(half for _, half in usual)
    return "，".join([*told, *([f"其他 {rest / 2:g} 小时"] if rest else [])])


def _matter(line: HourLine) -> str:
    return line.words or line.activity_name or "志愿服务"


def _where(lines: Sequence[HourLine], office: str) -> str:
    """（3 号楼，负责人 赵敏）: what order 67 art. 15 lets stand there, as far as it is known."""
    organisers = _named(one.organiser for one in lines if one.organiser != office)
    leaders = _named(one.leader for one in lines)
    told = [_named(one.place for one in lines), f"{organisers}组织" if organisers else ""]
    told.append(f"负责人 {leaders}" if leaders else "")
    words = "，".join(part for part in told if part)
    return f"（{words}）" if words else ""


def _named(names: Iterable[str]) -> str:
    """The first of them, each once."""
    found = [one for one in dict.fromkeys(names) if one]
    more = "等" if len(found) > _MOST_NAMED else ""
    return "、".join(found[:_MOST_NAMED]) + more
