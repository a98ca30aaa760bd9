"""登记志愿者: a resident, or somebody from outside with the facts of order 67 art. 5."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Volunteer
from app.services import teams, volunteers
from app.services.volunteer_input import VolunteerInput
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import box, column
from app.ui.kit.scroll import scrolled
from app.ui.kit.signals import Area
from app.ui.points.volunteers.form_fields import NUMBERS, VolunteerFields
from app.ui.recent.unsaved import keep_dialog
from app.values.rights import Right

DRAFT = "volunteer"


class VolunteerDialog(Dialog):
    """A new volunteer, or one who is on the list; `volunteer_id` afterwards says who it was."""

    def __init__(
        self,
        context: Context,
        volunteer_id: int | None = None,
        parent: QWidget | None = None,
        *,
        resident_id: int | None = None,
    ) -> None:
        words = "登记志愿者" if volunteer_id is None else "修改志愿者"
        super().__init__(words, parent, width=820)
        self._context = context
        self.volunteer_id = volunteer_id
        self._version = 0
        self._numbers: dict[str, str] = {}
        entered = self._read()
        self.fields = VolunteerFields(
            context, entered, names=self._teams, chosen=self._of, withheld=self._numbers
        )
        self.form = self.fields.form
        self._lay_out()
        record = (Volunteer.__tablename__, volunteer_id) if volunteer_id is not None else None
        key = f"{DRAFT}:{volunteer_id or 'new'}"
        self.keeper = keep_dialog(context, self, self.form, key, words, record=record)
        if resident_id is not None:
            self.take(resident_id)
        self.fields.follow()
        first = self.fields.resident if volunteer_id is None else self.fields.skills
        first.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered, now = self.fields.entered(), self._context.clock.now()
            sentence = f"{self.windowTitle()} {self.fields.name_of()}"
            with self._context.database.transaction(sentence) as session:
                if self.volunteer_id is None:
                    self.volunteer_id = volunteers.add(session, entered, now=now)
                else:
                    key, version = self.volunteer_id, self._version
                    volunteers.update(session, key, entered, version=version, now=now)
                chosen = self.fields.teams.value()
                teams.set_teams(session, self.volunteer_id, chosen, today=now.date())
            self._context.signals.changed.emit(Area.POINTS)
            self.accept()

    def take(self, resident_id: int) -> None:
        """This resident, unless he is on the list already."""
        with messages.domain_errors_shown(self):
            with self._context.database.reading() as session:
                volunteers.from_resident(session, resident_id, today=self._context.clock.today())
            self.fields.resident.set_value(resident_id)

    # -- inside

    def _read(self) -> VolunteerInput:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            self._teams = teams.names(session)
            if self.volunteer_id is None:
                self._of: tuple[int, ...] = ()
                return VolunteerInput(registered_on=today, record_consent_on=today)
            self._of = tuple(teams.of_volunteer(session, self.volunteer_id, on=today))
            entered, self._version = volunteers.input_of(session, self.volunteer_id)
            self._title = volunteers.name_of(session, self.volunteer_id)
        return self._seen(entered)

    def _seen(self, entered: VolunteerInput) -> VolunteerInput:
        """Numbers in the clear for who may see them, which is put on record; masked for others."""
        self._numbers = {name: getattr(entered, name) for name in NUMBERS}
        if not any(self._numbers.values()):
            return entered
        if self._context.may(Right.SEE_NUMBERS) and self.volunteer_id is not None:
            sentence = f"打开志愿者 {self._title} 的资料"
            with self._context.database.transaction(sentence) as session:
                volunteers.note_opened(session, self.volunteer_id)
            self._numbers = {}
            return entered
        masked: dict[str, Any] = {name: mask(self._numbers[name]) for name, mask in NUMBERS.items()}
        return replace(entered, **masked)

    def _lay_out(self) -> None:
        self._scroll = scrolled(box(column(self.form, None, margins=(0, 0, 8, 0))))
        self.body.addWidget(self._scroll, 1)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        for field in self.form.fields:
            for part in (field.control, *list[QWidget](field.control.findChildren(QWidget))):
                part.installEventFilter(self)
        self.fields.resident.chosen.connect(self.take)
        self.fields.followed.connect(self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter moves on without the scroll area: it follows whoever has the focus."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched, 0, theme.current().px(16))
        return False

    def _fit(self) -> None:
        """As high as what is asked, as far as the smallest screen has room."""
        metrics = theme.current()
        need = self.form.sizeHint().height() + metrics.px(8)
        self._scroll.setFixedHeight(min(need, metrics.px(400 if metrics.large else 580)))
        if self.isVisible():
            self.refit()
