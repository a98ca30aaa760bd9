"""What a person card looks like: name, tags, facts, household, ledgers, actions, history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, icon_button
from app.ui.kit.card import Notice, heading
from app.ui.kit.chips import Chip, ChipLabel, ChipRow
from app.ui.kit.labels import Label, box, column, row, rule, small, title
from app.ui.people.consent_words import chip_of, lines_of
from app.ui.people.ledger_lines import (
    MEALS,
    MEETINGS,
    POINTS,
    REQUESTS,
    VISITS,
    LedgerLines,
    meals_words,
    meetings_words,
    points_words,
    requests_words,
    visits_words,
)
from app.ui.people.person_facts import FactLines
from app.ui.people.person_lines import HistoryLines, MemberLines
from app.ui.people.tag_chips import card_chips

if TYPE_CHECKING:
    from app.services.cards import ResidentCard

MASKED = ("证件", "电话", "备用")
FACTS = (*MASKED, "住址", "户", "居住", "网格")
DROPPED_IN_LARGE = frozenset({"备用", "居住", "网格"})
"""大字 keeps what decides at the counter; the form has the rest."""
CHECK_AGAIN_DAYS = 365


class PersonView(QWidget):
    """Shows a ResidentCard; knows nothing of where it comes from."""

    menu_asked = Signal()
    print_asked = Signal()
    open_asked = Signal()
    secret_asked = Signal(str)
    household_asked = Signal()
    history_asked = Signal()
    member_chosen = Signal(int)
    checked = Signal()
    take_back_asked = Signal()
    ledger_opened = Signal(str)
    ledger_add_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        px = theme.current().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(12), px(16), px(12))
        layout.setSpacing(px(8))
        self._add_person(layout)
        self._add_household(layout)
        self._add_ledgers(layout)
        self._add_actions(layout)
        self._add_history(layout)
        layout.addStretch(1)
        self._add_foot(layout)
        self._card: ResidentCard | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def show_card(self, card: ResidentCard, today: date) -> None:
        self._card = card
        self._show_name(card)
        self.tags.set_chips(card_chips(card.tags))
        self.tags.setVisible(bool(card.tags))
        self._show_departure(card)
        for name, fact in _facts(card).items():
            dropped = theme.current().large and name in DROPPED_IN_LARGE
            self.facts.set_fact(name, "" if dropped else fact)
        self._show_consent(card)
        self._show_household(card)
        self.ledgers.set_words(VISITS, visits_words(card.rounds, today))
        self.ledgers.set_words(REQUESTS, requests_words(card.rounds))
        self.ledgers.set_words(POINTS, points_words(card.points))
        self.ledgers.set_words(MEALS, meals_words(card.meals))
        self.ledgers.set_words(MEETINGS, meetings_words(card.meetings))
        self._show_history(card)
        self._show_check(card, today)
        self._make_room()

    def _make_room(self) -> None:
        """In a low window the history gives way first, then the family, line by line,
        at last as a whole."""
        card, layout = self._card, self.layout()
        if card is None or layout is None:
            return
        self._show_household(card)
        self._show_history(card)
        family = len(card.household.members) if card.household else 0
        for lines, people in ((1, None), *((0, most) for most in range(min(family, 5), -1, -1))):
            if self._needed() <= self.height():
                return
            self._show_history(card, at_most=lines)
            self._show_household(card, at_most=people)
        if self._needed() > self.height():
            # The facts above say the same in one line.
            self._household_box.hide()

    def _needed(self) -> int:
        """The height that the card needs as it stands now, not when Qt comes to it."""
        for part in (self.members, self._household_box, self._history_box, self):
            layout = part.layout()
            if layout is not None:
                layout.activate()
            part.updateGeometry()
        return self.minimumSizeHint().height()

    def show_secret(self, name: str, words: str, action: str) -> None:
        """A masked fact, masked or in clear; in 大字 there is no room for further phones."""
        dropped = theme.current().large and name in DROPPED_IN_LARGE
        self.facts.set_fact(name, "" if dropped else words, action=action)

    # -- parts, from the top

    def _add_person(self, layout: QVBoxLayout) -> None:
        self.name = Label(role="h1", bold=True, wrap=True)
        self._beside, self._below = Label(tone="text2"), Label(tone="text2")
        self.more = icon_button("dots-horizontal", "这个人的更多操作")
        self.more.clicked.connect(self.menu_asked)
        layout.addLayout(row(self.name, (self._beside, 1), self.more))
        layout.addWidget(self._below)
        self.tags = ChipRow()
        layout.addWidget(self.tags)
        self.gone = Notice("", tone="warn", icon="account-arrow-right-outline")
        self.take_back = Button("撤回", kind="link", size="small")
        self.take_back.clicked.connect(self.take_back_asked)
        gone_layout = self.gone.layout()
        if gone_layout is not None:
            gone_layout.addWidget(self.take_back)
        layout.addWidget(self.gone)
        self.facts = FactLines(FACTS, masked=MASKED)
        self.facts.asked.connect(self.secret_asked)
        layout.addWidget(self.facts)
        self.consent, self._consent_words = ChipLabel(""), small()
        layout.addLayout(row(self.consent, (self._consent_words, 1)))

    def _add_household(self, layout: QVBoxLayout) -> None:
        self._household_title = title("本户")
        self.household = Button("", kind="link", size="small")
        self.household.clicked.connect(self.household_asked)
        self.members = MemberLines(limit=2 if theme.current().large else 5)
        self.members.chosen.connect(self.member_chosen)
        self._rest = small()
        line = row(self._household_title, None, self.household)
        self._household_box = box(column(rule(), line, self.members, self._rest, spacing=2))
        layout.addWidget(self._household_box)

    def _add_ledgers(self, layout: QVBoxLayout) -> None:
        self.ledgers = LedgerLines()
        self.ledgers.opened.connect(self.ledger_opened)
        self.ledgers.add_asked.connect(self.ledger_add_asked)
        self.ledgers_box = box(column(rule(), self.ledgers, spacing=4))
        layout.addWidget(self.ledgers_box)

    def _add_actions(self, layout: QVBoxLayout) -> None:
        self.print_button = Button("打印", cap=keys.cap("print"), wide=True)
        self.print_button.clicked.connect(self.print_asked)
        self.open_button = Button("打开", cap=keys.cap("open"), wide=True)
        self.open_button.clicked.connect(self.open_asked)
        layout.addSpacing(theme.current().px(2))
        layout.addLayout(row(self.print_button, self.open_button))

    def _add_history(self, layout: QVBoxLayout) -> None:
        self.history = HistoryLines()
        self.all_history = Button("", kind="link", size="small")
        self.all_history.clicked.connect(self.history_asked)
        line = heading("经过", "", self.all_history)
        self._history_box = box(column(rule(), line, self.history, spacing=4))
        layout.addWidget(self._history_box)

    def _add_foot(self, layout: QVBoxLayout) -> None:
        self.check_chip = ChipLabel("")
        self.check_button = Button("核对无误", kind="link", size="small")
        self.check_button.clicked.connect(self.checked)
        self._short_history = Button("经过", kind="link", size="small")
        self._short_history.clicked.connect(self.history_asked)
        layout.addLayout(row(self.check_chip, None, self._short_history, self.check_button))

    # -- contents

    def _show_name(self, card: ResidentCard) -> None:
        age = "" if card.age is None else f"{card.age} 岁"
        standing = "・".join(part for part in (card.sex, age) if part)
        room = theme.current().card - theme.current().px(90)
        needed = theme.text_width(card.name, "h1", bold=True) + theme.text_width(standing)
        self.name.setText(card.name)
        self._beside.setText(standing if needed <= room else "")
        self._below.setText("" if needed <= room else standing)
        self._below.setVisible(needed > room)

    def _show_departure(self, card: ResidentCard) -> None:
        self.gone.setVisible(bool(card.departure))
        if card.departure:
            day = "" if card.departed_on is None else f"{card.departed_on:%Y-%m-%d}"
            self.gone.show_text(f"已{card.departure}", day, tone="warn")
            self.take_back.setText(f"撤回{card.departure}")

    def _show_consent(self, card: ResidentCard) -> None:
        """Ground, notice, consent: the chip names what is missing; nobody asks who has left."""
        for widget in (self.consent, self._consent_words):
            widget.setVisible(not card.departure)
        self.consent.set_chip(chip_of(card.standing))
        lines = lines_of(card.standing)
        margins, gap = 2 * theme.current().px(16), theme.current().px(12)
        room = theme.current().card - margins - self.consent.width() - gap
        fitting = (words for words in lines if theme.text_width(words, "small") <= room)
        self._consent_words.setText(next(fitting, ""))
        self._consent_words.setToolTip(lines[0])
        self.consent.setToolTip(lines[0])

    def _show_household(self, card: ResidentCard, *, at_most: int | None = None) -> None:
        home = card.household
        self._household_box.setVisible(home is not None and len(home.members) > 1)
        if home is not None:
            self._household_title.setText(f"本户 {len(home.members)} 人")
            self.household.setText(f"户 {home.number}")
            self.household.setAccessibleName(f"打开户 {home.number}")
            self.members.set_members(home.members, card.id, at_most=at_most)
            # In 大字 there is room for tags or for the family; its card is one click away.
            self.members.setVisible(not (theme.current().large and card.tags))
            self._rest.setText(f"还有 {self.members.rest} 人")
            # The title counts them already, where room is short.
            self._rest.setVisible(self.members.rest > 0 and not theme.current().large)

    def _show_history(self, card: ResidentCard, *, at_most: int | None = None) -> None:
        """The latest lines, or where there is no room for any a button that leads to them."""
        short = theme.current().large or at_most == 0
        self._history_box.setVisible(bool(card.history) and not short)
        self._short_history.setVisible(bool(card.history) and short)
        self.history.set_lines(card.history[:at_most])
        self.all_history.setText(f"全部 {card.history_count} 条")
        self._short_history.setText(f"经过 {card.history_count} 条")

    def _show_check(self, card: ResidentCard, today: date) -> None:
        self.check_chip.set_chip(_check_chip(card.checked_on, today))
        self.check_button.setVisible(card.checked_on != today and not card.departure)


def _facts(card: ResidentCard) -> dict[str, str]:
    """The lines that nothing hides."""
    return {
        "住址": card.place or card.other_address or "未登记",
        "户": card.household_line,
        "居住": card.residence_status,
        "网格": card.grid_name,
    }


def _check_chip(checked_on: date | None, today: date) -> Chip:
    if checked_on is None:
        return Chip("资料没有核对过", "warn", "alert-outline")
    days = (today - checked_on).days
    words = "资料今天核对" if days <= 0 else f"资料 {days:,} 天前核对"
    if days > CHECK_AGAIN_DAYS:
        return Chip(words, "warn", "alert-outline")
    return Chip(words, "ok", "check")
