"""赊账限额 of one bill: its own, or what the settings say."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import meal_accounts, settings
from app.services.meal_account_views import AccountRow
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.values.money import read_yuan, yuan


class LimitDialog(Dialog):
    """An empty field means as everybody."""

    def __init__(self, context: Context, line: AccountRow, parent: QWidget | None = None) -> None:
        super().__init__("赊账限额", parent, width=440)
        self._context, self._line = context, line
        with context.database.lookup() as lookup:
            usual = settings.value(lookup, settings.BILL_LIMIT)
        own = yuan(line.limit) if line.limit is not None else ""
        self.limit = line_edit(own, hint=f"不填就按 {usual:,} 元", limit=14)
        self.body.addWidget(small(f"{line.name}最多可以欠多少月结餐费。", wrap=True))
        self.form = Form(label=52)
        self.form.add("限额", self.limit)
        self.form.finish()
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.confirm.clicked.connect(self.save)
        self.limit.setFocus()

    def save(self) -> None:
        """Keep it and close."""
        with messages.domain_errors_shown(self):
            typed = self.limit.text().strip()
            limit = read_yuan(typed) if typed else None
            said = f"{self._line.name} {yuan(limit)} 元" if limit is not None else self._line.name
            sentence = f"改赊账限额 {said}"
            with self._context.database.transaction(sentence) as session:
                meal_accounts.set_limit(session, self._line.id, limit, version=self._line.version)
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已{sentence}")
            self.accept()
