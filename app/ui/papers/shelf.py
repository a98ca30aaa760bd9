"""The left of the page 文书: what can be made, and what must not be."""

from PySide6.QtCore import Signal

from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import row, rule, small, title
from app.ui.papers.choices import PaperChoices


class Shelf(Card):
    """能做的: the choices by group; the foot opens the list of what must not be certified."""

    forbidden_asked = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        metrics = theme.current()
        self.choices = PaperChoices()
        self.forbidden = Button("", kind="ghost", size="small", icon="cancel")
        self.forbidden.clicked.connect(self.forbidden_asked)
        self.body.addLayout(row(title("能做的"), None, small("依据"), margins=(15, 9, 13, 9)))
        self.body.addWidget(rule())
        self.body.addWidget(self.choices, 1)
        self.body.addWidget(rule())
        self.body.addLayout(row(self.forbidden, None, margins=(6, 5, 6, 5)))
        self.setFixedWidth(metrics.px(206) if not metrics.large else 200)
        self.show_forbidden(20)

    def show_forbidden(self, count: int) -> None:
        """How many items must not be certified."""
        end = "" if theme.current().large else "，见清单"
        self.forbidden.setText(f"{count} 项不得出具{end}")
