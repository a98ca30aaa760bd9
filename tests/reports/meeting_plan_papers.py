"""The papers of a meeting to come, with people whose names have rare characters."""

from datetime import date

from app.reports.invitation import Invitations
from app.reports.meeting_sheet import MeetingGuest, MeetingSheet

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 11, 21)
_WHEN = "2026年12月10日（周四）14:00"


def meeting_sheet(*names: str, **changes: object) -> MeetingSheet:
    guests = [
        MeetingGuest(place, name, "居民代表", "3 号楼", "138 **** 0612")
        for place, name in enumerate(names, start=1)
    ]
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "第 4 次居民代表会议",
        "when": _WHEN,
        "where": "社区三楼会议室",
        "chair": "王芳",
        "quorum": "应到 61 人，到会 41 人会议有效",
        "guests": guests,
        "blank_rows": 6,
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return MeetingSheet(**(values | changes))  # type: ignore[arg-type]  # its own fields


def invitations(*guests: str, **changes: object) -> Invitations:
    values: dict[str, object] = {
        "office": OFFICE,
        "meeting": "第 4 次居民代表会议",
        "when": _WHEN,
        "where": "社区三楼会议室",
        "items": ("通报上次决议落实情况", "楼道照明改造"),
        "guests": guests,
        "reach": "联系电话 0411-83170000",
        "day": DAY,
    }
    return Invitations(**(values | changes))  # type: ignore[arg-type]  # its own fields


EXAMPLES: dict[str, object] = {
    "meeting_sheet": meeting_sheet("王秀兰", "李𣲗", "张𠊟", "赵𰀀"),
    "invitation": invitations("海湾派出所 郑警官", "金城物业公司 张𠊟", "李𣲗 老师"),
}
