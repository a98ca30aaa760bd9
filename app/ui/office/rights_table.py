"""各岗位的权限: rights down, roles across, a tick where a role may."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QScrollArea, QWidget

from app.context import Context
from app.services import rights
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, column, hide_unless, icon_label, row, rule, small
from app.ui.kit.messages import confirm, domain_errors_shown, notify
from app.ui.kit.signals import Area
from app.ui.kit.tokens import COLORS
from app.values.rights import ROLES, SECRETARY, Right

OTHERS = tuple(role for role in ROLES if role != SECRETARY)
WORDS = "书记总有全部权限。改动从各人下次进入时起生效，每次都留痕。"


class RightsTable(QWidget):
    """A tick is saved at once; only a 书记 may set one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._adjusts = context.user.role in ("", SECRETARY)
        self.ticks: dict[tuple[str, Right], QCheckBox] = {}
        self.reset_button = Button("恢复默认", size="small", icon="backup-restore")
        self.reset_button.clicked.connect(self.reset)
        hide_unless(self._adjusts, self.reset_button)
        self._adjusted = small()
        card = Card(margins=(18, 12, 6, 8), spacing=6)
        head = row(small(WORDS), None, self._adjusted, self.reset_button, spacing=10)
        card.body.addLayout(head)
        card.body.addWidget(self._scrolled(self._grid()), 1)
        self.setLayout(column((card, 1), spacing=0))
        self.refresh()

    def refresh(self) -> None:
        """Show what the file says."""
        with self._context.database.lookup() as lookup:
            table = rights.table_of_rights(lookup)
        for one in (one for one in table if one.role in OTHERS):
            for right in Right:
                tick = self.ticks[one.role, right]
                tick.blockSignals(True)
                tick.setChecked(right in one.rights)
                tick.blockSignals(False)
                tick.setProperty("adjusted", right in one.adjusted)
        count = sum(len(one.adjusted) for one in table)
        self._adjusted.setText(f"调整过 {count} 处" if count else "")
        self.reset_button.setEnabled(bool(count))

    def set_right(self, role: str, right: Right, *, allowed: bool) -> None:
        """Give or take it, and say so; a tick that was refused goes back."""
        does = "给" if allowed else "收回"
        with domain_errors_shown(self):
            sentence = f"{does}{role}的权限：{right.label}"
            with self._context.database.transaction(sentence) as session:
                rights.set_right(session, role, right, allowed=allowed)
            notify(self._context.signals, f"已{sentence}")
            self._context.signals.changed.emit(Area.OFFICE)
        self.refresh()

    def reset(self) -> None:
        words = "所有岗位的权限回到程序给的样子。"
        if not confirm(self, "恢复默认权限", words, "恢复默认", destructive=True):
            return
        with domain_errors_shown(self):
            with self._context.database.transaction("各岗位的权限恢复默认") as session:
                rights.reset_rights(session)
            self._context.signals.changed.emit(Area.OFFICE)
        self.refresh()

    def _grid(self) -> QWidget:
        px = theme.current().px
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, px(8), 0)
        grid.setHorizontalSpacing(px(6))
        grid.setVerticalSpacing(px(3))
        grid.setColumnStretch(0, 1)
        for place, role in enumerate(ROLES, start=1):
            grid.addWidget(Label(role, bold=True), 0, place, Qt.AlignmentFlag.AlignHCenter)
            grid.setColumnMinimumWidth(place, px(66))
        line = 1
        for group, members in groupby(Right, key=lambda right: right.group):
            grid.addWidget(rule(), line, 0, 1, len(ROLES) + 1)
            for right in members:
                line += 1
                self._add_line(grid, line, group, right)
            line += 1
        return table

    def _add_line(self, grid: QGridLayout, line: int, group: str, right: Right) -> None:
        words = row(Label(right.label), small(right.detail), None, spacing=10)
        grid.addLayout(words, line, 0)
        always = icon_label("check", COLORS.text2)
        always.setAccessibleName(f"{SECRETARY}：{group}，{right.label}，总有")
        grid.addWidget(always, line, 1, Qt.AlignmentFlag.AlignHCenter)
        for place, role in enumerate(OTHERS, start=2):
            tick = QCheckBox()
            tick.setAccessibleName(f"{role}：{group}，{right.label}")
            tick.setToolTip(f"{role}：{right.label}")
            tick.setEnabled(self._adjusts)
            tick.toggled.connect(
                lambda on, role=role, right=right: self.set_right(role, right, allowed=on)
            )
            self.ticks[role, right] = tick
            grid.addWidget(tick, line, place, Qt.AlignmentFlag.AlignHCenter)

    def _scrolled(self, table: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(table)
        # The card behind it is white, an area would be grey.
        for widget in (table, area.viewport()):
            widget.setAutoFillBackground(False)
        return area
