"""The rule that is marked in the list: its article, what it asks for, and an example."""

from PySide6.QtWidgets import QWidget

from app.services import vote_rule_words
from app.services.vote_rules import RuleView
from app.ui.kit import theme
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.labels import Label, column, title
from app.ui.kit.scroll import WholeLines

_NOTHING = "在左边选一条规则，这里说它依据哪一条、要求什么。"


class RuleCard(Card):
    """Words only; what can be changed is changed by the buttons over the list."""

    def __init__(self) -> None:
        super().__init__(margins=(18, 14, 18, 14))
        self.heading_line = title("")
        self.heading_line.setWordWrap(True)
        self.article = Label("", "small", tone="sel", wrap=True)
        self.words = Label("", tone="text2", wrap=True)
        self.facts = Facts(label=44)
        self.example = Notice("", tone="soft")
        told = QWidget()
        told.setLayout(column(self.article, self.words, self.facts, None, spacing=8))
        self.body.addWidget(self.heading_line)
        # The longest of them are longer than the card in 大字.
        self.body.addWidget(WholeLines(told, self._ends), 1)
        self.body.addWidget(self.example)
        self.setMinimumWidth(theme.current().px(330))

    def show_rule(self, rule: RuleView | None) -> None:
        """None: what to do to see one."""
        for part in (self.article, self.words, self.facts, self.example):
            part.setVisible(rule is not None)
        if rule is None:
            self.heading_line.setText(_NOTHING)
            return
        self.heading_line.setText(vote_rule_words.name_of(rule))
        self.article.setText(f"{'依据' if rule.shipped else '本办公室：'}{rule.article}")
        self.words.setText(rule.article_words)
        # 大字: what the article says gives way, since the lines below it say it as well.
        self.words.setVisible(bool(rule.article_words) and not theme.current().large)
        self.facts.set_pairs(vote_rule_words.duties(rule))
        self.example.show_text("", f"例：{vote_rule_words.example(rule)}", tone="soft")

    def _ends(self) -> list[int]:
        shown = [part for part in (self.article, self.words) if not part.isHidden()]
        return [*(part.geometry().bottom() + 1 for part in shown), *self.facts.ends()]
