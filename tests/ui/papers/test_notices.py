"""通知公示: from one typed text to papers on doors and boards."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.models import CategoryGroup
from app.reminders import remind
from app.services import (
    calendar,
    categories,
    notices,
    office,
    publicity,
    publicity_board,
    requests,
)
from app.services.notice_kinds import DOOR, OFFICIAL, PLAIN, PUBLICITY
from app.services.notices import NoticeText
from app.services.office import Office
from app.services.requests import RequestInput
from app.services.resident_forms import ResidentInput, add
from app.ui.kit.dialogs import ProgressDialog
from app.ui.kit.labels import Label
from app.ui.papers.notices import panel as panel_module
from app.ui.papers.notices.batch_dialog import BatchDialog
from app.ui.papers.notices.masking import MaskingDialog
from app.ui.papers.notices.objections_dialog import ObjectionsDialog
from app.ui.papers.notices.panel import NoticePanel
from app.ui.papers.notices.photos_dialog import PhotosDialog
from app.ui.papers.notices.take_down_dialog import TakeDownDialog
from tests.reports.reading import page_texts
from tests.ui.notice_states import picture

TODAY = date(2026, 11, 21)
HOMES = (("王秀兰", "3-2-301"), ("沈𬀩", "3-1-102"), ("赵某", "10-1-101"))


class Hand:
    """A clerk at the panel: what was drawn last is in `pdf`."""

    def __init__(self, qtbot, context):
        self.qtbot, self.context = qtbot, context
        self.panel = NoticePanel(context)
        self.pdf, self.title = b"", ""
        self.panel.composed.connect(self._drawn)
        qtbot.addWidget(self.panel)
        self.panel.resize(430, 620)
        self.panel.show()

    def _drawn(self, pdf, title):
        self.pdf, self.title = pdf, title

    @property
    def fields(self):
        return self.panel.form.fields

    def write(self, kind="notice", **typed):
        self.panel.show_kind(kind)
        self.panel.new()
        for name, words in typed.items():
            control = getattr(self.fields, name)
            if hasattr(control, "setPlainText"):
                control.setPlainText(words)
            elif hasattr(control, "set_value"):
                control.set_value(words)
            elif hasattr(control, "setCurrentText"):
                control.setCurrentText(words)
            else:
                control.setText(words)

    def pages(self):
        return page_texts(self.pdf)

    def until_printed(self, words):
        self.qtbot.waitUntil(lambda: bool(self.pdf) and words in "".join(self.pages()))

    def kept(self):
        with self.context.database.reading() as session:
            return [notices.text_of(session, line.id)[0] for line in notices.notices(session)]


@pytest.fixture
def hand(qtbot, context):
    with context.database.transaction("准备") as session:
        office.set_office(session, Office("望海社区", "海湾街道", phone="0411-84641234"))
        calendar.seed(session)
        for name, place in HOMES:
            add(
                session,
                ResidentInput(name=name, document_kind="none", address=place),
                now=context.clock.now(),
            )
    return Hand(qtbot, context)


def hang(context, **changes):
    """A 公示 in the file; its id."""
    with context.database.transaction("写公示") as session:
        blank = notices.blank(session, today=TODAY, kind_name=PUBLICITY)
        values = {"title": "低保初审公示", "posted_on": TODAY, "period_days": 7} | changes
        return notices.add(session, replace(blank, **values), now=context.clock.now())


def ask_long_ago(context):
    """A request that nobody has accepted for a week."""
    now = context.clock.now()
    with context.database.transaction("登记诉求") as session:
        categories.seed(session)
        [kind, *_] = categories.categories(session, CategoryGroup.MATTER)
        week_ago = now - timedelta(days=7)
        entered = RequestInput(
            title="路灯不亮", person="王秀兰", category_id=kind.id, came_at=week_ago
        )
        requests.register(session, entered, now=now)


def standing(context, key, today=TODAY):
    with context.database.reading() as session:
        return publicity.standing(session, key, today=today)


def test_one_typed_text_is_given_as_official_page_door_notice_and_plain_page(hand):
    hand.write(title="关于停水的通知", body="明天停水。", phone="0411-84641234")

    hand.panel.choose_layout(OFFICIAL)
    hand.until_printed("关于停水的通知")
    assert "社区电话" not in hand.pages()[0]

    hand.panel.choose_layout(DOOR)
    hand.until_printed("社区电话：0411-84641234")

    hand.panel.choose_layout(PLAIN)
    hand.until_printed("联系电话：0411-84641234")


def test_a_cut_of_water_begins_as_a_door_notice_and_wants_its_hours(hand, dialogs):
    hand.write("outage", when_words="明天全天", where_words="3 号楼")
    hand.until_printed("停水范围：3 号楼")

    hand.panel.form.save()
    assert "几时到几时" in dialogs.shown[0]

    hand.fields.when_words.setText("11月25日9时至17时")
    hand.panel.form.save()
    assert [text.when_words for text in hand.kept()] == ["11月25日9时至17时"]


def test_another_kind_brings_its_text_but_never_takes_what_was_typed(hand):
    hand.write(title="关于开会的通知")
    hand.fields.kind.setCurrentText("会议通知")
    assert "会议时间：{时间}" in hand.fields.body.toPlainText()
    assert hand.fields.title.text() == "关于开会的通知"
    assert hand.fields.when_words.isVisible()

    hand.fields.body.setPlainText("自己写的")
    hand.fields.kind.setCurrentText("公告")
    assert hand.fields.body.toPlainText() == "自己写的"
    assert not hand.fields.when_words.isVisible()


def test_days_of_a_public_notice_are_counted_while_they_are_typed(hand):
    def said():
        return " ".join(label.text() for label in hand.fields.period_words.findChildren(Label))

    hand.write("publicity", title="公示", period_days="15", period_kind="自然日")
    assert "到 2026-12-06 24:00 期满" in said()

    hand.fields.affair.setCurrentText(publicity.AFFAIRS[0])
    hand.fields.period_days.setText("7")
    assert "不得少于 15 日" in said()

    hand.fields.affair.setCurrentText("不属于居务公开")
    hand.fields.period_kind.setCurrentText("工作日")
    hand.fields.posted_on.set_value(date(2026, 12, 28))
    assert "未导入节假日，按周一至周五推算" in said()


def test_a_date_that_is_none_is_told_before_anything_is_kept(hand, dialogs):
    hand.write(title="通知", body="内容")
    hand.fields.posted_on.setText("下周三")

    hand.panel.form.save()

    assert "“下周三”不是能认的日期" in dialogs.shown[0]
    assert hand.kept() == []


def test_what_was_typed_on_all_tabs_survives_a_power_cut(hand, qtbot, context):
    hand.write(title="写到一半", copied_to="街道", posted_on=TODAY)
    hand.panel.form.keep_draft()

    again = NoticePanel(context)
    qtbot.addWidget(again)

    text = again.form.text()
    assert (text.title, text.copied_to, text.posted_on) == ("写到一半", "街道", TODAY)
    assert again.form.dirty


def test_leaving_the_form_asks_before_anything_is_lost(hand, dialogs):
    hand.write(title="写到一半")
    dialogs.answers.append("取消")

    hand.panel.form.leave()

    assert hand.fields.title.text() == "写到一半"
    assert hand.panel.form.isVisible()


def test_the_archive_narrows_by_words_pinyin_and_year(hand):
    for title, day in (("停水通知", TODAY), ("体检通知", date(2025, 5, 6))):
        hand.write(title=title, body="内容", dated=day)
        hand.panel.form.save()
        hand.panel.form.leave()
    archive = hand.panel.archive

    def titles():
        return [archive.model.row(n).title for n in range(archive.model.rowCount())]

    assert titles() == ["体检通知", "停水通知"]
    archive.search.setText("tstz")
    assert titles() == ["停水通知"]
    archive.search.clear()
    archive.period.choose("2025")
    assert titles() == ["体检通知"]
    hand.panel.show_kind("outage")
    assert titles() == []


def test_used_again_a_notice_is_a_new_one_of_today(hand):
    hand.write(title="停水通知", body="内容", dated=date(2025, 5, 6), number="1号")
    hand.panel.form.save()
    hand.panel.form.leave()

    hand.panel.archive.again_button.click()
    hand.panel.form.save()

    assert [(text.dated, text.number) for text in hand.kept()] == [
        (TODAY, ""),
        (date(2025, 5, 6), "1号"),
    ]


def test_a_resident_in_the_text_is_masked_and_said_until_somebody_decides_otherwise(hand, dialogs):
    hand.write(title="通知", body="请王秀兰来社区。")
    hand.until_printed("王*兰")
    assert hand.panel.strip.words == "会遮住 1 处：王秀兰 → 王*兰"

    def decide(dialog: MaskingDialog) -> int:
        dialog.ticks[0].setChecked(False)
        return 1

    dialogs.on_dialog = decide
    hand.panel.strip.change.click()
    hand.until_printed("请王秀兰来社区")
    hand.panel.form.save()

    assert hand.kept()[0].not_people == "王秀兰"


def test_a_document_number_stays_masked_whatever_reason_is_written(hand, dialogs, qtbot):
    hand.write(title="通知", body="王秀兰 210214196001181827")
    hand.until_printed("王*兰")

    def decide(dialog: MaskingDialog) -> int:
        assert [tick.isEnabled() for tick in dialog.ticks] == [True, False]
        dialog.consent.setText("本人书面同意")
        return 1

    dialogs.on_dialog = decide
    hand.panel.strip.change.click()

    hand.until_printed("王秀兰")
    assert "210214196001181827" not in hand.pages()[0]


def accept_batch(choose):
    def answer(dialog):
        assert isinstance(dialog, BatchDialog)
        choose(dialog)
        return 1

    return answer


def test_a_batch_has_a_sheet_for_every_door_with_its_own_name(hand, dialogs):
    hand.write(title="停水通知", body="明天停水。")
    hand.until_printed("停水通知")
    dialogs.on_dialog = accept_batch(lambda dialog: None)

    hand.panel.batch_button.click()
    hand.until_printed("10 号楼 1 单元各位居民")

    heads = ["3 号楼 1 单元", "3 号楼 2 单元", "10 号楼 1 单元"]
    assert len(hand.pages()) == 3
    assert all(head in page for head, page in zip(heads, hand.pages(), strict=True))
    assert hand.title == "停水通知 3 张"


def test_a_batch_by_building_takes_only_the_ticked_ones(hand, dialogs):
    hand.write(title="{楼栋}停水通知", body="明天停水。")
    hand.until_printed("停水通知")

    def choose(dialog: BatchDialog) -> None:
        dialog.choose(False)
        dialog.model.tick([0], on=False)

    dialogs.on_dialog = accept_batch(choose)
    hand.panel.batch_button.click()
    hand.qtbot.waitUntil(lambda: hand.title.endswith("1 张"))

    assert "10 号楼停水通知" in hand.pages()[0]


def draw_without_end(_sheets, step):
    while True:
        step(0)


def test_a_cancelled_batch_leaves_the_paper_that_was_there(hand, dialogs, monkeypatch):
    hand.write(title="停水通知", body="明天停水。")
    hand.until_printed("停水通知")
    before = hand.pdf
    dialogs.on_dialog = accept_batch(lambda dialog: None)
    monkeypatch.setattr(ProgressDialog, "open", lambda self: self.reject())
    monkeypatch.setattr(panel_module, "draw", draw_without_end)

    hand.panel.batch_button.click()
    hand.qtbot.waitUntil(lambda: not hand.context.background.busy)

    assert hand.pdf == before


def test_a_text_that_fits_no_door_is_refused_with_what_to_cut(hand, qtbot):
    hand.write(title="通知", body="请大家注意防火防盗，关好门窗。" * 60)
    reasons = []
    hand.panel.waiting.connect(reasons.append)

    hand.panel.choose_layout(DOOR)
    qtbot.waitUntil(lambda: bool(reasons))

    assert "请删去" in reasons[-1]


def test_posting_is_registered_and_the_card_counts_the_days(hand, context):
    key = hang(context, posted_on=None)
    hand.panel.show_kind("publicity")
    hand.panel.archive.choose(key)

    hand.panel.card.post_button.click()

    assert standing(context, key).ends_on == TODAY + timedelta(days=7)
    assert hand.panel.card.down_button.isVisible()
    assert not hand.panel.card.post_button.isVisible()


def test_photos_of_the_board_come_from_a_file_scaled_and_go_after_a_question(
    hand, qtbot, context, dialogs, tmp_path: Path
):
    key = hang(context)
    file = tmp_path / "公示栏.jpg"
    file.write_bytes(picture(3200, 2400))
    hand.panel.show_kind("publicity")
    dialog = PhotosDialog(context, hand.panel.archive.current())
    qtbot.addWidget(dialog)
    dialogs.files.append(file)

    dialog.choose()

    with context.database.reading() as session:
        (photo,) = publicity_board.photos(session, key)
    assert len(photo.jpeg) < 200_000
    assert dialog.tiles[0].isVisibleTo(dialog)
    dialogs.answers.append("删除")
    dialog.tiles[0].remove.click()
    assert standing(context, key).photos == 0


def test_a_file_that_is_no_picture_is_refused_in_words(hand, qtbot, context, dialogs, tmp_path):
    hang(context)
    file = tmp_path / "公示.jpg"
    file.write_text("不是照片")
    hand.panel.show_kind("publicity")
    dialog = PhotosDialog(context, hand.panel.archive.current())
    qtbot.addWidget(dialog)
    dialogs.files.append(file)

    dialog.choose()

    assert "不是能打开的照片" in dialogs.shown[0]


def test_an_objection_is_registered_answered_and_then_the_notice_comes_down(
    hand, qtbot, context, dialogs
):
    key = hang(context, dated=TODAY - timedelta(days=10), posted_on=TODAY - timedelta(days=10))
    hand.panel.show_kind("publicity")
    line = hand.panel.archive.current()
    board = ObjectionsDialog(context, line)
    down = TakeDownDialog(context, line)
    qtbot.addWidget(board)
    qtbot.addWidget(down)
    board.who.setText("匿名")
    board.words.setPlainText("名单有误")
    board.save()
    down.save()
    assert "还有 1 条异议没有答复" in dialogs.shown[0]

    board.table.select_row(0)
    board.answer.setPlainText("已核对")
    board.answered_on.set_value(TODAY)
    board.save()
    down.save()

    found = standing(context, key)
    assert (found.chip, found.result, found.unanswered) == ("已撤下", "公示期满，无异议", 0)


def test_what_ends_today_is_said_on_the_panel_and_in_the_status_line(hand, context, qtbot):
    from app.ui.main_window import MainWindow

    hang(context, posted_on=TODAY - timedelta(days=7))
    hand.panel.refresh()
    window = MainWindow(context)
    qtbot.addWidget(window)
    said = []
    window.status.say = said.append

    remind(context, window)

    assert said == ["1 件公示今天期满，到「文书－公示」处理"]
    assert hand.panel.reminder.isVisible()

    ask_long_ago(context)
    remind(context, window)

    assert said[1:] == ["1 件公示今天期满（文书）；诉求 1 件超期（网格）"]


def test_what_is_not_complete_does_not_go_to_the_printer(hand, dialogs):
    hand.write("outage", title="停水通知")

    assert hand.panel.print_out()

    assert "几时到几时" in dialogs.shown[0]
    hand.panel.form.fields.when_words.setText("9时至17时")
    hand.panel.form.fields.where_words.setText("3 号楼")
    assert not hand.panel.print_out()


def test_esc_leaves_the_batch_while_all_buildings_are_ticked(qtbot, hand):
    dialog = BatchDialog(hand.context, NoticeText(dated=TODAY, title="停水通知"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.places

    qtbot.keyClick(dialog.table, Qt.Key.Key_Escape)

    assert not dialog.isVisible()
    assert dialog.result() == BatchDialog.DialogCode.Rejected


def test_esc_leaves_the_dialogs_of_a_notice_from_their_fields(qtbot, hand):
    hand.write("publicity", title="低保初审公示", posted_on=TODAY)
    hand.panel.form.save()
    line = hand.panel.archive.current()
    down = TakeDownDialog(hand.context, line)
    people = MaskingDialog([], NoticeText(dated=TODAY))
    for dialog, line_edit in ((down, down.outcome), (people, people.consent)):
        qtbot.addWidget(dialog)
        dialog.show()

        qtbot.keyClick(line_edit, Qt.Key.Key_Escape)

        assert not dialog.isVisible()
