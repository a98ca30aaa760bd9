"""The papers that can be made besides the certificates: one line each, built when first opened."""

from collections.abc import Callable
from dataclasses import dataclass

from app.context import Context
from app.ui.papers.panel import PaperPanel


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A line of the list. Kinds with the same `build` share one panel, told which by `show_kind`.

    `note` gives the quiet words at the right of the line (`2 件在期`), '' for none.
    """

    key: str
    title: str
    build: Callable[[Context], PaperPanel]
    note: Callable[[Context], str] | None = None


# Each panel is imported when it is first opened: the page appears without its twenty papers.
def _notice(context: Context) -> PaperPanel:
    from app.ui.papers.notice_panel import NoticePanel

    return NoticePanel(context)


def _roster(context: Context) -> PaperPanel:
    from app.ui.papers.roster_panel import RosterPanel

    return RosterPanel(context)


def _info_sheet(context: Context) -> PaperPanel:
    from app.ui.papers.sheet_panel import SheetPanel

    return SheetPanel(context)


NOTICES = (PaperKind("notice", "通知", _notice),)
LISTS = (
    PaperKind("roster", "居民花名册", _roster),
    PaperKind("info_sheet", "本人信息单", _info_sheet),
)
KINDS = {kind.key: kind for kind in (*NOTICES, *LISTS)}
GROUPS = (("通知公示", NOTICES), ("名册与表", LISTS))
