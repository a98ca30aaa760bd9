"""The sidebar: product and office name, one button per page with its digit, the legend below."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit import icons, keys, paint, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import KeyHints
from app.ui.kit.labels import Label, box, column, row
from app.ui.kit.tokens import COLORS

PRODUCT = "邻里"
PRODUCT_LINE = "社区工作台"


class NavButton(QPushButton):
    """A page of the sidebar: icon, name, digit; red bar at the left when it is open."""

    stepped = Signal(int)

    def __init__(self, title: str, icon: str, number: int) -> None:
        super().__init__(title)
        self._icon = icon
        self._number = number
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFixedHeight(theme.current().nav)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{title} {keys.page_key(number)}")

    def sizeHint(self) -> QSize:
        px = theme.current().px
        words = theme.text_width(self.text(), bold=True)
        return QSize(words + theme.current().icon + px(60), theme.current().nav)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, on = theme.current(), self.isChecked()
        if on or self.underMouse():
            painter.fillRect(self.rect(), QColor(COLORS.primary_soft if on else COLORS.bg))
        if on:
            painter.fillRect(QRect(0, 0, 3, self.height()), QColor(COLORS.brand))
        color = COLORS.sel_text if on else COLORS.text2
        side, x = metrics.icon, metrics.px(17)
        icons.draw(painter, QRect(x, (self.height() - side) // 2, side, side), self._icon, color)
        self._paint_words(painter, x + side + metrics.px(9), color)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect())

    def _paint_words(self, painter: QPainter, x: int, color: str) -> None:
        painter.setPen(QColor(color))
        painter.setFont(theme.font(bold=self.isChecked()))
        place = QRect(x, 0, self.width() - x, self.height() - 1)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setPen(QColor(COLORS.text2))
        painter.setFont(theme.font("small"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        digit = self.rect().adjusted(0, 0, -theme.current().px(14), 0)
        painter.drawText(digit, right, str(self._number))


class Sidebar(QWidget):
    """`chosen` by click or Enter, `walked` by the arrows: then the focus stays here."""

    chosen = Signal(str)
    walked = Signal(str)
    recent_asked = Signal()
    """刚才做了什么, at the foot of every page"""

    def __init__(self, pages: list[tuple[str, str, str]], *, at_foot: str = "") -> None:
        """`pages`: key, title, icon; the page named `at_foot` stands at the bottom."""
        super().__init__()
        metrics = theme.current()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(metrics.sidebar)
        self._office = Label("", tone="text", role="small")
        self._office.setWordWrap(True)
        self._buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        layout = self._lines = QVBoxLayout(self)
        layout.setContentsMargins(0, metrics.px(14), 1, metrics.px(10))
        layout.setSpacing(metrics.px(2))
        layout.addWidget(self._heading())
        for number, (key, title, icon) in enumerate(pages, start=1):
            if key == at_foot:
                layout.addStretch(1)
            layout.addWidget(self._button(key, title, icon, number))
        if at_foot not in self._buttons:
            layout.addStretch(1)
        self._foot = layout.count()
        recent = Button("刚才做了什么", kind="ghost", size="small", icon="history")
        recent.setToolTip(f"刚才做了什么 {keys.cap('recent')}")
        recent.clicked.connect(self.recent_asked)
        layout.addWidget(box(row(recent, None, margins=(7, 4, 0, 0))))
        legend = KeyHints([("Ctrl", "+ 数字 换页")])
        layout.addWidget(box(row(legend, margins=(17, 4, 0, 0))))

    def show_office(self, name: str) -> None:
        self._office.setText(name)

    def add_note(self, note: QWidget) -> None:
        """Something that is said until it was seen to: it covers nothing of any page."""
        self._lines.insertWidget(self._foot, box(row(note, margins=(7, 4, 7, 0))))

    def show_page(self, key: str) -> None:
        """Mark the open page; it is the one Tab stop of the sidebar, ↑↓ go to the others."""
        for other, button in self._buttons.items():
            here = other == key
            button.setChecked(here)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def _step(self, key: str, step: int) -> None:
        pages = list(self._buttons)
        place = pages.index(key) + step
        if 0 <= place < len(pages):
            self._buttons[pages[place]].setFocus()
            self.walked.emit(pages[place])

    def _heading(self) -> QWidget:
        product = Label(PRODUCT, "h2", tone="brand", bold=True)
        return box(column(product, self._office, spacing=0, margins=(17, 0, 8, 9)))

    def _button(self, key: str, title: str, icon: str, number: int) -> NavButton:
        button = NavButton(title, icon, number)
        button.clicked.connect(lambda: self.chosen.emit(key))
        button.stepped.connect(lambda step: self._step(key, step))
        self._group.addButton(button)
        self._buttons[key] = button
        return button
