"""公示 of a month: the masked list as it will hang, printed, and where it was posted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import meal_claim_after, settings
from app.services.meal_claim_facts import ClaimFacts
from app.services.papers import Printing
from app.services.points_filter import month_words
from app.ui.canteen.claims.doing import name_of
from app.ui.canteen.claims.step_dialogs import ClaimDialog
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import CONFIRM_CAP
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import small
from app.ui.people.date_line import DueLine, NearLine
from app.ui.people.paper_preview import PaperPreview
from app.values.rights import Right


class NoticeDialog(PaperPreview):
    """The paper in a window; 登记张贴 beside it once the table was signed."""

    def __init__(self, context: Context, facts: ClaimFacts, parent: QWidget | None = None) -> None:
        self._facts = facts
        name = f"{month_words(facts.month)}助餐补贴公示"
        super().__init__(context, name, _draw(context, facts), self._note, parent)
        self._name = name
        self.post = Button(_post_words(facts), cap=CONFIRM_CAP, parent=self)
        offer(context.may(Right.SETTLE_MEALS), self.post)
        self.post.setEnabled(facts.claim is not None and facts.claim.prepared_on is not None)
        told = small("" if self.post.isEnabled() else "制表人签字以后才能登记张贴", tone="warn")
        self._foot.insertWidget(0, self.post)
        self._foot.insertWidget(1, told)
        self.post.clicked.connect(self.post_it)

    def post_it(self) -> None:
        """Where it hangs, from when to when."""
        if PostDialog(self._context, self._facts, self).exec():
            self.accept()

    def _note(self) -> None:
        from app.services import table_log

        with self._context.database.transaction(f"打印 {self._name}") as session:
            table_log.note_printed(session, (), by=self._context.user.name)


class PostDialog(ClaimDialog):
    """Written down after it was hung up."""

    def __init__(self, context: Context, facts: ClaimFacts, parent: QWidget | None = None) -> None:
        super().__init__(context, "登记张贴", "贴出来以后登记，写清贴在哪里、贴到哪天。", parent)
        today = context.clock.today()
        claim = facts.claim
        with context.database.lookup() as lookup:
            days = settings.value(lookup, settings.CLAIM_NOTICE_DAYS)
        posted = claim.posted_at if claim is not None and claim.posted_at else "食堂门口公示栏"
        self.places = line_edit(posted, hint="如 食堂门口、社区公示栏", limit=120)
        self.on = NearLine(today, claim.posted_on if claim and claim.posted_on else today)
        end = claim.public_until if claim else None
        self.until = DueLine(today, end or today + timedelta(days=days))
        self.form.add("张贴在", self.places, required=True)
        self.form.add("张贴日期", self.on, required=True)
        self.form.add("公示到", self.until, required=True)
        version = claim.version if claim is not None else 0

        def write(session: Any) -> None:
            on, until = self.on.value(), self.until.value()
            if on is None or until is None:
                raise DomainError("日期不对，请写成 2026-12-05。")
            meal_claim_after.post(
                session,
                facts.matrix.canteen_id,
                facts.month,
                places=self.places.text(),
                on=on,
                until=until,
                version=version,
                today=today,
            )

        self.ready(write, lambda: f"登记 {name_of(facts)} 公示张贴")


def _draw(context: Context, facts: ClaimFacts) -> bytes:
    from app.reports import meal_notice
    from app.services import meal_claim_notice

    printing = Printing(by=context.user.name, at=context.clock.now())
    found = facts.matrix
    with context.database.reading() as session:
        data = meal_claim_notice.notice(session, found.canteen_id, found.month, printing)
    return meal_notice.render(data)


def _post_words(facts: ClaimFacts) -> str:
    claim = facts.claim
    if claim is None or claim.posted_on is None or claim.public_until is None:
        return "登记张贴"
    return f"已张贴，到 {claim.public_until:%m-%d}"
