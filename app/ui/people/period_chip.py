"""Which days of a register: a whole year, a month, or from one day to another."""

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form
from app.ui.people.date_line import DateLine

Days = tuple[date | None, date | None]
CHOOSE = "自定日期…"


class PeriodChip(FilterChip):
    """`value` is a year, the first and last day (None where it is open), or None for all."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("时间", parent)
        self._today = today

    @property
    def year(self) -> int | None:
        return self.number

    @property
    def days(self) -> Days:
        value = self.value
        return value if isinstance(value, tuple) else (None, None)

    @property
    def span(self) -> Days:
        """First and last day of what is in force; a year is all of its days."""
        return self.days if self.year is None else (date(self.year, 1, 1), date(self.year, 12, 31))

    def offer(self, years: list[int]) -> None:
        """These years, this month and the last one, and any days."""
        month = self._today.replace(day=1)
        before = month - timedelta(days=1)
        self.set_choices(
            [
                *((year, f"{year} 年") for year in years),
                ((month, self._today), "本月"),
                ((before.replace(day=1), before), "上月"),
                (CHOOSE, CHOOSE),
            ]
        )

    def choose(self, value: object) -> None:
        """As every filter; 自定日期 asks for the days first."""
        if value != CHOOSE:
            super().choose(value)
            return
        dialog = PeriodDialog(self._today, self.days, self.window())
        if dialog.exec():
            self.choose_days(*dialog.days)

    def choose_days(self, since: date | None, until: date | None) -> None:
        """Put the days in force and announce it."""
        self.set_value((since, until), _words(since, until, self._today.year))
        self.changed.emit(self.value)


class PeriodDialog(Dialog):
    """From one day to another; one of them may be left open."""

    def __init__(self, today: date, days: Days, parent: QWidget | None = None) -> None:
        super().__init__("自定日期", parent, width=400)
        self.form = Form(label=44)
        self.since, self.until = DateLine(today, days[0]), DateLine(today, days[1])
        self._since = self.form.add("从", self.since)
        self._until = self.form.add("到", self.until)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("确定", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.since.setFocus()

    @property
    def days(self) -> Days:
        return self.since.value(), self.until.value()

    def save(self) -> None:
        """Close where the days make a period; otherwise tell at the field what is wrong."""
        since, until = self.days
        wrong = "请写成 2026-11-25，不晚于今天。"
        self._since.set_message(wrong if self.since.is_wrong else "", "danger")
        words = wrong if self.until.is_wrong else ""
        if since and until and until < since:
            words = "结束的日子在开始之前，请核对。"
        elif not (since or until or self.since.is_wrong or words):
            words = "至少填一个日期。"
        self._until.set_message(words, "danger")
        if not words and not self.since.is_wrong:
            self.accept()


def _words(since: date | None, until: date | None, year: int) -> str:
    """01-01 至 11-20; days of another year with their year."""
    first, last = (_day(one, year) if one else "" for one in (since, until))
    if first and last:
        return f"{first} 至 {last}"
    return f"{first} 起" if first else f"{last} 止"


def _day(day: date, year: int) -> str:
    return f"{day:%m-%d}" if day.year == year else day.isoformat()
