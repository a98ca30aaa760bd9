"""The amber strip on top of the visits: what the residents decided and is late."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QFrame, QWidget

from app.services.resolution_views import ResolutionRow
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, icon_label, row
from app.ui.kit.tokens import TONES

_NAMED = 2


class LateStrip(QFrame):
    """Hidden while nothing is late; its button leads to the first of them in 议事."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("warn")
        self.first: int | None = None
        self._words = Label("", tone="warn", bold=True, wrap=True)
        self.look = Button("看决议", size="small")
        picture = icon_label("forum-outline", TONES["warn"][0])
        self.setLayout(
            row(picture, (self._words, 1), self.look, spacing=10, margins=(14, 6, 10, 6))
        )
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def show_late(self, late: Sequence[ResolutionRow], today: date) -> None:
        """Which, how late, and how many more."""
        self.first = late[0].id if late else None
        named = "、".join(_told(one, today) for one in late[:_NAMED])
        more = f" 等 {len(late):,} 项" if len(late) > _NAMED else ""
        self._words.setText(f"决议超期：{named}{more}")
        self.setVisible(bool(late))


def _told(one: ResolutionRow, today: date) -> str:
    days = (today - one.due_on).days if one.due_on else 0
    owner = f"{one.owner}，" if one.owner else ""
    return f"{one.title}（{owner}超期 {days} 天）"
