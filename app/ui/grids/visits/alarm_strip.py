"""The red strip on top of the visits: who was not at home twice running."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from app.services.visit_alarms import AlarmView
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, icon_label, row
from app.ui.kit.tokens import TONES

_NAMED = 3


class AlarmStrip(QFrame):
    """Hidden without alarms; its button opens the dialog that answers them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("danger")
        self._words = Label("", tone="danger", bold=True)
        self.look = Button("查明情况…", size="small", action="answer_alarm")
        picture = icon_label("home-alert-outline", TONES["danger"][0])
        self.setLayout(
            row(picture, (self._words, 1), self.look, spacing=10, margins=(14, 6, 10, 6))
        )
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def show_alarms(self, alarms: Sequence[AlarmView]) -> None:
        """Who, and how many more."""
        named = "、".join(f"{one.name} {one.place}".strip() for one in alarms[:_NAMED])
        more = f" 等 {len(alarms):,} 人" if len(alarms) > _NAMED else ""
        self._words.setText(f"连续两次没人在家：{named}{more}")
        self.setVisible(bool(alarms))
