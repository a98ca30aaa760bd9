"""数据体检 in its states, for the list of screens."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from app.services.health import examination
from app.services.health.examination import Finding, _of_file
from app.services.health.registry import BY_KEY
from app.storage.check import Fault, FaultKind, Report
from app.storage.migrations import Schema
from app.ui.kit.background import Background
from app.ui.office.health.complete_dialog import CompleteDialog
from app.ui.office.health.tab import HealthTab
from app.ui.office.page import OfficePage


def _tab(page: QWidget) -> HealthTab:
    assert isinstance(page, OfficePage)
    page.show_record("数据体检")
    tab = page.stack.currentWidget()
    assert isinstance(tab, HealthTab)
    return tab


def examined(page: QWidget) -> HealthTab:
    """After a run over the data of the stage."""
    tab = _tab(page)
    tab.start()
    background = tab._context.background
    assert isinstance(background, Background)
    while background.busy:
        QApplication.processEvents()
        # Without a rest it would contend with the thread that looks.
        time.sleep(0.001)
    return tab


def chosen(key: str) -> Callable[[QWidget], object]:
    """A run, and one of its checks."""
    return lambda page: examined(page).checks.select_id(key)


def running(page: QWidget) -> None:
    """In the middle of a run."""
    tab = _tab(page)
    tab._show_busy(True)
    tab._progress(20, 40, "证件和电话")


def damaged(page: QWidget) -> None:
    """A page of the file is broken."""
    tab = examined(page)
    fault = Fault(FaultKind.PAGES, 2, "有 2 页损坏：第 5、1289 页。")
    file = tab._context.database.file
    report = Report(file, Schema(1, "0.1"), None, (5, 1289), (fault,))
    found: dict[str, Finding] = {one.check.key: one for one in _of_file(report)}
    at = tab._context.clock.now()
    tab._examination = examination.Examination(at, 0.2, found, report)
    tab._show_report()
    tab.checks.select_id(BY_KEY["pages"].key)


def complete(stage: Any) -> QWidget:
    return CompleteDialog(stage.context())


PAGES: dict[str, Callable[[QWidget], object]] = {
    "设置 数据体检": _tab,
    "设置 数据体检 查过": examined,
    "设置 数据体检 重复": chosen("twins"),
    "设置 数据体检 正在查": running,
    "设置 数据体检 损坏": damaged,
}
