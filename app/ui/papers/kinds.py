"""The papers that can be made besides the certificates: one line each, built when first opened."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.papers.panel import PaperPanel
from app.values.rights import Right

Build = Callable[[Context, QWidget], PaperPanel]
"""With the place where it will stand, as that of a page (pages.py)."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A line of the list. Kinds with the same `build` share one panel, told which by `show_kind`.

    `note` gives the quiet words at the right of the line (`2 件在期`), '' for none.
    """

    key: str
    title: str
    build: Build
    note: Callable[[Context], str] | None = None
    rights: tuple[Right, ...] = (Right.ISSUE_PAPERS,)
    """All of them are needed"""

    def offered(self, context: Context) -> bool:
        return all(map(context.may, self.rights))


# Each panel is imported when it is first opened: the page appears without its twenty papers.
def _notice(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.notices.panel import NoticePanel

    return NoticePanel(context, parent)


def _in_period(context: Context) -> str:
    from app.services import publicity

    with context.database.reading() as session:
        today = context.clock.today()
        count, due = publicity.in_period(session, today=today), publicity.due(session, today=today)
    if due:
        return f"{due} 件期满"
    return f"{count} 件在期" if count else ""


def _roster(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.lists.roster_panel import RosterPanel

    return RosterPanel(context, parent)


def _sign_in(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.lists.sign_in_panel import SignInPanel

    return SignInPanel(context, parent)


def _receipt_form(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.lists.receipt_panel import ReceiptPanel

    return ReceiptPanel(context, parent)


def _visit_form(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.lists.visit_panel import VisitPanel

    return VisitPanel(context, parent)


def _labels(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.lists.label_panel import LabelPanel

    return LabelPanel(context, parent)


def _envelopes(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.lists.envelope_panel import EnvelopePanel

    return EnvelopePanel(context, parent)


def _privacy_notice(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.lists.privacy_panel import PrivacyPanel

    return PrivacyPanel(context, parent)


def _info_sheet(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.sheet_panel import SheetPanel

    return SheetPanel(context, parent)


def certificates(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.certificates.panel import CertificatePanel

    return CertificatePanel(context, parent)


def _refusal(context: Context, parent: QWidget) -> PaperPanel:
    from app.ui.papers.certificates.refusal_panel import RefusalPanel

    return RefusalPanel(context, parent)


REFUSAL = PaperKind("refusal", "不予出具告知单", _refusal)
NOTICES = (
    PaperKind("notice", "通知", _notice),
    PaperKind("publicity", "公示", _notice, _in_period),
    PaperKind("outage", "停水停电通知", _notice),
    PaperKind("door_notice", "楼道大字版", _notice),
)
_PRINT = (Right.PRINT,)
_WHOLE = (Right.PRINT, Right.SEE_NUMBERS)
LISTS = (
    PaperKind("roster", "居民花名册", _roster, rights=_PRINT),
    PaperKind("info_sheet", "本人信息单", _info_sheet, rights=_WHOLE),
    PaperKind("visit_form", "入户走访登记表", _visit_form, rights=_PRINT),
    PaperKind("sign_in", "签到表", _sign_in, rights=_PRINT),
    PaperKind("receipt_form", "领取签字表", _receipt_form, rights=_PRINT),
    PaperKind("labels", "地址签", _labels, rights=_PRINT),
    PaperKind("envelopes", "信封", _envelopes, rights=_PRINT),
    PaperKind("privacy_notice", "个人信息采集告知书", _privacy_notice, rights=_PRINT),
)
KINDS = {kind.key: kind for kind in (REFUSAL, *NOTICES, *LISTS)}
GROUPS = (("通知公示", NOTICES), ("名册与表", LISTS))
