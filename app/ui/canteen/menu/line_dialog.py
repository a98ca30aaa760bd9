"""修改: in which set meals a dish of the menu is, and for how many it is cooked."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import menu_writing
from app.services.canteens import SetView
from app.services.menus import MenuLine
from app.ui.canteen.menu.letters_field import LettersField
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.signals import Area
from app.values.days import weekday
from app.values.text import compact, half_width


def portions(typed: str) -> int | None:
    """How many portions, None for nothing; raises DomainError for words."""
    figures = half_width(compact(typed))
    if not figures:
        return None
    if not figures.isdecimal():
        raise DomainError(f"备餐份数“{typed.strip()[:20]}”看不懂，请填数字，如 120；不定就空着。")
    return int(figures)


class LineDialog(Dialog):
    """Saved with Ctrl+Enter, or by Enter in the last field."""

    def __init__(
        self,
        context: Context,
        line: MenuLine,
        sets: Sequence[SetView],
        parent: QWidget | None = None,
    ) -> None:
        day = f"周{weekday(line.on_date)} {line.on_date:%m-%d} {line.period.label}"
        super().__init__(f"{line.name}　{day}", parent, width=480)
        self._context, self._line = context, line
        self.sets = LettersField(sets, line.sets)
        planned = str(line.planned) if line.planned is not None else ""
        self.planned = line_edit(planned, hint="不定就空着", limit=6)
        self.form = Form(label=72)
        words = "按字母键加进或移出；都不选，就只单点。"
        self.form.add("属于套餐", self.sets).set_message(words if self.sets.chips else "")
        self.form.add("备餐份数", self.planned)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.form.finish()
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        (self.sets if self.sets.chips else self.planned).setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        line = self._line
        with messages.domain_errors_shown(self):
            planned = portions(self.planned.text())
            with self._context.database.transaction(
                f"修改菜谱 {line.on_date:%m-%d} {line.period.label} {line.name}"
            ) as session:
                menu_writing.change(
                    session, line.id, sets=self.sets.value(), planned=planned, version=line.version
                )
            self._context.signals.changed.emit(Area.CANTEEN)
            self.accept()
