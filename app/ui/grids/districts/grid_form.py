"""A grid: number, name, code, kind, area, duties, party branch."""

from PySide6.QtWidgets import QPlainTextEdit, QSpinBox, QWidget

from app.context import Context
from app.models import Grid, GridKind
from app.services import grid_names, grids
from app.services.grids import GridInput
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.signals import Area
from app.ui.recent.unsaved import keep_dialog
from app.values.grid_duties import DUTIES

DRAFT = "grid"


class GridDialog(Dialog):
    """A new grid, or one that there is; number, name and code of a new one are proposed."""

    def __init__(
        self, context: Context, grid_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("新增网格" if grid_id is None else "修改网格", parent, width=640)
        self._context = context
        self._grid_id = grid_id
        self._version = 0
        entered = self._read()
        self.form = self._fields(entered)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        record = (Grid.__tablename__, grid_id) if grid_id is not None else None
        title = f"{self.windowTitle()} {entered.name}"
        keep_dialog(context, self, self.form, f"{DRAFT}:{grid_id or 'new'}", title, record=record)
        self.number.valueChanged.connect(self._propose)
        self.name.setFocus()
        self.name.selectAll()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self._entered()
            sentence = f"{self.windowTitle()} {entered.name.strip()}"
            with self._context.database.transaction(sentence) as session:
                if self._grid_id is None:
                    self._grid_id = grids.create(session, entered)
                else:
                    grids.update(session, self._grid_id, entered, version=self._version)
            self._context.signals.changed.emit(Area.GRIDS | Area.RESIDENTS)
            messages.notify(self._context.signals, f"已保存 {entered.name.strip()}")
            self.accept()

    @property
    def grid_id(self) -> int | None:
        """The grid that was saved."""
        return self._grid_id

    def _read(self) -> GridInput:
        with self._context.database.reading() as session:
            if self._grid_id is not None:
                entered, self._version = grids.input_of(session, self._grid_id)
                return entered
            number = grids.next_number(session)
            code = grids.proposed_code(session, number)
        return GridInput(number=number, name=grid_names.name_of(str(number)), code=code)

    def _fields(self, entered: GridInput) -> Form:
        self.number = QSpinBox()
        self.number.setRange(1, 999)
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number.setValue(entered.number)
        self.name = line_edit(entered.name, limit=40)
        self.kind = choice([kind.label for kind in GridKind], entered.kind.label)
        self.code = line_edit(entered.code, hint="12 位区划码加 3 位网格号", limit=20)
        self.area = line_edit(entered.area, hint="如 东至望海路，西至……，印在公示牌上", limit=200)
        self.branch = line_edit(entered.party_branch, hint="如 第三网格党支部", limit=60)
        self.duties = QPlainTextEdit(entered.duties or "\n".join(DUTIES))
        self.duties.setTabChangesFocus(True)
        self.duties.setFixedHeight(theme.current().px(172))
        form = Form(columns=2, label=84)
        form.add("网格号", self.number, required=True)
        form.add("类型", self.kind, required=True)
        form.add("网格名称", self.name, required=True)
        form.add("网格编码", self.code)
        form.add("网格党支部", self.branch, span=2)
        form.add("区域范围", self.area, span=2)
        form.add("职责", self.duties, span=2).set_message("一行一条，印在公示牌上")
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        return form

    def _propose(self, number: int) -> None:
        """Of a new grid the name and code follow the number while nobody changed them."""
        if self._grid_id is not None:
            return
        with self._context.database.lookup() as lookup:
            code = grids.proposed_code(lookup, number)
        self.name.setText(grid_names.name_of(str(number)))
        self.code.setText(code)

    def _entered(self) -> GridInput:
        return GridInput(
            number=self.number.value(),
            name=self.name.text(),
            code=self.code.text(),
            kind=next(kind for kind in GridKind if kind.label == self.kind.currentText()),
            area=self.area.text(),
            duties=self.duties.toPlainText(),
            party_branch=self.branch.text(),
        )
