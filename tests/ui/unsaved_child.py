"""A program that is killed in the middle of a form: types, says so, and waits."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from app.context import Context, LiveSettings
from app.storage.engine import Database
from app.ui.kit import theme
from app.ui.kit.background import Background
from app.ui.kit.signals import AppSignals
from app.ui.papers.registers.seal_form import SealDialog
from app.ui.people import form_keeper
from tests.storage.offices import CLOCK, KEY


def main(file: Path) -> None:
    app = QApplication([])
    theme.apply(app)
    form_keeper.EVERY_MS = 20
    database = Database.open(file, KEY, clock=CLOCK, user_name="王书记")
    signals = AppSignals()
    context = Context(database, signals, Background(app), LiveSettings(database, signals), CLOCK)
    dialog = SealDialog(context)
    keeper = dialog.findChild(form_keeper.FormKeeper)
    keeper.told.connect(lambda _words: os.write(1, b"kept\n"))
    dialog.show()
    dialog.content.setText("会议签到表")
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
