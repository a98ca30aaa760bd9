"""快到期的积分: the list of a few days, and from a line to its account."""

from datetime import date

from PySide6.QtCore import Qt

from app.services import office
from app.ui.people.points_wish import ShowAccount
from app.ui.points.months.lapsing_dialog import LapsingDialog
from tests.ui import month_states


def test_the_days_are_chosen_and_enter_opens_the_account(qtbot, context):
    with context.database.transaction("建立资料") as session:
        office.seed(session, today=date(2026, 1, 4))
        month_states.write(session, context.clock.now())
    asked = []
    context.signals.page_requested.connect(lambda page, wish: asked.append((page, wish)))
    dialog = LapsingDialog(context)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.table.paged_model.ids == []
    dialog.days.chosen.emit(180)
    assert len(dialog.table.paged_model.ids) == 8
    first = dialog.table.paged_model.ids[0]
    account = dialog._found[first].account_id
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert asked == [("points", ShowAccount(account))]
