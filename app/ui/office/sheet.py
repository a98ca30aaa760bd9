"""The recovery sheet of this office as PDF, and the dialog that hands out a new one."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.clock import Clock
from app.context import Context
from app.reports import recovery_sheet
from app.services import office
from app.services.office import Office
from app.services.user_keys import UserKeys
from app.storage.backup import office_id_of
from app.storage.office_file import load_vault
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.sidebar import PRODUCT, PRODUCT_LINE
from app.ui.office.recovery_steps import RecoverySteps
from app.version import VERSION


def recovery_paper(office: Office, groups: tuple[str, ...], clock: Clock, file: Path) -> bytes:
    """The sheet with the groups of a code, two copies."""
    number = office_id_of(file).hex()[:8].upper()
    return recovery_sheet.render(
        recovery_sheet.RecoverySheet(
            office=f"{office.street}{office.community_name}居民委员会",
            issued_on=clock.today(),
            groups=groups,
            program=f"{PRODUCT} · {PRODUCT_LINE} {VERSION}",
            file_number=f"{number[:4]}-{number[4:]}",
        )
    )


def hand_out_new_sheet(context: Context, parent: QWidget) -> None:
    """Another recovery code, in force at once, with the dialog that proves it is on paper.

    Raises NotAllowed and the faults of a disk.
    """
    database, clock = context.database, context.clock
    vault = load_vault(database.file)
    groups = UserKeys(database, vault).new_recovery()
    with database.reading() as session:
        data = office.office(session)
    sheet = recovery_paper(data, groups, clock, database.file)
    if NewSheetDialog(groups, sheet, clock, parent.window()).exec():
        vault.note_sheet_kept()


class NewSheetDialog(Dialog):
    """A new recovery sheet, to be printed and proved before the dialog can be left."""

    def __init__(
        self, groups: tuple[str, ...], sheet: bytes, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__("新的恢复单", parent, width=600)
        self.steps = RecoverySteps(groups, lambda: sheet, clock, heading="")
        self.body.addWidget(self.steps)
        self.done_button = self.add_button(Button("完成", kind="primary"), closes=True)
        self.done_button.setEnabled(False)
        self.steps.ready_changed.connect(self.done_button.setEnabled)

    def reject(self) -> None:
        """The old sheet is void already: leaving without the new one would lock the office out."""
