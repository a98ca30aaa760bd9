"""留样标签: on which sheets of labels, and from which place on."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.models import MealPeriod
from app.reports.labels import SHEETS, sheet_of
from app.services import food_papers
from app.services.papers import Printing
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.memory import window_memory
from app.ui.people.paper_job import Made, show_paper
from app.values.text import compact

_MEMORY = "食堂/留样标签"
_USUAL = "3x8"


class SampleLabelsDialog(Dialog):
    """The sheet that was used last is there again."""

    def __init__(
        self,
        context: Context,
        canteen_id: int,
        day: date,
        period: MealPeriod,
        parent: QWidget | None = None,
    ) -> None:
        self._title = f"留样标签 {day:%m-%d} {period.label}"
        super().__init__(self._title, parent, width=480)
        self._context, self._of = context, (canteen_id, day, period)
        self._keys = {one.words: one.key for one in SHEETS}
        words = {key: words for words, key in self._keys.items()}
        last = str(window_memory().value(_MEMORY, _USUAL))
        self.sheet = choice(list(self._keys), words.get(last, words[_USUAL]))
        self.start = line_edit("1", limit=2)
        self.outline = QCheckBox("印裁切线（用白纸印，再裁开）")
        self.outline.setMinimumHeight(theme.current().control)
        self.form = Form(label=72)
        self.form.add("标签纸", self.sheet)
        start = self.form.add("从第几张起", self.start)
        self.form.add("白纸", self.outline)
        self.form.finish()
        start.set_message("用过一部分的标签纸，从没用过的那张起。")
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("预览", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.sheet.setFocus()

    def save(self) -> None:
        """Close, and show the labels."""
        with messages.domain_errors_shown(self):
            sheet, start = sheet_of(self._keys[self.sheet.currentText()]), self._start()
            outline, of = self.outline.isChecked(), self._of
            window_memory().setValue(_MEMORY, sheet.key)
            self.accept()

            def make(session: Session, _printing: Printing) -> Callable[[], Made]:
                from app.reports import sample_label as paper

                place = (start - 1) % sheet.count
                data = food_papers.labels(session, *of, sheet=sheet, start=place, outline=outline)
                return lambda: (paper.render(data), ())

            show_paper(self._context, self.parentWidget() or self, self._title, make)

    def _start(self) -> int:
        typed = compact(self.start.text())
        if not typed.isdecimal() or int(typed) < 1:
            raise DomainError("“从第几张起”请填数字，如 1 或 5。")
        return int(typed)
