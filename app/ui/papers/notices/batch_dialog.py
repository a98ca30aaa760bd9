"""分楼栋印: one sheet for each building or each staircase, with its own name in it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import notice_papers
from app.services.notice_codes import BUILDING, UNIT, fill
from app.services.notice_papers import Place, PlaceGroup
from app.services.notices import NoticeText
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_model import PagedTableModel

_UNITS = "每个单元一张"
_BUILDINGS = "每栋楼一张"


class BatchDialog(Dialog):
    """`places` are the doors that were chosen, `text` has the codes for their names in it."""

    def __init__(self, context: Context, text: NoticeText, parent: QWidget | None = None) -> None:
        super().__init__("分楼栋印", parent, width=480)
        self.text = notice_papers.for_places(text)
        with context.database.reading() as session:
            groups = notice_papers.place_groups(session)
        self._groups = {group.building_id: group for group in groups}
        self._per_unit = True
        self.places: list[Place] = []
        self.how = Segments([(True, _UNITS, _UNITS), (False, _BUILDINGS, _BUILDINGS)])
        self.how.show_value(True)
        self.model = PagedTableModel(_COLUMNS, self._fetch, tickable=True, parent=self)
        self.table = PagedTable(self.model, name="楼栋")
        self.table.set_empty(EmptyState("home-group", "还没有楼栋，先到「居民」页登记住址"))
        self.count = Label(bold=True)
        self.sample = small(wrap=True)
        self._lay_out()
        self.model.set_ids(list(self._groups))
        self.model.tick_all(on=True)
        self.how.chosen.connect(self.choose)
        self.table.ticks_changed.connect(lambda _: self._show())
        self.table.setFocus()
        self._show()

    def choose(self, per_unit: object) -> None:
        """A sheet for each unit, or one for each building."""
        self._per_unit = bool(per_unit)
        self.how.show_value(self._per_unit)
        self._show()

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.body.addLayout(row(self.how, None))
        self.table.setFixedHeight(metrics.px(32) + (5 if metrics.large else 7) * metrics.row)
        self.body.addWidget(self.table)
        self.body.addWidget(self.count)
        self.body.addWidget(self.sample)
        self.body.addWidget(
            small("标题、正文里写 {楼栋}、{单元} 的地方，也换成各自的楼名。", wrap=True)
        )
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.ok = self.add_button(Button("排成一份", kind="primary", cap="Ctrl+Enter"))
        self.ok.clicked.connect(self._accept)

    def _fetch(self, ids: Sequence[int]) -> list[PlaceGroup]:
        return [self._groups[one] for one in ids]

    def _show(self) -> None:
        chosen = [self._groups[key] for key in self.model.ticked_in_order()]
        self.places = notice_papers.doors(chosen, per_unit=self._per_unit)
        self.ok.setEnabled(bool(self.places))
        if not self.places:
            self.count.setText("还没有勾选楼栋")
            self.sample.setText("按空格勾选，Ctrl+A 全选。")
            return
        self.count.setText(f"共 {len(self.places)} 张，合成一份 PDF")
        self.sample.setText(self._sample(self.places[0]))

    def _sample(self, first: Place) -> str:
        """The first sheet's 称呼, or what is wrong with it."""
        try:
            named = fill(self.text.recipients, {BUILDING: first.building, UNIT: first.unit})
        except DomainError as error:
            return str(error)
        return f"第一张的称呼：{named or '不写，楼名在标题或正文里'}"

    def _accept(self) -> None:
        if self.places:
            self.accept()


def _units(group: PlaceGroup) -> str:
    return f"{len(group.units)} 个单元" if group.units else "不分单元"


_COLUMNS = (
    Column("building", "楼栋", lambda group: group.building, 160, weight=1, bold=True),
    Column("units", "单元", _units, 120),
)
