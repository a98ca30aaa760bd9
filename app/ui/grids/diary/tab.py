"""平安日记: what was seen on the rounds, written down in under a minute."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.services import diary, diary_views
from app.services.diary_views import DiaryFilter
from app.ui.grids.diary.card import DiaryCard
from app.ui.grids.diary.filters import DiaryFilters
from app.ui.grids.diary.form import DiaryForm
from app.ui.grids.diary.list_view import DiaryList
from app.ui.grids.diary.words import line_name
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row
from app.ui.kit.search_box import SearchBox
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.people.grid_wish import NewDiary, ShowDiary
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right


class DiaryTab(PageTab):
    """Assembles: filters above, the lines at the left, the card or the form at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.search = SearchBox(
            "人、地点" if theme.current().large else "人、地点、内容", name="查找日记"
        )
        picture = "" if theme.current().large else "printer-outline"
        self.print_button = Button("打印", icon=picture, action="print")
        self.new_button = Button("记日记", kind="primary", action="new_diary")
        self.head = (self.search, self.print_button, self.new_button)
        self.filters = DiaryFilters(context)
        may_log = context.may(Right.LOG_ROUNDS)
        self.list = DiaryList(context)
        self.card, self.form = DiaryCard(context), DiaryForm(context)
        offer(may_log, self.new_button)
        offer(context.may(Right.PRINT), self.print_button)
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        if self.right.currentWidget() is self.form:
            return (
                ("Enter", "下一项"),
                (keys.cap("previous_field"), "上一项"),
                (keys.cap("save_next"), "保存，记下一条"),
                ("退格", "去掉一个人"),
            )
        may_log = self.context.may(Right.LOG_ROUNDS)
        return (("↑↓", "看这一条"), ("Enter", "修改")) if may_log else (("↑↓", "看这一条"),)

    @property
    def chosen(self) -> DiaryFilter:
        """The filter in force, with the search text."""
        return replace(self.filters.chosen, text=self.search.text())

    def refresh(self) -> None:
        self.filters.offer()
        self._read()

    def take_focus(self) -> None:
        writing = self.right.currentWidget() is self.form
        inside = self.form.fields.way if writing else self.list.table
        inside.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        """What is being typed is kept as a draft and stands here when one comes back."""
        if self.form.is_open:
            self.form.keeper.keep()
        return True

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, NewDiary):
            self.write(wanted.resident_id)
        elif isinstance(wanted, Unsaved):
            self._go_on(wanted)
        elif isinstance(wanted, ShowDiary):
            self.show_line(wanted.entry_id)

    def write(self, resident_id: int | None = None) -> None:
        """A new line; somebody who may not is told nothing, there is no button either."""
        if self.context.may(Right.LOG_ROUNDS):
            self.form.begin(resident_id)
            self._show_form()

    def edit(self) -> None:
        """Correct the current line."""
        line = self.card.line
        if line is not None and self.context.may(Right.LOG_ROUNDS) and self._is_free():
            with messages.domain_errors_shown(self):
                self.form.edit(line.id)
                self._show_form()

    def show_line(self, entry_id: int) -> None:
        """A line that somebody asks for, whatever the filters hide."""
        self._show_card()
        if not self.list.table.select_id(entry_id):
            with self.context.database.lookup() as lookup:
                found = diary_views.rows(lookup, [entry_id])
            if not found:
                messages.warn(self.context.signals, "这一条日记已经删除，或者不在您的网格里。")
                return
            self.search.clear()
            self.filters.show_month((found[0].on_date.year, found[0].on_date.month))
            self.list.table.select_id(entry_id)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """销号 of the current line, today; of one that is settled the way back."""
        line = self.card.line
        if line is None or not self.context.may(Right.LOG_ROUNDS):
            return
        name, back = line_name(line), line.settled_on is not None
        verb = "撤回日记销号" if back else "日记销号"
        with messages.domain_errors_shown(self):
            with self.context.database.transaction(f"{verb} {name}") as session:
                now = self.context.clock.now()
                if back:
                    diary.reopen(session, line.id, version=line.version)
                else:
                    diary.settle(session, line.id, version=line.version, on=now.date(), now=now)
            self._changed(f"{'已撤回销号' if back else '已销号'}：{name}")

    def remove(self) -> None:
        """Into the recycle bin, after asking."""
        line = self.card.line
        if line is None:
            return
        name = line_name(line)
        words = f"“{name}”会移到回收站，30 天内可以放回；由它记下的诉求和走访都还在。"
        if not messages.confirm(self, "删除这一条日记", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self.context.database.transaction(f"删除平安日记 {name}") as session:
                diary.remove(session, line.id, now=self.context.clock.now())
            self._changed(f"已删除：{name}")

    def print_diary(self) -> None:
        """空白单, 当天, 整月: one window asks which."""
        from app.ui.grids.diary.print_dialog import PrintDiary

        day = self.card.line.on_date if self.card.line else self.context.clock.today()
        PrintDiary(self.context, self.filters.chosen, day, self.window()).exec()

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.search.setFixedWidth(metrics.px(150 if metrics.large else 220))
        self.right = QStackedWidget()
        self.right.addWidget(self.card)
        self.right.addWidget(self.form)
        layout = column(self.filters, (row((self.list, 1), self.right, spacing=12), 1))
        self.setLayout(layout)
        self._show_card()

    def _connect(self) -> None:
        table = self.list.table
        self.search.paused.connect(lambda _: self._read())
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(lambda _: self.take_focus())
        self.filters.changed.connect(self._read)
        table.current_changed.connect(self.card.show_line)
        table.set_context_menu(self.card.fill_menu)
        table.opened.connect(lambda _: self.edit())
        self.card.edit_asked.connect(self.edit)
        self.card.settle_asked.connect(self.settle)
        self.card.remove_asked.connect(self.remove)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._show_card)
        self.new_button.clicked.connect(lambda: self.write())
        self.print_button.clicked.connect(self.print_diary)
        self.print_button.bind(self)
        self.search.bind(self)
        keys.bind(self, "clear_filters", self._widen)
        table.escaped.connect(self._widen)

    def _read(self) -> None:
        chosen = self.chosen
        text = f"含“{chosen.text.strip()}”" if chosen.text.strip() else ""
        words = "，".join(part for part in (self.filters.words, text) if part)
        with self.context.database.lookup() as lookup:
            counted = diary_views.counts(lookup, chosen)
        self.filters.say(counted)
        self.list.show_lines(chosen, words)
        if not self.list.model.ids:
            self.list.table.set_empty(self._nothing(chosen))
        self.card.show_line(self.list.table.current_id())

    def _nothing(self, chosen: DiaryFilter) -> EmptyState:
        """Why the list is empty, and what to do about it."""
        if chosen == DiaryFilter(month=chosen.month):
            may_log = self.context.may(Right.LOG_ROUNDS)
            advice = "按 Ctrl+J 记一条，不到一分钟。" if may_log else "网格员记下来以后，在这里看。"
            when = "这个月" if chosen.month else ""
            return EmptyState("notebook-outline", f"{when}还没有日记", advice)
        where = f"只找了 {self.filters.month.text()}。" if chosen.month else ""
        clear = ("清除筛选", self._clear)
        return EmptyState("magnify", "没有这样的日记", where, (clear,))

    def _widen(self) -> None:
        """By key; where nothing narrows the month, nothing happens."""
        if self.filters.narrows or self.search.text():
            self._clear()

    def _clear(self) -> None:
        self.search.clear()
        self.filters.clear_all()

    def _saved(self, entry_id: int) -> None:
        self._changed("已记下这一条")
        if not self.list.table.select_id(entry_id):
            self.show_line(entry_id)
        if self.form.is_open:
            self.form.fields.way.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, sentence: str) -> None:
        self.context.signals.changed.emit(Area.GRIDS)
        self._read()
        messages.notify(self.context.signals, sentence)

    def _is_free(self) -> bool:
        """Whether no line is being typed; if one is, it is shown again."""
        if not (self.form.is_open and self.form.dirty):
            return True
        messages.warn(self.context.signals, "正在写的一条还没有保存，请先保存或者取消。")
        self._show_form()
        return False

    def _go_on(self, wanted: Unsaved) -> None:
        if not self._is_free():
            return
        with messages.domain_errors_shown(self):
            if wanted.record_id is None:
                self.form.begin()
            else:
                self.form.edit(wanted.record_id)
            self._show_form()

    def _show_form(self) -> None:
        metrics = theme.current()
        # 大字 has no room for both: the form takes the place of list and filters.
        self.list.setVisible(not metrics.large)
        self.filters.setVisible(not metrics.large)
        if metrics.large:
            self.right.setMinimumWidth(0)
            self.right.setMaximumWidth(16_777_215)
        else:
            self.right.setFixedWidth(metrics.px(540))
        self.right.setCurrentWidget(self.form)
        self.form.fields.way.setFocus(Qt.FocusReason.OtherFocusReason)
        self.legend_changed.emit()

    def _show_card(self) -> None:
        self.list.show()
        self.filters.show()
        self.right.setFixedWidth(theme.current().px(330 if theme.current().large else 400))
        self.right.setCurrentWidget(self.card)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.legend_changed.emit()
