"""来源: where money of a year comes from, and how much is to come."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import FundSource
from app.services import fund_sources
from app.services.fund_sources import SourceInput
from app.services.fund_views import SourceView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import row
from app.ui.kit.money_line import MoneyLine
from app.ui.kit.signals import Area
from app.ui.recent.history import Record, history_button

_USUAL = ("市级", "区级", "街道", "社会捐赠")


class SourceDialog(Dialog):
    """A new one, or the one that is given."""

    def __init__(
        self,
        context: Context,
        year: int,
        known: SourceView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改经费来源" if known else "登记经费来源", parent, width=480)
        self._context, self._year, self._known = context, year, known
        self.year = line_edit(str(known.year if known else year), name="年度", limit=4)
        self.name = choice(list(_USUAL), known.name if known else "", name="来源", editable=True)
        if known is None:
            self.name.setCurrentIndex(-1)
        planned = known.planned if known and known.planned else None
        self.planned = MoneyLine(planned, hint="如 200000", name="年度预算")
        self.remark = line_edit(known.remark if known else "", name="备注", limit=120)
        self._lay_out()
        self.name.setFocus()

    def save(self) -> None:
        """Write it down and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            year = int(self.year.text()) if self.year.text().strip().isdecimal() else 0
            entered = SourceInput(
                year=year,
                name=self.name.currentText(),
                planned=self.planned.fen() or 0,
                remark=self.remark.text(),
            )
            verb = "修改" if self._known else "登记"
            with self._context.database.transaction(
                f"{verb}专项经费来源 {entered.name}"
            ) as session:
                fund_sources.save(
                    session,
                    self._known.id if self._known else None,
                    entered,
                    version=self._known.version if self._known else 0,
                )
            self._done(f"已{verb}来源“{entered.name}”")

    def remove(self) -> None:
        """Take it back; refused for one that has a book."""
        known = self._known
        if known is None:
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"删除专项经费来源 {known.name}") as session:
                now = self._context.clock.now()
                fund_sources.remove(session, known.id, version=known.version, now=now)
            self._done(f"已删除来源“{known.name}”")

    def _done(self, words: str) -> None:
        self._context.signals.changed.emit(Area.MEETINGS)
        messages.notify(self._context.signals, words)
        self.accept()

    def _lay_out(self) -> None:
        self.form = Form(label=64)
        self.form.add("来源", self.name, required=True)
        self.form.add("年度", self.year, required=True)
        self.form.add("年度预算", self.planned)
        self.form.add("备注", self.remark)
        self.form.finish()
        self.body.addWidget(self.form)
        if self._known is not None:
            known = self._known
            record = Record(FundSource, known.id, known.name)
            remove = Button("删除", kind="danger", size="small")
            remove.clicked.connect(self.remove)
            history = history_button(self._context, self, lambda: record)
            self.body.addLayout(row(history, None, remove))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
