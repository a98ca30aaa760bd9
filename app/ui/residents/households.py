"""The household window: who belongs together, and what can be changed about it."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Household
from app.services import households
from app.services.cards import ResidentCard
from app.services.households import HouseholdView
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import row, rule, small
from app.ui.people.date_line import DateLine
from app.ui.people.person_lines import MemberLines
from app.ui.recent.history import Record, history_button
from app.ui.residents.household_panels import HeadPanel, MovePanel, Panel, SplitPanel
from app.values.codes import RELATION


class HouseholdDialog(Dialog):
    """Shows the members; one action at a time opens below them, in the same window."""

    def __init__(self, context: Context, household_id: int, parent: QWidget | None = None) -> None:
        with context.database.reading() as session:
            home = households.household(session, household_id, today=context.clock.today())
        super().__init__(home.label, parent, width=560)
        self.sentence = ""
        """What was done, after the dialog was accepted."""
        self.person_id: int | None = None
        """A member who was clicked: the page shows him."""
        self._show_members(home)
        self.panels: tuple[Panel, ...] = tuple(
            kind(context, home) for kind in (HeadPanel, SplitPanel, MovePanel)
        )
        self._add_actions()
        record = Record(Household, household_id, home.label)
        self._foot.insertWidget(0, history_button(context, self, lambda: record))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("", kind="primary", cap="Ctrl+Enter"))
        self.confirm.clicked.connect(self.save)
        self.confirm.hide()
        self.action_buttons[0].setFocus()

    def choose(self, number: int) -> None:
        """Open the panel of an action."""
        for place, button in enumerate(self.action_buttons):
            button.kind = "filter_on" if place == number else "normal"
            button.updateGeometry()
            button.update()
            self.panels[place].setVisible(place == number)
        self._chosen = number
        self.trouble.hide()
        self.confirm.setText(self.panels[number].verb)
        self.confirm.show()
        self.panels[number].first().setFocus()
        self.adjustSize()

    def save(self) -> None:
        """Store what the open panel says and close; what is missing is told in the panel."""
        panel = self.panels[self._chosen]
        fault = panel.fault()
        self.trouble.setText(fault)
        self.trouble.setVisible(bool(fault))
        if fault or self.confirm.isHidden():
            return
        with messages.domain_errors_shown(self):
            self.sentence = panel.save()
            self.accept()

    def _show_members(self, home: HouseholdView) -> None:
        words = f"{home.place or '没有登记住处'}・{len(home.members)} 人"
        self.body.addWidget(small(words))
        self.members = MemberLines(limit=max(1, len(home.members)))
        self.members.set_members(home.members, current_id=0)
        self.members.chosen.connect(self._go_to)
        self.body.addWidget(self.members)

    def _add_actions(self) -> None:
        self.action_buttons = [Button(panel.verb, size="small") for panel in self.panels]
        self._chosen = 0
        self.trouble = small(tone="danger", wrap=True)
        self.trouble.hide()
        self.body.addWidget(rule())
        self.body.addLayout(row(*self.action_buttons, None))
        self.body.addSpacing(theme.current().spacing[0])
        for number, panel in enumerate(self.panels):
            self.action_buttons[number].clicked.connect(lambda _=False, n=number: self.choose(n))
            panel.save_requested.connect(self.save)
            panel.form.leave_requested.connect(self.reject)
            panel.hide()
            self.body.addWidget(panel)
        self.body.addWidget(self.trouble)

    def _go_to(self, person_id: int) -> None:
        self.person_id = person_id
        self.reject()


class ChangeHouseholdDialog(Dialog):
    """换户: into a household at another address, or a new one there."""

    def __init__(self, context: Context, card: ResidentCard, parent: QWidget | None = None) -> None:
        super().__init__(f"换户：{card.name}", parent, width=520)
        self.sentence = ""
        """What was done, after the dialog was accepted."""
        self._context = context
        self._card = card
        self._homes: list[HouseholdView] = []
        self._add_form()
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("换户", kind="primary", cap="Ctrl+Enter"))
        self.confirm.clicked.connect(self.save)
        self.address.setFocus()

    def save(self) -> None:
        """Store it and close; a broken rule is told and the dialog stays."""
        home = self._chosen()
        if home is None:
            self._address_field.set_message("请先写住址，再选那里的一户。", "danger")
            self.address.setFocus()
            return
        if self.date.value() is None:
            self._date_field.set_message("请填写日期，如 2026-11-20。", "danger")
            self.date.setFocus()
            return
        with messages.domain_errors_shown(self):
            self.sentence = self._save(home)
            self.accept()

    def _add_form(self) -> None:
        today = self._context.clock.today()
        self.form = Form()
        self.address = line_edit(hint="楼-单元-室，如 3-2-501", limit=60)
        self.home, self.date = choice([]), DateLine(today, today)
        self.relation = choice(["", *RELATION.names], "")
        self._address_field = self.form.add("搬到", self.address, required=True)
        self.form.add("哪一户", self.home, required=True)
        self.form.add("与户主关系", self.relation)
        self._date_field = self.form.add("日期", self.date, required=True)
        self.address.textChanged.connect(lambda _: self._offer_homes())
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.form.finish()
        self.body.addWidget(self.form)

    def _offer_homes(self) -> None:
        """Households at the address typed so far."""
        text = self.address.text().strip()
        with self._context.database.reading() as session:
            today = self._context.clock.today()
            found = households.at_address(session, text, today=today) if text else []
        own = None if self._card.household is None else self._card.household.id
        self._homes = [one for one in found if one.id != own]
        self.home.clear()
        self.home.addItems([_words(one) for one in self._homes])
        if text and not self._homes:
            self._address_field.set_message("那里没有登记别的户。要另立一户，请用“分户”。")
        else:
            self._address_field.set_message()

    def _chosen(self) -> HouseholdView | None:
        place = self.home.currentIndex()
        return self._homes[place] if 0 <= place < len(self._homes) else None

    def _save(self, home: HouseholdView) -> str:
        clock = self._context.clock
        sentence = f"{self._card.name} 换到户 {home.number}"
        with self._context.database.transaction(sentence) as session:
            said = households.move_person(
                session,
                self._card.id,
                home.id,
                relation=self.relation.currentText(),
                on_date=self.date.value() or clock.today(),
                now=clock.now(),
            )
        return f"{sentence}。{''.join(said)}"


def _words(home: HouseholdView) -> str:
    people = f"{len(home.members)} 人" if home.members else "现在空着"
    return f"{home.label}・{people}"
