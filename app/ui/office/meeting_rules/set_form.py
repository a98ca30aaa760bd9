"""The fields of a set of the office, and what is read from them."""

from PySide6.QtWidgets import QCheckBox, QSpinBox

from app.services.vote_rule_sets import (
    FREE_KINDS,
    MAY_DECIDE,
    MOST_DAYS,
    MOST_MONTHS,
    MOST_PROXIES,
    PASS_BASES,
    SetInput,
)
from app.services.vote_thresholds import SHARES, Share
from app.ui.kit import theme
from app.ui.kit.abreast import Abreast
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.people.date_line import DateLine


class SetForm(Form):
    """`show_input` fills it, `entered()` reads it."""

    def __init__(self, since: DateLine) -> None:
        super().__init__(columns=2, label=76)
        self.since = since
        self.name = line_edit(hint="如 协商会议事规则", limit=60)
        self.kind = choice([one.label for one in FREE_KINDS], name="用于哪种组织")
        self.decides = QCheckBox("能作决定")
        self.decides.setMinimumHeight(theme.current().control)
        self.decides.setAccessibleName("能作决定，不只形成意见")
        self.quorum = choice([one.words for one in SHARES], name="到会要多少")
        self.basis = choice([one.label for one in PASS_BASES], name="通过按什么人数算")
        self.passing = choice([one.words for one in SHARES], name="通过要多少")
        self.notice = _figure("提前 ", " 天", MOST_DAYS, "没有规定", "提前几天通知，0 没有规定")
        self.cadence = _figure(
            "至少 ", " 个月一次", MOST_MONTHS, "没有规定", "至少几个月开一次，0 没有规定"
        )
        self.proxies = _figure(
            "一人最多受 ", " 人委托", MOST_PROXIES, "不能委托", "一人最多受几人委托，0 不能委托"
        )
        self.article = line_edit(hint="如 协商议事制度第五条", limit=80)
        self._lay_out()
        self.kind.currentIndexChanged.connect(lambda _: self._show_kind())

    def show_input(self, entered: SetInput, *, known: bool) -> None:
        """Fill every field; whom a known set is for stays."""
        self.name.setText(entered.name)
        self.kind.setCurrentText(entered.kind.label)
        self.kind.setEnabled(not known)
        self.quorum.setCurrentIndex(_place(entered.quorum))
        self.basis.setCurrentText(entered.pass_basis.label)
        self.passing.setCurrentIndex(_place(entered.passing))
        self.decides.setChecked(entered.decides)
        self.notice.setValue(entered.notice_days)
        self.cadence.setValue(entered.cadence_months)
        self.proxies.setValue(entered.proxies)
        self.article.setText(entered.article)
        self._show_kind()

    def entered(self) -> SetInput:
        kind = FREE_KINDS[self.kind.currentIndex()]
        return SetInput(
            name=self.name.text(),
            kind=kind,
            decides=self.decides.isChecked() and kind in MAY_DECIDE,
            quorum=SHARES[self.quorum.currentIndex()],
            pass_basis=PASS_BASES[self.basis.currentIndex()],
            passing=SHARES[self.passing.currentIndex()],
            proxies=self.proxies.value(),
            notice_days=self.notice.value(),
            cadence_months=self.cadence.value(),
            article=self.article.text(),
        )

    def _lay_out(self) -> None:
        self.add("名称", self.name, required=True)
        self.add("从哪天起", self.since, required=True)
        self.add("用于", self.kind, required=True)
        self._decides = self.add("效力", self.decides)
        self.add("到会", self.quorum)
        self.add("通过", Abreast(self.basis, self.passing))
        self.add("通知", self.notice)
        self.add("周期", self.cadence)
        self.add("委托", self.proxies)
        self.add("依据", self.article, required=True)
        self.finish()

    def _show_kind(self) -> None:
        """A 协商 decides nothing, whatever was ticked before."""
        may = FREE_KINDS[self.kind.currentIndex()] in MAY_DECIDE
        self.decides.setEnabled(may)
        self.decides.setText("能作决定" if may else "协商，只形成意见（第三十二条）")
        if not may:
            self.decides.setChecked(False)


def _place(share: Share) -> int:
    return SHARES.index(share) if share in SHARES else 0


def _figure(before: str, after: str, most: int, none: str, name: str) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(0, most)
    spin.setPrefix(before)
    spin.setSuffix(after)
    spin.setSpecialValueText(none)
    spin.setAccessibleName(name)
    spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    return spin
