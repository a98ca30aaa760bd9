"""The views of a tab side by side; one key, the same in every tab, goes from one to the next."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.ui.kit import keys
from app.ui.kit.segments import Segments


class ViewSwitch(Segments):
    """`chosen` carries the view that is meant, by click or by key; the first one holds at first.

    `action` is the entry of the key map: it may say more than "another view".
    """

    def __init__(
        self, views: Sequence[tuple[object, str, str]], *, action: str = "next_view"
    ) -> None:
        """`views`: value, word, what a screen reader and the tool tip say."""
        super().__init__(views)
        self._action = action
        self._order = [value for value, _, _ in views]
        self.show_value(self._order[0])

    @property
    def legend(self) -> tuple[str, str]:
        """The key for the status line."""
        return keys.cap(self._action), "换看法"

    def bind(self, tab: QWidget, then: Callable[[], object] | None = None) -> None:
        """The key works in `tab`; whoever comes by it is led into the view by `then`."""
        keys.bind(tab, self._action, lambda: self._step(then))

    def _step(self, then: Callable[[], object] | None) -> None:
        if self.isHidden():
            # Nothing to choose from yet.
            return
        here = self._order.index(self.value()) if self.value() in self._order else -1
        self.chosen.emit(self._order[(here + 1) % len(self._order)])
        if then is not None:
            then()
