"""记日记: one line in under a minute, by keyboard alone."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.context import Context
from app.models import DiaryEntry, RoundWay
from app.services import diary, diary_grid, diary_photos
from app.services.diary_input import DiaryInput, Met
from app.ui.grids.diary.form_fields import DiaryFields
from app.ui.grids.diary.saving import save_line
from app.ui.grids.diary.words import long_day
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import box, column, row, small, title
from app.ui.people.photos_field import pictures_in
from app.ui.recent.unsaved import FormKeeper

DRAFTS = "diary"


class DiaryForm(Card):
    """`saved` carries the line; `left` says that nothing more is to be typed."""

    saved = Signal(int)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=6)
        self._context = context
        self._entry_id: int | None = None
        self._version = 0
        self.is_open = False
        self._title, self._told = title(""), small()
        self.fields = DiaryFields(context)
        self.form = self.fields.form
        self.keeper = FormKeeper(context, self.form, self)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)

    # -- begin

    def begin(self, resident_id: int | None = None) -> None:
        """A new line of today; what was not saved last time is there again.

        Who is asked for joins a new line that is being typed; one that is corrected stays alone.
        """
        if self.is_open and self.dirty:
            self._meet(resident_id if self._entry_id is None else None)
            return
        if self.is_open:
            self._close()
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            proposed = diary_grid.proposal(lookup, today, now=self._context.clock.now())
        self._open(None, proposed)
        if not self.form.dirty:
            self._meet(resident_id)
            self.form.mark_clean()

    def edit(self, entry_id: int) -> None:
        """A line that is on file; raises DomainError where it is gone."""
        with self._context.database.reading() as session:
            entered, version = diary.input_of(session, entry_id)
            pictures = diary_photos.photos(session, entry_id)
        self._version = version
        self.fields.photos.show_saved(pictures)
        self._open(entry_id, entered)

    @property
    def dirty(self) -> bool:
        """Whether leaving would lose something."""
        return self.form.dirty or self.fields.photos.dirty

    # -- end

    def save(self, *, go_on: bool = False) -> None:
        """Keep the line; a fault is said and everything typed stays. `go_on`: the next one."""
        with messages.domain_errors_shown(self):
            entered = self.fields.entered()
            entry_id = save_line(
                self._context,
                entered,
                self.fields,
                entry_id=self._entry_id,
                version=self._version,
            )
            self._close()
            if go_on:
                self._next(entered)
            self.saved.emit(entry_id)
            if not go_on:
                self.left.emit()

    def cancel(self) -> None:
        """Back to the card; asks only where something would be lost."""
        if self.dirty and not messages.confirm(
            self,
            "不保存就返回？",
            "这一条还没有保存，返回后就没有了。",
            "不保存，返回",
            destructive=True,
        ):
            return
        self._close()
        self.left.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.fields.photos.add_files(_files(event))
        event.acceptProposedAction()

    # -- inside

    def _open(self, entry_id: int | None, entered: DiaryInput) -> None:
        self._entry_id = entry_id
        self.is_open = True
        self.fields.refresh()
        if entry_id is None:
            self.fields.photos.show_saved(())
        self.fields.show(entered)
        self.form.mark_clean()
        self._told.setText("")
        record = (DiaryEntry.__tablename__, entry_id) if entry_id is not None else None
        self.keeper.start(f"{DRAFTS}:{entry_id or 'new'}", self._draft_title, record=record)
        self._show_title()
        self.fields.way.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self, entered: DiaryInput) -> None:
        """The day, its weather, grid and member stay: a sheet is typed back line by line."""
        again = DiaryInput(
            on_date=entered.on_date,
            weather=entered.weather,
            grid_id=self.fields.grid.chosen_id,
            member_id=entered.member_id,
            period=entered.period,
        )
        self._open(None, again)

    def _meet(self, resident_id: int | None) -> None:
        if resident_id is not None:
            self.fields.met.add(Met(resident_id=resident_id))
            self.fields.way.choose_id(list(RoundWay).index(RoundWay.HOME))

    def _close(self) -> None:
        self.keeper.drop()
        self.form.mark_clean()
        self.is_open = False

    def _draft_title(self) -> str:
        day: date | None = self.fields.day.value()
        return f"平安日记 {day:%m-%d}" if day else "平安日记"

    def _show_title(self) -> None:
        day: date | None = self.fields.day.value()
        verb = "记日记" if self._entry_id is None else "修改日记"
        self._title.setText(f"{verb}　{long_day(day)}" if day else verb)

    def _lay_out(self) -> None:
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = box(column(self.form, None))
        scroll.setWidget(inside)
        # The white of the card, not the grey of windows.
        inside.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        self.cancel_button = Button("取消", cap="Esc")
        self.next_button = Button("保存，记下一条", action="save_next")
        self.save_button = Button("保存", kind="primary", action="save")
        self.body.addLayout(row(self._title, None, self._told))
        self.body.addWidget(scroll, 1)
        self.body.addLayout(row(self.cancel_button, None, self.next_button, self.save_button))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched, 0, theme.current().px(16))
        return False

    def _connect(self) -> None:
        for field in self.form.fields:
            for part in (field.control, *list[QWidget](field.control.findChildren(QWidget))):
                part.installEventFilter(self)
        self.form.save_requested.connect(self.save)
        self.form.save_next_requested.connect(lambda: self.save(go_on=True))
        self.form.leave_requested.connect(self.cancel)
        self.save_button.clicked.connect(lambda: self.save())
        self.next_button.clicked.connect(lambda: self.save(go_on=True))
        self.cancel_button.clicked.connect(self.cancel)
        self.keeper.told.connect(self._told.setText)
        self.fields.day.changed.connect(self._show_title)


def _files(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return pictures_in(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
