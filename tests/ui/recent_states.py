"""Taking things back in its states, for the list of screens."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Setting
from app.services import drafts, grids, resident_forms, residents, tags
from app.services.undone import Kept
from app.ui.main_window import MainWindow
from app.ui.recent.history import HistoryDialog
from app.ui.recent.kept import KeptDialog
from app.ui.recent.recycle_bin import RecycleBinDialog
from app.ui.recent.unsaved_bar import UnsavedDialog

BY = "11-20 09:38 赵敏“修改居民 王秀兰 的电话、现住址”"


def _work(context: Context) -> None:
    """A morning's steps, once per office: some stand, one was taken back, one is in the bin."""
    now = context.clock.now()
    with context.database.reading() as session:
        if any(grid.name == "临时网格" for grid in grids.grids(session)):
            return
    with context.database.lookup() as lookup:
        people = list(residents.list_ids(lookup, residents.EVERYBODY, today=now.date()).ids)
    with context.database.transaction("新增网格 临时网格") as session:
        grids.add(session, number=99, name="临时网格")
    with context.database.transaction("新增居民 李强") as session:
        entered = resident_forms.ResidentInput(name="李强", document_kind="none")
        one = resident_forms.add(session, entered, now=now)
    with context.database.transaction("把 李强 移到回收站") as session:
        resident_forms.delete(session, one, now=now)
    if people:
        with context.database.transaction(f"给 {len(people[:12])} 人加标签 独居老人") as session:
            tags.give(session, people[:12], tags.tags(session)[0].id)


def panel(stage: Any) -> QWidget:
    """Over the page, three steps chosen."""
    context = stage.context()
    _work(context)
    window = MainWindow(context)
    window.toggle_recent()
    assert window._recent is not None
    window._recent.list.choose(2)
    return window


def bin_(stage: Any) -> QWidget:
    context = stage.context()
    _work(context)
    return RecycleBinDialog(context)


def kept(_stage: Any) -> QWidget:
    lines = [Kept("居民", name, "后来又改过", BY) for name in ("王秀兰", "李建国", "欧阳美玲")]
    return KeptDialog("已撤销，恢复了 94 条记录；3 条后来又改过，留着", lines)


def unsaved(stage: Any) -> QWidget:
    context = stage.context()
    _keep(context)
    return UnsavedDialog(context)


def bar(stage: Any) -> QWidget:
    context = stage.context()
    _keep(context)
    window = MainWindow(context)
    window.offer_unsaved()
    return window


def _keep(context: Context) -> None:
    now = context.clock.now()
    with context.database.transaction("保存草稿") as session:
        for key, title in (
            ("seal:999", "登记用印 会议签到表"),
            ("forbidden:999", "增列不得出具的事项"),
        ):
            drafts.keep(session, key, {}, now=now, title=title)


def settings(stage: Any) -> QWidget:
    return HistoryDialog(stage.context(), (Setting,), None, "设置 · 社区")


STATES: dict[str, Callable[[Any], QWidget]] = {
    "刚才做了什么": panel,
    "所有删除的": bin_,
    "没有退回的记录": kept,
    "没有保存的内容": unsaved,
    "没有保存的提示": bar,
    "设置的经过": settings,
}
