"""修改走访: a visit that was put down wrongly, or not at all."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Visit
from app.services import visit_log
from app.services.visit_log import VisitInput
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.people.visit_dialog import VisitDialog
from app.ui.recent.history import Record, history_button


class CorrectDialog(VisitDialog):
    """The form of a visit, filled; with what was done to it, and a way to take it out.

    Raises DomainError for a visit that is gone.
    """

    keeps = False

    def __init__(self, context: Context, visit_id: int, parent: QWidget | None = None) -> None:
        with context.database.reading() as session:
            before, self._version = visit_log.input_of(session, visit_id)
        self._visit_id, self._before = visit_id, before
        super().__init__(context, resident_id=before.resident_id, title="修改走访", parent=parent)
        self.show_visit(before)
        self.remove_button = Button("删除", kind="danger")
        self.remove_button.clicked.connect(self.remove)
        before_it: QWidget = self.note
        for place, button in enumerate(
            (history_button(context, self, self._record), self.remove_button)
        ):
            self._foot.insertWidget(place, button)
            QWidget.setTabOrder(before_it, button)
            before_it = button

    def put_down(self, session: Session, entered: VisitInput) -> None:
        """The corrected visit in place of the one before."""
        kept = replace(entered, diary_entry_id=self._before.diary_entry_id)
        visit_log.update(
            session, self._visit_id, kept, version=self._version, now=self.context.clock.now()
        )

    def remove(self) -> None:
        """Into the recycle bin, after asking."""
        who = f"{self.name.text()} {self._before.on_date:%m-%d} 的走访"
        words = f"“{who}”会移到回收站，30 天内可以放回。下次走访的期限会跟着改。"
        if not messages.confirm(self, "删除这条走访", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self.context.database.transaction(f"删除走访 {who}") as session:
                visit_log.remove(
                    session, self._visit_id, version=self._version, now=self.context.clock.now()
                )
            self.leave(f"已删除：{who}")

    def _record(self) -> Record:
        return Record(Visit, self._visit_id, f"走访 {self.name.text()}")
