"""谁的担子重: the grids compared, and below them the one move that would help."""

from PySide6.QtWidgets import QFrame, QWidget

from app.services.grid_advice import Suggestion, suggestion
from app.services.grid_workload import Workload
from app.ui.grids.districts.workload_list import HIGHEST, WorkloadList, heads, lines
from app.ui.grids.districts.workload_painter import AverageLine, WorkloadHead
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, hide_unless, icon_label, row, small, title
from app.ui.kit.tokens import COLORS

AVERAGE = 54
_EXPLAINED = "同一列同一尺度，竖线是平均；走访为已访/应访"


class WorkloadCard(Card):
    """`data_button` opens the same figures as a table."""

    def __init__(self) -> None:
        super().__init__(margins=(1, 10, 1, 1), spacing=8)
        self.list = WorkloadList()
        self.head = WorkloadHead(heads())
        self.average = AverageLine()
        self.data_button = Button("查看数据", kind="link", size="small", action="details")
        explained = small(_EXPLAINED)
        explained.setToolTip("重点对象：红色、橙色走访规定管到的人。应访：本月要访的重点对象。")
        self.body.addLayout(
            row(title("谁的担子重"), explained, None, self.data_button, margins=(15, 0, 11, 0))
        )
        self.body.setSpacing(0)
        self.body.addSpacing(theme.current().px(8))
        self.body.addWidget(self.head)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.average)
        self.body.addStretch(0)
        hide_unless(not theme.current().large, explained)
        self.average.setFixedHeight(theme.current().px(AVERAGE))
        bar = self.list.verticalScrollBar()
        bar.rangeChanged.connect(lambda _, top: self._leave_room(scrolls=top > 0))

    def show_work(self, work: Workload) -> None:
        """The comparison read anew."""
        *grids, average = lines(work)
        # Of few grids the average stands below them, not at the foot of the card.
        self.list.setMaximumHeight(max(1, len(grids)) * theme.current().px(HIGHEST))
        self.list.show_lines(grids)
        self.average.show_line(average)

    def _leave_room(self, *, scrolls: bool) -> None:
        """The heads stand over their bars."""
        width = self.list.verticalScrollBar().sizeHint().width() if scrolls else 0
        for part in (self.head, self.average):
            part.scroll_bar = width
            part.update()


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
        if self.proposed is not None:
            # In 大字 the room goes to the comparison.
            said = self.proposed.short if theme.current().large else self.proposed.words
        self.words.setText(said)
