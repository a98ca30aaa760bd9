"""The filter of the page 居民 as fields of a form, and the order of the list."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QVBoxLayout, QWidget

from app.context import Context
from app.services import dwellings, grids, tags
from app.services.filters import AGE_BANDS, PRIVACY, ResidentFilter
from app.services.residents import Order, OrderKey
from app.ui.kit import theme
from app.ui.kit.forms import Form, choice
from app.values import codes

_ORDERS = (("住址", OrderKey.PLACE), ("户号", OrderKey.HOUSEHOLD), ("姓名拼音", OrderKey.NAME))
_ALL = "全部"


class FilterFields(QWidget):
    """The same WHERE as the page 居民: what is counted here is what stands on the paper."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.grid, self.building, self.age = _box(), _box(), _box()
        self.tag, self.residence, self.privacy = _box(), _box(), _box()
        self.order = choice([name for name, _ in _ORDERS])
        self.party = QCheckBox("只要党员")
        self.party.setFixedHeight(theme.current().control)
        self.form = Form(columns=2, label=34)
        for name, control in (
            ("网格", self.grid),
            ("楼栋", self.building),
            ("年龄", self.age),
            ("标签", self.tag),
            ("居住", self.residence),
            ("排列", self.order),
            ("信息", self.privacy),
            ("", self.party),
        ):
            self.form.add(name, control)
        self.form.finish()
        self.form.changed.connect(self.changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        self.refresh()

    def refresh(self) -> None:
        """Grids, buildings and tags may have changed; what was chosen stays chosen."""
        with self._context.database.reading() as session:
            all_grids, all_tags = grids.grids(session), tags.tags(session)
            all_buildings = dwellings.buildings(session)
        _offer(self.grid, [(one.name, one.id) for one in all_grids])
        _offer(self.building, [(one.label, one.id) for one in all_buildings])
        _offer(self.age, [(band.label, band) for band in AGE_BANDS])
        _offer(self.tag, [(one.name, one.id) for one in all_tags])
        _offer(self.residence, [(name, name) for name in codes.RESIDENCE_STATUS.names])
        _offer(self.privacy, [(name, name) for name in PRIVACY])

    def filter(self) -> ResidentFilter:
        return ResidentFilter(
            grid_ids=_chosen(self.grid),
            building_ids=_chosen(self.building),
            ages=_chosen(self.age),
            tag_ids=_chosen(self.tag),
            residence_statuses=_chosen(self.residence),
            party_only=self.party.isChecked(),
            privacy=_chosen(self.privacy),
        )

    def chosen_order(self) -> Order:
        return Order(_ORDERS[self.order.currentIndex()][1])


def _box() -> QComboBox:
    """A drop-down that never asks for more room than its place has."""
    box = QComboBox()
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    return box


def _offer(box: QComboBox, choices: Sequence[tuple[str, Any]]) -> None:
    """Fill a drop-down anew and keep what was chosen, in silence."""
    kept = box.currentText()
    box.blockSignals(True)
    box.clear()
    box.addItem(_ALL, None)
    for words, value in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findText(kept)))
    box.blockSignals(False)


def _chosen(box: QComboBox) -> tuple[Any, ...]:
    value = box.currentData()
    return () if value is None else (value,)
