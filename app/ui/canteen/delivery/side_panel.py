"""Beside the board: what is known of the stop on which one stands, or of the case about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.services.care_views import CaseView
from app.services.delivery_board import Stop, Walk
from app.ui.canteen.delivery.care_panel import CarePanel
from app.ui.canteen.delivery.stop_panel import StopPanel
from app.ui.kit import theme
from app.ui.kit.labels import column


class SidePanel(QWidget):
    """`asked` carries an action of the key map, as the board does."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setFixedWidth(theme.current().px(292 if not theme.current().large else 270))
        self.stop_panel = StopPanel(context)
        self.care_panel = CarePanel(context)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.stop_panel)
        self.stack.addWidget(self.care_panel)
        self.setLayout(column((self.stack, 1)))
        self.stop_panel.asked.connect(self.asked)
        self.care_panel.asked.connect(self.asked)

    def show_stop(self, walk: Walk | None, stop: Stop | None, case: CaseView | None) -> None:
        """The case where one is open about this stop, else the stop itself."""
        if case is not None:
            self.care_panel.show_case(case, walk, stop)
        else:
            self.stop_panel.show_stop(walk, stop)
        shown: QWidget = self.stop_panel if case is None else self.care_panel
        self.stack.setCurrentWidget(shown)
