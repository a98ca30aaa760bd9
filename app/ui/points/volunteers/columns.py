"""Columns of the list of volunteers, and of the register that leaves the program (order 67)."""

from collections.abc import Callable
from datetime import date

from app.services.stars import stars_words
from app.services.volunteer_views import VolunteerRow
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.values.times import hours_figure


def chips(line: VolunteerRow, today: date) -> list[Chip]:
    """What is to be heeded of somebody, in words."""
    found = []
    if line.gone:
        found.append(Chip(line.gone, "warn"))
    if line.left_on is not None:
        found.append(Chip("已退出", "grey"))
    if line.minor:
        found.append(Chip("未成年", "info"))
    if line.resident_id is None:
        found.append(Chip("外来", "grey"))
    if line.insured_until is not None and line.insured_until < today:
        found.append(Chip("保险到期", "warn"))
    return found


def _name(line: VolunteerRow) -> Cell:
    age = "" if line.age is None else f"{line.age} 岁"
    return Cell(line.name, sub="・".join(part for part in (line.sex, age) if part), bold=True)


def _stars(line: VolunteerRow) -> Cell:
    return Cell(stars_words(line.stars) or "—", tone="" if line.stars else "placeholder")


def _hours(line: VolunteerRow) -> Cell:
    return Cell(hours_figure(line.half_hours), tone="" if line.half_hours else "placeholder")


def columns(today: Callable[[], date]) -> tuple[Column, ...]:
    """On the screen; what is to be heeded depends on the day."""
    return (
        Column("number", "编号", lambda line: line.number_words, 66, sortable=True),
        Column("name", "姓名", _name, 148, weight=2, sortable=True),
        Column("teams", "队伍", lambda line: "、".join(line.teams), 90, weight=2),
        Column("hours", "时长", _hours, 70, align="right", sortable=True),
        Column("stars", "星级", _stars, 56),
        Column(
            "place",
            "住址",
            lambda line: Cell(line.place, tone="text2"),
            110,
            weight=1,
            large_mode=False,
        ),
        Column("heed", "留意", lambda line: chips(line, today()), 92),
    )


REGISTER = (
    Column("number", "编号", lambda line: line.number_words, 44),
    Column("name", "姓名", lambda line: line.name, 60),
    Column("sex", "性别", lambda line: line.sex, 34),
    Column("born", "出生日期", lambda line: _day(line.birth_date), 72),
    Column("document", "证件号码", lambda line: line.id_masked, 128),
    Column("phone", "联系电话", lambda line: line.phone_masked, 96),
    Column("place", "居住区域", lambda line: line.place, 110),
    Column("skills", "特长", lambda line: line.skills, 80),
    Column("services", "服务类别", lambda line: line.services, 80),
    Column("teams", "队伍", lambda line: "、".join(line.teams), 90),
    Column("stars", "星级", lambda line: stars_words(line.stars), 40),
    Column("hours", "累计时长", lambda line: hours_figure(line.half_hours), 60, align="right"),
    Column("registered", "登记日期", lambda line: _day(line.registered_on), 72),
    Column("recorded", "同意代录", lambda line: _day(line.record_consent_on), 72),
    Column("left", "退出日期", lambda line: _day(line.left_on), 72),
)
"""志愿者登记册: the facts of order 67 art. 5, numbers masked."""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
