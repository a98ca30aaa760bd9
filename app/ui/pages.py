"""The pages of the program, in the order of the sidebar. A page appears here when it is built."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.context import Context


@dataclass(frozen=True)
class Page:
    """`build` is called when the page is opened for the first time."""

    key: str
    title: str
    icon: str
    build: Callable[[Context], QWidget]


# Each page is imported when it is first opened: starting the program pays for one page only.
def _residents(context: Context) -> QWidget:
    from app.ui.residents.page import ResidentsPage

    return ResidentsPage(context)


def _papers(context: Context) -> QWidget:
    from app.ui.papers.page import PapersPage

    return PapersPage(context)


def _office(context: Context) -> QWidget:
    from app.ui.office.page import OfficePage

    return OfficePage(context)


PAGES = (
    Page("residents", "居民", "account-group-outline", _residents),
    Page("papers", "文书", "file-document-outline", _papers),
    Page("office", "设置", "cog-outline", _office),
)
AT_FOOT = "office"
