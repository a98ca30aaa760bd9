"""A building: number, name, party group, and of a new one the grid."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Building
from app.services import buildings
from app.services.building_moves import NO_GRID, Part
from app.services.buildings import BuildingInput, BuildingTaken
from app.ui.grids.districts.moving import move_parts
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.signals import Area
from app.ui.recent.unsaved import keep_dialog

DRAFT = "building"


class BuildingDialog(Dialog):
    """A new building in a grid, or one that there is.

    A building that another grid has already is not made twice: 移过来 is offered instead.
    """

    def __init__(
        self,
        context: Context,
        building_id: int | None = None,
        *,
        grids: Mapping[int | None, str],
        grid_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("新增楼栋" if building_id is None else "修改楼栋", parent, width=520)
        self._context = context
        self.building_id = building_id
        self._version = 0
        self._grids = {name: key for key, name in grids.items()}
        self._own: int | None = grid_id
        self.form = self._fields(self._read(grid_id), grids)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        record = (Building.__tablename__, building_id) if building_id is not None else None
        key, title = f"{DRAFT}:{building_id or 'new'}", f"{self.windowTitle()} {self.number.text()}"
        keep_dialog(context, self, self.form, key, title.strip(), record=record)
        self.number.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            try:
                self._keep(self._entered())
            except BuildingTaken as taken:
                if self._offer_move(taken):
                    self.accept()
            else:
                self.accept()

    def _keep(self, entered: BuildingInput) -> None:
        sentence = f"{self.windowTitle()} {entered.number.strip()}"
        with self._context.database.transaction(sentence) as session:
            if self.building_id is None:
                self.building_id = buildings.add(session, entered)
            else:
                buildings.update(session, self.building_id, entered, version=self._version)
        self._context.signals.changed.emit(Area.GRIDS | Area.RESIDENTS)
        messages.notify(self._context.signals, f"已保存 {entered.number.strip()}")

    def _offer_move(self, taken: BuildingTaken) -> bool:
        """It is in another grid: say so, and move it here if that is what was meant."""
        to = self._grids[self.grid.currentText()]
        if to == taken.grid_id or to is None:
            raise taken
        if not messages.confirm(self, "这栋楼已经有了", str(taken), "移过来"):
            return False
        move_parts(self._context, {Part(taken.building_id, taken.grid_id): to}, "")
        self.building_id = taken.building_id
        return True

    def _read(self, grid_id: int | None) -> BuildingInput:
        if self.building_id is None:
            return BuildingInput(number="", grid_id=grid_id)
        with self._context.database.reading() as session:
            entered, self._version = buildings.input_of(session, self.building_id)
        self._own = entered.grid_id
        return entered

    def _fields(self, entered: BuildingInput, grids: Mapping[int | None, str]) -> Form:
        self.number = line_edit(entered.number, hint="6、6 号楼、沿街商铺", limit=20)
        self.name = line_edit(entered.name, hint="望海楼，没有就空着", limit=60)
        self.group = line_edit(entered.party_group, hint="6 号楼党小组", limit=60)
        self.grid = choice(list(self._grids), grids.get(entered.grid_id, NO_GRID))
        form = Form(label=84)
        form.add("楼号", self.number, required=True)
        form.add("楼名", self.name)
        form.add("楼栋党小组", self.group)
        field = form.add("网格", self.grid)
        if self.building_id is not None:
            self.grid.setEnabled(False)
            field.set_message("换网格请用“划到别的网格”，住户随楼走")
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        return form

    def _entered(self) -> BuildingInput:
        return BuildingInput(
            number=self.number.text(),
            name=self.name.text(),
            party_group=self.group.text(),
            grid_id=self._grids[self.grid.currentText()],
        )
