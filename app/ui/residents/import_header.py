"""The line above the steps: title, where one is, and the ways on."""

from PySide6.QtWidgets import QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import h1, row, small
from app.ui.kit.wizard import StepStrip
from app.ui.residents.import_steps import SHORT_STEPS, STEPS


class ImportHeader(QWidget):
    """取消, 上一步, and the one primary button; the reason stands beside it where it is off."""

    def __init__(self) -> None:
        super().__init__()
        large = theme.current().large
        self.strip = StepStrip(SHORT_STEPS if large else STEPS)
        self.cancel = Button("取消", action="close")
        self.back = Button("上一步", action="step_back")
        self.forward = Button("下一步", kind="primary", action="step_on")
        self._why = small(tone="warn")
        buttons = (self.cancel, self.back, self.forward)
        parts = (h1("导入居民"), 10, self.strip, None, self._why, *buttons)
        self.setLayout(row(*parts, spacing=8))

    def show_step(self, number: int, words: str, why_not: str, *, busy: bool) -> None:
        """Which buttons there are at a step; none while a job runs."""
        self.strip.set_current(number)
        self.cancel.setText("返回" if number == 0 else "取消")
        self.cancel.setVisible(not busy and number < 3)
        self.back.setVisible(not busy and number in (1, 2))
        self.forward.setVisible(not busy and number > 0)
        self.forward.setText(words)
        self.forward.setEnabled(not why_not and not busy)
        self._why.setText(why_not if number == 2 else "")
        self._why.setVisible(bool(self._why.text()) and not busy)
