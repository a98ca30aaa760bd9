"""设置 · 积分: the rules of points, typed and kept; only for those who may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from app.clock import FixedClock
from app.models import EntryKind, PointsAccount
from app.services import office, points_book, points_items, points_rules, settings
from app.services.points_book import Booking
from app.services.setting_kinds import days_of_month
from app.ui.kit.signals import Area
from app.ui.office.page import OfficePage
from app.ui.office.points_rules.tab import REVIEW_PART, SHOP, PointsRulesTab
from app.ui.people.unsaved_wish import Unsaved
from tests.actors import actor


@pytest.fixture
def open_tab(qtbot, context) -> Callable[..., PointsRulesTab]:
    with context.database.transaction("建立资料") as session:
        office.seed(session, today=context.clock.today())

    def build(seen=context) -> PointsRulesTab:
        tab = PointsRulesTab(seen)
        qtbot.addWidget(tab)
        tab.refresh()
        tab.resize(1180, 600)
        tab.show()
        return tab

    return build


def rule_of(context, name: str, day: date) -> points_rules.Rule | None:
    with context.database.lookup() as lookup:
        item = next(one for one in points_items.items(lookup) if one.name == name)
        return points_rules.rule_on(lookup, item.id, day)


def test_a_matter_is_added_with_its_rule_by_keyboard_alone(qtbot, open_tab, context):
    heard = []
    context.signals.changed.connect(heard.append)
    tab = open_tab()
    part = tab.items
    part.new.click()
    # No keyboard types Chinese without an input method.
    part.name.setText("楼道清扫")
    enter = Qt.Key.Key_Return
    for typed in ("", "", "2", "", "", "4", "6"):
        field = tab.focusWidget()
        if typed:
            field.selectAll()
            qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, enter)
    qtbot.keyClick(tab.focusWidget(), enter, Qt.KeyboardModifier.ControlModifier)
    found = rule_of(context, "楼道清扫", context.clock.today())
    assert found is not None
    assert (found.words, found.cap_household_day) == ("2 分/次，每次最多 4 分，每天最多 6 分", None)
    assert part.chosen.item.name == "楼道清扫"
    assert heard[-1] & Area.POINTS


def test_another_figure_begins_on_its_day_and_another_name_begins_no_rule(open_tab, context):
    tab = open_tab()
    part = tab.items
    part.edit(part.model.ids[7])
    assert part.name.text() == "参加议事"
    part.name.setText("参加议事会")
    part.save_button.click()
    assert part.lines[part.model.ids[7]].next is None
    part.edit(part.model.ids[7])
    part.points.setText("3")
    part.since.setText("2026-12-01")
    part.save_button.click()
    line = part.lines[part.model.ids[7]]
    assert (line.now.points, line.next.points, line.next.since) == (2, 3, date(2026, 12, 1))


def test_what_cannot_be_is_told_and_stays_to_be_corrected(open_tab, dialogs):
    tab = open_tab()
    part = tab.items
    part.edit(part.model.ids[0])
    part.points.setText("")
    part.save_button.click()
    assert "积分要填 1 到 10000 之间的整数" in dialogs.shown[0]
    assert part.edited == part.model.ids[0]
    assert part.form.dirty


def test_a_matter_is_switched_off_and_moved(open_tab, context):
    tab = open_tab()
    part = tab.items
    first, second = part.model.ids[:2]
    part.table.select_id(first)
    part.switch.click()
    assert part.switch.text() == "启用"
    part.down.click()
    assert part.model.ids[:2] == [second, first]
    with context.database.lookup() as lookup:
        assert first not in [one.id for one in points_items.items(lookup)]


def test_stars_and_expiry_change_from_a_day_on(open_tab):
    tab = open_tab()
    tab.stars.edit(tab.stars.model.ids[0])
    tab.stars.hours.setText("80")
    tab.stars.since.setText("2026-12-01")
    tab.stars.save_button.click()
    assert [one.hours for one in tab.stars.lines.values()][:2] == [100, 80]
    part = tab.expiry
    part.edit(part.model.ids[0])
    part.way.setCurrentText("满若干个月的月底")
    part.number.setText("24")
    part.since.setText("2026-12-01")
    part.save_button.click()
    assert [one.words for one in part.lines.values()] == ["满 24 个月的月底", "次年 3 月底"]
    part.way.setCurrentText("一直有效")
    assert not part.number.isVisibleTo(part)


def test_how_the_shop_is_run_is_kept_and_a_day_that_is_none_refused(open_tab, context, dialogs):
    tab = open_tab()
    tab.show_part(SHOP)
    fields = {field.name: field.control for field in tab.counter.form.fields}
    fields["每月兑换日"].setText("15、32")
    tab.counter.save()
    assert "要填 1 到 31 之间的日子" in dialogs.shown[0]
    fields["每月兑换日"].setText("15、30")
    tab.counter.save()
    tab.show_part(REVIEW_PART)
    fields = {field.name: field.control for field in tab.review.form.fields}
    fields["手工记分几分以下不用第二人复核"].setValue(3)
    tab.review.save()
    with context.database.lookup() as lookup:
        kept = settings.load(lookup)
    assert days_of_month(kept[settings.REDEMPTION_DAYS]) == (15, 30)
    assert kept[settings.POINTS_ALONE] == 3


def test_who_may_not_change_the_settings_reads_the_rules(open_tab, context):
    context.database.act_as(actor("孙丽", "社工"))
    tab = open_tab()
    assert tab.items.model.ids
    tab.items.edit(tab.items.model.ids[0])
    assert not tab.items.save_button.isVisibleTo(tab)
    assert not tab.items.new.isVisibleTo(tab)


def test_a_line_of_a_day_to_come_is_told_and_the_date_confirmed(open_tab, context, dialogs):
    tab = open_tab()
    assert not tab.clock.isVisibleTo(tab)
    with context.database.transaction("积分") as session:
        account = PointsAccount(opened_on=context.clock.today())
        session.add(account)
        session.flush()
        account_id = account.id
        wrong = Booking(
            account_id=account_id, kind=EntryKind.EARNED, points=1, on_date=date(2036, 1, 5)
        )
        points_book.book(session, wrong, now=datetime(2036, 1, 5, 9))
    tab.refresh()
    assert tab.clock.isVisibleTo(tab)
    dialogs.answers.append("日期没有错")
    tab.clock.button.click()
    assert not tab.clock.isVisibleTo(tab)
    with context.database.transaction("积分") as session:
        today = context.clock.today()
        right = Booking(account_id=account_id, kind=EntryKind.EARNED, points=1, on_date=today)
        points_book.book(session, right, now=context.clock.now())


def test_a_long_pause_is_told_and_the_date_confirmed(open_tab, context, dialogs):
    tab = open_tab()
    today = context.clock.today()
    with context.database.transaction("积分") as session:
        account = PointsAccount(opened_on=date(2026, 6, 1))
        session.add(account)
        session.flush()
        line = Booking(
            account_id=account.id, kind=EntryKind.EARNED, points=1, on_date=date(2026, 6, 1)
        )
        points_book.book(session, line, now=datetime(2026, 6, 1, 9))
        account_id = account.id
    tab.refresh()
    assert tab.clock.isVisibleTo(tab)
    assert "账上最后一笔记在 2026-06-01，离电脑日期" in tab.clock._notice.words
    dialogs.answers.append("日期没有错")
    tab.clock.button.click()
    assert not tab.clock.isVisibleTo(tab)
    with context.database.transaction("积分") as session:
        right = Booking(account_id=account_id, kind=EntryKind.EARNED, points=1, on_date=today)
        points_book.book(session, right, now=context.clock.now())


def test_a_date_that_cannot_be_is_told_and_not_confirmed(open_tab, context):
    tab = open_tab(replace(context, clock=FixedClock(datetime(2009, 1, 1, 9))))
    assert tab.clock.isVisibleTo(tab)
    assert not tab.clock.button.isVisibleTo(tab)
    assert "2009年1月1日，一定不对" in tab.clock._notice.words


def test_an_earlier_day_makes_a_rule_for_what_is_written_down_late(open_tab, context):
    tab = open_tab()
    part = tab.items
    assert rule_of(context, "参加议事", date(2025, 9, 1)) is None
    part.edit(part.model.ids[7])
    part.since.setText("2025-09-01")
    part.save_button.click()
    found = rule_of(context, "参加议事", date(2025, 9, 1))
    assert found is not None
    assert (found.points, found.until) == (2, date(2025, 12, 31))


def test_settings_that_were_not_saved_are_found_again_in_their_part(qtbot, open_tab, context):
    open_tab()
    page = OfficePage(context)
    qtbot.addWidget(page)
    page.show_record(Unsaved(f"settings:{REVIEW_PART}"))
    tab = page.stack.currentWidget()
    assert tab.segments.value() == REVIEW_PART
    assert tab.review.isVisibleTo(page)
