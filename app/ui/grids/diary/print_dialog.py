"""打印平安日记: a sheet to write on, a day, or a whole month."""

import enum
from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.reports import diary_month, diary_sheet
from app.services import diary_grid, diary_papers, diary_views, grids, members, table_log
from app.services.diary_views import DiaryFilter, Month
from app.services.papers import Printing
from app.ui.kit import messages, theme
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Field, Form, choice
from app.ui.kit.id_choice import IdChoice
from app.ui.people.date_line import DateLine
from app.ui.people.paper_preview import PaperPreview

_ROWS = 6


class What(enum.StrEnum):
    """Which paper."""

    BLANK = "空白日记单，带出去写"
    DAY = "一天的日记单"
    MONTH = "整月日记"


Made = tuple[bytes, list[int]]


class PrintDiary(Dialog):
    """Asks which; the paper is drawn in the background and shown before it is printed."""

    def __init__(
        self, context: Context, chosen: DiaryFilter, day: date, parent: QWidget | None = None
    ) -> None:
        super().__init__("打印平安日记", parent, width=520)
        self._of_day = day
        self._context = context
        self._make_fields(chosen, day)
        self.form = self._form()
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.print_button = self.add_button(Button("预览并打印", kind="primary", action="save"))
        self.print_button.clicked.connect(self.show_paper)
        self.what.currentTextChanged.connect(lambda _: self._follow())
        self._follow()
        self.what.setFocus()

    def show_paper(self) -> None:
        """Draw it and show it; a date that is none is said."""
        with messages.domain_errors_shown(self):
            title, make = self._paper()
            self.accept()
            context, window = self._context, self.parentWidget()

            def work(progress: Progress) -> Made:
                with context.database.reading() as session:
                    gathered = make(session)
                progress.check()
                return gathered()

            def show(made: Made) -> None:
                data, people = made

                def note() -> None:
                    with context.database.transaction(f"打印 {title}") as session:
                        table_log.note_printed(session, people, by=context.user.name)

                PaperPreview(context, title, data, note, window).exec()

            messages.run_with_progress(
                window or self, context.background, f"正在排版{title}", work, done=show
            )

    # -- inside

    def _make_fields(self, chosen: DiaryFilter, day: date) -> None:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            grid_names = grids.names(session)
            known = members.members(session, on=today)
            self._months = diary_views.months(session, today=today)
            now = self._context.clock.now()
            own = diary_grid.proposal(session, today, now=now)
        self.what = choice([one.value for one in What], What.BLANK.value, name="打印什么")
        self.grid = IdChoice(name="网格", blank="全部网格")
        self.grid.offer(grid_names)
        self.grid.choose_id(chosen.grid_id or own.grid_id)
        self.member = IdChoice(name="网格员", blank="不限")
        self.member.offer({one.id: one.name for one in known})
        self.member.choose_id(chosen.member_id or own.member_id)
        self.day = DateLine(today, day, future=True)
        names = [_month_words(one) for one in self._months]
        shown = chosen.month if chosen.month in self._months else self._months[0]
        self.month = choice(names, _month_words(shown), name="月份")
        self.rows = QSpinBox()
        self.rows.setRange(0, diary_papers.MOST_BLANK)
        self.rows.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.rows.setValue(_ROWS)
        self.photos = QCheckBox("连照片一起印（小图）")
        self.photos.setMinimumHeight(theme.current().control)

    def _form(self) -> Form:
        form = Form(label=74)
        form.add("打印什么", self.what)
        form.add("网格", self.grid)
        form.add("网格员", self.member)
        self._day_field = form.add("日期", self.day)
        self._month_field = form.add("月份", self.month)
        self._rows_field = form.add("空白行", self.rows)
        self._photos_field = form.add("照片", self.photos)
        form.finish()
        form.save_requested.connect(self.show_paper)
        form.leave_requested.connect(self.reject)
        return form

    @property
    def _chosen(self) -> What:
        return What(self.what.currentText())

    def _follow(self) -> None:
        """Only what the chosen paper asks for."""
        is_month = self._chosen is What.MONTH
        _show(self._day_field, not is_month)
        _show(self._rows_field, not is_month)
        _show(self._month_field, is_month)
        _show(self._photos_field, is_month)
        blank = self._chosen is What.BLANK
        self.rows.setValue(_ROWS if blank else 0)
        self.day.set_value(None if blank else self._of_day)
        self._day_field.set_message("空着就当天手写" if blank else "")

    def _paper(self) -> tuple[str, Callable[[Session], Callable[[], Made]]]:
        """What it is called, and what gathers it; that gives what draws it."""
        printing = Printing(self._context.user.name, self._context.clock.now())
        whose = {"grid_id": self.grid.chosen_id, "member_id": self.member.chosen_id}
        if self._chosen is What.MONTH:
            month = self._months[self.month.currentIndex()]
            photos = self.photos.isChecked()

            def make_month(session: Session) -> Callable[[], Made]:
                paper, people = diary_papers.month(
                    session, month, with_photos=photos, printing=printing, **whose
                )
                return lambda: (diary_month.render(paper), people)

            return f"平安日记 {_month_words(month)}", make_month
        return self._sheet(printing, whose)

    def _sheet(
        self, printing: Printing, whose: dict[str, int | None]
    ) -> tuple[str, Callable[[Session], Callable[[], Made]]]:
        day, rows = self._asked_day(), self.rows.value()
        if self._chosen is What.BLANK:

            def make_blank(session: Session) -> Callable[[], Made]:
                sheet = diary_papers.blank_sheet(
                    session, on=day, rows=max(1, rows), printing=printing, **whose
                )
                return lambda: (diary_sheet.render(sheet), [])

            return "空白平安日记单", make_blank
        if day is None:
            raise DomainError("请填要打印哪一天的日记。")

        def make_day(session: Session) -> Callable[[], Made]:
            sheet, people = diary_papers.day_sheet(
                session, on=day, rows=rows, printing=printing, **whose
            )
            return lambda: (diary_sheet.render(sheet), people)

        return f"平安日记单 {day:%Y-%m-%d}", make_day

    def _asked_day(self) -> date | None:
        day: date | None = self.day.value()
        if day is None and self.day.text().strip():
            raise DomainError("日期不对，请写成 2026-11-20 这样。")
        return day


def _show(field: Field, on: bool) -> None:
    field.setVisible(on)
    field.label.setVisible(on)


def _month_words(month: Month) -> str:
    return f"{month[0]}年{month[1]}月"
