"""F9: what can be printed for a person, or for the people that are ticked."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu

from app.context import Context
from app.ui.people.paper_wish import CERTIFICATE, PaperWish

OF_PEOPLE: tuple[tuple[str, str], ...] = ()
"""Keys and names of the papers of app/ui/papers/kinds.py that are made for certain people."""


def fill(menu: QMenu, context: Context, people: Sequence[int]) -> None:
    """Certificates that may be issued, then forms and labels; each opens the page 文书."""
    certificates = _certificates(context)
    for key, title in certificates:
        _add(menu, context, PaperWish(key, tuple(people)), title)
    if not certificates:
        menu.addAction("没有启用的证明模板").setEnabled(False)
    if OF_PEOPLE:
        menu.addSeparator()
    for key, title in OF_PEOPLE:
        _add(menu, context, PaperWish(key, tuple(people)), title)


def _add(menu: QMenu, context: Context, wish: PaperWish, title: str) -> None:
    menu.addAction(f"{title}…", lambda: context.signals.page_requested.emit("papers", wish))


def _certificates(context: Context) -> list[tuple[str, str]]:
    # Loaded with the first menu: the page 居民 appears without what certificates need.
    from app.services import templates

    with context.database.reading() as session:
        found = templates.templates(session, usable_only=True)
    return [(f"{CERTIFICATE}{one.id}", one.title) for one in found]
