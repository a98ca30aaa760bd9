"""The steps of the office as a list model: further pages are read when they are scrolled to."""

from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.context import Context
from app.services.steps import Step, Steps
from app.values.days import weekday

Index = QModelIndex | QPersistentModelIndex
STEP = Qt.ItemDataRole.UserRole
HEADING = Qt.ItemDataRole.UserRole + 1


class StepModel(QAbstractListModel):
    """`STEP` gives a line, `HEADING` the day above its first line, '' elsewhere."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._source = Steps()
        self.steps: list[Step] = []

    def load(self, *, search: str = "", looks: bool = False) -> None:
        """The first page of another list."""
        self.beginResetModel()
        self._source = Steps(search=search, looks=looks)
        self.steps = self._next_page()
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.steps)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._source.complete

    def fetchMore(self, _parent: Index) -> None:
        page = self._next_page()
        if page:
            self.beginInsertRows(QModelIndex(), len(self.steps), len(self.steps) + len(page) - 1)
            self.steps.extend(page)
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        step = self.steps[index.row()]
        if role == STEP:
            return step
        if role == HEADING:
            return self._heading(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = (f"{step.at:%m-%d %H:%M}", step.who, step.sentence, step.note, step.verb)
            return "，".join(part for part in said if part)
        return None

    def _next_page(self) -> list[Step]:
        with self._context.database.reading() as session:
            return self._source.page(session)

    def _heading(self, row: int) -> str:
        day = self.steps[row].at.date()
        if row and self.steps[row - 1].at.date() == day:
            return ""
        return day_words(day, self._context.clock.today())


def day_words(day: date, today: date) -> str:
    """`今天 11-22 周日`, with the year where it is another one."""
    named = {0: "今天 ", 1: "昨天 "}.get((today - day).days, "")
    shown = f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"
    return f"{named}{shown} 周{weekday(day)}"
