"""What is done with an appraisal: made public, posts ended by it, thrown away."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import appraisal_notice, appraisals
from app.services.appraisals import AppraisalRow, Judged
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.people.paper_wish import MadeNotice


def publish(context: Context, parent: QWidget, row: AppraisalRow) -> None:
    """The results as a 公示 in 文书, which keeps days and objections; a written one is shown."""
    if row.notice_id is not None:
        context.signals.page_requested.emit("papers", MadeNotice(row.notice_id))
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"写 {row.year} 年民主评议结果公示") as session:
            made = appraisal_notice.publish(session, row.id, now=context.clock.now())
        context.signals.changed.emit(Area.PAPERS | Area.MEETINGS)
        messages.notify(context.signals, "公示写好了，在“文书 · 通知”里改、打印、登记张贴")
        context.signals.page_requested.emit("papers", MadeNotice(made))


def end_posts(
    context: Context, parent: QWidget, row: AppraisalRow, ended: Sequence[Judged]
) -> None:
    """Whom the law has removed leaves on the day of the appraisal (37), after asking."""
    names = "、".join(one.name for one in ended)
    words = (
        f"{names}在 {row.held_on:%Y-%m-%d} 离任，原因写“连续两次被评议不称职”。"
        "同时是居民代表的，代表身份不变。"
    )
    if not ended or not messages.confirm(parent, "终止职务", words, "终止职务", destructive=True):
        return
    with messages.domain_errors_shown(parent):
        sentence = f"{names}连续两次被评议不称职，终止职务"
        with context.database.transaction(sentence) as session:
            ids = [one.member_id for one in ended]
            appraisals.end_posts(session, ids, on=row.held_on)
        context.signals.changed.emit(Area.MEETINGS)
        messages.notify(context.signals, sentence)


def remove(context: Context, parent: QWidget, row: AppraisalRow) -> None:
    """Into the recycle bin, after asking."""
    words = f"{row.year} 年的评议会移到回收站，30 天内可以放回。"
    if not messages.confirm(parent, "删除民主评议", words, "删除", destructive=True):
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"删除 {row.year} 年民主评议") as session:
            appraisals.remove(session, row.id, now=context.clock.now())
        context.signals.changed.emit(Area.MEETINGS)
        messages.notify(context.signals, f"已删除 {row.year} 年民主评议")
