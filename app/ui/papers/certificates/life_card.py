"""The life of one paper: how far it has come, what it rests on, what may be done with it now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QWidget

from app.models import Stage
from app.services import certificate_life
from app.services.certificate_views import MEETING, Life
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, icon_button
from app.ui.kit.card import Card, Notice
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import box, column, row, small, tip_of
from app.ui.kit.short_title import ShortTitle
from app.ui.kit.states import EmptyState
from app.ui.papers.certificates.life_facts import FactRows, facts_of
from app.ui.papers.certificates.stepper import Stepper
from app.values.rights import Right

HOW = "点左边的一种证明，就开始填"
HISTORY = "history"
QUEUED = "在打印队列里，印完自动登记。"
MOST_HINT, MOST_HINT_LARGE = 46, 30
IN_LINE_LARGE = 2
"""大字 has room for so many buttons; the others stand in a menu."""


@dataclass(frozen=True, slots=True)
class Act:
    """A button of the card: what it asks for, its words, its look and its key."""

    name: str
    words: str
    kind: str = "normal"
    key: str = ""


PRINT = Act("print", "打印", "primary", "print")
ACTS: dict[Stage, tuple[Act, ...]] = {
    Stage.DRAFT: (
        Act("accept", "预览无误", "primary"),
        Act("edit", "修改", key="edit_paper"),
        Act("delete", "删除", "danger"),
    ),
    Stage.WAITING: (
        Act("approve", "批准", "primary"),
        Act("send_back", "退回修改"),
        Act("delete", "删除", "danger"),
    ),
    Stage.APPROVED: (
        PRINT,
        Act("number", "只给号"),
        Act("send_back", "退回修改"),
        Act("delete", "删除", "danger"),
    ),
    Stage.NUMBERED: (
        PRINT,
        Act("confirm", "已在别处打印"),
        Act("correct", "更正"),
        Act("void", "作废", "danger"),
    ),
    Stage.PRINTING: (
        Act("confirm", "印出来了", "primary"),
        Act("not_printed", "没有印出"),
        Act("void", "作废", "danger"),
    ),
    Stage.PRINTED: (
        Act("collect", "登记领取", "primary", "collect"),
        Act("reprint", "补打", key="print"),
        Act("correct", "更正"),
        Act("void", "作废", "danger"),
    ),
    Stage.COLLECTED: (
        Act("reprint", "补打", "primary", "print"),
        Act("correct", "更正"),
        Act("void", "作废", "danger"),
    ),
    Stage.VOID: (),
}


_NEEDED: dict[str, tuple[Right, ...]] = {
    "approve": (Right.ISSUE_PAPERS, Right.APPROVE_PAPERS),
    "send_back": (Right.ISSUE_PAPERS, Right.APPROVE_PAPERS),
    "print": (Right.ISSUE_PAPERS, Right.PRINT),
    "reprint": (Right.ISSUE_PAPERS, Right.PRINT),
}
"""What an act needs besides the right to issue papers."""


def may_act(may: Callable[[Right], bool], name: str) -> bool:
    """Whether a button of the card is offered."""
    return all(map(may, _NEEDED.get(name, (Right.ISSUE_PAPERS,))))


class LifeCard(Card):
    """Shows a Life; a pressed button is announced as `asked(name of the act)`."""

    asked = Signal(str)

    def __init__(self, role: str, may: Callable[[Right], bool]) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        self._role = role
        self._may = may
        self.life: Life | None = None
        self.buttons: dict[str, Button] = {}
        self.name = ShortTitle()
        self.chip = ChipLabel("", "grey")
        self.stepper = Stepper()
        self.facts = FactRows()
        self.reason = small(tone="text2", wrap=True)
        self.hint = Notice("", tone="warn")
        self.history = icon_button("history", "经过")
        self.history.clicked.connect(lambda: self.asked.emit(HISTORY))
        self.more = Button("更多", trail="chevron-down")
        self.more.clicked.connect(self._open_menu)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.current().spacing[1])
        self._stack = QStackedWidget()
        self._lay_out()
        self.show_life(None, date.min)

    def show_life(self, life: Life | None, today: date, *, queued: bool = False) -> None:
        """Another paper, or the same one a step further; None for no paper.

        What is `queued` for the printer waits until it came out.
        """
        self.life = life
        self._stack.setCurrentIndex(0 if life is None else 1)
        if life is None:
            self._set_acts(())
            return
        facts = life.facts
        self.name.setText(facts.number or f"{facts.title}　{facts.holder}")
        self.chip.set_chip(Chip(facts.stage_label, facts.tone))
        self.stepper.show_steps(life.steps, today)
        hint = "" if queued else hint_words(life)
        self._show_hint(hint, life.facts.stage)
        room = _room(hinted=bool(hint))
        self.facts.show_facts(facts_of(life, today, most=room), room=room)
        self._set_acts(self._offered())
        self._show_reason(QUEUED if queued else self._why_not(life), every=queued)

    def holds_focus(self) -> bool:
        """Whether one of its buttons has the keys, or will have them when a dialog closes."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def fill_menu(self, menu: QMenu) -> None:
        """The right mouse button on the paper: the same as the buttons, and its 经过."""
        for act in self._offered():
            words = f"{act.words}\t{keys.cap(act.key)}" if act.key else act.words
            action = menu.addAction(words, lambda name=act.name: self.asked.emit(name))
            action.setEnabled(self.buttons[act.name].isEnabled())
        menu.addSeparator()
        menu.addAction("经过…", lambda: self.asked.emit(HISTORY))

    def _offered(self) -> tuple[Act, ...]:
        acts = ACTS[self.life.facts.stage] if self.life else ()
        return tuple(act for act in acts if may_act(self._may, act.name))

    def primary(self) -> str:
        """The act of the first button, '' where nothing may be done."""
        return next(iter(self.buttons), "")

    def _lay_out(self) -> None:
        content = column(
            row((self.name, 1), self.history, self.chip),
            self.stepper,
            self.facts,
            self.hint,
            None,
            self.reason,
            self._row,
            margins=(15, 11, 15, 12),
        )
        self._stack.addWidget(EmptyState("file-certificate-outline", "还没有选中一份证明", HOW))
        self._stack.addWidget(box(content))
        self.body.addWidget(self._stack)

    def _show_hint(self, words: str, stage: Stage) -> None:
        most = MOST_HINT_LARGE if theme.current().large else MOST_HINT
        shown = words if len(words) <= most else f"{words[: most - 1]}…"
        self.hint.setVisible(bool(words))
        self.hint.setToolTip(tip_of(words))
        self.hint.show_text(shown, tone="warn" if stage is Stage.PRINTING else "danger")

    def _show_reason(self, words: str, *, every: bool) -> None:
        """Why nobody here approves it, or why all buttons are off."""
        self.reason.setText(words)
        self.reason.setVisible(bool(words))
        for name, button in self.buttons.items():
            button.setEnabled(not words or (name != "approve" and not every))
        self.more.setEnabled(not every)

    def _why_not(self, life: Life) -> str:
        """Who approves it, where that is somebody else."""
        facts = life.facts
        approves = certificate_life.may_approve(facts.approver, self._role)
        if facts.stage is Stage.WAITING and not (approves and may_act(self._may, "approve")):
            return (
                f"要{approver_words(facts.approver)}批准，您现在以{self._role or '工作人员'}登录。"
            )
        return ""

    def _set_acts(self, acts: Sequence[Act]) -> None:
        for button in self.buttons.values():
            button.hide()
            button.deleteLater()
        while self._row.count():
            self._row.takeAt(0)
        self.buttons = {act.name: self._button(act) for act in acts}
        in_line = len(acts) if not theme.current().large else IN_LINE_LARGE
        self._in_menu = acts[in_line:]
        for act in acts[:in_line]:
            if act.kind == "danger":
                self._row.addStretch(1)
            self._row.addWidget(self.buttons[act.name])
            self.buttons[act.name].show()
        if not acts or acts[min(in_line, len(acts)) - 1].kind != "danger":
            self._row.addStretch(1)
        if self._in_menu:
            self._row.addWidget(self.more)
            QWidget.setTabOrder(self.buttons[acts[in_line - 1].name], self.more)
        self.more.setVisible(bool(self._in_menu))

    def _button(self, act: Act) -> Button:
        button = Button(act.words, kind=act.kind, action=act.key, parent=self)
        button.clicked.connect(lambda: self.asked.emit(act.name))
        button.setHidden(True)
        return button

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for act in self._in_menu:
            menu.addAction(act.words, lambda name=act.name: self.asked.emit(name))
        menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))


def _room(*, hinted: bool) -> int:
    """How many lines of facts the card has room for."""
    return (2 if theme.current().large else 3) if hinted else (4 if theme.current().large else 5)


def approver_words(approver: str) -> str:
    return "书记在居民代表会议同意后" if approver == MEETING else approver


def hint_words(life: Life) -> str:
    """What must be seen before anything else."""
    facts = life.facts
    if facts.stage is Stage.PRINTING:
        return "没有确认：这张纸印出来了吗？"
    if facts.stage is Stage.VOID:
        return f"已作废：{facts.void_reason}。编号留着，不再使用。"
    if life.gone:
        return f"{facts.holder}{life.gone}。还要不要开，请先核对。"
    return f"破例出具：{facts.override_reason}" if facts.override_reason else ""
