"""F9: what can be printed for a person, or for the people that are ticked."""

from dataclasses import replace

from PySide6.QtWidgets import QMenu

from app.context import Context
from app.ui.people.paper_wish import CERTIFICATE, PaperWish
from app.values.rights import Right

OF_PEOPLE: tuple[tuple[str, str], ...] = (
    ("roster", "居民花名册（选行数、号码）"),
    ("visit_form", "入户走访登记表"),
    ("sign_in", "签到表"),
    ("receipt_form", "领取签字表"),
    ("labels", "地址签"),
    ("envelopes", "信封"),
    ("privacy_notice", "个人信息采集告知书"),
)
"""Keys and names of the papers of app/ui/papers/kinds.py that are made for certain people."""


def fill(menu: QMenu, context: Context, whom: PaperWish) -> None:
    """Certificates that may be issued, then forms and labels; each opens the page 文书.

    `whom` tells the people and how they were chosen; its kind does not matter.
    """
    if context.may(Right.ISSUE_PAPERS):
        _fill_certificates(menu, context, whom)
        menu.addSeparator()
    for key, title in OF_PEOPLE if context.may(Right.PRINT) else ():
        _add(menu, context, replace(whom, kind=key), title)


def _fill_certificates(menu: QMenu, context: Context, whom: PaperWish) -> None:
    certificates = _certificates(context)
    for key, title in certificates:
        _add(menu, context, replace(whom, kind=key), title)
    if not certificates:
        menu.addAction("没有启用的证明模板").setEnabled(False)


def _add(menu: QMenu, context: Context, wish: PaperWish, title: str) -> None:
    menu.addAction(f"{title}…", lambda: context.signals.page_requested.emit("papers", wish))


def _certificates(context: Context) -> list[tuple[str, str]]:
    # Loaded with the first menu: the page 居民 appears without what certificates need.
    from app.services import templates

    with context.database.reading() as session:
        found = templates.templates(session, usable_only=True)
    return [(f"{CERTIFICATE}{one.id}", one.title) for one in found]
