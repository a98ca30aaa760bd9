"""Of which item of a meeting the ballots are wanted; where there is one only, nothing is asked."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import ItemKind
from app.services import agenda
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.pinyin_choice import MUST
from app.ui.meetings.ballots.dialog import BallotsDialog


def open_ballots(context: Context, meeting_id: int, parent: QWidget) -> None:
    """The ballots of an item that is voted on; raises DomainError where none is."""
    with context.database.lookup() as lookup:
        listed = agenda.items(lookup, meeting_id)
    voted = {one.id: f"{one.place} {one.title}" for one in listed if one.kind is ItemKind.DECIDE}
    if not voted:
        raise DomainError("没有要表决的议程。请先在议程里加一项，形式选“表决”，再印表决票。")
    chosen = next(iter(voted)) if len(voted) == 1 else _asked(voted, parent)
    if chosen is not None:
        BallotsDialog(context, chosen, parent).exec()


def _asked(voted: Mapping[int, str], parent: QWidget) -> int | None:
    dialog = ItemChoiceDialog(voted, parent)
    return dialog.choice.chosen_id if dialog.exec() else None


class ItemChoiceDialog(Dialog):
    """One of the items that are voted on."""

    def __init__(self, voted: Mapping[int, str], parent: QWidget | None = None) -> None:
        super().__init__("哪一项的表决票", parent, width=460)
        self.choice = IdChoice(name="哪一项", blank=MUST)
        self.choice.offer(dict(voted))
        self.choice.choose_id(next(iter(voted)))
        form = Form(label=64)
        form.add("议程", self.choice)
        form.finish()
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.go = self.add_button(Button("打开", kind="primary", cap=CONFIRM_CAP), closes=True)
        form.save_requested.connect(self.accept)
        self.choice.setFocus()
