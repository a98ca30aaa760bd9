"""The amber strip on top of the visits: who did not open to those who bring meals."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from app.services.care_views import CaseView
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, icon_label, row
from app.ui.kit.tokens import TONES

_NAMED = 2


class CareStrip(QFrame):
    """Hidden while nobody is handed on; its button opens the dialog that closes the cases."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("warn")
        self._words = Label("", tone="warn", bold=True)
        self.look = Button("上门结果…", size="small", action="answer_care")
        picture = icon_label("moped-outline", TONES["warn"][0])
        self.setLayout(
            row(picture, (self._words, 1), self.look, spacing=10, margins=(14, 6, 10, 6))
        )
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def show_cases(self, cases: Sequence[CaseView]) -> None:
        """Who, why, and how many more."""
        named = "、".join(f"{one.name} {one.home}（{one.why.label}）" for one in cases[:_NAMED])
        more = f" 等 {len(cases):,} 人" if len(cases) > _NAMED else ""
        self._words.setText(f"食堂转来：{named}{more}")
        self.setVisible(bool(cases))
