"""居民花名册: who stands on it, in which order, with whole or masked numbers."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.reports import roster
from app.services import dwellings, grids, papers, residents, tags
from app.services.filters import AGE_BANDS, ResidentFilter, sentence
from app.services.papers import Printing
from app.services.residents import Order, OrderKey
from app.ui.kit import theme
from app.ui.kit.background import Progress
from app.ui.kit.card import Card, Notice
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import small
from app.ui.papers.panel import PaperPanel
from app.values import codes

_ORDERS = (("住址", OrderKey.PLACE), ("户号", OrderKey.HOUSEHOLD), ("姓名拼音", OrderKey.NAME))
_ALL = "全部"


class RosterPanel(PaperPanel):
    """The same WHERE as the page 居民: what is counted here is what stands on the paper."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        # Who stands on the paper that is seen, which may be older than the fields beside it.
        self._ids: Sequence[int] = ()
        self._people = 0
        self._wish = (ResidentFilter(), Order(OrderKey.PLACE), True)
        self.form = Form(columns=2, label=44)
        self.order = choice([name for name, _ in _ORDERS])
        self.grid, self.building, self.age = QComboBox(), QComboBox(), QComboBox()
        self.tag, self.residence = QComboBox(), QComboBox()
        self.party = QCheckBox("只要党员")
        self.whole = QCheckBox("证件号和电话印完整的")
        for box in (self.party, self.whole):
            box.setFixedHeight(theme.current().control)
        self.figures = Notice("", tone="info")
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Grids, buildings and tags may have changed."""
        with self.context.database.reading() as session:
            all_grids, all_tags = grids.grids(session), tags.tags(session)
            all_buildings = dwellings.buildings(session)
        _offer(self.grid, [(one.name, one.id) for one in all_grids])
        _offer(self.building, [(one.label, one.id) for one in all_buildings])
        _offer(self.age, [(band.label, band) for band in AGE_BANDS])
        _offer(self.tag, [(one.name, one.id) for one in all_tags])
        _offer(self.residence, [(name, name) for name in codes.RESIDENCE_STATUS.names])
        self._count()

    def title(self) -> str:
        return roster.TITLE

    def missing(self) -> str:
        return "" if self._people else "没有符合条件的居民。换一个条件，或先到「居民」页导入名册。"

    def prepare(self) -> None:
        order = Order(_ORDERS[self.order.currentIndex()][1])
        self._wish = (self._filter(), order, not self.whole.isChecked())

    def draw(self, progress: Progress, printing: Printing) -> bytes:
        chosen, order, masked = self._wish
        today = printing.at.date()
        with self.context.database.reading() as session:
            ids = residents.list_ids(session, chosen, order=order, today=today).ids
            progress.check()
            data = papers.resident_roster(
                session, ids, printing, filter_words=sentence(session, chosen), masked=masked
            )
        progress.check()
        pdf = roster.render(data)
        progress.check()
        if not masked:
            self._note("查看", papers.note_looked, ids)
        self._ids = ids
        return pdf

    def taken(self) -> None:
        self._note("打印", papers.note_printed, self._ids)

    def _note(
        self, verb: str, note: Callable[[Session, Sequence[int]], None], ids: Sequence[int]
    ) -> None:
        with self.context.database.transaction(f"{verb}居民花名册 {len(ids)} 人") as session:
            note(session, ids)

    def _lay_out(self) -> None:
        card = Card(spacing=10)
        card.heading(roster.TITLE, "A4 横向")
        for name, control, span in (
            ("网格", self.grid, 1),
            ("楼栋", self.building, 1),
            ("年龄", self.age, 1),
            ("", self.party, 1),
            ("标签", self.tag, 2),
            ("居住", self.residence, 2),
            ("排列", self.order, 2),
            ("", self.whole, 2),
        ):
            self.form.add(name, control, span=span)
        self.form.finish()
        self.form.changed.connect(self._count)
        card.body.addWidget(self.form, 1)
        card.body.addWidget(self.figures)
        card.body.addWidget(small("条件和人数印在表头；打印和存盘都会留下记录。", wrap=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def _count(self) -> None:
        with self.context.database.reading() as session:
            chosen = self._filter()
            counts = residents.counts(session, chosen, today=self.context.clock.today())
            words = sentence(session, chosen)
        self._people = counts.people
        self.figures.show_text(f"{counts.people:,} 人・{counts.households:,} 户", words)
        self.soon()

    def _filter(self) -> ResidentFilter:
        return ResidentFilter(
            grid_ids=_chosen(self.grid),
            building_ids=_chosen(self.building),
            ages=_chosen(self.age),
            tag_ids=_chosen(self.tag),
            residence_statuses=_chosen(self.residence),
            party_only=self.party.isChecked(),
        )


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
