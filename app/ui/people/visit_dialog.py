"""记走访: what a visit to one person came to, put down in a moment from the person card."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.context import Context
from app.models.grids import RoundWay
from app.models.visits import VisitResult
from app.services import visit_log
from app.services.visit_log import LONGEST_NOTE, VisitInput
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine


class VisitDialog(Dialog):
    """Today, at home and 正常 unless something else is said."""

    def __init__(
        self, context: Context, resident_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"记走访：{name}", parent, width=520)
        self._context = context
        self._resident_id, self._name = resident_id, name
        self.result_chosen = VisitResult.FINE
        today = context.clock.today()
        self.form = Form(label=72)
        self.day = DateLine(today, today)
        self.way = choice([one.label for one in RoundWay], RoundWay.HOME.label)
        self.results = Segments([(one, one.label, one.label) for one in VisitResult])
        self.results.chosen.connect(self.choose)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.current().px(84))
        self._day_field = self.form.add("日期", self.day, required=True)
        self.form.add("方式", self.way)
        self.form.add("结果", self.results)
        self.form.add("情况", self.note).set_message(f"可不填，最多 {LONGEST_NOTE} 个字。")
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.form.finish()
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap="Ctrl+Enter"))
        self.confirm.clicked.connect(self.save)
        self.choose(VisitResult.FINE)
        self.results.setFocus()

    def choose(self, result: VisitResult) -> None:
        """What it came to."""
        self.result_chosen = result
        self.results.show_value(result)

    def save(self) -> None:
        """Put it down and close; a broken rule is told and the dialog stays."""
        day = self.day.value()
        if day is None:
            self._day_field.set_message("请填走访的日期，如 2026-11-20。", "danger")
            self.day.setFocus()
            return
        entered = VisitInput(
            resident_id=self._resident_id,
            on_date=day,
            result=self.result_chosen,
            way=list(RoundWay)[self.way.currentIndex()],
            note=self.note.toPlainText(),
        )
        words = f"记走访 {self._name} {self.result_chosen.label}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(words) as session:
                visit_log.log(session, entered, now=self._context.clock.now())
            self._context.signals.changed.emit(Area.GRIDS)
            messages.notify(self._context.signals, f"已{words}")
            self.accept()
