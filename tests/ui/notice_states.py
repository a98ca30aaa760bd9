"""Notices, 公示 and the calendar brought into their states."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import notice_papers, notices, publicity, publicity_board
from app.services.notice_kinds import PUBLICITY
from app.services.notices import ArchiveFilter, NoticeLine
from app.services.publicity_board import ObjectionInput
from app.ui.office.page import OfficePage
from app.ui.papers.notices.batch_dialog import BatchDialog
from app.ui.papers.notices.masking import MaskingDialog
from app.ui.papers.notices.objections_dialog import ObjectionsDialog
from app.ui.papers.notices.photos_dialog import PhotosDialog
from app.ui.papers.notices.take_down_dialog import TakeDownDialog
from app.ui.papers.page import PapersPage
from tests.ui.paper_states import wait

TITLE = "关于2026年夏季高温慰问品发放情况的公示"
_BODY = "慰问品按户发放，已送到：王秀兰、赵𰀀。\n公示期为{公示期}。意见请反映：{异议渠道}。"


def picture(width: int = 1200, height: int = 900) -> bytes:
    """A photograph, as far as a test needs one."""
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor("#8fa9c4"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    return bytes(buffer.data().data())


def hanging(context: Context) -> NoticeLine:
    """A 公示 that ends today, with a photograph and two objections; made once per file."""
    wanted = ArchiveFilter(text=TITLE)
    with context.database.reading() as session:
        found = notices.notices(session, wanted)
    if found:
        return found[0]
    _hang(context)
    with context.database.reading() as session:
        return notices.notices(session, wanted)[0]


def _hang(context: Context) -> None:
    now, posted = context.clock.now(), context.clock.today() - timedelta(days=15)
    with context.database.transaction(f"写公示《{TITLE}》") as session:
        blank = notices.blank(session, today=posted, kind_name=PUBLICITY)
        text = replace(
            blank,
            title=TITLE,
            body=_BODY,
            posted_on=posted,
            period_days=15,
            affair=publicity.AFFAIRS[1],
        )
        key = notices.add(session, text, now=now)
        publicity_board.add_photo(session, key, picture(), now=now)
        publicity_board.add_photo(session, key, picture(800, 1200), now=now)
        for entered in _objections(posted):
            publicity_board.save_objection(session, key, entered)


def _objections(posted: Any) -> tuple[ObjectionInput, ...]:
    return (
        ObjectionInput(
            raised_on=posted + timedelta(days=2),
            who="刘桂芝",
            words="是不是按户发？",
            answer="按户，一户一份。",
            answered_on=posted + timedelta(days=3),
            outcome="不采纳",
        ),
        ObjectionInput(
            raised_on=posted + timedelta(days=4),
            who="匿名",
            words="名单里 3 号楼有一户已经搬走，请核对以后再发。",
        ),
    )


def view(key: str) -> Callable[[PapersPage], None]:
    """The archive as one of the lines of the page's list shows it."""

    def act(page: PapersPage) -> None:
        hanging(page.panel("notice").context)
        page.refresh()
        page.choices.choose(key)
        wait(page)

    return act


def writing(key: str, tab: int) -> Callable[[PapersPage], None]:
    """A new notice of the kind that the line begins, on one of its tabs."""

    def act(page: PapersPage) -> None:
        page.choices.choose(key)
        panel: Any = page.panel(key)
        panel.archive.new()
        panel.form.fields.title.setText(panel.form.fields.title.text() or "关于慰问品发放的公示")
        panel.form.tabs.set_current(tab)
        wait(page)

    return act


def found_nothing(page: PapersPage) -> None:
    page.choices.choose("notice")
    panel: Any = page.panel("notice")
    panel.archive.search.setText("没有这样的通知")
    wait(page)


def named(page: PapersPage) -> None:
    """A text that names a resident and a number, while it is written."""
    page.choices.choose("notice")
    panel: Any = page.panel("notice")
    panel.archive.new()
    panel.form.fields.title.setText("关于领取慰问品的通知")
    panel.form.fields.body.setPlainText("请 13812340612 的机主 210214196001181827 来领取。")
    wait(page)


def no_holidays(page: OfficePage) -> None:
    page.show_record("节假日")
    tab: Any = page.stack.currentWidget()
    tab.show_year(2027)


def dialog(make: Callable[[Context], QWidget]) -> Callable[[Any], QWidget]:
    return lambda stage: make(stage.context())


def _batch(context: Context) -> QWidget:
    with context.database.reading() as session:
        text = notices.blank(session, today=context.clock.today())
    return BatchDialog(context, text)


def _masking(context: Context) -> QWidget:
    with context.database.reading() as session:
        text = notices.blank(session, today=context.clock.today())
        text = replace(text, body="请 13812340612 的机主 210214196001181827 来领取。")
        found = notice_papers.mentions(session, text)
    return MaskingDialog(found, text)


PAGES = {
    "文书 写过的通知": view("notice"),
    "文书 公示": view("publicity"),
    "文书 停水停电通知": view("outage"),
    "文书 楼道大字版": view("door_notice"),
    "文书 没有找到通知": found_nothing,
    "文书 写公示": writing("publicity", 0),
    "文书 写公示 落款": writing("publicity", 1),
    "文书 写公示 公文版": writing("publicity", 2),
    "文书 写公示 天数": writing("publicity", 3),
    "文书 写停水通知": writing("outage", 0),
    "文书 通知里有姓名": named,
}
DIALOGS: dict[str, Callable[[Context], QWidget]] = {
    "分楼栋印": _batch,
    "遮住谁": _masking,
    "公示的异议": lambda context: ObjectionsDialog(context, hanging(context)),
    "公示栏照片": lambda context: PhotosDialog(context, hanging(context)),
    "撤下公示": lambda context: TakeDownDialog(context, hanging(context)),
}
