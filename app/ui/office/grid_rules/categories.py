"""事项和隐患类别: by what diary lines and requests are sorted."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox

from app.context import Context
from app.models import CategoryGroup
from app.services import categories, requests
from app.services.categories import CategoryView
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.forms import choice, line_edit
from app.ui.kit.messages import confirm
from app.ui.kit.table_columns import Cell, CellValue, Column
from app.ui.office.grid_rules.parts import NEW, RulesPart


@dataclass(frozen=True, slots=True)
class Line:
    """A kind, and how many diary lines and requests have it."""

    kind: CategoryView
    used: int

    @property
    def id(self) -> int:
        return self.kind.id


class CategoriesPart(RulesPart):
    """A PagedTable of them in their order; one that is in use can only be switched off."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _COLUMNS, name="事项类别", unit="类")

    def read(self) -> Sequence[Line]:
        with self.context.database.reading() as session:
            used = categories.uses(session)
            return [
                Line(kind, used.get(kind.id, 0))
                for group in CategoryGroup
                for kind in categories.categories(session, group, enabled_only=False)
            ]

    def fill_form(self) -> None:
        self.group = choice([one.label for one in CategoryGroup])
        self.name = line_edit(hint="如 噪声油烟", limit=20)
        self.consultation = QCheckBox("咨询类，按咨询的期限办")
        # On one line with its label.
        self.consultation.setFixedHeight(theme.current().control)
        self.form.add("类别", self.group)
        self.form.add("名称", self.name, required=True)
        self._asks = self.form.add("期限", self.consultation)
        self.group.currentIndexChanged.connect(lambda _: self._show_group())
        self.new = Button("新类别", icon="plus", size="small")
        self.up, self.down = Button("上移", size="small"), Button("下移", size="small")
        self.switch = Button("停用", size="small")
        self.remove = Button("删除", kind="danger", size="small")
        self.new.clicked.connect(lambda: self.edit(NEW))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.switch.clicked.connect(self.switch_chosen)
        self.remove.clicked.connect(self.remove_chosen)
        self.offer(self.new, self.up, self.down, self.switch, self.remove)

    def show_line(self, line: Line | None) -> str:
        self.group.setEnabled(line is None)
        if line is not None:
            self.group.setCurrentText(line.kind.group.label)
        self.name.setText(line.kind.name if line else "")
        self.consultation.setChecked(line is not None and line.kind.consultation)
        self._show_group()
        return f"修改“{line.kind.name}”" if line else "新的类别"

    def save(self) -> None:
        name, asks = self.name.text(), self.consultation.isChecked()
        line = self.lines.get(self.edited)
        group = list(CategoryGroup)[self.group.currentIndex()]
        with self.shown_errors():
            spoken = f"{'修改' if line else '添加'}{group.label}类别 {name}"
            with self.context.database.transaction(spoken) as session:
                if line is None:
                    key = categories.add(session, group, name=name, consultation=asks)
                else:
                    key, version = line.id, line.kind.version
                    categories.change(session, key, name=name, consultation=asks, version=version)
                    if asks != line.kind.consultation:
                        requests.recount(session)
            self.done(f"已保存类别“{name}”", line_id=key)

    def switch_chosen(self) -> None:
        """Offer the marked kind in the forms, or no longer."""
        line = self.chosen
        if line is None:
            return
        on = not line.kind.enabled
        words = f"{'启用' if on else '停用'}类别 {line.kind.name}"
        with self.shown_errors():
            with self.context.database.transaction(words) as session:
                categories.set_enabled(session, line.id, on, version=line.kind.version)
            self.done(f"已{words}", line_id=line.id)

    def remove_chosen(self) -> None:
        """Into the bin, where nothing has it."""
        line = self.chosen
        words = "移到回收站，30 天内还能放回来。"
        if line is None or not confirm(
            self, f"删除“{line.kind.name}”", words, "删除", destructive=True
        ):
            return
        now = self.context.clock.now()
        with self.shown_errors():
            with self.context.database.transaction(f"删除类别 {line.kind.name}") as session:
                categories.remove(session, line.id, version=line.kind.version, now=now)
            self.done(f"已删除类别“{line.kind.name}”")

    def show_chosen(self) -> None:
        line = self.chosen
        for button in self.buttons[1:]:
            button.setEnabled(line is not None)
        self.switch.setText("停用" if line is None or line.kind.enabled else "启用")

    def _move(self, by: int) -> None:
        line = self.chosen
        if line is None:
            return
        with self.shown_errors():
            with self.context.database.transaction(f"调整类别次序 {line.kind.name}") as session:
                categories.move(session, line.id, by=by)
            self.done(f"已{'上移' if by < 0 else '下移'}“{line.kind.name}”", line_id=line.id)

    def _show_group(self) -> None:
        """A danger is never a question."""
        matter = self.group.currentIndex() == 0
        self._asks.setVisible(matter)
        self._asks.label.setVisible(matter)


def _state(line: Line) -> CellValue:
    return (Chip("启用", "ok") if line.kind.enabled else Chip("停用"),)


_COLUMNS = (
    Column("group", "类别", lambda line: line.kind.group.label, 80, tone="text2"),
    Column("name", "名称", lambda line: line.kind.name, 130, weight=1, bold=True),
    Column("consultation", "期限", lambda line: "咨询类" if line.kind.consultation else "", 90),
    Column("used", "用过", lambda line: Cell(f"{line.used:,} 次" if line.used else ""), 80),
    Column("enabled", "状态", _state, 80),
)
