"""Lists, forms, labels and envelopes on the page 文书, brought into their states."""

from collections.abc import Callable

from app.services import residents
from app.services.authorisation import Grant
from app.ui.papers.lists.who import Way
from app.ui.papers.page import PapersPage
from app.values.rights import Right
from tests.ui.paper_states import wait
from tests.ui.people_office import TODAY


def opened(key: str) -> Callable[[PapersPage], None]:
    """A kind of list as it opens."""

    def show(page: PapersPage) -> None:
        page.choices.choose(key)
        wait(page)

    return show


def sign_in(page: PapersPage) -> None:
    """A meeting with photos."""
    page.choices.choose("sign_in")
    panel = page.panel("sign_in")
    panel.topic.setText("2026年度居民代表会议")
    panel.when.setText("12月5日 9:00")
    panel.where.setText("三楼会议室")
    panel.photo.setChecked(True)
    panel.compose()
    wait(page)


def picked(page: PapersPage) -> None:
    """Some people picked by hand, with whole numbers that want a reason."""
    page.choices.choose("receipt_form")
    panel = page.panel("receipt_form")
    panel.goods.setText("重阳节慰问品（米 10 斤、油 5 升）")
    panel.who.pick(some_people(page, 6))
    panel.compose()
    wait(page)


def label_people(page: PapersPage) -> None:
    """Who gets a label."""
    page.choices.choose("labels")
    panel = page.panel("labels")
    panel.who.pick(some_people(page, 9))
    panel.turn_to(1)
    panel.compose()
    wait(page)


def picking(page: PapersPage) -> None:
    """In 大字 the people have a page of their own."""
    picked(page)
    if page.panel("receipt_form").in_turn:
        page.panel("receipt_form").turn_to(1)


def many(page: PapersPage) -> None:
    """More people than are drawn unasked."""
    page.choices.choose("envelopes")
    panel = page.panel("envelopes")
    panel.many = 100
    panel.refresh()
    panel.compose()


def searching(page: PapersPage) -> None:
    """Somebody is being looked for."""
    page.choices.choose("visit_form")
    panel = page.panel("visit_form")
    panel.who.show_way(Way.PICKED)
    panel.who.picked.search.setText("w")


def whole_numbers(page: PapersPage) -> None:
    page.choices.choose("roster")
    panel = page.panel("roster")
    panel.grant = Grant(Right.EXPORT_FULL, panel.context.user.name)
    panel.whole.setChecked(True)


def used_labels(page: PapersPage) -> None:
    """Half of the first sheet is gone."""
    page.choices.choose("labels")
    panel = page.panel("labels")
    panel.miniature.begin_at(5)
    panel.compose()
    wait(page)


def some_people(page: PapersPage, count: int) -> tuple[int, ...]:
    with page.panel("receipt_form").context.database.reading() as session:
        return tuple(residents.list_ids(session, today=TODAY).ids[:count])
