"""A process of its own that starts the program and tells what its first paint had needed.

python -m tests.start_child FILE login|residents
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app.application import make_app
from app.bootstrap import Desk
from app.storage.office_file import open_office
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.people.person_card import PersonCard
from bench.painting import until_painted
from tests.storage.offices import CLOCK, KEY

HEAVY = ("sqlalchemy", "app.models", "alembic", "reportlab", "pypinyin", "python_calamine")
PATIENCE_SECONDS = 20


def loaded() -> list[str]:
    return [name for name in HEAVY if name in sys.modules]


def tables() -> list[str]:
    """The modules of tables that are loaded."""
    of_them = [name.split(".") for name in sys.modules if name.startswith("app.models.")]
    return sorted(name for _, _, name in of_them)


def begin(desk: Desk, file: Path, screen: str) -> QWidget:
    """Show the first screen; the widget whose painting counts."""
    if screen == "login":
        assert desk.start()
        return desk.window
    database = open_office(file, KEY, clock=CLOCK, backup=lambda: None)
    desk._open_window(database)
    return desk.window.findChild(PagedTable).viewport()


def search(window: QWidget, word: str) -> dict[str, object]:
    """Who is listed, and what the search box answers, before anything more is loaded."""
    model = window.findChild(PagedTable).paged_model
    listed = [row.name for row in model.rows_of(model.ids)]
    window.findChild(SearchBox).setText(word)
    found = [row.name for row in model.rows_of(model.ids)]
    return {"listed": listed, "found": found, "after_typing": loaded()}


def wait(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not what() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


def main(file: str, screen: str) -> None:
    app = make_app(sys.argv[:1])
    desk = Desk(app, CLOCK, Path(file))
    until_painted(begin(desk, Path(file), screen), lambda: None)
    report: dict[str, object] = {"at_paint": loaded()}
    if screen == "residents":
        report |= search(desk.window, "wang")
    wait(lambda: desk._warm_up.done)
    if screen == "residents":
        card = desk.window.findChild(PersonCard)
        wait(lambda: card.card is not None)
        report["card"] = card.card.name
        report["tables"] = tables()
    sys.stdout.write(json.dumps(report | {"afterwards": loaded()}) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
