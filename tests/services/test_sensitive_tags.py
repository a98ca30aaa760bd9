"""敏感标签: whoever has not the right meets them nowhere."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import DomainError, Refused
from app.models import Resident
from app.services import (
    cards,
    exports,
    filters,
    history,
    lists,
    papers,
    resident_forms,
    residents,
    tags,
    visits,
)
from app.services.filters import ResidentFilter
from app.services.papers import Printing
from app.values.codes import DEFAULT_TAGS
from app.values.rights import ALL, Actor, Right
from tests.services.conftest import Clerk

SOCIAL = Actor("孙丽", "社工", ALL - {Right.SEE_SENSITIVE})
SECRET, PLAIN = "残疾人", "独居老人"


@pytest.fixture
def tagged(clerk: Clerk) -> int:
    """Somebody with a tag that everybody sees and one that only those permitted see."""
    key = clerk.add("王秀兰", birth_date=date(1950, 3, 2), address="3-2-301")
    for name in (PLAIN, SECRET):
        tag_id = clerk.tag_id(name)
        spoken = next(one.spoken for one in clerk.see(tags.tags) if one.id == tag_id)
        clerk.do(f"给 王秀兰 加{spoken}", lambda s, one=tag_id: tags.give(s, [key], one))
    return key


def as_social(clerk: Clerk) -> None:
    clerk.database.act_as(SOCIAL)


def test_what_the_law_calls_sensitive_begins_as_sensitive() -> None:
    begins = {tag.name: tag.sensitive for tag in DEFAULT_TAGS.entries}
    assert all(begins[tag.name] for tag in DEFAULT_TAGS.entries if tag.group in {"综治", "儿童"})
    assert begins["失能"]
    assert begins["孕产妇"]
    assert not begins[PLAIN]
    assert not begins["低保"]


def test_who_may_sees_the_tag_on_card_list_and_filter(clerk: Clerk, tagged: int) -> None:
    card = clerk.see(lambda s: cards.card(s, tagged, today=clerk.today))
    assert {tag.name for tag in card.tags} == {PLAIN, SECRET}
    [row] = clerk.look_up(
        lambda look: residents.rows(look, [tagged], today=clerk.today, sensitive=True)
    )
    assert {tag.name for tag in row.tags} == {PLAIN, SECRET}
    assert clerk.names(ResidentFilter(tag_ids=(clerk.tag_id(SECRET),))) == ["王秀兰"]


def test_nobody_finds_people_by_a_sensitive_tag(clerk: Clerk, tagged: int) -> None:
    assert clerk.find("残疾人") == clerk.find("cjr") == []
    assert clerk.find("独居老人") == [tagged]


def test_papers_and_files_go_without_it_whoever_asks(clerk: Clerk, tagged: int) -> None:
    table = clerk.look_up(lambda look: list(exports.lines(look, [tagged], today=clerk.today)))
    assert PLAIN in str(table)
    assert SECRET not in str(table)
    printing = Printing("孙丽", clerk.now)
    roster = clerk.see(lambda s: papers.resident_roster(s, [tagged], printing, filter_words="全部"))
    visit = clerk.see(lambda s: visits.visits(s, [tagged], today=clerk.today, masked=True))
    assert SECRET not in f"{roster}{visit}"
    words = clerk.look_up(
        lambda look: filters.sentence(look, ResidentFilter(tag_ids=(clerk.tag_id(SECRET),)))
    )
    assert words == "标签：敏感标签"


@pytest.mark.parametrize("writing", [False, True], ids=["reader", "writer"])
def test_without_the_right_it_is_nowhere(clerk: Clerk, tagged: int, writing: bool) -> None:
    secret = clerk.tag_id(SECRET)
    as_social(clerk)
    printing = Printing("孙丽", clerk.now)

    def everything(session: object) -> str:
        s: object = session
        return repr(
            (
                cards.card(s, tagged, today=clerk.today),
                papers.info_sheets(s, [tagged], printing),
                residents.rows(s, [tagged], today=clerk.today, sensitive=True),
                resident_forms.input_of(s, tagged)[0],
                lists.people(s, lists.Who(ResidentFilter()), today=clerk.today),
            )
        )

    said = clerk.do("看", everything) if writing else clerk.see(everything)
    assert PLAIN in said
    assert SECRET not in said
    if not writing:
        assert secret not in {one.id for one in clerk.see(tags.tags)}
        assert clerk.names(ResidentFilter(tag_ids=(secret,))) == []
        told = clerk.see(lambda s: (history.recent(s), history.of_record(s, Resident, tagged)))
        assert SECRET not in repr(told)


def test_saving_the_form_without_the_right_keeps_what_is_not_seen(
    clerk: Clerk, tagged: int
) -> None:
    as_social(clerk)
    clerk.change(tagged, phone="13840310612", tag_ids=())
    clerk.database.act_as(replace(SOCIAL, rights=ALL))
    card = clerk.see(lambda s: cards.card(s, tagged, today=clerk.today))
    assert [tag.name for tag in card.tags] == [SECRET]


def test_without_the_right_nobody_gives_or_edits_such_a_tag(clerk: Clerk, tagged: int) -> None:
    secret, plain = clerk.tag_id(SECRET), clerk.tag_id(PLAIN)
    as_social(clerk)
    other = clerk.add("李明")
    with pytest.raises(Refused):
        clerk.do("给 李明 加敏感标签", lambda s: tags.give(s, [other], secret))
    with pytest.raises(Refused):
        clerk.do("改标签", lambda s: tags.set_sensitive(s, plain, True))


def test_a_tag_that_becomes_sensitive_leaves_the_search_at_once(clerk: Clerk, tagged: int) -> None:
    plain = clerk.tag_id(PLAIN)
    clerk.do("改标签", lambda s: tags.set_sensitive(s, plain, True))
    assert clerk.find(PLAIN) == []
    clerk.do("改标签", lambda s: tags.set_sensitive(s, plain, False))
    assert clerk.find(PLAIN) == [tagged]


def test_a_tag_of_the_offices_own_is_sensitive_where_it_sounds_so(clerk: Clerk) -> None:
    for name in ("涉毒人员", "楼道长"):
        clerk.do("加标签", lambda s, one=name: tags.add(s, name=one))
    marked = {one.name: one.sensitive for one in clerk.see(tags.tags)}
    assert (marked["涉毒人员"], marked["楼道长"]) == (True, False)


def test_the_tags_of_public_order_stay_sensitive(clerk: Clerk) -> None:
    with pytest.raises(DomainError, match="综治"):
        clerk.do("改", lambda s: tags.set_sensitive(s, clerk.tag_id("刑满释放"), False))
