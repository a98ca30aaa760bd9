"""小票预览 and the three keys that mend: 补打, 撤销, 请居民核对."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.settings import SLIP_FORMAT
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, icon_button, offer
from app.ui.kit.card import Card
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row, title
from app.ui.kit.memory import window_memory
from app.ui.kit.segments import Segments
from app.ui.points.counter.slip_printing import forget_printer
from app.ui.points.counter.slip_view import A5, ROLL, SlipView
from app.ui.points.counter.till import Till
from app.values.rights import Right

WIDTH = 264
NO_PAPER = "不打"
_PAPERS = ((ROLL, "58 mm", "58 毫米小票"), (A5, "A5", "A5 纸"), (NO_PAPER, "不打", "不打小票"))
_KEPT = "积分超市/小票"


def slip_paper(context: Context) -> str:
    """What this desk prints on; as the office set it where nobody chose here."""
    kept = str(window_memory().value(_KEPT, ""))
    return kept if kept in (ROLL, A5, NO_PAPER) else context.settings[SLIP_FORMAT]


class SlipPanel(Card):
    """Shows what will come out for a Till, or what came out last."""

    paper_chosen = Signal()

    def __init__(self, context: Context, till: Till) -> None:
        super().__init__(spacing=8)
        self._context, self._till = context, till
        self.papers = Segments(_PAPERS)
        self.papers.show_value(slip_paper(context))
        self.view = SlipView()
        self.reprint = Button(
            "补打上一张", icon="printer-outline", action="reprint_slip", wide=True
        )
        self.take_back = Button("撤销上一笔", icon="undo", cap=keys.cap("undo"), wide=True)
        self.read_back = Button(
            "请居民核对", icon="magnify-plus-outline", action="read_back", wide=True
        )
        self.setFixedWidth(theme.current().px(WIDTH))
        self.printer = icon_button("printer-settings", "换一台打印机打小票")
        self.body.addLayout(row(title("小票"), None, self.papers, self.printer, spacing=4))
        self.body.addWidget(self.view, 1)
        for button in (self.reprint, self.take_back, self.read_back):
            self.body.addWidget(button)
        prints = context.may(Right.PRINT)
        self.papers.setVisible(prints)
        offer(prints, self.reprint, self.printer)
        self.papers.chosen.connect(self.choose)
        self.printer.clicked.connect(self._change_printer)

    @property
    def paper(self) -> str:
        return str(self.papers.value()) if self._context.may(Right.PRINT) else NO_PAPER

    def show_till(self) -> None:
        """Everything anew."""
        shown = ROLL if self.paper == NO_PAPER else self.paper
        self.view.show_slip(self._till.preview(), shown)
        self._show_keys()

    def _show_keys(self) -> None:
        last = self._till.last
        self.reprint.setEnabled(last is not None)
        self.take_back.setEnabled(last is not None and last.taken_back_at is None)
        self.read_back.setEnabled(self._till.person is not None or last is not None)

    def blank(self) -> None:
        """Nobody is at the desk: the last slip is not for whoever comes next."""
        self.view.show_slip(None, ROLL)
        self._show_keys()

    def choose(self, paper: object) -> None:
        """On which paper this desk prints from now on."""
        self.papers.show_value(paper)
        window_memory().setValue(_KEPT, str(paper))
        self.show_till()
        self.paper_chosen.emit()

    def _change_printer(self) -> None:
        forget_printer(self.paper)
        messages.notify(self._context.signals, "打下一张小票时，会先问用哪台打印机")


class SlipDialog(Dialog):
    """The same in a window of its own: 大字 has no room for it beside the basket."""

    def __init__(self, panel: SlipPanel, parent: QWidget) -> None:
        super().__init__("小票预览", parent, width=300)
        self._panel = panel
        panel.show_till()
        panel.show()
        self.body.addWidget(panel)
        panel.setMinimumHeight(theme.current().px(430))
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)

    def done(self, result: int) -> None:
        """The panel goes back to the counter, which keeps it."""
        self._panel.hide()
        self._panel.setParent(self.parentWidget())
        super().done(result)
