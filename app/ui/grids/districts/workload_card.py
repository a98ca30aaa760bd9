"""谁的担子重: the grids compared, and below them the one move that would help."""

from PySide6.QtWidgets import QFrame, QWidget

from app.services.grid_workload import Suggestion, Workload, suggestion
from app.ui.grids.districts.workload_list import HEADS, WorkloadList
from app.ui.grids.districts.workload_painter import WorkloadHead
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, icon_label, row, small, title
from app.ui.kit.tokens import COLORS

_EXPLAINED = "同一列同一尺度，竖线是平均；走访为已访/应访"


class WorkloadCard(Card):
    """`data_button` opens the same figures as a table."""

    def __init__(self) -> None:
        super().__init__(margins=(1, 10, 1, 1), spacing=8)
        self.list = WorkloadList()
        self.head = WorkloadHead(HEADS)
        self.data_button = Button("查看数据", kind="link", size="small", action="details")
        explained = small(_EXPLAINED)
        explained.setToolTip("重点对象：红色、橙色走访规则管到的人。应访：本月要访的重点对象。")
        explained.setMinimumWidth(0)
        self.body.addLayout(
            row(title("谁的担子重"), (explained, 1), self.data_button, margins=(15, 0, 11, 0))
        )
        self.body.addWidget(self.head)
        self.body.addWidget(self.list, 1)
        bar = self.list.verticalScrollBar()
        bar.rangeChanged.connect(lambda _, top: self._leave_room(scrolls=top > 0))

    def _leave_room(self, *, scrolls: bool) -> None:
        """The heads stand over their bars."""
        self.head.scroll_bar = self.list.verticalScrollBar().sizeHint().width() if scrolls else 0
        self.head.update()


class AdviceBar(QFrame):
    """Figures and a button; it never acts by itself."""

    def __init__(self, *, allowed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.proposed: Suggestion | None = None
        self.words = Label(wrap=True)
        self.try_button = Button(
            "试着划一划", size="small", action="" if theme.current().large else "try_moves"
        )
        offer(allowed, self.try_button)
        picture = icon_label("scale-balance", COLORS.warn)
        self.setLayout(
            row(picture, (self.words, 1), self.try_button, spacing=10, margins=(14, 8, 10, 8))
        )

    def show_work(self, work: Workload) -> None:
        """What would help most, or that nothing stands out."""
        self.proposed = suggestion(work)
        tone = "warn" if self.proposed is not None else "soft"
        self.setObjectName(tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.words.set_tone("warn" if self.proposed is not None else "text2")
        said = "各网格的户数和重点对象相差不大，现在不用划楼。"
        self.words.setText(self.proposed.words if self.proposed is not None else said)
