"""签到表: what for, who comes, with or without photos."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.reports import sign_in
from app.services import lists
from app.services.lists import Event, People
from app.services.papers import Printing
from app.ui.kit.forms import line_edit
from app.ui.papers.lists.controls import number, tick
from app.ui.papers.lists.list_panel import ListPanel, Wish

MOST_BLANK = 500
Options = tuple[Event, bool, int]


class SignInPanel(ListPanel):
    """The event may be left open: then there is a line to write on."""

    heading = sign_in.TITLE
    meta = "A4，签名处空着"
    whole_words = "电话印完整的"
    blank = True

    def add_options(self) -> None:
        self.topic = line_edit(hint="如：2026年度居民代表会议", limit=60)
        self.when, self.where = line_edit(limit=40), line_edit(limit=40)
        self.host = line_edit(limit=30)
        self.spare = number(0, MOST_BLANK, 5, unit="行")
        self.photo = tick("带照片（不印电话）")
        self.options.add("活动", self.topic, span=2)
        self.options.add("时间", self.when)
        self.options.add("地点", self.where)
        self.options.add("主持", self.host)
        self.options.add("空行", self.spare)
        self.options.add("", self.photo, span=2)
        self.spare.valueChanged.connect(lambda _: self.soon())
        self.photo.toggled.connect(self._without_phones)

    def title(self) -> str:
        return f"{self.heading} {self.topic.text().strip()}".strip()

    def read_options(self) -> Options:
        event = Event(self.topic.text(), self.when.text(), self.where.text(), self.host.text())
        return event, self.photo.isChecked(), self.spare.value()

    def make(
        self, session: Session, people: People, printing: Printing, wish: Wish
    ) -> Callable[[], bytes]:
        event, with_photo, spare = wish.options
        data = lists.sheet_of_signatures(
            session,
            people,
            printing,
            event,
            with_photo=with_photo,
            blank_rows=spare if wish.who is not None else max(spare, lists.BLANK_ROWS),
        )
        return lambda: sign_in.render(data)

    def _without_phones(self, with_photo: bool) -> None:
        """Where photos stand there is no room for phones, so none can be printed whole."""
        self.whole.setEnabled(not with_photo)
        self.whole.setChecked(self.whole.isChecked() and not with_photo)
