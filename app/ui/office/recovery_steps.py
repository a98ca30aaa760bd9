"""The recovery sheet: print it, type one group back from the paper, put it away.

It stands in the first start and, after a used or lost code, in 设置. The groups are shown only
inside the sheet, and are forgotten when this widget goes.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.clock import Clock
from app.storage.recovery import GROUP_LENGTH, GROUPS
from app.ui.kit import icons, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.files import save_pdf
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import Label, column, h1, row, rule, small, title
from app.ui.kit.messages import domain_errors_shown
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.printing import print_paper
from app.ui.kit.tokens import COLORS

PROOF = GROUPS - 1
"""The group that is typed back: the last one, so the whole sheet has been looked at."""


class RecoverySteps(QWidget):
    """Three parts, each turning green when done; `ready_changed` says whether one may go on."""

    ready_changed = Signal(bool)

    def __init__(
        self,
        groups: tuple[str, ...],
        sheet: Callable[[], bytes],
        clock: Clock,
        heading: str = "恢复单",
    ) -> None:
        super().__init__()
        self._proof = groups[PROOF]
        self._sheet = sheet
        self._clock = clock
        self._ready = False
        self._printed = False
        self._build(heading)

    @property
    def hint(self) -> str:
        """What is still missing, for the place beside the button."""
        if not self._printed:
            return "先打印或存为 PDF"
        if not self._typed_right():
            return f"填完第 {GROUPS} 组，勾上第 3 步，就能往下走"
        return "" if self._ready else "勾上第 3 步，就能往下走"

    def _build(self, heading: str) -> None:
        card = Card(margins=(28, 18, 28, 16), spacing=8)
        if heading:
            card.body.addWidget(h1(heading))
        words = "密码只有您知道，我们没有后门。这张纸是忘了密码以后唯一的办法。"
        card.body.addWidget(Label(words, wrap=True))
        self._marks = [_Mark(number) for number in (1, 2, 3)]
        parts = (self._print_part(), self._type_part(), self._away_part())
        for mark, part in zip(self._marks, parts, strict=True):
            card.body.addSpacing(theme.current().px(6))
            top = Qt.AlignmentFlag.AlignTop
            line = row(spacing=12)
            line.addWidget(mark, 0, top)
            line.addLayout(part, 1)
            card.body.addLayout(line)
            if part is not parts[-1]:
                card.body.addSpacing(theme.current().px(6))
                card.body.addWidget(rule())
        card.body.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def _print_part(self) -> QVBoxLayout:
        self.print_button = Button("打印", action="print")
        self.print_button.clicked.connect(self._print)
        self.print_button.bind(self)
        self.save_button = Button("存为 PDF")
        self.save_button.clicked.connect(self._save)
        self._done_chip = ChipLabel("已打印", "ok", "check")
        self._done_chip.hide()
        return column(
            title("打印 2 张"),
            small(
                "书记存 1 张，街道存 1 张。没有打印机就存为 PDF，放进 U 盘，回头再打。", wrap=True
            ),
            row(self.print_button, self.save_button, self._done_chip, None),
            spacing=5,
        )

    def _type_part(self) -> QVBoxLayout:
        self.proof = line_edit(name=f"照纸上填第 {GROUPS} 组", limit=GROUP_LENGTH)
        self.proof.setFixedWidth(theme.current().px(150))
        self.proof.setInputMethodHints(
            Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhSensitiveData
        )
        font = QFont(theme.font("title", bold=True))
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        self.proof.setFont(font)
        self.proof.textChanged.connect(self._check)
        self.proof.returnPressed.connect(lambda: self.away.setFocus())
        self._typed = small()
        return column(
            title(f"照纸上填第 {GROUPS} 组"),
            small("证明纸在手里，字也看得清。不分大小写。", wrap=True),
            row(self.proof, self._typed, None, spacing=10),
            spacing=5,
        )

    def _away_part(self) -> QVBoxLayout:
        self.away = QCheckBox("已装信封，放进保险柜")
        self.away.toggled.connect(self._check)
        return column(
            title("放好"),
            small(
                "离开这一步，屏幕上就不再显示这六组字。以后可在 设置 换一张新的，旧的当场作废。",
                wrap=True,
            ),
            self.away,
            spacing=5,
        )

    def _print(self) -> None:
        with domain_errors_shown(self):
            request = PrintRequest(
                title="恢复单",
                pdf=self._sheet(),
                done=self._note_printed,
                saved=lambda _: self.note_done("已存为 PDF"),
                owner=self,
                secret=True,
            )
            print_paper(self, request)

    def _save(self) -> None:
        with domain_errors_shown(self):
            if save_pdf(self, self._sheet(), "恢复单.pdf"):
                self.note_done("已存为 PDF")

    def _note_printed(self) -> None:
        self.print_button.setText("再打一张")
        self.note_done("已交给打印机")

    def note_done(self, words: str) -> None:
        """The sheet is out; the next part gets the focus."""
        self._printed = True
        self._done_chip.set_chip(Chip(f"{self._clock.now():%H:%M} {words}", "ok", "check"))
        self._done_chip.show()
        self.proof.setFocus()
        self._check()

    def _typed_right(self) -> bool:
        return self.proof.text().strip().upper() == self._proof

    def _check(self) -> None:
        count, right = len(self.proof.text()), self._typed_right()
        if right:
            self._typed.setText("对上了")
        elif count == GROUP_LENGTH:
            self._typed.setText("对不上，请照纸上再看一遍")
        else:
            self._typed.setText(f"{GROUP_LENGTH} 个字，已填 {count} 个")
        tone = "ok" if right else "danger" if count == GROUP_LENGTH else "text2"
        self._typed.set_tone(tone)
        for mark, done in zip(
            self._marks, (self._printed, right, self.away.isChecked()), strict=True
        ):
            mark.set_done(done)
        self._ready = self._printed and right and self.away.isChecked()
        self.ready_changed.emit(self._ready)


class _Mark(QWidget):
    """The number of a part in a circle; a green tick when it is done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._done = False
        side = theme.current().px(26)
        self.setFixedSize(side, side)

    def set_done(self, done: bool) -> None:
        self._done = done
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = COLORS.ok if self._done else COLORS.input_border
        painter.setPen(QPen(QColor(edge), 1.2))
        painter.setBrush(QColor(COLORS.ok_soft if self._done else COLORS.surface))
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        if self._done:
            third = self.width() // 4
            inner = self.rect().adjusted(third, third, -third, -third)
            icons.draw(painter, inner, "check", COLORS.ok)
            return
        painter.setPen(QColor(COLORS.text2))
        painter.setFont(theme.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
