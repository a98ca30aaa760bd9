"""At the start: which forms were not saved last time, and going on with them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.context import Context
from app.services import drafts
from app.services.drafts import Draft
from app.ui.kit import theme
from app.ui.kit.buttons import Button, icon_button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, box, column, icon_label, row, rule, small
from app.ui.kit.tokens import COLORS
from app.ui.people.unsaved_wish import Unsaved

PLACES = {
    "resident": ("居民", "residents"),
    "notice": ("通知", "papers"),
    "certificate": ("证明", "papers"),
    "template": ("证明模板", "papers"),
    "forbidden": ("不得出具清单", "papers"),
    "seal": ("用印登记", "papers"),
    "objection": ("异议", "papers"),
    "diary": ("平安日记", "grids"),
    "visit_sheet": ("走访单", "grids"),
    "delivery_sheet": ("送餐单", "canteen"),
    "meal_sheet": ("签到表", "canteen"),
    "request": ("诉求", "grids"),
    "member": ("网格人员", "grids"),
    "grid": ("网格", "grids"),
    "building": ("楼栋", "grids"),
    "volunteer": ("志愿者", "points"),
    "team": ("队伍", "points"),
    "activity": ("活动", "points"),
    "attendance": ("签到", "points"),
    "points_claim": ("手工记分", "points"),
    "goods": ("商品", "points"),
    "receipt": ("入库单", "points"),
    "standing_order": ("长期订餐", "canteen"),
    "dish": ("菜", "canteen"),
    "subsidy_rule": ("补贴档次", "office"),
    "settings": ("设置", "office"),
}
"""By the kind of a form: what it is called where it has no title, and the page that opens it."""
_NAMED = 2


class UnsavedBar(QFrame):
    """One quiet line over the foot of the pages, which keep their room; gone when it is closed."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host.parentWidget())
        self._context = context
        self._host = host
        self.setObjectName("info")
        metrics = theme.current()
        self.words = Label("", tone="sel")
        self.look = Button("看一看…", kind="link", size="small")
        self.look.clicked.connect(self.open)
        self.close_button = icon_button("close", "先不管")
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(metrics.px(14), metrics.px(2), metrics.px(8), metrics.px(2))
        layout.addWidget(icon_label("content-save-alert-outline", COLORS.sel_text))
        layout.addWidget(self.words)
        layout.addWidget(self.look)
        layout.addSpacing(metrics.px(12))
        layout.addWidget(self.close_button)
        host.installEventFilter(self)
        self.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def show_waiting(self) -> None:
        """Read what waits; nothing is shown where nothing does."""
        with self._context.database.reading() as session:
            found = [one for one in drafts.waiting(session) if Unsaved(one.key).kind in PLACES]
        self.words.setText(bar_words(found))
        self.setVisible(bool(found))
        self._place()
        self.raise_()

    def open(self) -> None:
        """The list, and what was chosen in it."""
        dialog = UnsavedDialog(self._context, self.window())
        dialog.exec()
        self.show_waiting()
        if dialog.chosen is not None:
            self.hide()
            page = PLACES[dialog.chosen.kind][1]
            self._context.signals.page_requested.emit(page, dialog.chosen)

    def _place(self) -> None:
        space, area = theme.current().spacing[2], self._host.geometry()
        size = self.sizeHint().boundedTo(area.size())
        left = area.x() + (area.width() - size.width()) // 2
        self.setGeometry(left, area.bottom() - size.height() - space, size.width(), size.height())


class UnsavedDialog(Dialog):
    """`chosen` is the form to go on with, None where the list was just closed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("上次没有保存的内容", parent, width=560)
        self.chosen: Unsaved | None = None
        self._context = context
        self._lines: list[QWidget] = []
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(small("程序关掉以前正在填、还没有保存的，都替您留着。", wrap=True))
        self.body.addLayout(self._place)
        self._show()
        self.close_button = self.add_button(Button("以后再说", cap="Esc"), closes=False)

    def go_on(self, key: str) -> None:
        self.chosen = Unsaved(key)
        self.accept()

    def give_up(self, key: str) -> None:
        """Forget one of them; the dialog goes with the last."""
        with self._context.database.transaction("清除草稿") as session:
            drafts.drop(session, key)
        self._show()

    def _show(self) -> None:
        for line in self._lines:
            self._place.removeWidget(line)
            line.deleteLater()
        with self._context.database.reading() as session:
            found = [one for one in drafts.waiting(session) if Unsaved(one.key).kind in PLACES]
        self._lines = [self._line(draft) for draft in found]
        for line in self._lines:
            self._place.addWidget(line)
        if not found:
            self.reject()

    def _line(self, draft: Draft) -> QWidget:
        go_on = Button("继续填", kind="primary", size="small")
        give_up = Button("不要了", size="small")
        go_on.clicked.connect(partial(self.go_on, draft.key))
        give_up.clicked.connect(partial(self.give_up, draft.key))
        when = small(f"{draft.saved_at:%m-%d %H:%M} 自动存下", wrap=True)
        if draft.changed_by:
            since = f"这条后来改过：{draft.changed_by}，继续填时请核对"
            when = small(since, tone="warn", wrap=True)
        words = column(Label(title_of(draft), bold=True, wrap=True), when, spacing=2)
        return box(column(rule(), row((words, 1), go_on, give_up), spacing=8))


def title_of(draft: Draft) -> str:
    return draft.title or PLACES[Unsaved(draft.key).kind][0]


def bar_words(waiting: Sequence[Draft]) -> str:
    """上次有 2 份没有保存的内容：居民 王秀兰、通知《停水》."""
    named = "、".join(title_of(one) for one in waiting[:_NAMED])
    more = "等" if len(waiting) > _NAMED else ""
    return f"上次有 {len(waiting)} 份没有保存的内容：{named}{more}" if waiting else ""
