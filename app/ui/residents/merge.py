"""合并: two records of one person side by side; where they differ, the clerk chooses."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from app.context import Context
from app.services import cards, merging
from app.services.cards import ResidentCard
from app.services.look_alikes import ComparedLine
from app.services.merging import MergePreview
from app.storage.backup import MANY, back_up_before
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, column, row, small
from app.ui.people.person_picker import PersonPicker


class Comparison(QWidget):
    """One line per field; `taken()` are the columns whose value comes from the second record."""

    def __init__(self, preview: MergePreview) -> None:
        super().__init__()
        self._groups: dict[str, QButtonGroup] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, theme.current().spacing[2], 0)
        self._grid.setVerticalSpacing(theme.current().px(6))
        self._grid.setHorizontalSpacing(theme.current().px(14))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        lines = list(zip(preview.columns, preview.lines, strict=True))
        # What has to be decided stands first.
        lines.sort(key=lambda pair: pair[1].verdict != "不同")
        for number, (name, line) in enumerate(lines):
            self._add(number, name, line)
        self._grid.setRowStretch(len(lines), 1)

    def taken(self) -> frozenset[str]:
        return frozenset(
            name for name, group in self._groups.items() if group.button(1).isChecked()
        )

    def take(self, name: str) -> None:
        """Choose the value of the second record for a column."""
        self._groups[name].button(1).setChecked(True)

    def choices(self) -> list[QAbstractButton]:
        """The buttons of the lines that differ, in reading order."""
        return [button for group in self._groups.values() for button in group.buttons()]

    def _add(self, number: int, name: str, line: ComparedLine) -> None:
        label = small(line.label)
        self._grid.addWidget(label, number, 0)
        if line.verdict == "不同":
            label.set_tone("warn")
            self._add_choice(number, name, line)
        elif line.verdict == "同":
            self._grid.addWidget(Label(line.entered, tone="text2", wrap=True), number, 1, 1, 2)
        else:
            first = Label(line.entered or "—", tone="text" if line.entered else "text2", wrap=True)
            second = Label(line.existing or "—", wrap=True)
            second.set_tone("ok" if line.existing else "text2")
            self._grid.addWidget(first, number, 1)
            self._grid.addWidget(second, number, 2)

    def _add_choice(self, number: int, name: str, line: ComparedLine) -> None:
        group = QButtonGroup(self)
        for side, text in enumerate((line.entered, line.existing)):
            button = QRadioButton(text)
            button.setAccessibleName(f"{line.label}取 {text}")
            button.setChecked(side == 0)
            group.addButton(button, side)
            self._grid.addWidget(button, number, 1 + side)
        self._groups[name] = group


class MergeDialog(Dialog):
    """First find the other record (unless it is given), then compare and merge."""

    def __init__(
        self,
        context: Context,
        keep_id: int,
        other_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("合并两条资料", parent, width=760)
        self.sentence = ""
        """What was done, after the dialog was accepted."""
        self.kept_id = keep_id
        self.other_id = other_id
        self.comparison: Comparison | None = None
        self._context = context
        self._add_picker()
        self._add_comparison()
        self._cancel = self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("合并", kind="primary"))
        self.confirm.clicked.connect(self.save)
        self.confirm.hide()
        if other_id is None:
            self._stack.setCurrentIndex(0)
            self.picker.search.setFocus()
        else:
            self.compare(other_id)

    def compare(self, other_id: int) -> None:
        """Show the two records side by side."""
        with messages.domain_errors_shown(self):
            with self._context.database.reading() as session:
                preview = merging.preview(session, self.kept_id, other_id)
                today = self._context.clock.today()
                keep = cards.card(session, self.kept_id, today=today)
                other = cards.card(session, other_id, today=today)
            self.other_id = other_id
            self._show(preview, keep, other)

    def swap(self) -> None:
        """Keep the other of the two."""
        if self.other_id is not None:
            self.kept_id, other = self.other_id, self.kept_id
            self.compare(other)

    def save(self) -> None:
        """Store it and close; a broken rule is told and the dialog stays."""
        if self.comparison is None or self.other_id is None:
            return
        with messages.domain_errors_shown(self):
            back_up_before(self._context.database, "合并前", rows=MANY)
            with self._context.database.transaction(f"合并 {self._name} 的两条资料") as session:
                said = merging.merge(
                    session,
                    self.kept_id,
                    self.other_id,
                    now=self._context.clock.now(),
                    take=self.comparison.taken(),
                )
            self.sentence = f"已合并 {self._name} 的两条资料。{''.join(said)}"
            self.accept()

    def _add_picker(self) -> None:
        self.picker = PersonPicker(self._context, without=[self.kept_id])
        self.picker.picked.connect(self.compare)
        self._stack = QStackedWidget()
        first = QWidget()
        first.setLayout(column(small("与哪一条合并？找到后按 Enter。"), self.picker, None))
        self._stack.addWidget(first)
        self.body.addWidget(self._stack)

    def _add_comparison(self) -> None:
        self._keep_name, self._other_name = Label(bold=True), Label(bold=True)
        self._keep_place, self._other_place = small(), small()
        self._swap = Button("对调", kind="link", size="small", icon="swap-horizontal")
        self._swap.clicked.connect(self.swap)
        self._moves = Notice("", tone="info")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setMinimumHeight(theme.current().px(300))
        self._area.setAccessibleName("两条资料对照")
        keep = column(small("留下"), self._keep_name, self._keep_place, spacing=0)
        other = column(
            small("并进来，不再单独列出"), self._other_name, self._other_place, spacing=0
        )
        heads = row((keep, 1), self._swap, (other, 1), spacing=14)
        second = QWidget()
        second.setLayout(column(heads, (self._area, 1), self._moves))
        self._stack.addWidget(second)

    def _show(self, preview: MergePreview, keep: ResidentCard, other: ResidentCard) -> None:
        self._name = keep.name
        for card, name, place in (
            (keep, self._keep_name, self._keep_place),
            (other, self._other_name, self._other_place),
        ):
            name.setText(card.name)
            place.setText(
                "・".join(part for part in (card.place, f"经过 {card.history_count} 条") if part)
            )
        self.comparison = Comparison(preview)
        self._area.setWidget(self.comparison)
        moves = "；".join(preview.moves)
        self._moves.show_text(
            "经过、标签和变动都合到一起，合并可以在“经过”里撤销。", moves, tone="info"
        )
        self._stack.setCurrentIndex(1)
        order = [self._swap, *self.comparison.choices(), self._cancel, self.confirm]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.confirm.show()
        self.confirm.setFocus()
