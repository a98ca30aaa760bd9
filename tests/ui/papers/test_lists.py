"""Lists, forms, labels and envelopes by clicking: who stands on the paper, and what it leaves."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.context import Context
from app.models import Action, Change, Operation, Resident
from app.reports.labels import SHEETS
from app.services import office, resident_forms
from app.services.office import Office
from app.services.resident_forms import ResidentInput, add
from app.ui.kit import theme
from app.ui.kit.signals import Area
from app.ui.kit.tokens import Mode
from app.ui.papers.lists.sheet_miniature import SheetMiniature
from app.ui.papers.lists.who import Way
from app.ui.papers.page import PapersPage
from app.ui.people import print_menu
from app.ui.people.paper_wish import PaperWish
from tests.conftest import Dialogs
from tests.reports.papers import LONG_NAME
from tests.reports.reading import page_texts

PHONE = "13842840612"
PEOPLE = {
    "王秀兰": {"address": "3-2-301", "sex": "女", "phone": PHONE},
    "沈𬀩": {"address": "4-1-102", "sex": "男", "phone": "13942840613"},
    "赵敏": {"other_address": "甘井子区泉水路 7 号", "sex": "女"},
    "周立群": {},
}
LISTS = (
    *("roster", "visit_form", "sign_in", "receipt_form"),
    *("labels", "envelopes", "privacy_notice"),
)


@pytest.fixture
def people(context: Context) -> dict[str, int]:
    """Two in the community, one elsewhere, one without any address."""
    found = {}
    with context.database.transaction("准备") as session:
        where = Office("望海社区", "海湾街道", "210214", "望海路 18 号", "0411-1", "116200")
        office.set_office(session, where)
        for name, fields in PEOPLE.items():
            entered = ResidentInput(name=name, document_kind="none", **fields)
            found[name] = add(session, entered, now=context.clock.now())
    return found


@pytest.fixture
def page(qtbot: QtBot, context: Context, people: dict[str, int]) -> PapersPage:
    page = PapersPage(context)
    qtbot.addWidget(page)
    page.resize(1200, 680)
    page.show()
    return page


def open_panel(page: PapersPage, key: str) -> Any:
    page.choices.choose(key)
    panel = page.panel(key)
    # What a person waits for between two letters would be most of the test.
    panel._timer.setInterval(20)
    return panel


def pages_of(page: PapersPage) -> list[str]:
    pages = page.preview.view.pages
    return [] if pages is None else page_texts(pages.data)


def text_of(page: PapersPage) -> str:
    return "\n".join(pages_of(page))


def shows(qtbot: QtBot, page: PapersPage, *words: str, without: str = "") -> None:
    """Waits until the paper has these words, and none of `without`."""

    def seen() -> bool:
        text = text_of(page)
        return all(word in text for word in words) and not (without and without in text)

    qtbot.waitUntil(seen, timeout=10_000)


def says(qtbot: QtBot, page: PapersPage, words: str) -> None:
    qtbot.waitUntil(lambda: words in page.preview._empty.text(), timeout=10_000)


def journal(context: Context, action: Action) -> dict[str, list[int]]:
    """Sentences with the residents that they concern."""
    found: dict[str, list[int]] = {}
    with context.database.reading() as session:
        rows = session.execute(
            select(Operation.sentence, Change.row_id, Change.last_row_id)
            .join(Operation, Operation.id == Change.operation_id)
            .where(Change.action == action)
            .order_by(Change.id)
        )
        for sentence, first, last in rows:
            found.setdefault(sentence, []).extend(range(first, (last or first) + 1))
    return found


@pytest.mark.parametrize("key", LISTS)
def test_every_list_opens_with_the_people_of_the_filter_on_it(
    qtbot: QtBot, page: PapersPage, key: str
) -> None:
    open_panel(page, key)

    shows(qtbot, page, "王秀兰", "沈𬀩", "赵敏")


@pytest.mark.parametrize("key", LISTS)
def test_a_list_for_picked_people_has_them_in_their_order_and_nobody_else(
    qtbot: QtBot, page: PapersPage, people: dict[str, int], key: str
) -> None:
    wish = PaperWish(key, (people["沈𬀩"], people["王秀兰"]), "第三网格（勾选的人）")

    page.show_record(wish)

    shows(qtbot, page, "沈𬀩", "王秀兰", without="赵敏")
    text = text_of(page)
    assert text.index("沈𬀩") < text.index("王秀兰")
    if key not in ("labels", "envelopes", "privacy_notice"):
        assert "第三网格（勾选的人）" in text


def test_the_filter_changes_figure_words_and_paper_alike(qtbot: QtBot, page: PapersPage) -> None:
    panel = open_panel(page, "roster")

    panel.who.fields.building.setCurrentText("4 号楼")

    shows(qtbot, page, "沈𬀩", "共 1 人，0 户", "4 号楼", without="王秀兰")
    assert panel.figures.findChildren(object)
    assert panel._count == 1
    assert panel.who_words == "4 号楼"


def test_a_filter_without_anybody_says_what_to_do(qtbot: QtBot, page: PapersPage) -> None:
    panel = open_panel(page, "sign_in")

    panel.who.fields.party.setChecked(True)

    says(qtbot, page, "没有符合条件的居民")
    assert not page.preview.print_button.isEnabled()


def test_a_paper_of_very_many_people_is_drawn_when_asked_for(
    qtbot: QtBot, page: PapersPage
) -> None:
    panel = open_panel(page, "sign_in")
    shows(qtbot, page, "王秀兰")
    panel.many = 2
    panel.refresh()
    says(qtbot, page, "有 4 人，排版要等一会儿")

    qtbot.mouseClick(panel.anyway, Qt.MouseButton.LeftButton)

    shows(qtbot, page, "王秀兰")
    assert not panel.anyway.isVisible()
    panel.who.fields.building.setCurrentText("4 号楼")
    shows(qtbot, page, "沈𬀩", without="王秀兰")
    panel.who.fields.order.setCurrentText("姓名拼音")
    panel.who.fields.building.setCurrentText("全部")
    shows(qtbot, page, "王秀兰")


def test_in_large_type_options_and_people_take_turns(
    qtbot: QtBot, context: Context, people: dict[str, int], qapp: QApplication
) -> None:
    theme.apply(qapp, Mode.LARGE)
    page = PapersPage(context)
    qtbot.addWidget(page)
    page.resize(1200, 680)
    page.show()
    panel = open_panel(page, "sign_in")
    assert panel.topic.isVisible()
    assert not panel.who.isVisible()

    panel.turn_to(1)

    assert panel.who.isVisible()
    assert not panel.topic.isVisible()
    shows(qtbot, page, "王秀兰")


# -- picking people


def test_typing_and_enter_put_a_person_on_the_list_and_a_click_takes_him_off(
    qtbot: QtBot, page: PapersPage, people: dict[str, int]
) -> None:
    panel = open_panel(page, "receipt_form")
    panel.who.show_way(Way.PICKED)
    says(qtbot, page, "还没有选人")
    picked = panel.who.picked

    for typed in ("wxl", "zm"):
        qtbot.keyClicks(picked.search, typed)
        qtbot.keyClick(picked.search, Qt.Key.Key_Return)

    shows(qtbot, page, "王秀兰", "赵敏", without="沈𬀩")
    assert picked.ids == (people["王秀兰"], people["赵敏"])
    assert picked.search.text() == ""
    picked.table.select_id(people["王秀兰"])
    qtbot.mouseClick(picked.remove, Qt.MouseButton.LeftButton)
    shows(qtbot, page, "赵敏", without="王秀兰")
    qtbot.mouseClick(picked.empty, Qt.MouseButton.LeftButton)
    says(qtbot, page, "还没有选人")


def test_nobody_is_picked_twice_or_offered_again(
    qtbot: QtBot, page: PapersPage, people: dict[str, int]
) -> None:
    picked = open_panel(page, "receipt_form").who.picked
    picked.set_ids((people["王秀兰"], people["王秀兰"]))

    qtbot.keyClicks(picked.search, "wxl")

    assert picked.ids == (people["王秀兰"],)
    assert list(picked.model.ids) == []
    qtbot.keyClick(picked.search, Qt.Key.Key_Return)
    assert picked.ids == (people["王秀兰"],)


def test_a_picked_person_who_is_deleted_leaves_list_and_paper(
    qtbot: QtBot, page: PapersPage, context: Context, people: dict[str, int]
) -> None:
    page.show_record(PaperWish("sign_in", (people["王秀兰"], people["沈𬀩"])))
    shows(qtbot, page, "王秀兰", "沈𬀩")

    with context.database.transaction("删除") as session:
        resident_forms.delete(session, people["王秀兰"], now=context.clock.now())
    page.refresh()

    shows(qtbot, page, "沈𬀩", without="王秀兰")
    assert page.panel("sign_in").who.picked.ids == (people["沈𬀩"],)


def test_somebody_added_to_a_selection_makes_it_a_list_of_its_own(
    qtbot: QtBot, page: PapersPage, people: dict[str, int]
) -> None:
    page.show_record(PaperWish("sign_in", (people["王秀兰"],), "第三网格（勾选的人）"))

    page.panel("sign_in").who.picked.add(people["赵敏"])

    shows(qtbot, page, "选定的人", "赵敏", without="第三网格")


@pytest.mark.parametrize("key", ["sign_in", "receipt_form", "privacy_notice"])
def test_a_blank_form_names_nobody_and_leaves_no_trace_of_people(
    qtbot: QtBot, page: PapersPage, context: Context, tmp_path: Path, dialogs: Dialogs, key: str
) -> None:
    panel = open_panel(page, key)
    shows(qtbot, page, "王秀兰")

    panel.who.show_way(Way.BLANK)

    qtbot.waitUntil(lambda: bool(pages_of(page)) and "王秀兰" not in text_of(page))
    dialogs.files.append(tmp_path / "空白.pdf")
    page.preview.save()
    assert journal(context, Action.PRINTED) == {}


def test_forms_that_are_of_no_use_without_names_do_not_offer_it(page: PapersPage) -> None:
    for key in ("roster", "visit_form", "labels", "envelopes"):
        assert not open_panel(page, key).blank


# -- numbers


@pytest.mark.parametrize("key", ["roster", "sign_in", "visit_form"])
def test_numbers_are_masked_until_a_reason_is_written(
    qtbot: QtBot, page: PapersPage, context: Context, key: str
) -> None:
    panel = open_panel(page, key)
    shows(qtbot, page, "138 **** 0612", without=PHONE)
    assert journal(context, Action.LOOKED) == {}

    panel.whole.setChecked(True)
    says(qtbot, page, "写明用途")
    panel.reason.setText("报街道民政办核对")

    shows(qtbot, page, PHONE)
    (sentence,) = journal(context, Action.LOOKED)
    assert sentence == f"查看{panel.heading} 4 人（完整号码，用途：报街道民政办核对）"


def test_a_printed_list_is_journaled_for_exactly_the_people_on_it(
    qtbot: QtBot,
    page: PapersPage,
    context: Context,
    people: dict[str, int],
    tmp_path: Path,
    dialogs: Dialogs,
) -> None:
    panel = open_panel(page, "sign_in")
    panel.topic.setText("居民代表会议")
    panel.who.fields.building.setCurrentText("4 号楼")
    shows(qtbot, page, "沈𬀩", "居民代表会议", without="王秀兰")

    dialogs.files.append(tmp_path / "签到.pdf")
    page.preview.save()

    assert journal(context, Action.PRINTED) == {"打印签到表 1 人": [people["沈𬀩"]]}
    assert (tmp_path / "签到.pdf").read_bytes().startswith(b"%PDF")


def test_of_letters_only_those_are_journaled_who_get_one(
    qtbot: QtBot,
    page: PapersPage,
    context: Context,
    people: dict[str, int],
    tmp_path: Path,
    dialogs: Dialogs,
) -> None:
    open_panel(page, "envelopes")
    shows(qtbot, page, "王秀兰", "沈𬀩", "赵敏")

    dialogs.files.append(tmp_path / "信封.pdf")
    page.preview.save()

    (concerned,) = journal(context, Action.PRINTED).values()
    assert sorted(concerned) == sorted(people[name] for name in ("王秀兰", "沈𬀩", "赵敏"))


def test_of_visits_everybody_of_the_household_is_journaled(
    qtbot: QtBot,
    page: PapersPage,
    context: Context,
    people: dict[str, int],
    tmp_path: Path,
    dialogs: Dialogs,
) -> None:
    with context.database.transaction("分户") as session:
        head = ResidentInput(name="李建国", document_kind="none", new_household=True)
        head_id = add(session, head, now=context.clock.now())
        home = session.get_one(Resident, head_id).household_id
        son = ResidentInput(name="李晓雨", document_kind="none", household_id=home, relation="子")
        son_id = add(session, son, now=context.clock.now())

    page.show_record(PaperWish("visit_form", (son_id,)))
    shows(qtbot, page, "李建国", "李晓雨", without="王秀兰")
    dialogs.files.append(tmp_path / "走访.pdf")
    page.preview.save()

    assert journal(context, Action.PRINTED) == {"打印入户走访登记表 2 人": [head_id, son_id]}


def test_a_name_that_no_font_has_is_told_and_nothing_can_be_printed(
    qtbot: QtBot, page: PapersPage, context: Context
) -> None:
    with context.database.transaction("新增") as session:
        entered = ResidentInput(name="赵\U0003134b", document_kind="none", address="5-1-101")
        add(session, entered, now=context.clock.now())

    for key in LISTS:
        open_panel(page, key)
        says(qtbot, page, "赵\U0003134b")
        assert not page.preview.print_button.isEnabled()


# -- the kinds


def test_a_sign_in_sheet_says_what_for_and_has_rows_to_spare(
    qtbot: QtBot, page: PapersPage
) -> None:
    panel = open_panel(page, "sign_in")
    panel.topic.setText("重阳节座谈")
    panel.when.setText("10月18日")
    panel.spare.setValue(2)

    shows(qtbot, page, "重阳节座谈", "10月18日", "\n6")
    assert panel.title() == "签到表 重阳节座谈"
    panel.whole.setChecked(True)
    panel.photo.setChecked(True)
    shows(qtbot, page, "照片", without="138 ****")
    assert not panel.whole.isChecked()
    assert not panel.whole.isEnabled()


def test_what_is_handed_out_is_counted(qtbot: QtBot, page: PapersPage) -> None:
    panel = open_panel(page, "receipt_form")
    panel.goods.setText("大米")
    panel.each.setValue(3)
    panel.unit.setCurrentText("袋")

    shows(qtbot, page, "大米", "3 袋", "12")


def test_visits_are_pages_or_lines(qtbot: QtBot, page: PapersPage) -> None:
    panel = open_panel(page, "visit_form")
    qtbot.waitUntil(lambda: len(pages_of(page)) == 4)
    assert not panel.visitors.isVisible()

    panel.form.setCurrentText("每户一行")
    panel.visitors.setText("赵敏、李娜")

    shows(qtbot, page, "入户走访登记簿", "赵敏、李娜", "共 4 户")
    assert len(pages_of(page)) == 1
    assert panel.title() == "入户走访登记簿"


def test_the_notice_tells_how_long_data_is_kept_and_wants_it_told(
    qtbot: QtBot, page: PapersPage
) -> None:
    panel = open_panel(page, "privacy_notice")
    panel.retention.setText("迁出后一年")
    shows(qtbot, page, "迁出后一年", "王书记")

    panel.retention.setText(" ")

    says(qtbot, page, "请写明信息保存多久")


def test_a_denser_roster_has_forty_rows(qtbot: QtBot, page: PapersPage, context: Context) -> None:
    with context.database.transaction("新增") as session:
        for number in range(36):
            entered = ResidentInput(name=f"居民{number}", document_kind="none")
            add(session, entered, now=context.clock.now())
    panel = open_panel(page, "roster")
    qtbot.waitUntil(lambda: len(pages_of(page)) == 2)

    panel.density.setCurrentText("每页 40 行")

    qtbot.waitUntil(lambda: len(pages_of(page)) == 1)


# -- labels and envelopes


def test_addresses_begin_as_the_offices_own_and_can_be_changed(
    qtbot: QtBot, page: PapersPage, context: Context
) -> None:
    panel = open_panel(page, "envelopes")
    shows(qtbot, page, "辽宁省大连市普兰店区海湾街道望海社区", "3 号楼 2 单元 301")
    assert panel.postcode.text() == "116200"
    panel.area.setText("大连市望海社区")
    shows(qtbot, page, "大连市望海社区", without="普兰店区海湾街道望海社区")

    with context.database.transaction("资料") as session:
        changed = Office("望海社区", "海湾街道", "210214", "望海路 18 号", "0411-1", "116201")
        office.set_office(session, changed)
    context.signals.changed.emit(Area.OFFICE)
    page.refresh()

    assert panel.postcode.text() == "116201"
    assert panel.area.text() == "大连市望海社区"


def test_who_has_no_address_is_named_and_left_out(qtbot: QtBot, page: PapersPage) -> None:
    panel = open_panel(page, "labels")

    shows(qtbot, page, "王秀兰", without="周立群")
    qtbot.waitUntil(lambda: "3 张标签・1 页" in panel.figures._line.text())

    assert panel.figures._detail.text() == "没有住址，不印：周立群"


def test_people_are_greeted_as_chosen(qtbot: QtBot, page: PapersPage) -> None:
    panel = open_panel(page, "labels")

    panel.greeting.setCurrentText("先生/女士 收")
    shows(qtbot, page, "王秀兰　女士 收", "沈𬀩　先生 收")
    panel.greeting.setCurrentText("不加")

    shows(qtbot, page, "王秀兰", without="收")


@pytest.mark.parametrize(("key", "name"), [("labels", "sheet"), ("envelopes", "kind")])
def test_the_paper_that_was_printed_last_is_chosen_the_next_time(
    qtbot: QtBot, page: PapersPage, tmp_path: Path, dialogs: Dialogs, key: str, name: str
) -> None:
    box = getattr(open_panel(page, key), name)
    box.setCurrentIndex(2)
    shows(qtbot, page, "王秀兰")
    dialogs.files.append(tmp_path / "纸.pdf")
    page.preview.save()

    again = PapersPage(page._context)
    qtbot.addWidget(again)
    panel = open_panel(again, key)

    assert getattr(panel, name).currentText() == box.currentText()
    qtbot.waitUntil(lambda: not panel._latest._job)


def test_another_sheet_begins_at_its_first_label(qtbot: QtBot, page: PapersPage) -> None:
    panel = open_panel(page, "labels")
    panel.miniature.begin_at(12)
    qtbot.waitUntil(lambda: len(pages_of(page)) == 2)
    assert panel.begin.text() == "从第 13 张印起"

    panel.sheet.setCurrentText(SHEETS[1].words)

    qtbot.waitUntil(lambda: len(pages_of(page)) == 1)
    assert panel.miniature.value() == 0


def test_an_address_that_no_size_can_hold_is_told_with_the_name(
    qtbot: QtBot, page: PapersPage, context: Context
) -> None:
    with context.database.transaction("新增") as session:
        far = "甘井子区泉水路很长很长的地址" * 14
        entered = ResidentInput(name=LONG_NAME, document_kind="none", other_address=far)
        add(session, entered, now=context.clock.now())
    panel = open_panel(page, "labels")

    panel.sheet.setCurrentText(next(s.words for s in SHEETS if s.key == "4x11"))
    panel.with_sender.setChecked(True)

    says(qtbot, page, "印不下 阿卜杜热西提")
    assert not page.preview.print_button.isEnabled()


# -- the small picture of the sheet


@pytest.fixture
def miniature(qtbot: QtBot) -> SheetMiniature:
    picture = SheetMiniature()
    qtbot.addWidget(picture)
    picture.show()
    return picture


def test_a_click_on_a_label_begins_there(qtbot: QtBot, miniature: SheetMiniature) -> None:
    for sheet in SHEETS:
        miniature.show_sheet(sheet)
        for place in (0, 3, sheet.count - 1):
            middle = miniature.place_rect(place).center().toPoint()
            with qtbot.waitSignal(miniature.changed) as told:
                qtbot.mouseClick(miniature, Qt.MouseButton.LeftButton, pos=middle)
            assert told.args == [place]
            assert f"从第 {place + 1} 张" in miniature.accessibleName()


def test_a_click_between_labels_changes_nothing(qtbot: QtBot, miniature: SheetMiniature) -> None:
    miniature.begin_at(4)

    qtbot.mouseClick(miniature, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))

    assert miniature.value() == 4


def test_keys_move_the_first_label_and_stop_at_the_edges(
    qtbot: QtBot, miniature: SheetMiniature
) -> None:
    for key, place in (
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 3),
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(miniature, key)
        assert miniature.value() == place
    miniature.begin_at(99)
    assert miniature.value() == SHEETS[0].count - 1


def test_used_and_printed_labels_look_different(miniature: SheetMiniature) -> None:
    miniature.begin_at(2)
    miniature.show_filled(3)

    picture = miniature.grab().toImage()

    def colour(place: int) -> str:
        middle = miniature.place_rect(place).center().toPoint()
        return picture.pixelColor(middle).name()

    used, printed, free = colour(0), colour(3), colour(9)
    assert len({used, printed, free}) == 3
    assert colour(1) == used
    assert colour(2) == colour(4) == printed


# -- from the page 居民


def test_ticked_people_can_be_put_on_every_list(
    context: Context, people: dict[str, int], page: PapersPage, qtbot: QtBot
) -> None:
    menu = QMenu()
    wishes: list[tuple[str, object]] = []
    context.signals.page_requested.connect(lambda *asked: wishes.append(asked))
    whom = PaperWish("", (people["沈𬀩"], people["王秀兰"]), "全部居民（勾选的人）")

    print_menu.fill(menu, context, whom)
    by_name: dict[str, Callable[[], None]] = {a.text(): a.trigger for a in menu.actions()}
    for title in ("入户走访登记表…", "签到表…", "领取签字表…", "地址签…", "信封…"):
        by_name[title]()

    assert [key for key, _ in wishes] == ["papers"] * 5
    kinds = [wish.kind for _, wish in wishes if isinstance(wish, PaperWish)]
    assert kinds == ["visit_form", "sign_in", "receipt_form", "labels", "envelopes"]
    assert all(isinstance(w, PaperWish) and w.people == whom.people for _, w in wishes)
