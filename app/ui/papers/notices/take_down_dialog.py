"""撤下公示: when it came off the board, and with what result."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import publicity
from app.services.notices import NoticeLine
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import small
from app.ui.people.date_line import DateLine

_NO_OBJECTION = "公示期满，无异议"


class TakeDownDialog(Dialog):
    """Accepted when the file has it; a rule that is broken is told and the dialog stays."""

    def __init__(self, context: Context, line: NoticeLine, parent: QWidget | None = None) -> None:
        super().__init__("撤下公示", parent)
        self._context = context
        self._line = line
        today = context.clock.today()
        self.day = DateLine(today, today)
        ended = line.ends_on is not None and today > line.ends_on
        usual = _usual(context, line)
        self.outcome = line_edit(usual if ended else "", limit=200)
        self.outcome.setPlaceholderText(usual)
        form = Form(label=72)
        form.add("撤下日期", self.day, required=True)
        form.add("公示结果", self.outcome, required=True)
        form.finish()
        form.save_requested.connect(self.save)
        self.body.addWidget(small(f"《{line.title}》", wrap=True))
        self.body.addWidget(form)
        words = "还没到期满日的，结果里要写明“提前撤下”和原因；异议都答复了才能撤下。"
        self.body.addWidget(small(words, wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.ok = self.add_button(Button("撤下", kind="danger", cap="Ctrl+Enter"))
        self.ok.clicked.connect(self.save)

    def save(self) -> None:
        """Enter it into the file and close."""
        with messages.domain_errors_shown(self):
            day = self.day.value()
            if day is None:
                raise DomainError("请填撤下日期，如 2026-12-07。")
            sentence = f"撤下公示《{self._line.title}》"
            with self._context.database.transaction(sentence) as session:
                publicity.take_down(session, self._line.id, on=day, result=self.outcome.text())
            self.accept()


def _usual(context: Context, line: NoticeLine) -> str:
    """What most of them end with."""
    with context.database.reading() as session:
        standing = publicity.standing(session, line.id, today=context.clock.today())
    if not standing.objections:
        return _NO_OBJECTION
    return f"公示期满，异议 {standing.objections} 条，都已答复"
