"""The tab 决议: the list of what was decided, the card of one, and every step until it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.context import Context
from app.services import resolution_views
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row
from app.ui.kit.search_box import SearchBox
from app.ui.meetings.resolutions.actions import ResolutionActions
from app.ui.meetings.resolutions.card import ResolutionCard
from app.ui.meetings.resolutions.list_view import ResolutionList
from app.ui.meetings.resolutions.printing import ResolutionPrinting
from app.ui.meetings.resolutions.step_dialog import DRAFTS
from app.ui.people.meetings_wish import ShowResolution
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right


class ResolutionsTab(PageTab):
    """Assembles: the list at the left, the card at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.search = SearchBox("编号、事项" if large else "编号、事项、责任人", name="查找决议")
        self.print_button = Button("打印", icon="printer-outline", action="print")
        offer(context.may(Right.PRINT), self.print_button)
        self.head = (self.search, self.print_button)
        self.list = ResolutionList(context, self)
        self.card = ResolutionCard(context, self)
        self.actions_ = ResolutionActions(context, self)
        self.printing = ResolutionPrinting(context, self, self._listed)
        self._lay_out()
        self._connect()
        self.list.refresh()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        it, may = self.card.resolution, self.context.may
        step = "登记进展"
        if it is not None and not it.open:
            step = "评议" if it.done_on else "看会议"
        enter = (("Enter", step),) if may(Right.CARRY_OUT) or step == "看会议" else ()
        exports = ((keys.cap("export"), "导出"),) if may(Right.EXPORT) else ()
        return (("↑↓", "看这一项"), *enter, *exports)

    def refresh(self) -> None:
        self.list.refresh()

    def take_focus(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowResolution):
            self.show_resolution(wanted.resolution_id)
        elif isinstance(wanted, Unsaved) and wanted.record_id is not None:
            self.show_resolution(wanted.record_id)
            if wanted.kind == DRAFTS:
                self._ask("step")

    def show_resolution(self, resolution_id: int) -> None:
        """Make it current, whatever narrows the list."""
        with self.context.database.lookup() as lookup:
            found = resolution_views.rows(lookup, [resolution_id])
        if not found:
            messages.warn(self.context.signals, "这项决议已经删除，可以从回收站放回。")
            return
        if not self.list.show_resolution(resolution_id):
            self._clear()
            self.list.show_resolution(resolution_id)
        self.take_focus()

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.search.setFixedWidth(metrics.px(180 if metrics.large else 210))
        self.card.setFixedWidth(metrics.px(330 if metrics.large else 390))
        self.setLayout(column((row((self.list, 1), self.card, spacing=12), 1)))

    def _connect(self) -> None:
        self.search.paused.connect(self.list.search)
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(self._found)
        self.list.table.current_changed.connect(self._show)
        self.list.table.opened.connect(self._open)
        self.list.clear_asked.connect(self._clear)
        self.list.late_count.connect(self.count_changed)
        self.card.asked.connect(self._ask)
        self.print_button.clicked.connect(self._print)
        self.print_button.bind(self)
        self.search.bind(self)
        keys.bind(self, "clear_filters", self._clear)
        keys.bind(self, "export", self._export)
        keys.bind(self, "resolution_project", self._begin_project)

    def _show(self, resolution_id: object) -> None:
        """Its card, and what Enter does with it."""
        self.card.show_resolution(resolution_id if isinstance(resolution_id, int) else None)
        self.legend_changed.emit()

    def _found(self, _: str) -> None:
        self.take_focus()

    def _open(self, _: int) -> None:
        """Enter: what is to be done next."""
        it = self.card.resolution
        if it is not None:
            self._ask("step" if it.open else "evaluate" if it.done_on else "meeting")

    def _begin_project(self) -> None:
        """立项, where the menu of the card offers it."""
        if "begin" in self.card.rare:
            self._ask("begin")

    def _ask(self, name: str) -> None:
        if self.card.resolution is not None:
            self.actions_.do(name, self.card.resolution)

    def _print(self) -> None:
        self.printing.offer(self.card.resolution, self.print_button)

    def _listed(self) -> tuple[list[int], str]:
        return list(self.list.model.ids), self.list.words

    def _clear(self) -> None:
        self.search.clear()
        self.search.settle()
        self.list.clear_filters()
        self.take_focus()

    def _export(self) -> None:
        table_paper.export(self.list.table)
