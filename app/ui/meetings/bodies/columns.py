"""The columns of the tables of 组织."""

from app.services.body_views import MemberView
from app.services.owners import OwnerView
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.ui.meetings.bodies.lines import BodyLine
from app.values.areas import plain_metres
from app.values.masking import mask_phones


def _body(line: BodyLine) -> Cell:
    kind, title = line.view.kind.label, line.view.title
    # What the name says already, 大党委 of 大党委联席会议, is not said again.
    known = kind in title or title.endswith(kind[:3])
    return Cell(title, sub="" if known else kind, bold=True)


def _count(line: BodyLine) -> str:
    return f"{line.count:,}" if line.count else ""


def _role(one: MemberView) -> Cell:
    chips = [Chip(one.role.label, "info" if one.in_committee else "grey")]
    if one.in_committee and one.role.label.startswith("居民"):
        chips.append(Chip("居委会", "info"))
    return Cell(chips=tuple(chips))


def _place(one: MemberView) -> Cell:
    return Cell(one.came_from, sub=one.position)


def _term(one: MemberView) -> Cell:
    if one.until is None:
        return Cell(f"{one.since:%Y-%m-%d} 起", tone="text2")
    words = f"{one.since:%Y-%m-%d} 至 {one.until:%Y-%m-%d}"
    return Cell(words, sub=one.ended_reason, tone="text2")


BODY_COLUMNS = (
    Column("name", "组织", _body, 180, weight=1),
    Column("count", "人数", _count, 60, align="right", large_mode=False),
    Column("state", "状态", lambda line: Cell(chips=(line.state,)), 108),
)
MEMBER_COLUMNS = (
    Column("name", "姓名", lambda one: Cell(one.name, bold=True), 96, weight=1),
    Column("role", "身份", _role, 150),
    Column("place", "楼栋或单位", _place, 112, weight=2),
    Column(
        "households",
        "推选户数",
        lambda one: f"{one.households:,}" if one.households else "",
        84,
        align="right",
        large_mode=False,
    ),
    Column("phone", "电话", lambda one: mask_phones(one.phone), 112, large_mode=False),
    Column("term", "任期", _term, 140, weight=1),
)
OWNER_COLUMNS = (
    Column("number", "业主号", lambda one: str(one.number), 64, align="right"),
    Column("name", "业主", lambda one: Cell(one.name, bold=True), 110, weight=1),
    Column("rooms", "房屋", lambda one: one.rooms, 180, weight=2),
    Column("phone", "电话", lambda one: mask_phones(one.phone), 112, large_mode=False),
    Column("area", "面积（㎡）", lambda one: plain_metres(one.area), 110, align="right"),
)


def resident_of(one: MemberView | OwnerView) -> list[int]:
    """Whose record it is, for what is put on record when a list leaves the house."""
    return [one.resident_id] if one.resident_id is not None else []
