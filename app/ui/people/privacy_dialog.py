"""个人信息登记: what a person was told, agreed to, withdrew and asked; one more line at a time."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import PrivacyKind
from app.services import people, privacy
from app.services.privacy import Line, OpenRequest, Standing
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import choice
from app.ui.kit.labels import Label, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.consent_words import chip_of
from app.ui.people.privacy_entry import PrivacyEntry
from app.values.lawful import LAWFUL_BASES

_USUAL = "按社区通常的依据"


def _words(line: Line) -> Cell:
    return Cell(line.label, tone="text2" if line.revoked else "", strike=line.revoked)


def _who(line: Line) -> Cell:
    return Cell(line.by_name or ("本人" if line.kind in privacy.CONSENTS else ""), line.by_relation)


COLUMNS = (
    Column("on", "日期", lambda line: f"{line.on_date:%Y-%m-%d}", 110),
    Column("kind", "事项", _words, 130, bold=True),
    Column("by", "签字人", _who, 120, weight=1),
    Column("filed", "存放", lambda line: line.filed_at, 100, weight=1, large_mode=False),
    Column("note", "说明", lambda line: Cell(line.note, tone="text2"), 150, weight=3),
    Column("who", "经办", lambda line: Cell(line.who, tone="text2"), 80, large_mode=False),
)


class PrivacyDialog(Dialog):
    """The lines of one person, the latest first; below them the fields of the next one."""

    def __init__(
        self, context: Context, resident_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"个人信息登记：{name}", parent, width=820)
        self._context = context
        self._id, self._name = resident_id, name
        self._lines: list[Line] = []
        self.state = Notice("", tone="soft", icon="shield-account-outline")
        self.basis = choice([_USUAL, *LAWFUL_BASES], name="处理依据")
        self.basis.setMinimumWidth(theme.text_width(_USUAL) + theme.current().px(50))
        self.basis.activated.connect(lambda _: self._set_basis())
        self.body.addLayout(
            row((self.state, 1), Label("处理依据", tone="text2"), self.basis, spacing=10)
        )
        self._make_table()
        self.entry = PrivacyEntry(context)
        self.entry.form.save_requested.connect(self.save)
        self.entry.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.entry)
        self.back = self.add_button(Button("撤回这一条…"))
        self.back.clicked.connect(self.take_back)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("登记", kind="primary", cap="Ctrl+Enter"))
        self.confirm.clicked.connect(self.save)
        self._read()
        self.entry.setFocus()

    def save(self) -> None:
        """Write the line that stands in the fields; the dialog stays for the next one."""
        with messages.domain_errors_shown(self):
            words = self.entry.write(self._id, self._name)
            self._told(words)

    def take_back(self) -> None:
        """A line was a mistake, or a withdrawal is over: it stays, struck out."""
        line = self._current()
        if line is None or line.id is None:
            return
        text = f"{line.on_date:%Y-%m-%d} 的“{line.label}”划掉，不再算数；记录还留着。"
        if not messages.confirm(self, f"撤回“{line.label}”？", text, "撤回这一条"):
            return
        event_id, now = line.id, self._context.clock.now()
        with messages.domain_errors_shown(self):
            sentence = f"撤回 {self._name} 的登记“{line.label}”"
            with self._context.database.transaction(sentence) as session:
                privacy.take_back(session, event_id, now=now)
            self._told(f"已{sentence}")

    def _make_table(self) -> None:
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="个人信息登记")
        self.table.paper.title = f"{self._name} 的个人信息登记"
        self.table.paper.people = lambda _: [self._id]
        lines = 4 if theme.current().large else 6
        self.table.setFixedHeight(theme.current().head + lines * theme.current().row)
        self.table.set_empty(EmptyState("shield-account-outline", "还没有告知，也没有同意"))
        self.table.current_changed.connect(lambda _: self._follow())
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="条"))

    def _read(self) -> None:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            person = people.get(session, self._id)
            own = person.lawful_basis or _USUAL
            self._lines = privacy.register(session, self._id)
            standing = privacy.standing(session, person, today=today)
            asked = [one for one in privacy.open_requests(session) if one.resident_id == self._id]
        self.basis.setCurrentText(own)
        self._show_state(standing, asked)
        self.entry.show_for(standing, asked, self._guardians())
        self.model.set_ids(range(len(self._lines)))
        self._follow()

    def _guardians(self) -> list[str]:
        """Grown people of the household: one of them usually signs for the child."""
        with self._context.database.reading() as session:
            return privacy.possible_guardians(session, self._id, today=self._context.clock.today())

    def _show_state(self, standing: Standing, asked: Sequence[OpenRequest]) -> None:
        chip = chip_of(standing)
        detail = f"依据：{standing.basis}"
        if asked:
            detail += f"；更正申请要在 {asked[0].due_on:%Y-%m-%d} 前办完"
        tone = chip.tone if chip.tone in ("ok", "warn", "danger") else "soft"
        self.state.show_text(chip.text, detail, tone=tone)

    def _follow(self) -> None:
        line = self._current()
        mine = line is not None and line.id is not None and not line.revoked
        self.back.setVisible(mine and line is not None and line.kind is not PrivacyKind.ERASED)

    def _current(self) -> Line | None:
        number = self.table.current_id()
        return None if number is None else self._lines[number]

    def _set_basis(self) -> None:
        words = self.basis.currentText()
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"修改 {self._name} 的处理依据") as session:
                privacy.set_basis(session, self._id, "" if words == _USUAL else words)
            self._told(f"{self._name} 的处理依据：{words}")

    def _told(self, words: str) -> None:
        self._context.signals.changed.emit(Area.RESIDENTS)
        messages.notify(self._context.signals, words)
        self._read()

    def _rows(self, numbers: Sequence[int]) -> list[Line]:
        return [self._lines[number] for number in numbers]
