"""Who is named in a public notice: the strip that tells it, and the dialog that decides."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QWidget

from app.errors import DomainError
from app.services.notice_people import DOCUMENT, Mention
from app.services.notices import NoticeText
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import column, row, small

_SHOWN = 3


class MaskingStrip(QWidget):
    """What the paper does not show in full; gone while nobody is named.

    Beside the form it is a bar with a button, below the archive one quiet line.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._notice = Notice("", tone="soft", icon="eye-off-outline")
        self._line = small(tone="warn", wrap=True)
        self.change = Button("更改…", size="small")
        self.change.clicked.connect(self.asked)
        self.setLayout(row((self._notice, 1), (self._line, 1), self.change, spacing=8))
        self.hide()

    @property
    def words(self) -> str:
        """What it says, '' while it is hidden."""
        return "" if self.isHidden() else self._line.text()

    def show_found(
        self, found: Sequence[Mention], hidden: Sequence[Mention], *, may_change: bool
    ) -> None:
        """`found` is everybody named, `hidden` those who are masked."""
        self.setVisible(bool(found))
        # In 大字 the text that is written keeps the room.
        bar = may_change and not theme.current().large
        self._notice.setVisible(bar)
        self._line.setVisible(not bar)
        self.change.setVisible(may_change)
        if not hidden:
            self._notice.show_text("姓名照原样印", "写明了依据，或去掉了勾。", tone="soft")
            self._line.setText("姓名照原样印：写明了依据，或去掉了勾。")
            return
        named = "，".join(f"{one.words} → {one.masked}" for one in hidden[:_SHOWN])
        more = f" 等 {len(hidden)} 处" if len(hidden) > _SHOWN else ""
        self._notice.show_text(f"印出来会遮住 {len(hidden)} 处", f"{named}{more}", tone="warn")
        self._line.setText(f"会遮住 {len(hidden)} 处：{named}{more}")


class MaskingDialog(Dialog):
    """A tick per name and number; without the tick it is no person's or may be shown."""

    def __init__(
        self, found: Sequence[Mention], text: NoticeText, parent: QWidget | None = None
    ) -> None:
        super().__init__("遮住谁", parent, width=480)
        self._found = found
        free = set(text.not_people.splitlines())
        self.ticks = [self._tick(one, one.words not in free) for one in found]
        self.consent = line_edit(text.consent_reason, limit=200)
        self.consent.setPlaceholderText("如 2026年11月20日本人书面同意")
        self.body.addWidget(
            small("勾上的遮住。不是人名的、办公用的电话，去掉勾就照印。", wrap=True)
        )
        self.body.addWidget(self._list())
        form = Form(label=72)
        form.add("公开依据", self.consent)
        form.add_full(small("写了依据，姓名和电话都照原样印；证件号码仍然遮住。", wrap=True))
        form.finish()
        form.save_requested.connect(self._accept)
        self.body.addWidget(form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.ok = self.add_button(Button("确定", kind="primary", cap="Ctrl+Enter"))
        self.ok.clicked.connect(self._accept)

    @property
    def not_people(self) -> str:
        """What was set free, one a line."""
        pairs = zip(self._found, self.ticks, strict=True)
        return "\n".join(one.words for one, tick in pairs if not tick.isChecked())

    def _tick(self, one: Mention, on: bool) -> QCheckBox:
        left = "（已撤回同意）" if one.withdrawn else ""
        tick = QCheckBox(f"{one.what}　{one.words} → {one.masked}{left}")
        tick.setChecked(on or one.what == DOCUMENT)
        tick.setEnabled(one.what != DOCUMENT)
        return tick

    def _list(self) -> QWidget:
        inside = QWidget()
        inside.setLayout(column(*self.ticks, None, spacing=4))
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName("文中的姓名和号码")
        lines = min(8, len(self.ticks))
        area.setFixedHeight(lines * (theme.current().control_small + theme.current().px(4)))
        return area

    def _accept(self) -> None:
        with messages.domain_errors_shown(self):
            if len(self.consent.text().strip()) == 1:
                raise DomainError("公开的依据请写具体，如“2026年11月20日本人书面同意”。")
            self.accept()
