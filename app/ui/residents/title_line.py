"""The first line of the page: title and counts, the search box, what can be done to the list."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.services.residents import Counts
from app.ui.kit import theme
from app.ui.kit.buttons import Button, icon_button, offer
from app.ui.kit.labels import h1, small
from app.ui.kit.search_box import SearchBox
from app.values.rights import Right

HINT = "姓名 / 拼音 / 证件或电话尾号 / 3-2-301"
SHORT_HINT = "姓名、拼音、尾号、3-2-301"


class TitleLine(QWidget):
    """In 大字 导入 and 导出 move into 更多."""

    new_asked = Signal()
    import_asked = Signal()
    export_asked = Signal()

    def __init__(self, may: Callable[[Right], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may = may
        metrics = theme.current()
        self.fill_more: Callable[[QMenu], None] | None = None
        self.counts = small()
        self.search = SearchBox(SHORT_HINT if metrics.large else HINT, name="查找居民")
        self.search.setMaximumWidth(metrics.px(400 if not metrics.large else 344))
        self._make_buttons()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(8))
        for widget in (h1("居民"), self.counts):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.search, 100)
        for button in self._buttons:
            layout.addWidget(button)

    def show_counts(self, total: Counts) -> None:
        self.counts.setText(f"共 {total.people:,} 人・{total.households:,} 户")

    def _make_buttons(self) -> None:
        large = theme.current().large
        self.more = (
            Button("更多", icon="dots-horizontal")
            if large
            else icon_button("dots-vertical", "更多：回收站、疑似重复")
        )
        self.more.clicked.connect(self._open_more)
        self.new_button = Button("新增居民", kind="primary", action="new")
        self.new_button.clicked.connect(self.new_asked)
        outside = () if large else self._wide_buttons()
        self._buttons = (*outside, self.more, self.new_button)
        offer(self._may(Right.EDIT_PEOPLE), self.new_button)
        in_menu = (Right.EDIT_PEOPLE, *((Right.IMPORT, Right.EXPORT) if large else ()))
        offer(any(map(self._may, in_menu)), self.more)

    def _wide_buttons(self) -> tuple[Button, ...]:
        """What there is room for in 标准."""
        import_button = Button("导入", icon="tray-arrow-down")
        import_button.clicked.connect(self.import_asked)
        export_button = Button("导出", icon="tray-arrow-up")
        export_button.clicked.connect(self.export_asked)
        offer(self._may(Right.IMPORT), import_button)
        offer(self._may(Right.EXPORT), export_button)
        return import_button, export_button

    def _open_more(self) -> None:
        menu = QMenu(self)
        if theme.current().large:
            if self._may(Right.IMPORT):
                menu.addAction("导入…", self.import_asked.emit)
            if self._may(Right.EXPORT):
                menu.addAction("导出…", self.export_asked.emit)
            menu.addSeparator()
        if self.fill_more is not None:
            self.fill_more(menu)
        corner = QPoint(self.more.width() - menu.sizeHint().width(), self.more.height() + 2)
        menu.popup(self.more.mapToGlobal(corner))
