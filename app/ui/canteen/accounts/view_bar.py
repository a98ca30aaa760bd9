"""Which accounts are seen: one of a row of words with their counts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.meal_account_views import AccountSums, AccountView
from app.ui.kit.buttons import Button
from app.ui.kit.labels import row


class ViewBar(QWidget):
    """`chosen` is the view that holds; `changed` when the user took another one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chosen = AccountView.ALL
        self.buttons: dict[AccountView, Button] = {}
        for view in AccountView:
            button = Button(view.label, kind="filter", size="small")
            button.clicked.connect(lambda _=False, view=view: self._choose(view))
            self.buttons[view] = button
        self.setLayout(row(*self.buttons.values(), None, spacing=6, margins=(12, 8, 12, 6)))
        self.show_view(AccountView.ALL)

    def show_view(self, view: AccountView) -> None:
        """Mark a word without announcing it."""
        self.chosen = view
        for one, button in self.buttons.items():
            button.kind = "filter_on" if one is view else "filter"
            button.setText(button.text())
            button.update()

    def show_sums(self, sums: AccountSums) -> None:
        """How many accounts each word would show; one that has none, and is not chosen, is away."""
        always = (AccountView.ALL, AccountView.LOW, AccountView.OWING, self.chosen)
        for view, button in self.buttons.items():
            button.setText(f"{view.label} {sums.counts[view]:,}")
            button.setVisible(bool(sums.counts[view]) or view in always)

    def _choose(self, view: AccountView) -> None:
        if view is not self.chosen:
            self.show_view(view)
            self.changed.emit()
