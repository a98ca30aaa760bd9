"""分楼栋印: one sheet for each building or each staircase, with its own name in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.context import Context
from app.errors import DomainError
from app.services import notice_papers
from app.services.notice_codes import fill
from app.services.notice_papers import Place, PlaceGroup
from app.services.notices import NoticeText
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, row, small
from app.ui.kit.segments import Segments

_ID = Qt.ItemDataRole.UserRole
_UNITS = "每个单元一张"
_BUILDINGS = "每栋楼一张"


class BatchDialog(Dialog):
    """`places` are the doors that were chosen, when the dialog was accepted."""

    def __init__(self, context: Context, text: NoticeText, parent: QWidget | None = None) -> None:
        super().__init__("分楼栋印", parent, width=460)
        self._text = notice_papers.for_places(text)
        with context.database.reading() as session:
            self._groups = notice_papers.place_groups(session)
        self._per_unit = True
        self.places: list[Place] = []
        self.how = Segments([(True, _UNITS, _UNITS), (False, _BUILDINGS, _BUILDINGS)])
        self.how.show_value(True)
        self.list = QListWidget()
        self.list.setAccessibleName("楼栋")
        for group in self._groups:
            self._offer(group)
        self.count = Label(bold=True)
        self.sample = small(wrap=True)
        self._lay_out()
        self.how.chosen.connect(self._choose)
        self.list.itemChanged.connect(lambda _: self._show())
        self.list.setFocus()
        self._show()

    @property
    def text(self) -> NoticeText:
        """The notice with the codes for its doors in it."""
        return self._text

    def tick_all(self) -> None:
        """All, or none where all are ticked."""
        ticked = all(self._is_ticked(item) for item in self._items())
        state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        for item in self._items():
            item.setCheckState(state)

    def _lay_out(self) -> None:
        self.all_button = Button("全选 / 全不选", kind="link", size="small")
        self.all_button.clicked.connect(self.tick_all)
        self.body.addLayout(row(self.how, None, self.all_button))
        self.list.setFixedHeight(240)
        self.body.addWidget(self.list)
        self.body.addWidget(self.count)
        self.body.addWidget(self.sample)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.ok = self.add_button(Button("排成一份", kind="primary", cap="Ctrl+Enter"))
        self.ok.clicked.connect(self._accept)

    def _offer(self, group: PlaceGroup) -> None:
        units = f"　{len(group.units)} 个单元" if group.units else "　不分单元"
        item = QListWidgetItem(f"{group.building}{units}")
        item.setData(_ID, group.building_id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(number) for number in range(self.list.count())]

    def _is_ticked(self, item: QListWidgetItem) -> bool:
        return item.checkState() == Qt.CheckState.Checked

    def _choose(self, per_unit: object) -> None:
        self._per_unit = bool(per_unit)
        self._show()

    def _chosen(self) -> list[Place]:
        ticked = {item.data(_ID) for item in self._items() if self._is_ticked(item)}
        groups = [group for group in self._groups if group.building_id in ticked]
        return notice_papers.doors(groups, per_unit=self._per_unit)

    def _show(self) -> None:
        self.places = self._chosen()
        self.ok.setEnabled(bool(self.places))
        if not self.places:
            self.count.setText("还没有楼栋" if not self._groups else "还没有勾选楼栋")
            self.sample.setText("楼栋来自居民的住址，先到「居民」页登记或导入。")
            return
        first = self.places[0]
        self.count.setText(f"共 {len(self.places)} 张，合成一份 PDF")
        try:
            named = fill(self._text.recipients, {"楼栋": first.building, "单元": first.unit})
        except DomainError as error:
            self.sample.setText(str(error))
            return
        self.sample.setText(f"第一张的称呼：{named or '（不写称呼，楼名在正文里）'}")

    def _accept(self) -> None:
        with messages.domain_errors_shown(self):
            if not self.places:
                raise DomainError("还没有选楼栋。请至少勾选一栋楼。")
            self.accept()
