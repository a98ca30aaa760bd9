"""核验: a paper that somebody brings is held against the register."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.context import Context
from app.models import Stage
from app.services import check_codes
from app.services.certificate_views import PaperFacts
from app.services.check_codes import Verified
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import Label, column, row, small

_HINT = "输入纸上的编号和校验码，或者把光标放在第一格里扫二维码。大小写、全角半角都可以。"


class VerifyDialog(Dialog):
    """Number and code, or the text of a scanned QR in the first field; Enter goes on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("核验证明", parent, width=600)
        self._context = context
        self.number = line_edit(hint="望海社证〔2026〕12号", name="编号，或扫描二维码", limit=200)
        self.code = line_edit(hint="7F3K-92QD", name="校验码", limit=40)
        self.code.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
        self.answer = Notice("", tone="soft")
        self.facts = Facts(label=52)
        self.card = Card()
        self.card.body.addWidget(self.facts)
        self._lay_out()
        self._connect()
        self._show_nothing()
        self.number.setFocus()

    def check(self) -> None:
        """Compare what stands in the fields with the register, and say it."""
        with self._context.database.reading() as session:
            found = check_codes.verify(
                session,
                self.number.text(),
                self.code.text(),
                today=self._context.clock.today(),
            )
        self._show(found)
        # The next paper is typed or scanned over this one.
        self._first_missing(found).setFocus()
        self.number.selectAll()

    # -- assembling

    def _lay_out(self) -> None:
        self.body.addWidget(small(_HINT))
        width = theme.current().px(170)
        self.code.setFixedWidth(width)
        self.body.addLayout(
            row(
                (column(Label("编号", tone="text2"), self.number, spacing=4), 1),
                column(Label("校验码", tone="text2"), self.code, spacing=4),
                spacing=10,
            )
        )
        self.body.addWidget(self.answer)
        self.body.addWidget(self.card)
        self.body.addStretch(1)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.check_button = self.add_button(Button("核验", kind="primary", cap="Enter"))

    def _connect(self) -> None:
        self.number.returnPressed.connect(self._entered)
        self.code.returnPressed.connect(self.check)
        self.check_button.clicked.connect(self.check)
        for field in (self.number, self.code):
            field.textEdited.connect(lambda _: self._show_nothing())

    def _entered(self) -> None:
        """A scanner ends with Enter: what it typed holds the code. A hand goes on to the code."""
        scanned = check_codes.holds_code(self.number.text())
        if scanned:
            self.code.clear()
        if scanned or self.code.text().strip() or not self.number.text().strip():
            self.check()
        else:
            self.code.setFocus()

    # -- showing

    def _show_nothing(self) -> None:
        self.answer.hide()
        self.card.hide()
        self.fit()

    def _show(self, found: Verified) -> None:
        words, tone = _headline(found)
        self.answer.show_text(words, found.sentence, tone=tone)
        self.answer.show()
        self.card.setVisible(found.line is not None and not found.incomplete)
        if found.line is not None:
            self.facts.set_pairs(_pairs(found.line))
        self.fit()

    def fit(self) -> None:
        """As high as what is shown needs at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _first_missing(self, found: Verified) -> QLineEdit:
        return self.code if found.incomplete and found.line is not None else self.number


def _headline(found: Verified) -> tuple[str, str]:
    """What it comes to in a word or two, and the tone of it."""
    if found.incomplete:
        return "还差一步", "info"
    if found.line is None:
        return "查不到", "danger"
    if found.ok:
        return ("相符，已过有效期", "warn") if found.stale else ("相符", "ok")
    return ("已作废" if found.line.stage is Stage.VOID else "不符"), "danger"


def _pairs(line: PaperFacts) -> list[tuple[str, str | QWidget]]:
    until = f"，有效期至 {line.valid_until:%Y-%m-%d}" if line.valid_until else ""
    shown = (
        ("编号", line.number),
        ("文书", line.title),
        ("姓名", f"{line.holder}　{line.document_masked}"),
        ("出具", f"{line.issued_on:%Y-%m-%d}{until}" if line.issued_on else ""),
        ("用途", f"{line.purpose}，交{line.recipient}" if line.recipient else line.purpose),
        ("批准", f"{line.approved_by}　经办 {line.handled_by}"),
        ("状态", _standing(line)),
    )
    return [(label, words) for label, words in shown if words]


def _standing(line: PaperFacts) -> str:
    if line.void_reason:
        return f"{line.stage_label}：{line.void_reason}"
    if line.collected_by:
        return f"{line.stage_label}：{line.collected_by}（{line.collector_relation}）"
    return line.stage_label
