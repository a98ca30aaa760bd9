"""What must not be certified was asked for: which item, which document, where to go instead."""

import enum
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.certificate_views import SECRETARY
from app.services.forbidden import ForbiddenItem
from app.services.shipped_templates import CHECKED
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Facts
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label, hide_unless, small
from app.ui.papers.certificates.dialogs import LONGEST_REASON

MOST_SHOWN = 3


class Way(enum.Enum):
    """How it went on."""

    BACK = enum.auto()
    REFUSE = enum.auto()
    OVERRIDE = enum.auto()


class ForbiddenStop(Dialog):
    """Stops a certificate. `way` and `reason` tell what was decided after it closed.

    Of several at once nobody's refusal is printed (`refusable`).
    """

    def __init__(
        self,
        items: Sequence[ForbiddenItem],
        role: str,
        parent: QWidget | None = None,
        *,
        refusable: bool = True,
    ) -> None:
        super().__init__("这项证明不得出具", parent, width=560)
        self.way = Way.BACK
        self._secretary = role in {"", SECRETARY}
        for item in items[:MOST_SHOWN]:
            self.body.addWidget(_item_card(item))
        if len(items) > MOST_SHOWN:
            self.body.addWidget(small(f"另有 {len(items) - MOST_SHOWN} 项也碰到了，见清单。"))
        self._add_override()
        self.back = self.add_button(Button("返回修改", cap="Esc"), closes=False)
        self.override = self.add_button(Button("书记破例出具", kind="danger"))
        self.override.clicked.connect(self._try_override)
        offer(self._secretary, self.override)
        self.refuse = self.add_button(Button("打印不予出具告知单", kind="primary"))
        self.refuse.clicked.connect(lambda: self._leave(Way.REFUSE))
        hide_unless(refusable, self.refuse)
        (self.refuse if refusable else self.back).setFocus()

    @property
    def reason(self) -> str:
        return self.line.text().strip()

    def _add_override(self) -> None:
        self.form = Form(label=64)
        self.line = line_edit(hint="确需出具的，写明谁同意、为什么", limit=LONGEST_REASON)
        self._field = self.form.add("破例原因", self.line)
        self.form.finish()
        self.form.save_requested.connect(self._try_override)
        self.form.leave_requested.connect(self.reject)
        hide_unless(self._secretary, self.form)
        self.body.addWidget(self.form)
        words = (
            "破例会连同原因记入经过。" if self._secretary else "只有书记可以破例，并要写明原因。"
        )
        self.body.addWidget(small(words))

    def _try_override(self) -> None:
        self._field.set_message("" if self.reason else "破例要写明原因，记入经过。", "danger")
        if self.reason:
            self._leave(Way.OVERRIDE)
        else:
            self.line.setFocus()

    def _leave(self, way: Way) -> None:
        self.way = way
        self.accept()


def _item_card(item: ForbiddenItem) -> Card:
    card = Card(margins=(14, 10, 14, 10), spacing=4)
    card.setObjectName("danger")
    card.body.addWidget(Label(item.name, "title", tone="danger", bold=True, wrap=True))
    facts = (
        ("清单", item.place),
        ("文件", item.document),
        ("去哪里", item.where_to_go),
        ("依据", item.redirect_basis if item.redirect_grade == CHECKED else ""),
    )
    card.body.addWidget(Facts([(name, words) for name, words in facts if words]))
    return card
