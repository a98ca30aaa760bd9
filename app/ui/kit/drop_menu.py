"""The menu that hangs below a button."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget


def menu_of(button: QWidget) -> QMenu:
    """An empty one; once it was closed it is gone."""
    menu = QMenu(button)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def drop(menu: QMenu, button: QWidget) -> None:
    """Open it below its button."""
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
