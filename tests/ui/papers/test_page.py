"""The page 文书 in the main window: its keys, its search, and the way to it from a person."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.services import office, templates
from app.services.office import Office
from app.services.resident_forms import ResidentInput, add
from app.ui.kit.signals import Area
from app.ui.main_window import MainWindow
from app.ui.people.paper_wish import CERTIFICATE, PaperWish

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, context):
    """The program with two residents, open on 居民."""
    with context.database.transaction("准备") as session:
        office.set_office(session, Office("望海社区", "海湾街道"))
        templates.seed(session)
        for number, name in enumerate(("王秀兰", "于翠兰")):
            entered = ResidentInput(
                name=name, document_kind="passport", document_number=f"E1234567{number}"
            )
            add(session, entered, now=context.clock.now())
    window = MainWindow(context)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.open_page("residents")
    return window


def papers(window):
    return window._built["papers"]


def form_of(window):
    return papers(window).panel(f"{CERTIFICATE}1").form


def writing(window):
    panel = papers(window).panel(f"{CERTIFICATE}1")
    return panel._stack.currentWidget() is panel.form


def test_the_key_for_papers_opens_the_page_and_then_a_form(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_T, CONTROL)
    assert window.current_key == "papers"
    assert not writing(window)

    qtbot.keyClick(window, Qt.Key.Key_T, CONTROL)

    assert writing(window)
    assert form_of(window).name.text() == "志愿服务记录证明"


def test_esc_leads_back_from_an_untouched_form(qtbot, window):
    window.open_page("papers")
    papers(window).head.new.click()

    qtbot.keyClick(form_of(window).holder.picker.search, Qt.Key.Key_Escape)

    assert not writing(window)


def test_letters_only_mark_what_enter_will_open(qtbot, window):
    window.open_page("papers")
    page = papers(window)
    before = page._current()

    page.head.search.setText("jmhmc")
    assert page._current() is before
    assert page.choices.current().title == "居民花名册"
    page.head.search.clear()
    assert page.choices.current().title == "志愿服务记录证明"
    page.head.search.setText("jmhmc")
    qtbot.keyClick(page.head.search, Qt.Key.Key_Return)

    assert page._current() is page.panel("roster")


def test_down_leads_from_the_search_into_the_list(qtbot, window):
    window.open_page("papers")
    page = papers(window)
    page.head.search.setFocus()

    qtbot.keyClick(page.head.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.choices, Qt.Key.Key_Down)

    assert page.choices.hasFocus()
    assert page.choices.current().title == "监护相关情况说明"


def print_menu_of(card) -> dict[str, QAction]:
    [menu] = [menu for menu in card.findChildren(QMenu) if menu.isVisible()]
    return {action.text(): action for action in menu.actions() if action.text()}


def test_f9_of_a_person_offers_what_may_be_printed_and_opens_it_with_that_person(qtbot, window):
    page = window._built["residents"]
    page.show_record(2)
    qtbot.waitUntil(lambda: page.list.card.card is not None)

    qtbot.keyClick(window, Qt.Key.Key_F9)
    offered = print_menu_of(page.list.card)
    offered["志愿服务记录证明…"].trigger()

    assert next(iter(offered)) == "本人信息单"
    assert "居住情况证明…" not in offered
    assert window.current_key == "papers"
    assert form_of(window).draft().holder == page.list.card.card.name


def test_a_wish_for_somebody_else_asks_once_before_a_half_filled_form_is_given_up(window, dialogs):
    window.open_page("papers")
    page = papers(window)
    page.show_record(PaperWish(f"{CERTIFICATE}1", (1,)))
    form = form_of(window)
    form.fields.put({"note": "写到一半"})
    form._on_changed()

    dialogs.answers.append("取消")
    page.show_record(PaperWish(f"{CERTIFICATE}1", (2,)))
    assert form.people == (1,)
    dialogs.answers.append("不要了")
    page.show_record(PaperWish(f"{CERTIFICATE}1", (2,)))

    assert form.people == (2,)


def test_ticked_people_become_a_batch(window):
    window.open_page("papers")

    papers(window).show_record(PaperWish(f"{CERTIFICATE}1", (1, 2), "3 号楼（勾选的人）"))

    assert form_of(window).accept.text() == "给 2 人各开一份"


def test_a_template_that_is_switched_on_appears_at_once(window, context):
    window.open_page("papers")
    page = papers(window)
    with context.database.transaction("启用") as session:
        off = next(one for one in templates.templates(session) if not one.enabled)
        entered = off.entered
        kept = templates.save(session, off.id, entered_with_basis(entered), off.version)
        templates.set_enabled(session, kept, True)
    context.signals.changed.emit(Area.PAPERS)

    page.choices.choose(f"{CERTIFICATE}{off.id}")

    assert page.choices.current().enabled
    assert page.choices.current().note == "本社区自填"


def entered_with_basis(entered):
    return replace(entered, legal_basis="区政府〔2026〕3号")


def test_a_hidden_panel_reads_anew_when_it_is_seen_again(window, context, qtbot):
    window.open_page("papers")
    page = papers(window)
    roster = page.panel("roster")
    page.choices.choose("roster")
    page.choices.choose(f"{CERTIFICATE}1")
    seen = []
    roster.refresh = lambda: seen.append(True)

    context.signals.changed.emit(Area.RESIDENTS)
    assert seen == []
    page.choices.choose("roster")

    assert seen == [True]
    qtbot.waitUntil(lambda: not context.background.busy)
