"""One item of an agenda: what it is called, what is done with it, what is voted on."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import AgendaItem, BodyKind, ItemKind, Matter
from app.services import agenda
from app.services.agenda import ItemInput, ItemView
from app.services.meeting_views import MeetingRow
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.flowing_text import FlowingText
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import small
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.meetings.plan.words import name_of
from app.ui.recent.unsaved import keep_dialog

DRAFT, DRAFT_NEW = "agenda_item", "agenda_of"
"""An item by its own number, a new one by that of its meeting"""

_HINTS = {
    ItemKind.REPORT: "向到会的人通报，不讨论、不表决。",
    ItemKind.DISCUSS: "大家议，形成协商意见，不作决定（城市居民委员会组织法第三十二条）。",
    ItemKind.DECIDE: "写清付表决的文字：做什么、用多少钱、谁来办、什么时候办完。",
    ItemKind.OTHER: "会上再说的事。",
}
_OPINION = "这个组织只形成意见：计的是意向，不是决定（城市居民委员会组织法第三十二条）。"


class ItemDialog(Dialog):
    """A new item, or one that is corrected; `item_id` is that of what was saved."""

    grows = True

    def __init__(
        self,
        context: Context,
        it: MeetingRow,
        one: ItemView | None,
        *,
        decides: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("加一项议程" if one is None else "修改议程", parent, width=620)
        self._context, self._meeting, self._item = context, it, one
        self._decides = decides
        self.item_id = one.id if one else None
        self.title = line_edit(hint="如 3 号楼楼道照明改造", limit=60)
        self.kind = Segments([(kind, kind.label, _HINTS[kind]) for kind in ItemKind])
        self.matter = Segments([(one, words, one.label) for one, words in _matters(it.kind)])
        self.words = FlowingText(hint="付表决的文字，会上照此宣读", lines=4)
        self.hint = small(wrap=True)
        self._lay_out()
        self._show(one)
        self.form.mark_clean()
        record = (AgendaItem.__tablename__, one.id) if one else None
        key = f"{DRAFT}:{one.id}" if one else f"{DRAFT_NEW}:{it.id}"
        keep_dialog(context, self, self.form, key, self.windowTitle(), record=record)
        self._follow_kind()
        self.title.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        entered = self._entered()
        verb = "加议程" if self._item is None else "修改议程"
        title = f"{verb} {name_of(self._meeting)}：{entered.title.strip()}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(title) as session:
                if self._item is None:
                    self.item_id = agenda.add(session, self._meeting.id, entered)
                else:
                    agenda.change(session, self._item.id, entered, version=self._item.version)
            self._context.signals.changed.emit(Area.MEETINGS)
            self.accept()

    # -- inside

    def _entered(self) -> ItemInput:
        kind, matter = self.kind.value(), self.matter.value()
        decided = kind is ItemKind.DECIDE
        return ItemInput(
            title=self.title.text(),
            kind=kind if isinstance(kind, ItemKind) else ItemKind.DISCUSS,
            words=self.words.toPlainText(),
            matter=matter if decided and isinstance(matter, Matter) else _first(self._meeting.kind),
            topic_id=self._item.topic_id if self._item else None,
        )

    def _lay_out(self) -> None:
        form = self.form = Form(label=60)
        form.add("议程", self.title, required=True)
        form.add("形式", self.kind)
        self._matter_field = form.add("事项", self.matter)
        form.add("文字", self.words)
        form.add_full(self.hint)
        form.finish()
        self.words.passed.connect(lambda back: form.focus_next(self.words, back=back))
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.kind.chosen.connect(lambda _: self._follow_kind())
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _show(self, one: ItemView | None) -> None:
        self.kind.show_value(one.kind if one else ItemKind.DISCUSS)
        self.matter.show_value(one.matter if one else _first(self._meeting.kind))
        if one is not None:
            self.title.setText(one.title)
            self.words.setPlainText(one.words)
        self._follow_kind()

    def _follow_kind(self) -> None:
        kind = self.kind.value()
        decided = kind is ItemKind.DECIDE
        self._matter_field.set_asked(
            decided and self._decides and len(_matters(self._meeting.kind)) > 1
        )
        words = _HINTS[kind] if isinstance(kind, ItemKind) else ""
        self.hint.setText(words if self._decides or not decided else _OPINION)
        if self.isVisible():
            self.refit()


def _matters(kind: BodyKind) -> list[tuple[Matter, str]]:
    """What a body may decide by thresholds of their own."""
    if kind is BodyKind.OWNERS:
        return [(Matter.OWNERS_GENERAL, "一般"), (Matter.OWNERS_SPECIAL, "维修资金、改建、改用途")]
    if kind in (BodyKind.ASSEMBLY, BodyKind.REPRESENTATIVES):
        return [(Matter.ORDINARY, "一般事项"), (Matter.RECALL, "罢免")]
    return [(Matter.ORDINARY, "一般事项")]


def _first(kind: BodyKind) -> Matter:
    return _matters(kind)[0][0]
