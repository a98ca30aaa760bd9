"""还差什么: one line each, ticked, open or to be kept in mind, with its article below."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.meeting_checks import Check
from app.ui.kit import icons
from app.ui.kit.labels import Label, clear, column, icon_label, row, small
from app.ui.kit.tokens import TONES

_LOOKS = {
    True: ("check-circle-outline", "ok"),
    False: ("alert-circle-outline", "danger"),
    None: ("information-outline", "warn"),
}
_PLACE = {False: 0, None: 1, True: 2}
_SPOKEN = {True: "已办", False: "还差", None: "注意"}


class CheckLines(QWidget):
    """Read out line by line; it takes no focus, as nothing can be done in it."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[QWidget] = []
        self.heading = Label("", bold=True)
        self._body = column(spacing=6)
        self.setLayout(column(self.heading, self._body, spacing=6))
        self.checks: Sequence[Check] = ()

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Replace all lines; nothing is shown without any."""
        # What is wanted is seen first, where not all of it finds room.
        self.checks = checks = sorted(checks, key=lambda one: _PLACE[one.done])
        clear(self._body)
        self._lines = [self._line(one) for one in checks]
        for line in self._lines:
            self._body.addWidget(line)
        wanting = sum(one.done is False for one in checks)
        self.heading.setText(f"还差 {wanting} 件" if wanting else "会前要办的都办了")
        self.setVisible(bool(checks))
        said = "；".join(f"{one.name}，{_SPOKEN[one.done]}，{one.words}" for one in checks)
        self.setAccessibleName(said)

    def ends(self) -> list[int]:
        """Where each line ends, from the upper edge of what they stand in."""
        return [self.y() + line.geometry().bottom() + 1 for line in self._lines]

    def _line(self, one: Check) -> QWidget:
        name, tone = _LOOKS[one.done]
        picture = icon_label(name)
        size, ratio = picture.width(), self.devicePixelRatioF()
        picture.setPixmap(icons.pixmap(name, TONES[tone][0], size, ratio))
        words = Label(f"{one.name}：{one.words}", wrap=True)
        told = [words, small(one.article, wrap=True)] if one.article else [words]
        line = QWidget(self)
        line.setLayout(row(picture, (column(*told, spacing=0), 1), spacing=8))
        return line
