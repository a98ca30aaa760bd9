"""What is noted beside the votes: the party's discussion, the rules to be read, the end papers."""

from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.services.agenda import ItemView
from app.services.meeting_views import MeetingRow
from app.services.minutes import FileInput
from app.services.turnouts import MeetingTurnout
from app.services.vote_rules import NO_CAP, RuleView
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Facts
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import Label
from app.ui.meetings.live.dialogs import Asking
from app.ui.people.date_line import NearLine

_WHOLE = "整个记录"


class PartyDialog(Asking):
    """党组织研究 and 居民会议授权, where nobody noted them before the meeting (第三十条)."""

    def __init__(self, row: MeetingRow, today: date, parent: QWidget | None = None) -> None:
        super().__init__("补记党组织研究和授权", "记下", parent, width=560)
        self.day = NearLine(today, row.party_on)
        self.words = line_edit(row.party_words, hint="如 同意提交居民代表会议", limit=200)
        self.delegation = line_edit(
            row.delegation, hint="哪次居民会议授权；不属于的写“不属于”", limit=200
        )
        explanation = "照会前的记录补记。已经记过的不会改动。"
        self.form.add_full(Label(explanation, tone="text2", wrap=True))
        self.form.add("研究日期", self.day, required=True)
        self.form.add("研究意见", self.words)
        self.form.add("授权", self.delegation)
        self.form.finish()
        self.day.setFocus()

    def fault(self) -> tuple[int, str] | None:
        if self.day.value() is None:
            return 0, "请填社区党组织研究的日期，在开会那天或以前。"
        return None


class RuleDialog(Dialog):
    """看规则: the thresholds of the meeting with their articles."""

    grows = True

    def __init__(self, here: MeetingTurnout, parent: QWidget | None = None) -> None:
        super().__init__("这次会议的规则", parent, width=620)
        self.body.addWidget(Facts(_facts(here.rule), label=88))
        self.add_button(Button("知道了", kind="primary", cap="Esc"), closes=True).setFocus()


class AmendDialog(Asking):
    """修正 of finished minutes."""

    def __init__(self, items: list[ItemView], parent: QWidget | None = None) -> None:
        super().__init__("写修正", "写入修正", parent, width=620)
        named = {one.id: f"第 {one.place} 项 {one.title}" for one in items}
        self.item = IdChoice(named, name="修正哪一项", blank=_WHOLE)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.current().px(120))
        self.reason = line_edit(hint="如 笔误；会后核对录音", limit=200)
        self.form.add_full(Label("原文不动，修正和原文一起保存、一起打印。", tone="text2"))
        self.form.add("修正哪一项", self.item)
        self.form.add("修正内容", self.words, required=True)
        self.form.add("原因", self.reason, required=True)
        self.form.finish()
        self.words.setFocus()

    def fault(self) -> tuple[int, str] | None:
        if not self.words.toPlainText().strip():
            return 1, "请写清修正的内容。"
        return None if self.reason.text().strip() else (2, "请写明修正的原因。")


class FileDialog(Asking):
    """定稿: who led and who wrote; from then on nothing is changed."""

    def __init__(self, row: MeetingRow, parent: QWidget | None = None) -> None:
        super().__init__("会议记录定稿", "定稿", parent, width=640)
        self.chair = line_edit(row.chair, name="主持人", limit=60)
        self.recorder = line_edit(row.recorder, name="记录人", limit=60)
        self.summary = QPlainTextEdit(row.summary)
        self.summary.setTabChangesFocus(True)
        self.summary.setFixedHeight(theme.current().px(96))
        self.sent_to = line_edit(row.sent_to, hint="如 街道社区建设办、各居民代表", limit=200)
        words = "定稿以后会议记录不能再改，要补充或更正只能写修正。请先打印出来核对、签字。"
        self.form.add_full(Label(words, wrap=True))
        self.form.add("主持人", self.chair, required=True)
        self.form.add("记录人", self.recorder, required=True)
        self.form.add("纪要", self.summary)
        self.form.add("纪要发送", self.sent_to)
        self.form.finish()
        self.chair.setFocus()

    def fault(self) -> tuple[int, str] | None:
        if not self.chair.text().strip():
            return 0, "请填主持人。"
        return None if self.recorder.text().strip() else (1, "请填记录人。")

    @property
    def entered(self) -> FileInput:
        return FileInput(
            chair=self.chair.text(),
            recorder=self.recorder.text(),
            summary=self.summary.toPlainText(),
            sent_to=self.sent_to.text(),
        )


def _facts(rule: RuleView) -> list[tuple[str, str | QWidget]]:
    passing = rule.passing.words if rule.passing.asked else "不设门槛，形成意见，不作决定"
    if rule.passing.asked:
        passing = f"赞成{passing}（按{rule.pass_basis.label}）"
    told: list[tuple[str, str | QWidget]] = [
        ("规则", rule.name),
        ("能否决定", "能作决定" if rule.decides else "协商，形成意见，不作决定"),
        ("到会", f"{rule.quorum.words}（按{rule.basis.label}）"),
        ("通过", passing + ("，人数和面积双轨" if rule.by_area else "")),
        ("委托", _proxy_words(rule.proxies)),
        ("依据", rule.article),
    ]
    return [*told, ("要点", rule.article_words)] if rule.article_words else told


def _proxy_words(proxies: int) -> str:
    if not proxies:
        return "没有规定，须本人到会"
    return "可以委托" if proxies == NO_CAP else f"一人最多受 {proxies} 人之托"
