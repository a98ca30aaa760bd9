"""刚才做了什么: lies over the right side of every page, lists what was done, takes it back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from app.context import Context
from app.services.steps import Step
from app.services.undone import Undone
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, icon_button
from app.ui.kit.labels import box, column, h2, row, rule, small, title
from app.ui.kit.messages import notify
from app.ui.kit.search_box import SearchBox
from app.ui.kit.states import EmptyState
from app.ui.people.canteen_wish import ShowMeal, ShowMealEntry
from app.ui.people.meetings_wish import ShowFundEntry
from app.ui.people.paper_wish import MadePaper
from app.ui.people.points_wish import ShowEntry, ShowRedemption, ShowStockEntry
from app.ui.recent.step_list import StepList
from app.ui.recent.step_model import StepModel
from app.ui.recent.taking_back import EVERYTHING, take_back

WIDTH = 400
SEARCH_DELAY_MS = 200
_CHANGE_DELAY_MS = 100


class RecentPanel(QFrame):
    """Opened by `show_over(host)`; Esc and × close it. It remembers nothing."""

    closed = Signal()

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host.parentWidget())
        self._context = context
        self._host = host
        self._stale = True
        self._busy = False
        self.model = StepModel(context, self)
        self.list = StepList(self.model)
        self.search = SearchBox("找人、事、经办", name="在刚才做了什么里查找")
        self.looks = QCheckBox("也看查看、打印、导出")
        self.bin_button = Button("回收站…", kind="link", size="small")
        self.close_button = icon_button("close", "关上 Esc")
        self._empty = EmptyState("history", "还没有可以撤销的事")
        self._sum, self._rest = title(""), small(wrap=True)
        self.together = Button("一起退回", action="undo_to_here", size="small")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._load)
        self._lay_out()
        self._connect()
        host.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Lie over the right side of the pages and take the keys."""
        self._place()
        if self._stale:
            self._load()
        self.show()
        self.raise_()
        self._take_keys()

    def _take_keys(self) -> None:
        # A hidden list takes none: Esc would go to the page below.
        first = self.list if self.model.steps else self.search
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        self.hide()
        self.search.clear()
        self.looks.setChecked(False)
        self._stale = True
        self.closed.emit()

    def refresh(self) -> None:
        """Something was changed: read anew, now or when it is opened."""
        self._stale = True
        if self.isVisible():
            self._timer.start(_CHANGE_DELAY_MS)

    def undo_chosen(self) -> None:
        """All up to the current line, as one step."""
        steps = self._joining()
        if self.list.together and steps:
            self._take_back(steps)

    # -- assembling

    def _lay_out(self) -> None:
        self.setObjectName("recent")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.current().px(WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        head = row(h2("刚才做了什么"), None, self.close_button)
        others = row(self.looks, None, self.bin_button)
        layout.addWidget(box(column(head, self.search, others, spacing=6, margins=(14, 10, 12, 8))))
        layout.addWidget(rule())
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.list, 1)
        layout.addWidget(rule())
        words = column(self._sum, self._rest, spacing=0)
        layout.addWidget(box(row((words, 1), self.together, margins=(14, 8, 12, 8))))

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.close_panel)
        self.bin_button.clicked.connect(self._open_bin)
        self.search.searched.connect(lambda _: self._timer.start(SEARCH_DELAY_MS))
        self.search.left_down.connect(self.list.setFocus)
        self.search.submitted.connect(lambda _: self.list.setFocus())
        self.looks.toggled.connect(lambda _: self._load())
        self.list.verb_wanted.connect(self._act)
        self.list.chosen_changed.connect(self._show_chosen)
        self.together.clicked.connect(self.undo_chosen)
        self.together.bind(self)
        self._context.signals.changed.connect(self.refresh)

    # -- what is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._load()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.isHidden():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """F3 and Esc are the panel's own while it has the focus, and not the page's."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (keys.key("search").sequence, keys.key("leave").sequence)
            if QKeySequence(event.keyCombination()).toString() in own:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif event.key() == Qt.Key.Key_F3:
            self.search.setFocus()
            self.search.selectAll()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        area = self._host.geometry()
        self.setGeometry(area.right() + 1 - self.width(), area.y(), self.width(), area.height())

    def _load(self) -> None:
        self._timer.stop()
        self._stale = False
        searched = self.search.text().strip()
        self.list.together = not searched
        self.list.painter.forget_sizes()
        self.model.load(search=searched, looks=self.looks.isChecked())
        self._mark_next()
        found = bool(self.model.steps)
        self._empty.set_sentence("没有找到这样的事" if searched else "还没有做过什么")
        self._empty.setVisible(not found)
        self.list.setVisible(found)
        self.list.choose(0)
        self._show_chosen()

    def _mark_next(self) -> None:
        """The line with the key: of all steps the first that can be undone."""
        plain = self.list.together
        places = (number for number, step in enumerate(self.model.steps) if step.undoable)
        self.list.painter.next_row = next(places, -1) if plain else -1

    def _joining(self) -> list[Step]:
        return [step for step in self.list.chosen() if step.joins]

    def _show_chosen(self) -> None:
        chosen = self.list.chosen()
        count, stay = len(self._joining()), [step for step in chosen if step.stays]
        several = self.list.together and count > 1
        self.together.setVisible(several)
        self._sum.setText(f"已选最近 {count} 步" if several else "")
        self._sum.setVisible(several)
        self._rest.setText(_rest_words(stay) if several else self._hint())

    def _hint(self) -> str:
        if not self.model.steps:
            return ""
        if not self.list.together:
            return "清除查找后，可以把最近几步一起退回。"
        return "按 ↓ 或点下面的行，把最近几步一起退回。"

    # -- what is done

    def _act(self, step: Step) -> None:
        if step.counter is not None:
            page, wish = _COUNTERS[step.counter.table]
            self.close_panel()
            self._context.signals.page_requested.emit(page, wish(step.counter.row_id))
        elif step.verb:
            self._take_back([step])

    def _open_bin(self) -> None:
        # Loaded with the first look into it.
        from app.ui.recent.recycle_bin import RecycleBinDialog

        dialog = RecycleBinDialog(self._context, self.window())
        dialog.exec()
        if dialog.sentence:
            self._context.signals.changed.emit(EVERYTHING)
            notify(self._context.signals, dialog.sentence)

    def _take_back(self, steps: Sequence[Step]) -> None:
        if not self._context.background.busy:
            take_back(self, self._context, steps, done=self._done)

    def _done(self, _outcome: Undone) -> None:
        self._load()
        self._take_keys()


# Where a way that is none of undo is offered: page and wish by the table of its record.
_COUNTERS: dict[str, tuple[str, Callable[[int], object]]] = {
    "certificate": ("papers", MadePaper),
    "redemption": ("points", ShowRedemption),
    "points_entry": ("points", ShowEntry),
    "hour_entry": ("points", partial(ShowEntry, of_hours=True)),
    "stock_entry": ("points", ShowStockEntry),
    "meal": ("canteen", ShowMeal),
    "meal_entry": ("canteen", ShowMealEntry),
    "fund_entry": ("meetings", ShowFundEntry),
}


def _rest_words(stay: Sequence[Step]) -> str:
    """What going back leaves in between."""
    said = "全部一次做完，不会只退一半"
    if not stay:
        return said
    other = next((step.counter.verb for step in stay if step.counter), "")
    way = f"，要用“{other}”" if other else ""
    return f"另有 {len(stay)} 步不能退{way}，留着；{said}"
