"""The line of filters: those in force first, 清除筛选 behind them, the figures at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.context import Context
from app.services.filters import AGE_BANDS, PRIVACY, ResidentFilter
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import SwitchChip
from app.ui.kit.labels import small
from app.ui.residents.filter_chips import MultiChip
from app.values import codes


class FilterBar(QWidget):
    """Chips that find no room move into 更多筛选, the last first; nothing is ever cut."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._read = False
        self.grid, self.building = MultiChip("网格", self), MultiChip("楼栋", self)
        self.age, self.tag = MultiChip("年龄段", self), MultiChip("标签", self)
        self.residence = MultiChip("居住状态", self)
        self.party = SwitchChip("党员", parent=self)
        self.privacy = MultiChip("个人信息", self)
        self.departed = SwitchChip("已离开", parent=self)
        self.chips: tuple[MultiChip | SwitchChip, ...] = (
            self.grid,
            self.building,
            self.age,
            self.tag,
            self.residence,
            self.party,
            self.privacy,
            self.departed,
        )
        self._hidden: Sequence[MultiChip | SwitchChip] = ()
        self._figures = small()
        self._figures.setParent(self)
        self._make_buttons()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for chip in self.chips:
            chip.changed.connect(self._chosen)
        for chip in (self.grid, self.building, self.tag):
            chip.before_menu = self.read_choices
        self.age.offer([(band, band.label) for band in AGE_BANDS])
        names = codes.RESIDENCE_STATUS.names
        self.residence.offer([(name, name) for name in names])
        self.privacy.offer([(name, name) for name in PRIVACY])

    def forget_choices(self) -> None:
        """Grids, buildings or tags may have changed: they are read again when a menu opens."""
        self._read = False
        if self.in_force:
            self.read_choices()

    def read_choices(self) -> None:
        """Which grids, buildings and tags there are; not before somebody wants to choose."""
        if self._read:
            return
        self._read = True
        # Loaded with the first menu: the page appears without them.
        from app.services import dwellings, grids, tags

        with self._context.database.reading() as session:
            all_grids = grids.names(session)
            all_buildings = dwellings.buildings(session)
            all_tags = tags.tags(session)
        self.grid.offer(list(all_grids.items()))
        self.building.offer([(one.id, one.label) for one in all_buildings])
        self.tag.offer([(one.id, one.name) for one in all_tags])
        self._place()

    def filter(self, text: str) -> ResidentFilter:
        """What is in force, with the text of the search box."""
        return ResidentFilter(
            text=text,
            grid_ids=self.grid.values,
            building_ids=self.building.values,
            ages=self.age.values,
            tag_ids=self.tag.values,
            residence_statuses=self.residence.values,
            party_only=self.party.on,
            privacy=self.privacy.values,
            departed=self.departed.on,
        )

    @property
    def in_force(self) -> bool:
        return any(chip.value is not None for chip in self.chips)

    def clear(self) -> None:
        """Take all filters off."""
        if not self.in_force:
            return
        for chip in self.chips:
            if isinstance(chip, MultiChip):
                chip.show_values(())
            else:
                chip.show_on(False)
        self._chosen()

    def show_figures(self, words: str) -> None:
        """What the list has: 符合 118 人・96 户."""
        self._figures.setText(words)
        self._place()

    @property
    def figures(self) -> str:
        return self._figures.text()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(600), theme.current().control_small)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(200), theme.current().control_small)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _make_buttons(self) -> None:
        self._more = Button("更多筛选", kind="filter", size="small", trail="chevron-down")
        self._more.setParent(self)
        self._more.clicked.connect(self._open_more)
        self.clear_button = Button("清除筛选", kind="link", size="small", parent=self)
        self.clear_button.clicked.connect(self.clear)

    def _chosen(self) -> None:
        self._place()
        self.changed.emit()

    def _place(self) -> None:
        """Lay everything out in one row, by hand: order and number of chips change."""
        figures = self._figures.sizeHint().width() if self._figures.text() else 0
        gap = theme.current().px(6)
        clear = self.clear_button.sizeHint().width() + gap if self.in_force else 0
        ordered = sorted(self.chips, key=lambda chip: chip.value is None)
        shown = self._fitting(ordered, self.width() - figures - clear - 2 * gap)
        self._hidden = [chip for chip in ordered if chip not in shown]
        row: list[QWidget] = [*shown, *([self._more] if self._hidden else [])]
        self.clear_button.setVisible(self.in_force)
        x = self._line_up([*row, *([self.clear_button] if self.in_force else [])], gap)
        for chip in self.chips:
            chip.setVisible(chip in shown)
        self._more.setVisible(bool(self._hidden))
        height = theme.current().control_small
        room = max(0, min(figures, self.width() - x))
        self._figures.setGeometry(self.width() - room, 0, room, height)

    def _fitting(
        self, chips: Sequence[MultiChip | SwitchChip], room: int
    ) -> list[MultiChip | SwitchChip]:
        gap = theme.current().px(6)
        widths = [chip.sizeHint().width() + gap for chip in chips]
        if sum(widths) <= room:
            return list(chips)
        room -= self._more.sizeHint().width() + gap
        shown: list[MultiChip | SwitchChip] = []
        for chip, width in zip(chips, widths, strict=True):
            room -= width
            if room < 0:
                break
            shown.append(chip)
        return shown

    def _line_up(self, widgets: Sequence[QWidget], gap: int) -> int:
        x = 0
        before: QWidget | None = None
        for widget in widgets:
            width = widget.sizeHint().width()
            widget.setGeometry(x, 0, width, theme.current().control_small)
            x += width + gap
            if before is not None:
                QWidget.setTabOrder(before, widget)
            before = widget
        return x

    def _open_more(self) -> None:
        menu = QMenu(self)
        for chip in self._hidden:
            if isinstance(chip, MultiChip):
                chip.fill(menu.addMenu(chip.name))
            else:
                chip.fill(menu)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))
