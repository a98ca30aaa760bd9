"""The page 文书 brought into its states."""

from PySide6.QtCore import QEventLoop, QTimer

from app.services.notices import NoticeText
from app.ui.papers.page import PapersPage
from tests.ui.people_office import TODAY

LONGEST_MS = 8000
BODY = (
    "因供水公司检修管道，下列楼栋将临时停水，请提前储水。\n"
    "一、停水时间\n2026年11月25日（星期三）8:30至17:00。\n"
    "二、停水范围\n（一）3 号楼全部单元；\n（二）4 号楼 1、2 单元。\n"
    "停水期间请关好水龙头。有困难的老人，社区送水上门。"
)


def notice_form(page: PapersPage) -> None:
    """A notice that is being written."""
    page.choices.choose("notice")
    text = NoticeText(
        title="关于 3、4 号楼临时停水的通知",
        recipients="各位居民",
        body=BODY,
        signed_by="海湾街道望海社区居民委员会",
        dated=TODAY,
        remark="联系人：赵敏，电话：0411-84641234",
    )
    page.panel("notice").archive.new_requested.emit(text)
    page.panel("notice").compose()
    wait(page)


def roster(page: PapersPage) -> None:
    page.choices.choose("roster")
    wait(page)


def sheet(page: PapersPage) -> None:
    page.choices.choose("info_sheet")
    with page.panel("info_sheet").context.database.reading() as session:
        from app.services import residents

        ids = residents.list_ids(session, today=TODAY).ids
    if ids:
        page.panel("info_sheet").picker.show_people(ids[:4])
        page.panel("info_sheet").show_person(ids[0])
        wait(page)


def wait(page: PapersPage) -> None:
    """Until the paper is on the desk, or the reason why there is none; it may be there at once."""
    panel = page._current()
    if panel._latest._job is None and not panel._timer.isActive():
        return
    loop = QEventLoop()
    panel.composed.connect(loop.quit)
    panel.waiting.connect(loop.quit)
    QTimer.singleShot(LONGEST_MS, loop.quit)
    loop.exec()
