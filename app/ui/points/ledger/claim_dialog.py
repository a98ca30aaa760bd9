"""手工记分: one matter, one or several people, points by the rule; a reason is always asked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import ClaimOrigin
from app.services.points_accounts import TooYoung
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.people.points_wish import NewClaim
from app.ui.points.ledger import claim_entry
from app.ui.points.ledger.claim_draft import ClaimDraft, people_of
from app.ui.points.ledger.claim_entry import Entered, Matter
from app.ui.points.ledger.claim_form import LONGEST_WORDS, ClaimForm
from app.ui.points.ledger.claim_rows import ONE, quantity_words
from app.ui.points.ledger.sharing import share
from app.values.figures import signed


class ClaimDialog(Dialog):
    """A matter, a person, Enter, how much, Enter, the next person; Ctrl+Enter enters them all."""

    def __init__(
        self,
        context: Context,
        wish: NewClaim | None = None,
        *,
        returned_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("手工记分", parent, width=720)
        self._context, self._wish = context, wish or NewClaim()
        self._activity: int | None = None
        self._span: tuple[int | None, int | None] = (None, None)
        self._origin = ClaimOrigin.of(self._wish.origin)
        plain = returned_id is None and self._wish == NewClaim()
        self._draft = ClaimDraft(context) if plain else None
        self.form = ClaimForm(context)
        self._lay_out()
        if returned_id is not None:
            self._show_returned(returned_id)
        else:
            self._show_wish()
        self._take_up()
        self.form.item.setFocus()

    def save(self) -> None:
        """Enter all of them in one step, or none; whose cannot be booked is named."""
        with messages.domain_errors_shown(self):
            matter, names = self._matter(), self._names()
            try:
                self._enter(matter, names)
            except TooYoung as child:
                if share(self._context, self, child):
                    self._enter(matter, names)

    def reject(self) -> None:
        """Whoever leaves finds the people there again; with nobody there is nothing to keep."""
        self._keep()
        if self._draft is not None and self.form.people.rows:
            count = len(self.form.people.rows)
            said = f"没记完的 {count:,} 人留着，下次打开手工记分接着记"
            messages.notify(self._context.signals, said)
        super().reject()

    # -- inside

    def _lay_out(self) -> None:
        self.notice = Notice("", tone="warn")
        self.notice.hide()
        # Beside the buttons: 大字 has no room for one line more.
        self.kept = small(tone="sel")
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.form)
        self._foot.insertWidget(0, self.kept)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("记分", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _matter(self) -> Matter:
        """What stands in the form, and where it came from."""
        return replace(
            self.form.matter(),
            origin=self._origin,
            source_key=self._wish.source_key,
            activity_id=self._activity,
            starts=self._span[0],
            ends=self._span[1],
        )

    def _take_up(self) -> None:
        """What was not finished last time."""
        fields = self._draft.kept() if self._draft is not None else None
        if fields is not None:
            self._fill(fields)
            count = len(self.form.people.rows)
            self.kept.setText(f"上次没记完的 {count:,} 人还在；不要的选中按 Del。")
        self.form.people.changed.connect(self._keep)

    def _fill(self, fields: Mapping[str, Any]) -> None:
        self.form.day.setText(fields["day"])
        self.form.offer_rules()
        self.form.item.set_value(fields["item"])
        for name, field in self.form.texts().items():
            field.setText(fields.get(name, ""))
        self.form.ours.show_value(fields.get("ours"))
        for person, quantity in people_of(fields):
            self.form.people.add(person, quantity)

    def _keep(self) -> None:
        if self._draft is not None:
            fields = {name: field.text() for name, field in self.form.texts().items()}
            fields |= {"day": self.form.day.text(), "item": self.form.item.currentText()}
            self._draft.keep(fields | {"ours": self.form.ours.value()}, self.form.people.rows)

    def _enter(self, matter: Matter, names: str) -> None:
        words = f"{matter.rule.item} {names}"
        with self._context.database.transaction(f"手工记分 {words}") as session:
            now = self._context.clock.now()
            entered = claim_entry.enter(session, matter, self.form.people.rows, now=now)
        self._leave(f"{names} {matter.rule.item}", entered)

    def _names(self) -> str:
        rows = self.form.people.rows
        return rows[0].person.name if len(rows) == 1 else f"{rows[0].person.name} 等 {len(rows)} 人"

    def _show_wish(self) -> None:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            person = claim_entry.person_of(session, resident_id=self._wish.resident_id, today=today)
        self.form.words.setText(self._wish.words[:LONGEST_WORDS])
        if person is not None:
            self.form.people.add(person)
        self.form.mark_clean()

    def _show_returned(self, claim_id: int) -> None:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            claim, person, answer, activity = claim_entry.returned(session, claim_id, today)
            self._activity, self._origin = claim.activity_id, claim.origin
            self._span = (claim.starts, claim.ends)
            item, day, quantity = claim.item_id, claim.on_date, claim.quantity
            texts = {
                "reason": claim.reason or activity or "",
                "witness": claim.witness or "",
                "words": claim.words,
                "place": claim.place or "",
                "leader": claim.leader or "",
                "organiser": claim.organiser or "",
            }
            half_hours, points, ours = claim.half_hours, claim.points, claim.ours
        self.form.day.set_value(day)
        self.form.offer_rules()
        self.form.item.choose_id(item)
        fields = self.form.texts()
        for name, text in texts.items():
            fields[name].setText(text)
        self.form.ours.show_value(ours)
        self.form.hours.setText(quantity_words(half_hours * ONE // 2) if half_hours else "")
        self.form.quantity.setText(quantity_words(quantity))
        self.form.people.show_one()
        self.form.people.add(person, quantity)
        if self.form.people.total != points:
            self.form.points.setText(str(abs(points)))
        self.notice.show_text(f"退回说明：{answer}", "改好后再报，由另一个人复核。", tone="warn")
        self.notice.show()

    def _leave(self, what: str, entered: Entered) -> None:
        if self._draft is not None:
            self._draft.drop()
        waits = f"，{entered.waiting:,} 笔待复核" if entered.waiting else "，已入账"
        self._context.signals.changed.emit(Area.POINTS)
        messages.notify(self._context.signals, f"已记分：{what} {signed(entered.points)} 分{waits}")
        self.accept()
