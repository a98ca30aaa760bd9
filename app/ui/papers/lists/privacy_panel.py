"""个人信息采集告知书: for whom, how long data is kept, whom to ask."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from app.reports import privacy_notice
from app.services import lists, privacy
from app.services.lists import People
from app.services.papers import Printing
from app.services.settings import KEEP_DEPARTED
from app.ui.kit.forms import line_edit
from app.ui.kit.signals import Area
from app.ui.papers.lists.controls import begun
from app.ui.papers.lists.list_panel import ListPanel, Wish
from app.values.rights import Right


class PrivacyPanel(ListPanel):
    """How long data is kept is for the office to decide: the words can be changed."""

    heading = privacy_notice.TITLE
    meta = "一人一页，一式两份"
    note = "依《个人信息保护法》第十七、三十、三十一条。印出来就登记为已告知。"
    blank = True
    # Two pages of text for each: a whole community takes seconds.
    many = 1_000
    many_options = False

    def add_options(self) -> None:
        self.contact = line_edit(self.context.user.name, limit=30)
        years = self.context.settings[KEEP_DEPARTED]
        self.retention = begun(privacy_notice.RETENTION.format(years=years), limit=120)
        self.filed = line_edit(hint="签好的放哪里，如：隐私盒 2026-1", limit=60)
        self.options.add("联系", self.contact, span=2)
        self.options.add("保存", self.retention, span=2)
        self.options.add("存放", self.filed, span=2)

    def missing(self) -> str:
        if not self.retention.text().strip():
            return "请写明信息保存多久：法律要求把保存期限告诉本人。"
        return super().missing()

    def read_options(self) -> tuple[str, str]:
        return self.contact.text(), self.retention.text()

    def leaving(self) -> Callable[[], object]:
        """Printed and handed over: these people are informed."""
        note, ids, filed = super().leaving(), self.people_on_paper.ids, self.filed.text()

        def done() -> None:
            note()
            if ids and self.context.may(Right.PRIVACY):
                self._note_informed(ids, filed)

        return done

    def _note_informed(self, ids: Sequence[int], filed: str) -> None:
        now = self.context.clock.now()
        with self.context.database.transaction(f"登记告知 {len(ids):,} 人") as session:
            privacy.inform(session, ids, on=now.date(), now=now, filed_at=filed)
        self.context.signals.changed.emit(Area.RESIDENTS)

    def make(
        self, session: Session, people: People, printing: Printing, wish: Wish
    ) -> Callable[[], bytes]:
        contact, retention = wish.options
        data = lists.privacy_notices(
            session, people, printing, contact=contact, retention=retention
        )
        return lambda: privacy_notice.render(data)
