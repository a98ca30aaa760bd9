"""网格公示牌: of one grid or of all, on the size of paper that is chosen, then on the screen."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.reports import notice_board
from app.services import organisation_papers
from app.services.settings import OFFICE_PHONE, SUPERVISION_PHONE
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import small
from app.ui.people.paper_preview import PaperPreview

_ALL, _ONE = "全部网格，每个一页", "只打这个网格"


class BoardsDialog(Dialog):
    """Which grids, and how large."""

    def __init__(
        self, context: Context, grid_ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__("打印公示牌", parent, width=480)
        self._context = context
        self._grid_ids = tuple(grid_ids)
        few = f"只打选中的 {len(self._grid_ids)} 个网格" if len(self._grid_ids) > 1 else _ONE
        self.which = choice([few, _ALL] if self._grid_ids else [_ALL], name="网格")
        self.paper = choice([notice_board.A4, notice_board.A3], name="纸张")
        self.body.addWidget(
            small(
                "牌上有网格名称、区域范围、网格员姓名照片和电话、监督电话、职责。"
                "网格员的电话会整个印出来，请确认登记的是工作电话。",
                wrap=True,
            )
        )
        settings = context.settings
        if not (settings[SUPERVISION_PHONE] or settings[OFFICE_PHONE]):
            self.body.addWidget(
                small("还没有监督电话：请在“设置 · 网格”里填写。", tone="warn", wrap=True)
            )
        self.form = Form(label=52)
        self.form.add("网格", self.which)
        self.form.add("纸张", self.paper)
        self.form.finish()
        self.form.save_requested.connect(self.accept)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.add_button(Button("预览并打印", kind="primary", cap=CONFIRM_CAP), closes=True)
        self.which.setFocus()

    @property
    def grid_ids(self) -> tuple[int, ...]:
        """Empty for all."""
        return () if self.which.currentText() == _ALL else self._grid_ids


def print_boards(context: Context, parent: QWidget, grid_ids: Sequence[int] = ()) -> None:
    """Ask which and how large, draw, show; that it was printed or saved is put on record."""
    dialog = BoardsDialog(context, grid_ids, parent.window())
    if not dialog.exec():
        return
    with messages.domain_errors_shown(parent):
        today, chosen = context.clock.today(), dialog.grid_ids
        with context.database.reading() as session:
            data = organisation_papers.boards(
                session, chosen, paper=dialog.paper.currentText(), on=today
            )
            people = organisation_papers.people_on_boards(session, chosen, on=today)
        name = data.boards[0].grid if len(data.boards) == 1 else f"{len(data.boards)} 个网格"
        title = f"网格公示牌 {name}"

        def note() -> None:
            with context.database.transaction(f"打印 {title}") as session:
                organisation_papers.note_printed(session, people)

        pdf = notice_board.render(data)
        PaperPreview(context, title, pdf, note, parent.window()).exec()
