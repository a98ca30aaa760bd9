"""请居民核对: what is taken and what remains, in type that is read across the counter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.redemption_slips import SlipData
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import RIGHT_MIDDLE, Label, rule

_LARGE, _MIDDLE, _SMALL = 34.0, 24.0, 18.0
_MOST = 6


class ReadBackDialog(Dialog):
    """Nothing is confirmed here: Enter and a scanner only close it."""

    def __init__(self, data: SlipData, parent: QWidget | None = None) -> None:
        super().__init__("请核对", parent, width=860)
        self.body.addWidget(_label(f"{data.name}，您这次兑换：", _MIDDLE))
        self.body.addLayout(_lines(data))
        self.body.addWidget(rule())
        self.body.addLayout(_sums(data))
        if data.half_hours:
            hours = f"志愿服务时长 {data.half_hours / 2:.1f} 小时，不会因为兑换减少。"
            self.body.addWidget(_label(hours, _SMALL))
        self.close_button = self.add_button(
            Button("核对好了", kind="primary", size="main", cap="Esc"), closes=False
        )
        self.close_button.setFocus()


def _label(words: str, size: float, *, tone: str = "text", bold: bool = False) -> Label:
    label = Label(words, tone=tone, wrap=False)
    label.setFont(theme.font(size, bold=bold))
    return label


def _lines(data: SlipData) -> QGridLayout:
    """A long list ends in how many more there are: the slip has them all."""
    grid = QGridLayout()
    grid.setColumnStretch(0, 1)
    grid.setHorizontalSpacing(theme.current().px(24))
    shown = data.lines if len(data.lines) <= _MOST else data.lines[: _MOST - 1]
    for number, line in enumerate(shown):
        grid.addWidget(_label(line.name, _MIDDLE), number, 0)
        grid.addWidget(_label(f"{line.quantity} {line.unit}", _MIDDLE), number, 1, RIGHT_MIDDLE)
        grid.addWidget(_label(f"{line.total:,} 分", _MIDDLE), number, 2, RIGHT_MIDDLE)
    if len(shown) < len(data.lines):
        rest = sum(line.total for line in data.lines[len(shown) :])
        more = f"还有 {len(data.lines) - len(shown)} 种"
        grid.addWidget(_label(more, _MIDDLE), _MOST, 0)
        grid.addWidget(_label(f"{rest:,} 分", _MIDDLE), _MOST, 2, RIGHT_MIDDLE)
    return grid


def _sums(data: SlipData) -> QGridLayout:
    grid = QGridLayout()
    left = ("还差", -data.after, "danger") if data.after < 0 else ("还剩", data.after, "sel")
    parts = (("原有", data.before, "text"), ("用掉", data.points, "text"), left)
    for column, (words, figure, tone) in enumerate(parts):
        head = _label(words, _SMALL, tone="text2")
        number = _label(f"{figure:,}", _LARGE, tone=tone, bold=True)
        grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignHCenter)
        grid.addWidget(number, 1, column, Qt.AlignmentFlag.AlignHCenter)
    return grid
