"""资料怎样算齐全: which papers of a person the examination asks for."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import settings
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small
from app.ui.office.settings_form import SettingsCard


class CompleteDialog(Dialog):
    """Saved at once; the next examination goes by it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("资料怎样算齐全", parent, width=460)
        self.card = SettingsCard(context, "每个人都要有", settings.COMPLETE, "修改资料齐全的要求")
        self.body.addWidget(small("打开的几项缺了，体检就列在“资料不全”里。", wrap=True))
        self.body.addWidget(self.card)
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def reject(self) -> None:
        """Ask about what was chosen and not saved."""
        if self.card.leave():
            super().reject()
