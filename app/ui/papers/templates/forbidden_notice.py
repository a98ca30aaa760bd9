"""A template that certifies what may not be certified is not kept: which item, where to go."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.forbidden import ForbiddenItem
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, small
from app.ui.papers.forbidden_dialog import ForbiddenDialog

MOST_SHOWN = 3
_WHY = "这个模板的标题或正文写的是社区不得出具的证明，所以没有保存。"


class ForbiddenNotice(Dialog):
    """Says what was found; the whole list is one button away."""

    def __init__(
        self, context: Context, items: Sequence[ForbiddenItem], parent: QWidget | None = None
    ) -> None:
        super().__init__("不得出具", parent, width=560)
        self._context = context
        self.body.addWidget(Label(_WHY, wrap=True))
        for item in items[:MOST_SHOWN]:
            self.body.addWidget(Notice(in_words(item), where(item), tone="danger"))
        if len(items) > MOST_SHOWN:
            self.body.addWidget(small(f"另有 {len(items) - MOST_SHOWN} 项也碰到了，见清单。"))
        self.body.addStretch(1)
        self.list_button = self.add_button(Button("看清单"))
        self.list_button.clicked.connect(self._open_list)
        self.back = self.add_button(Button("返回修改", kind="primary", cap="Esc"), closes=False)
        self.back.setFocus()

    def _open_list(self) -> None:
        ForbiddenDialog(self._context, self).exec()


def in_words(item: ForbiddenItem) -> str:
    """全国清单第 8 项：婚姻状况证明（民发〔2020〕20号）."""
    document = f"（{item.document}）" if item.document else ""
    return f"{item.place}：{item.name}{document}"


def where(item: ForbiddenItem) -> str:
    """Where the resident goes instead."""
    return f"去哪里：{item.where_to_go.rstrip('。')}。"
