"""走访: who is due, what a visit changes, the alarm of nobody at home, the day sheet."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    CategoryGroup,
    Grid,
    Resident,
    Risk,
    Visit,
    VisitAlarm,
    VisitDeferral,
    VisitResult,
)
from app.services import (
    categories,
    deadlines,
    events,
    history,
    requests,
    tags,
    visit_alarms,
    visit_book,
    visit_deferrals,
    visit_due,
    visit_log,
    visit_rows,
    visit_rules,
    visit_sheets,
)
from app.services.papers import Printing
from app.services.requests import RequestInput
from app.services.visit_book import VisitFilter
from app.services.visit_due import DueItem, DueWords
from app.services.visit_log import VisitInput
from app.services.visit_rules import RuleInput, RuleView
from app.services.visit_sheets import Found, SheetInput
from app.storage.engine import Database
from app.values.rights import ALL, DEFAULTS, Actor, Right
from tests.services.conftest import Clerk
from tests.storage.offices import CLOCK, furnish

FINE, NOT_HOME, REFUSED = VisitResult.FINE, VisitResult.NOT_HOME, VisitResult.REFUSED


@dataclass
class Office:
    """Two grids; the rules are 100 days old. `wang` is 独居, `li` 残疾, `chen` has no tag."""

    clerk: Clerk
    wang: int
    li: int
    chen: int
    grids: tuple[int, int]

    @property
    def today(self) -> date:
        return self.clerk.today

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def due(self, **chosen: Any) -> dict[int, DueItem]:
        found = self.clerk.look_up(lambda look: visit_due.due(look, today=self.today, **chosen))
        return {one.resident_id: one for one in found}

    def left(self, resident_id: int, **chosen: Any) -> int:
        """Days until this person is due."""
        chosen.setdefault("horizon_days", 400)
        return (self.due(**chosen)[resident_id].due_on - self.today).days

    def visit(
        self, resident_id: int, days_ago: int = 0, result: VisitResult = FINE, **more: Any
    ) -> int:
        entered = VisitInput(
            resident_id=resident_id, on_date=self.ago(days_ago), result=result, **more
        )
        return int(
            self.clerk.do("录入走访", lambda s: visit_log.log(s, entered, now=self.clerk.now))
        )

    def alarms(self) -> list[visit_alarms.AlarmView]:
        return list(self.clerk.look_up(visit_alarms.standing_alarms))

    def rule(self, name: str) -> RuleView:
        found = self.clerk.look_up(lambda look: visit_rules.current(look, self.today))
        return next(rule for rule in found if rule.name == name)

    def defer(self, ids: list[int], days: int, reason: str = "住院") -> None:
        until = self.today + timedelta(days=days)
        self.clerk.do(
            "改期",
            lambda s: visit_deferrals.defer(
                s, ids, due_on=until, reason=reason, now=self.clerk.now
            ),
        )

    def sheet(self, *ids: int, **more: Any) -> int:
        entered = SheetInput(resident_ids=ids, on_date=self.today, **more)
        made = self.clerk.do(
            "打印走访单", lambda s: visit_sheets.make(s, entered, now=self.clerk.now)
        )
        return int(made)

    def rows(self, sheet_id: int) -> list[visit_sheets.SheetRow]:
        return list(self.clerk.look_up(lambda look: visit_sheets.rows(look, sheet_id)))

    def type_back(self, sheet_id: int, *found: Found) -> list[int]:
        return list(
            self.clerk.do(
                "录入走访",
                lambda s: visit_sheets.type_back(s, sheet_id, found, now=self.clerk.now),
            )
        )


@pytest.fixture
def place(clerk: Clerk) -> Office:
    wang, li, chen, grids = furnish(clerk.database, _begun)
    return Office(clerk, wang, li, chen, grids)


def _begun(database: Database) -> tuple[int, int, int, tuple[int, int]]:
    clerk = Clerk(database, CLOCK.now())

    def begin(session: Any) -> tuple[int, int]:
        visit_rules.seed(session, today=clerk.today - timedelta(days=100))
        grids = (Grid(number=1, name="第一网格"), Grid(number=2, name="第二网格"))
        session.add_all(grids)
        session.flush()
        return grids[0].id, grids[1].id

    one, two = clerk.do("建立网格", begin)
    born = date(1950, 3, 2)
    wang = clerk.add("王秀兰", birth_date=born, address="3-2-301", new_household=True, grid_id=one)
    li = clerk.add("李桂英", birth_date=born, address="3-1-201", new_household=True, grid_id=one)
    chen = clerk.add("陈桂芳", birth_date=born, address="10-1-1", new_household=True, grid_id=two)
    for who, name in ((wang, "独居老人"), (li, "残疾人")):
        key = clerk.tag_id(name)
        clerk.do("加标签", lambda s, who=who, key=key: tags.give(s, [who], key))
    # As long ago as the rules: who has a tag only since today is given its days.
    clerk.do("早就有", lambda s: s.execute(text("UPDATE resident_tag SET since = NULL")))
    return wang, li, chen, (one, two)


# -- who is due


def test_each_is_due_by_the_tightest_rule_that_covers_him(place: Office) -> None:
    for one in (place.wang, place.li, place.chen):
        place.visit(one, 5)
    assert (place.left(place.wang), place.left(place.li), place.left(place.chen)) == (2, 25, 175)
    named = {
        rule.id: rule.risk
        for rule in place.clerk.look_up(lambda k: visit_rules.rules(k, place.today))
    }
    found = place.due(horizon_days=400)
    assert named[found[place.wang].rule_id] is Risk.RED
    assert named[found[place.chen].rule_id] is Risk.ORDINARY


def test_who_was_never_visited_is_due_from_the_rule_the_tag_or_the_day_of_moving_in(
    place: Office,
) -> None:
    assert place.left(place.wang) == 7 - 100
    place.clerk.do(
        "标签从",
        lambda s: s.execute(text("UPDATE resident_tag SET since = :d"), {"d": place.ago(3)}),
    )
    assert place.left(place.wang) == 7 - 3
    place.clerk.do(
        "迁入", lambda s: events.moved_in(s, place.wang, on_date=place.ago(1), now=place.clerk.now)
    )
    assert place.left(place.wang) == 7 - 1
    revoke = text("UPDATE resident_event SET revoked_at = :at")
    place.clerk.do("撤回", lambda s: s.execute(revoke, {"at": place.clerk.now}))
    assert place.left(place.wang) == 7 - 3


def test_nobody_at_home_is_no_visit_but_is_shown(place: Office) -> None:
    place.visit(place.wang, 6)
    place.visit(place.wang, 1, NOT_HOME)
    assert place.left(place.wang) == 1
    items = list(place.due().values())
    [row] = [
        one
        for one in place.clerk.look_up(lambda k: visit_rows.rows(k, items, today=place.today))
        if one.id == place.wang
    ]
    assert row.last_words == f"{place.ago(1):%m-%d} 没人在家"
    assert row.words == DueWords("剩 1 天", "grey")


def test_a_visit_to_anybody_of_the_household_counts_for_its_ordinary_rule(place: Office) -> None:
    home = place.clerk.household_of(place.chen)
    son = place.clerk.add(
        "陈伟", birth_date=date(1985, 1, 1), address="10-1-1", household_id=home, relation="子"
    )
    assert place.left(place.chen) == 180 - 100
    place.visit(son, 2)
    assert place.left(place.chen) == 180 - 2
    assert son not in place.due(horizon_days=400)


def test_who_has_gone_is_not_due(place: Office) -> None:
    place.clerk.do(
        "死亡", lambda s: events.die(s, place.wang, on_date=place.ago(1), now=place.clerk.now)
    )
    assert place.wang not in place.due(horizon_days=400)


def test_a_deferral_moves_the_day_and_the_next_visit_ends_it(place: Office) -> None:
    place.visit(place.wang, 5)
    place.defer([place.wang], 20)
    assert place.left(place.wang) == 20
    assert place.due(horizon_days=30)[place.wang].deferred
    assert place.wang not in place.due()
    place.visit(place.wang)
    assert place.left(place.wang) == 7
    assert place.clerk.see(lambda s: s.scalars(select(VisitDeferral)).all()) == []


def test_a_visit_is_put_off_also_on_the_day_of_the_one_before(place: Office) -> None:
    place.visit(place.wang)
    place.defer([place.wang], 20)
    assert place.left(place.wang) == 20


@pytest.mark.parametrize(
    ("days", "reason", "said"),
    [(0, "住院", "今天以后"), (3, " ", "原因"), (400, "出国", "366 天"), (1, "住院", "本来就到")],
)
def test_a_deferral_without_sense_is_refused(
    place: Office, days: int, reason: str, said: str
) -> None:
    place.visit(place.wang, 1)
    with pytest.raises(DomainError, match=said):
        place.defer([place.wang], days, reason)


def test_the_list_is_narrowed_by_grid_and_by_name_and_counted(place: Office) -> None:
    place.visit(place.wang, 9)
    place.visit(place.li, 30)
    assert set(place.due(grid_ids=[place.grids[1]], horizon_days=400)) == {place.chen}
    assert set(place.due(text="wxl", horizon_days=400)) == {place.wang}
    items = list(place.due().values())
    assert [one.resident_id for one in items] == [place.wang, place.li]
    assert visit_due.counted(items, place.today) == (1, 1, 0)
    earlier = place.today - timedelta(days=visit_due.SOON)
    assert visit_due.counted(items[1:], earlier) == (0, 0, 1)
    assert visit_due.counted(items[1:], earlier - timedelta(days=1)) == (0, 0, 0)
    assert {one.grid_id for one in items} == {place.grids[0]}


def test_the_list_ends_with_its_last_day(place: Office) -> None:
    place.visit(place.wang)
    assert place.wang in place.due(horizon_days=7)
    assert place.wang not in place.due(horizon_days=6)


def test_the_watched_are_those_of_the_coloured_rules_however_late_they_are_due(
    place: Office,
) -> None:
    place.visit(place.li)
    found = place.clerk.look_up(lambda k: visit_due.watched(k, place.today))
    assert {one.resident_id: one.last_on for one in found} == {
        place.wang: None,
        place.li: place.today,
    }


def test_who_may_not_see_a_tag_is_told_the_colour_and_still_who_is_due(place: Office) -> None:
    place.clerk.database.act_as(Actor("孙丽", "社工", ALL - {Right.SEE_SENSITIVE}))
    items = list(place.due().values())
    found = place.clerk.look_up(lambda k: visit_rows.rows(k, items, today=place.today))
    assert {row.name: row.group for row in found} == {"王秀兰": "红色", "李桂英": "橙色"}


def test_papers_name_no_sensitive_tag_whoever_prints_them(place: Office) -> None:
    items = list(place.due().values())
    found = place.clerk.look_up(lambda k: visit_rows.rows(k, items, today=place.today))
    assert {row.group for row in found} == {"独居老人", "残疾人"}
    assert {row.group_on_paper for row in found} == {"独居老人", "橙色"}


def test_a_grid_member_sees_who_is_due_in_his_own_grids_only(place: Office) -> None:
    rights = DEFAULTS["网格员"]
    place.clerk.database.act_as(Actor("丁伟", "网格员", rights, grids=frozenset({place.grids[1]})))
    assert set(place.due(horizon_days=400)) == {place.chen}
    with pytest.raises(DomainError):
        place.visit(place.wang)


# -- rules


def test_a_changed_rule_holds_from_its_day_and_the_one_before_until_then(place: Office) -> None:
    rule = place.rule("独居、失能")
    entered = RuleInput(name=rule.name, risk=rule.risk, days=10, tag_ids=rule.tag_ids)
    begins = place.today + timedelta(days=3)
    place.clerk.do(
        "改规则",
        lambda s: visit_rules.change(
            s, rule.id, entered, since=begins, today=place.today, version=rule.version
        ),
    )
    found = [
        place.clerk.look_up(lambda look, day=day: visit_rules.rules(look, day))
        for day in (place.today, begins - timedelta(days=1), begins)
    ]
    assert [[rule.days for rule in rules] for rules in found] == [
        [7, 30, 30, 180],
        [7, 30, 30, 180],
        [10, 30, 30, 180],
    ]
    with pytest.raises(ChangedMeanwhile):
        place.clerk.do(
            "再改",
            lambda s: visit_rules.end(
                s, rule.id, from_day=begins, today=place.today, version=rule.version
            ),
        )


def test_an_ended_rule_asks_for_nobody_any_more(place: Office) -> None:
    rule = place.rule("一般住户")
    place.clerk.do(
        "停止",
        lambda s: visit_rules.end(
            s, rule.id, from_day=place.today, today=place.today, version=rule.version
        ),
    )
    assert place.chen not in place.due(horizon_days=400)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "走访对象"),
        ({"days": 0}, "1 到 366"),
        ({"from_age": 500}, "年龄"),
        ({"name": "独居、失能"}, "已经有"),
        ({}, "每一户已有"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    place: Office, changed: dict[str, Any], said: str
) -> None:
    entered = RuleInput(**({"name": "高龄", "risk": Risk.ORANGE, "days": 30} | changed))
    with pytest.raises(DomainError, match=said):
        place.clerk.do(
            "加规则",
            lambda s: visit_rules.add(s, entered, since=place.today, today=place.today),
        )


def test_a_rule_of_an_age_covers_who_is_as_old(place: Office) -> None:
    entered = RuleInput(name="七十岁以上", risk=Risk.ORANGE, days=20, from_age=70)
    place.clerk.do(
        "加规则", lambda s: visit_rules.add(s, entered, since=place.today, today=place.today)
    )
    place.visit(place.chen, 5)
    assert place.left(place.chen) == 15
    young = place.clerk.add("陈小满", birth_date=date(1957, 1, 5), address="10-1-2")
    # Seventy next year: the rule has a name for him only then.
    asked = place.clerk.look_up(
        lambda look: [
            len(visit_due.of_people(look, [young], today=day))
            for day in (date(2027, 1, 4), date(2027, 1, 5))
        ]
    )
    assert asked == [0, 1]


# -- putting down


@pytest.mark.parametrize(("days_ago", "said"), [(-1, "还没有到"), (40_000, "出生"), (0, "迁出")])
def test_a_visit_on_a_day_that_cannot_be_is_refused(
    place: Office, days_ago: int, said: str
) -> None:
    if said == "迁出":
        place.clerk.do(
            "迁出",
            lambda s: events.move_out(s, place.li, on_date=place.ago(3), now=place.clerk.now),
        )
    with pytest.raises(DomainError, match=said):
        place.visit(place.li, days_ago)


def test_a_visit_on_the_day_of_moving_out_is_put_down(place: Office) -> None:
    place.clerk.do(
        "迁出", lambda s: events.move_out(s, place.li, on_date=place.ago(3), now=place.clerk.now)
    )
    place.visit(place.li, 3)
    with pytest.raises(DomainError, match="迁出"):
        place.visit(place.li, 2)


def test_a_visit_is_corrected_and_removed_with_what_it_means_for_the_next(place: Office) -> None:
    key = place.visit(place.wang, 1)
    entered, version = place.clerk.see(lambda s: visit_log.input_of(s, key))
    changed = replace(entered, result=NOT_HOME)
    place.clerk.do(
        "改",
        lambda s: visit_log.update(s, key, changed, version=version, now=place.clerk.now),
    )
    assert place.left(place.wang) == 7 - 100
    with pytest.raises(ChangedMeanwhile):
        place.clerk.do(
            "删", lambda s: visit_log.remove(s, key, version=version, now=place.clerk.now)
        )
    place.clerk.do(
        "删", lambda s: visit_log.remove(s, key, version=version + 1, now=place.clerk.now)
    )
    assert len(place.clerk.look_up(visit_book.list_ids)) == 0


def test_the_book_finds_a_visit_by_person_note_result_and_day(place: Office) -> None:
    place.visit(place.wang, 3, note="血压 100% 正常")
    second = place.visit(place.chen, 1, REFUSED)

    def found(**chosen: Any) -> list[int]:
        return list(place.clerk.look_up(lambda k: visit_book.list_ids(k, VisitFilter(**chosen))))

    first = found(text="100%")[0]
    assert found(text="wxl") == [first]
    assert found(text="0_%") == []
    assert found(results=(REFUSED,)) == found(since=place.ago(2)) == [second]
    assert found(until=place.ago(2)) == found(until=place.ago(3)) == [first]
    assert found() == [second, first]
    [row] = place.clerk.look_up(lambda k: visit_book.rows(k, [first]))
    assert (row.name, row.place, row.result) == ("王秀兰", "3 号楼 2-301", FINE)
    chosen = VisitFilter(grid_ids=(place.grids[0],), resident_id=place.wang, results=(REFUSED,))
    said = place.clerk.look_up(lambda k: visit_book.sentence(k, chosen))
    assert said == "第一网格，不愿见，王秀兰"


# -- the alarm


def test_nobody_at_home_twice_running_raises_an_alarm(place: Office) -> None:
    place.visit(place.wang, 3, NOT_HOME)
    assert place.alarms() == []
    place.visit(place.wang, 1, NOT_HOME)
    [alarm] = place.alarms()
    assert (alarm.name, alarm.days) == ("王秀兰", (place.ago(1), place.ago(3)))
    place.visit(place.wang, 0, NOT_HOME)
    assert len(place.alarms()) == 1


def test_somebody_met_between_or_since_keeps_the_alarm_away(place: Office) -> None:
    place.visit(place.wang, 3, NOT_HOME)
    place.visit(place.wang, 2)
    place.visit(place.wang, 1, NOT_HOME)
    assert place.alarms() == []
    place.visit(place.wang, 0, NOT_HOME)
    assert len(place.alarms()) == 1
    place.visit(place.wang, 0)
    assert place.alarms() == []
    answered = place.clerk.see(lambda s: s.scalar(select(VisitAlarm.answer)))
    assert answered == "已走访到，正常"


def test_an_alarm_goes_with_the_visit_that_raised_it(place: Office) -> None:
    place.visit(place.wang, 3, NOT_HOME)
    place.visit(place.wang, 1, NOT_HOME)
    place.clerk.undo_last()
    assert place.alarms() == []
    key = place.visit(place.wang, 1, NOT_HOME)
    entered, version = place.clerk.see(lambda s: visit_log.input_of(s, key))
    fine = replace(entered, result=FINE)
    place.clerk.do(
        "改", lambda s: visit_log.update(s, key, fine, version=version, now=place.clerk.now)
    )
    assert place.clerk.see(lambda s: s.scalars(select(VisitAlarm)).all()) == []


def test_an_alarm_stands_by_the_visits_in_vain_that_are_left(place: Office) -> None:
    place.visit(place.wang, 5, NOT_HOME)
    wrong = place.visit(place.wang, 3, NOT_HOME)
    last = place.visit(place.wang, 1, NOT_HOME)
    _, version = place.clerk.see(lambda s: visit_log.input_of(s, wrong))
    place.clerk.do("删", lambda s: visit_log.remove(s, wrong, version=version, now=place.clerk.now))
    [alarm] = place.alarms()
    assert (alarm.visit_id, alarm.days) == (last, (place.ago(1), place.ago(5)))
    place.visit(place.wang)
    assert place.clerk.see(lambda s: s.scalar(select(VisitAlarm.answer))) == "已走访到，正常"


def test_an_alarm_follows_when_an_earlier_visit_is_taken_back(place: Office) -> None:
    def take_back(back: int) -> None:
        step = place.clerk.see(lambda s: history.recent(s, limit=back + 1))[back]
        place.clerk.do("撤销", lambda s: history.undo(s, step.id))

    for days, result in ((3, NOT_HOME), (2, FINE), (1, NOT_HOME)):
        place.visit(place.wang, days, result)
    take_back(1)
    assert [alarm.name for alarm in place.alarms()] == ["王秀兰"]
    # Now the first of the two in vain: before it lies its own undoing.
    take_back(3)
    assert place.alarms() == []


def test_an_alarm_is_answered_in_words_and_the_count_begins_anew(place: Office) -> None:
    place.visit(place.wang, 4, NOT_HOME)
    place.visit(place.wang, 3, NOT_HOME)
    [alarm] = place.alarms()

    def clear(answer: str) -> Callable[[Any], None]:
        return lambda s: visit_alarms.clear(
            s, alarm.id, answer=answer, version=alarm.version, now=place.clerk.now
        )

    with pytest.raises(DomainError, match="查到了什么"):
        place.clerk.do("解除", clear(" "))
    place.clerk.do("解除", clear("暂住女儿家"))
    assert place.alarms() == []
    place.visit(place.wang, 2, NOT_HOME)
    assert place.alarms() == []
    place.visit(place.wang, 1, NOT_HOME)
    assert len(place.alarms()) == 1


def test_an_alarm_that_became_a_request_is_in_hand_there(place: Office) -> None:
    place.visit(place.wang, 4, NOT_HOME)
    last = place.visit(place.wang, 3, NOT_HOME)

    def ask(session: Any) -> None:
        categories.seed(session)
        deadlines.seed(session, today=place.today)
        kind = categories.categories(session, CategoryGroup.MATTER)[0].id
        entered = RequestInput(
            title="老人两天没人应门", category_id=kind, resident_id=place.wang, visit_id=last
        )
        requests.register(session, entered, now=place.clerk.now)

    place.clerk.do("记诉求", ask)
    assert place.alarms() == []


# -- the day sheet


def test_a_sheet_stands_in_walking_order_and_is_printed_again_as_it_was(place: Office) -> None:
    place.clerk.change(place.wang, phone="13812340612")
    key = place.sheet(place.wang, place.chen, place.li, visitor="孙丽")
    printing = Printing("赵敏", place.clerk.now)
    paper = place.clerk.see(lambda s: visit_sheets.day_sheet(s, key, printing))
    assert [row.name for row in paper.rows] == ["李桂英", "王秀兰", "陈桂芳"]
    assert [row.code for row in paper.rows] == [f"{key}-01", f"{key}-02", f"{key}-03"]
    assert paper.rows[1].phone == "138 **** 0612"
    assert paper.rows[1].due == "超期 93 天"
    place.clerk.change(place.wang, phone="13900000000", address="3-2-302")
    again = place.clerk.see(lambda s: visit_sheets.day_sheet(s, key, printing))
    assert again == paper
    marked = place.clerk.see(lambda s: visit_sheets.day_sheet(s, key, printing, again=True))
    assert marked == replace(paper, mark=f"补打 {place.today:%Y-%m-%d}")


def test_the_number_of_a_sheet_is_never_given_twice(place: Office) -> None:
    place.sheet(place.wang)
    [line] = place.clerk.see(lambda s: history.recent(s, limit=1))
    with pytest.raises(DomainError, match="已经有号"):
        place.clerk.do("撤销", lambda s: history.undo(s, line.id))


def test_a_sheet_of_nobody_is_refused(place: Office) -> None:
    with pytest.raises(DomainError, match="勾选"):
        place.sheet()


def test_what_was_found_is_typed_back_once_and_in_one_step(place: Office) -> None:
    key = place.sheet(place.wang, place.li, place.chen)
    first, second, third = place.rows(key)
    assert [row.resident_id for row in (first, second, third)] == [
        place.li,
        place.wang,
        place.chen,
    ]
    place.type_back(
        key,
        Found(row_id=first.id, result=FINE),
        Found(row_id=second.id, result=NOT_HOME, note="邻居说外出"),
    )
    rows = place.rows(key)
    assert [row.result for row in rows] == [FINE, NOT_HOME, None]
    assert rows[1].note == "邻居说外出"
    [line] = place.clerk.look_up(visit_sheets.sheets)
    assert (line.rows, line.typed) == (3, 2)
    with pytest.raises(DomainError, match=r"第 1 行已由 .* 录为“正常”"):
        place.type_back(
            key, Found(row_id=third.id, result=FINE), Found(row_id=first.id, result=REFUSED)
        )
    assert place.rows(key)[2].result is None
    place.clerk.undo_last()
    assert [row.result for row in place.rows(key)] == [None, None, None]
    assert place.clerk.see(lambda s: s.scalars(select(Visit)).all()) == []


def test_a_removed_visit_lets_its_row_be_typed_once_more(place: Office) -> None:
    key = place.sheet(place.wang)
    [row] = place.rows(key)
    [visit] = place.type_back(key, Found(row_id=row.id, result=FINE))
    _, version = place.clerk.see(lambda s: visit_log.input_of(s, visit))
    place.clerk.do("删", lambda s: visit_log.remove(s, visit, version=version, now=place.clerk.now))
    assert place.rows(key)[0].visit_id is None


def test_a_code_is_read_as_it_is_scanned_or_typed() -> None:
    assert visit_sheets.code_of(12, 3) == "12-03"
    assert visit_sheets.read_code("12-03") == visit_sheets.read_code(" 12－3 ") == (12, 3)
    assert visit_sheets.read_code("王秀兰") is None


def test_who_was_erased_leaves_no_name_on_a_sheet(place: Office) -> None:
    key = place.sheet(place.wang)
    place.clerk.do(
        "抹去", lambda s: setattr(s.get_one(Resident, place.wang), "erased_on", place.today)
    )
    printing = Printing("赵敏", place.clerk.now)
    paper = place.clerk.see(lambda s: visit_sheets.day_sheet(s, key, printing))
    assert (paper.rows[0].name, paper.rows[0].place) == ("（已抹去）", "")
