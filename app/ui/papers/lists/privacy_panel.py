"""个人信息采集告知书: for whom, how long data is kept, whom to ask."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.reports import privacy_notice
from app.services import lists
from app.services.lists import People
from app.services.papers import Printing
from app.ui.kit.forms import line_edit
from app.ui.papers.lists.controls import begun
from app.ui.papers.lists.list_panel import ListPanel, Wish


class PrivacyPanel(ListPanel):
    """How long data is kept is for the office to decide: the words can be changed."""

    heading = privacy_notice.TITLE
    meta = "一人一页，一式两份"
    note = "依《个人信息保护法》第十七、三十、三十一条。保存期限按本社区的规定填写。"
    blank = True
    # Two pages of text for each: a whole community takes seconds.
    many = 1_000
    many_options = False

    def add_options(self) -> None:
        self.contact = line_edit(self.context.user.name, limit=30)
        self.retention = begun(privacy_notice.RETENTION, limit=120)
        self.options.add("联系", self.contact, span=2)
        self.options.add("保存", self.retention, span=2)

    def missing(self) -> str:
        if not self.retention.text().strip():
            return "请写明信息保存多久：法律要求把保存期限告诉本人。"
        return super().missing()

    def read_options(self) -> tuple[str, str]:
        return self.contact.text(), self.retention.text()

    def make(
        self, session: Session, people: People, printing: Printing, wish: Wish
    ) -> Callable[[], bytes]:
        contact, retention = wish.options
        data = lists.privacy_notices(
            session, people, printing, contact=contact, retention=retention
        )
        return lambda: privacy_notice.render(data)
