"""交接包 and 便携: each step and question, as `make shots` shows them."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.portable import FETCHING
from app.storage.portable import State
from app.ui.fork_dialog import ForkDialog
from app.ui.frame import Frame
from app.ui.kit.states import EmptyState
from app.ui.office.handover import HandoverDialog
from app.ui.office.handover_work import make_package

_FULL = (
    "没有备份：“F:\\”所在的磁盘只剩 3 MB，备份需要 12 MB。请清理磁盘，或在设置里换一个备份位置。"
)


def _dialog(context: Context) -> HandoverDialog:
    dialog = HandoverDialog(context)
    dialog.who.receiver.setText("李娜")
    dialog.who.set_folder(context.database.file.parent)
    return dialog


def _sheet(context: Context) -> QWidget:
    dialog = _dialog(context)
    dialog._show(1)
    return dialog


def _writing(context: Context) -> QWidget:
    dialog = _dialog(context)
    dialog._show(2)
    dialog._set_busy(True)
    return dialog


def _failed(context: Context) -> QWidget:
    dialog = _dialog(context)
    dialog._show(2)
    dialog.work.show_fault(_FULL)
    return dialog


def _done(context: Context) -> QWidget:
    dialog = _dialog(context)
    dialog._sheet_changed = True
    place, persons = dialog.who.folder, dialog.who.persons
    made = make_package(context.database, dialog._vault(), place, persons, sheet_changed=True)
    dialog._made(made)
    return dialog


def _fork(_context: Context) -> QWidget:
    here = State(datetime(2026, 11, 20, 17, 40), "赵敏", "SHEQU-PC")
    on_stick = State(datetime(2026, 11, 21, 9, 10), "李娜", "JIEDAO-02")
    return ForkDialog(here, on_stick)


def _fetching(_context: Context) -> QWidget:
    return Frame(EmptyState("usb-flash-drive-outline", *FETCHING))


DIALOGS: dict[str, Callable[[Context], QWidget]] = {
    "交接包": _dialog,
    "交接包 恢复单": _sheet,
    "交接包 备份": _writing,
    "交接包 没写成": _failed,
    "交接包 做好了": _done,
    "便携 取资料": _fetching,
    "便携 两份资料": _fork,
}
