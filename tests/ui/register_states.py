"""The registers and 核验 in their states."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from app.context import Context
from app.models import Certificate, SealUse
from app.services import registers
from app.ui.papers.registers.dialog import REFUSALS, SEALS, RegistersDialog
from app.ui.papers.registers.seal_form import SealDialog
from app.ui.papers.verify_dialog import VerifyDialog
from app.ui.people.period_chip import PeriodDialog


class _Stage(Protocol):
    def context(self) -> Context: ...


def _seals(stage: _Stage) -> QWidget:
    dialog = RegistersDialog(stage.context())
    dialog.show_book(SEALS)
    return dialog


def _refusals(stage: _Stage) -> QWidget:
    dialog = RegistersDialog(stage.context())
    dialog.show_book(REFUSALS)
    return dialog


def _void(stage: _Stage) -> QWidget:
    dialog = RegistersDialog(stage.context())
    dialog.certificates.state.choose(registers.VOID)
    return dialog


def _days(stage: _Stage) -> QWidget:
    dialog = RegistersDialog(stage.context())
    dialog.certificates.period.choose_days(date(2026, 1, 1), date(2026, 11, 20))
    return dialog


def _period(stage: _Stage) -> QWidget:
    dialog = PeriodDialog(stage.context().clock.today(), (date(2026, 11, 20), date(2026, 11, 1)))
    dialog.save()
    return dialog


def _nothing(stage: _Stage) -> QWidget:
    dialog = RegistersDialog(stage.context())
    dialog.certificates.search.setText("没有这个人")
    return dialog


def _by_hand(stage: _Stage) -> QWidget:
    context = stage.context()
    with context.database.reading() as session:
        key = session.scalar(select(SealUse.id).where(SealUse.certificate_id.is_(None)).limit(1))
    return SealDialog(context, key)


def _verified(change: Callable[[VerifyDialog], object]) -> Callable[[_Stage], QWidget]:
    def build(stage: _Stage) -> QWidget:
        context = stage.context()
        with context.database.reading() as session:
            rows = session.scalars(
                select(Certificate).where(Certificate.number.is_not(None)).order_by(Certificate.id)
            ).all()
        row = next((one for one in reversed(rows) if one.collected_by), None)
        dialog = VerifyDialog(context)
        if row is not None:
            dialog.number.setText(row.number or "")
            dialog.code.setText(row.check_code or "")
        change(dialog)
        dialog.check()
        return dialog

    return build


DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "登记簿": lambda stage: RegistersDialog(stage.context()),
    "登记簿 作废": _void,
    "登记簿 没有找到": _nothing,
    "登记簿 自定日期": _days,
    "自定日期": _period,
    "用印登记": _seals,
    "告知单登记": _refusals,
    "登记用印": lambda stage: SealDialog(stage.context()),
    "修改用印登记": _by_hand,
    "核验": lambda stage: VerifyDialog(stage.context()),
    "核验 相符": _verified(lambda _: None),
    "核验 不符": _verified(lambda it: it.code.setText("ABCD-EFGH")),
    "核验 查不到": _verified(lambda it: it.number.setText("2019-7")),
    "核验 没填校验码": _verified(lambda it: it.code.clear()),
}
# Empty forms, and what no register holds: an office without papers shows nothing else.
ALWAYS_THE_SAME = ("自定日期", "登记用印", "核验", "核验 查不到", "核验 没填校验码")
