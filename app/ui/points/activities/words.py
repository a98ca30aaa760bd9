"""What is said of an activity in the list, the calendar and on its card."""

from datetime import date

from app.models import ActivityState, Attendance, Quality
from app.services.activity_views import ActivityRow
from app.ui.kit.chips import Chip
from app.values.days import weekday

STATES = {
    Attendance.SIGNED_UP: "info",
    Attendance.CAME: "ok",
    Attendance.ABSENT: "grey",
    Attendance.WITHDREW: "grey",
}
QUALITIES = {Quality.GOOD: "ok", Quality.FAIR: "info", Quality.FAILED: "danger"}


def day_words(day: date, today: date) -> str:
    """11-21 周六; of another year 2027-01-02 周六."""
    return f"{short_day(day, today)} 周{weekday(day)}"


def short_day(day: date, today: date) -> str:
    """11-21; of another year with it."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def name_of(row: ActivityRow) -> str:
    """11-21 楼道清扫: how the journal and questions name it."""
    return f"{row.on_date:%m-%d} {row.name}"


def state_chip(row: ActivityRow, today: date) -> Chip:
    """What is to be done next, or what became of it."""
    if row.state is ActivityState.CANCELLED:
        return Chip("已取消")
    if row.late(today):
        return Chip("超期未记", "danger")
    if row.on_date > today:
        return Chip(row.state.label, "info" if row.state is ActivityState.CALLED else "grey")
    if row.recorded_on is None:
        return Chip("待录签到", "warn")
    if row.came > row.posted:
        return Chip("待送复核", "warn")
    if row.posted > row.reviewed:
        return Chip(f"待复核 {row.posted - row.reviewed}", "info")
    return Chip("已记账", "ok") if row.posted else Chip("没有人到")


def people_words(row: ActivityRow) -> str:
    """到 10 人 after it was held, else 报名 12 / 15 人."""
    if row.came or row.recorded_on is not None:
        return f"到 {row.came} 人"
    wanted = f" / {row.wanted}" if row.wanted else ""
    return f"报名 {row.signed_up}{wanted} 人"
