"""A body: what kind it is, its name, its term, by which rules it votes."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Body, BodyKind
from app.services import body_changes, grids, vote_rules
from app.services.body_changes import BodyInput
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import small
from app.ui.kit.pinyin_choice import MUST, PinyinChoice
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.recent.unsaved import keep_dialog
from app.values.rights import Right
from app.values.text import compact

DRAFT = "body"
_KINDS = {kind.label: kind for kind in BodyKind}
_SCOPES = {BodyKind.OWNERS: "如 海棠苑 1 至 12 号楼", BodyKind.GROUP: "如 3 号楼、4 号楼"}


class BodyDialog(Dialog):
    """A new one, or one that is on the list; `body_id` afterwards says which it was."""

    def __init__(
        self, context: Context, body_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("新建组织" if body_id is None else "修改组织", parent, width=600)
        self._context = context
        self.body_id = body_id
        self._version = 0
        entered = self._read()
        self._make_fields(entered)
        self._lay_out()
        record = (Body.__tablename__, body_id) if body_id is not None else None
        key = f"{DRAFT}:{body_id or 'new'}"
        self.keeper = keep_dialog(context, self, self.form, key, self.windowTitle(), record=record)
        self._follow()
        (self.kind if body_id is None else self.name).setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered, today = self.entered(), self._context.clock.today()
            sentence = f"{self.windowTitle()} {entered.name.strip()}"
            with self._context.database.transaction(sentence) as session:
                if self.body_id is None:
                    self.body_id = body_changes.add_body(session, entered, today=today)
                else:
                    body_changes.change_body(
                        session, self.body_id, entered, version=self._version, today=today
                    )
            self._context.signals.changed.emit(Area.MEETINGS)
            self.accept()

    def entered(self) -> BodyInput:
        """What stands in the fields; raises DomainError where one cannot be read."""
        kind = _KINDS.get(self.kind.currentText())
        if kind is None:
            raise DomainError("请选种类：种类决定要到多少人、怎样算通过。")
        if self.since.is_wrong or self.until.is_wrong:
            raise DomainError("任期的日期不对，请写成 2026-01-08 这样。")
        term = compact(self.term.text())
        if term and not term.isdecimal():
            raise DomainError("第几届请写数字，如 6；不分届就不填。")
        return BodyInput(
            kind=kind,
            name=self.name.text(),
            term=int(term) if term else None,
            since=self.since.value(),
            until=self.until.value(),
            grid_id=self.grid.chosen_id,
            scope=self.scope.text(),
            rule_code=self._codes.get(self.rule.currentText(), ""),
            remark=self.remark.text(),
        )

    # -- inside

    def _read(self) -> BodyInput | None:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            self._grids = grids.names(session)
            self._rules = [one for one in vote_rules.rules(session, on=today) if not one.shipped]
            if self.body_id is None:
                return None
            entered, self._version = body_changes.input_of(session, self.body_id)
        return entered

    def _make_fields(self, entered: BodyInput | None) -> None:
        today = self._context.clock.today()
        offered = list(_KINDS)
        if not self._context.may(Right.RUN_MEETINGS):
            offered = [kind.label for kind in body_changes.JOINT_KINDS]
        self.kind = PinyinChoice(offered, name="种类", blank=MUST)
        self.name = line_edit(entered.name if entered else "", limit=60)
        self.term = line_edit("", hint="不分届就不填", limit=2)
        self.since = DateLine(today, today, future=True)
        self.until = DateLine(today, None, future=True)
        self.grid = IdChoice(self._grids, name="网格", blank="不限网格")
        self.scope = line_edit(limit=120)
        self._codes: dict[str, str] = {}
        self.rule = PinyinChoice((), name="表决规则", blank="按法律规定")
        self.remark = line_edit(limit=200)
        if entered is not None:
            self._show(entered)

    def _show(self, entered: BodyInput) -> None:
        self.kind.set_value(entered.kind.label)
        self._offer_rules(entered.kind)
        self.term.setText(str(entered.term or ""))
        self.since.set_value(entered.since)
        self.until.set_value(entered.until)
        self.grid.choose_id(entered.grid_id)
        self.scope.setText(entered.scope)
        shown = {code: words for words, code in self._codes.items()}
        self.rule.set_value(shown.get(entered.rule_code, entered.rule_code))
        self.remark.setText(entered.remark)

    def _lay_out(self) -> None:
        self.form = Form(columns=2, label=76)
        self.form.add("种类", self.kind, required=True)
        self.form.add("第几届", self.term)
        self.form.add("名称", self.name, required=True, span=2)
        self.form.add("任期开始", self.since, required=True)
        self.form.add("任期结束", self.until)
        self.form.add("网格", self.grid)
        self.rule_field = self.form.add("表决规则", self.rule)
        self.form.add("范围", self.scope, span=2)
        self.form.add("备注", self.remark, span=2)
        self.said = small(wrap=True)
        self.form.add_full(self.said)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.kind.currentTextChanged.connect(self._follow)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)

    def _follow(self) -> None:
        """What is offered and said for the kind that is chosen."""
        kind = _KINDS.get(self.kind.currentText())
        self.name.setPlaceholderText(f"如 望海社区{kind.label}" if kind else "先选种类")
        self.scope.setPlaceholderText(_SCOPES.get(kind, "") if kind else "")
        chosen = self.rule.currentText()
        self._offer_rules(kind)
        self.rule.set_value(chosen if chosen in self._codes else "")
        self.said.setText(self._rule_words(kind))

    def _offer_rules(self, kind: BodyKind | None) -> None:
        self._codes = {one.name: one.code for one in self._rules if one.kind is kind}
        silent = self.rule.blockSignals(True)
        self.rule.clear()
        self.rule.addItems([*self.rule.none, *self._codes] if self._codes else [])
        self.rule.setCurrentIndex(-1)
        self.rule.blockSignals(silent)
        self.rule.setEnabled(bool(self._codes))

    def _rule_words(self, kind: BodyKind | None) -> str:
        """By which article it votes: 居民代表会议按……表决."""
        if kind is None:
            return ""
        with self._context.database.lookup() as lookup:
            found = [
                one
                for one in vote_rules.rules(lookup, on=self._day)
                if one.kind is kind and one.shipped
            ]
        if not found:
            return "法律没有规定它怎样表决，可以在“设置 · 议事”里为它定规则。"
        verb = "作决定" if found[0].decides else "只协商，形成协商意见，不作决定"
        return f"{kind.label}{verb}，依据{found[0].article}。"

    @property
    def _day(self) -> date:
        return self._context.clock.today()
