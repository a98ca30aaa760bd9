"""What is gathered for the papers of a settlement: it is the table, the claim, the lines."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import Canteen, Payer, Resident
from app.services import (
    meal_claim_facts,
    meal_claim_notice,
    meal_claim_papers,
    meal_claim_people,
    meal_claim_steps,
    meal_claims,
    meal_taking_back,
    settings,
)
from app.services.authorisation import Grant
from app.services.meal_claim_views import Step
from app.services.papers import Printing
from app.storage.engine import Database
from app.values.rights import CANTEEN, DEFAULTS, Actor, Right
from tests.services.canteen_stage import Stage, stage_on
from tests.services.claim_stage import MONTH, november_on
from tests.services.test_meal_claims import _log


@pytest.fixture
def november(database: Database) -> Stage:
    return november_on(database)


def _printing(stage: Stage) -> Printing:
    return Printing(by="赵敏", at=stage.now)


def test_the_table_on_paper_has_every_line_that_it_is_the_sum_of(november: Stage) -> None:
    found, people = november.clerk.see(
        lambda s: meal_claim_papers.settlement(s, november.canteen, MONTH, _printing(november))
    )
    assert found.total.figures[:3] == ("247", "4,006", "50,232.00")
    assert [(one.payer, one.claimed) for one in found.claims] == [
        ("市财政", "5,197.00"),
        ("区财政", "4,592.00"),
        ("街道", "1,304.00"),
        ("慈善捐赠", "5,178.00"),
    ]
    # The two of October that were claimed then are none of November.
    assert len(found.details) == 4_010
    assert len(people) == 247
    assert found.draft


def test_a_signed_table_is_no_draft(november: Stage) -> None:
    place = (november.canteen, MONTH)
    november.do(meal_claim_steps.prepare, *place, signer="赵敏", now=november.now)
    found, _ = november.clerk.see(
        lambda s: meal_claim_papers.settlement(s, *place, _printing(november))
    )
    assert (found.draft, found.maker, found.signer) == ("", "赵敏", "")


def test_a_table_that_changed_since_it_was_signed_is_a_draft_again(november: Stage) -> None:
    place = (november.canteen, MONTH)
    november.do(meal_claim_steps.prepare, *place, signer="赵敏", now=november.now)
    _log(november, "zhou", november.today.replace(month=11, day=30))
    printing = _printing(november)
    table, _ = november.clerk.see(lambda s: meal_claim_papers.settlement(s, *place, printing))
    board = november.clerk.see(lambda s: meal_claim_notice.notice(s, *place, printing))
    assert table.draft == board.draft == "还没有制表签字，数字会变"


def test_the_district_reads_its_tiers_and_what_was_corrected(november: Stage) -> None:
    found, _ = november.clerk.see(
        lambda s: meal_claim_papers.forms(
            s, november.canteen, MONTH, _printing(november), (Payer.DISTRICT,)
        )
    )
    (form,) = found.forms
    assert (form.of_month, form.difference, form.claimed) == ("4,596.00", "−4.00", "4,592.00")
    assert form.in_capitals == "肆仟伍佰玖拾贰元整"
    assert [one.amount for one in form.corrections] == ["−2.00", "−2.00"]
    assert ("低保对象", "4.00", "1,448.00") in [
        (one.tier, one.each, one.amount) for one in form.lines
    ]


def _district(stage: Stage) -> dict[str, tuple[str, str, str]]:
    """每餐, 餐次 and the amount of each tier on the district's form."""
    found, _ = stage.clerk.see(
        lambda s: meal_claim_papers.forms(
            s, stage.canteen, MONTH, _printing(stage), (Payer.DISTRICT,)
        )
    )
    (form,) = found.forms
    return {one.tier: (one.each, one.meals, one.amount) for one in form.lines}


def test_extra_portions_do_not_hide_what_is_given_for_a_meal(database: Database) -> None:
    stage = stage_on(database)
    _log(stage, "zhou", stage.today, quantity=3)
    _log(stage, "zhou", stage.today.replace(day=20))
    place = (stage.canteen, MONTH)
    assert _district(stage) == {"70–79 岁": ("1.00", "2", "2.00")}
    (person,) = stage.look(meal_claim_people.person_sums, *place, (Payer.DISTRICT,))
    board = stage.clerk.see(lambda s: meal_claim_notice.notice(s, *place, _printing(stage)))
    assert (person.meals, board.total.meals, [one.meals for one in board.people]) == (2, "2", ["2"])


def test_an_average_is_no_unit(database: Database) -> None:
    """Of 12 元 the district bears 4, of 15 元 5: 4.50 a meal is what nobody was given."""
    stage = stage_on(database)
    _log(stage, "sun", stage.today)
    other = _log(stage, "sun", stage.today.replace(day=20), set_meal_id=stage.sets["B"])
    assert _district(stage) == {"90 岁以上": ("", "2", "9.00")}
    # What was taken back stands in no sum and makes no difference.
    stage.do(meal_taking_back.take_back, other, reason="记错", now=stage.now)
    assert _district(stage) == {"90 岁以上": ("4.00", "1", "4.00")}


def test_an_amount_that_does_not_divide_is_no_unit(database: Database) -> None:
    """Two guests in one line, of whom the district bears 8.01 together."""
    stage = stage_on(database)
    meal = _log(stage, "sun", stage.today)

    def of_two_guests(fen: int) -> None:
        put = "quantity = 2, paid = paid + by_district - :fen, by_district = :fen"
        where = "resident_id = NULL, guest = 'courier' WHERE id = :meal"
        change = text(f"UPDATE meal SET {put}, {where}").bindparams(fen=fen, meal=meal)
        stage.do(lambda session: session.execute(change))

    of_two_guests(8_01)
    assert _district(stage) == {"90 岁以上": ("", "2", "8.01")}
    of_two_guests(8_00)
    assert _district(stage) == {"90 岁以上": ("4.00", "2", "8.00")}


def test_a_payer_whose_corrections_come_to_nothing_reads_none(november: Stage) -> None:
    found, _ = november.clerk.see(
        lambda s: meal_claim_papers.forms(s, november.canteen, MONTH, _printing(november))
    )
    city = next(one for one in found.forms if one.payer == "市财政")
    assert (city.corrections, city.difference, city.claimed) == ((), "", "5,197.00")


def test_the_people_of_a_month_sum_to_what_is_claimed_for_them(november: Stage) -> None:
    sums = november.look(
        meal_claim_people.person_sums, november.canteen, MONTH, (Payer.CITY, Payer.DISTRICT)
    )
    matrix = november.look(meal_claims.matrix, november.canteen, MONTH)
    for payer in (Payer.CITY, Payer.DISTRICT):
        assert sum(one.shares.of(payer) for one in sums) == matrix.claimed(payer)


def test_on_the_board_nobody_is_named_whole_and_no_amount_is_by_a_name(november: Stage) -> None:
    found = november.clerk.see(
        lambda s: meal_claim_notice.notice(s, november.canteen, MONTH, _printing(november))
    )
    assert (found.total.people, found.total.amount) == ("247", "16,275.00")
    assert len(found.people) == 247
    assert all("*" in one.name for one in found.people)


def test_a_table_that_changed_since_it_was_signed_goes_back_to_its_maker(november: Stage) -> None:
    place = (november.canteen, MONTH)
    november.do(meal_claim_steps.prepare, *place, signer="赵敏", now=november.now)
    ask = {"today": november.today, "maker": "赵敏"}
    before = november.look(meal_claim_facts.facts_of, *place, **ask)
    assert (before.step, before.stale) == (Step.SIGN, False)
    _log(november, "zhou", november.today.replace(month=11, day=30))
    after = november.look(meal_claim_facts.facts_of, *place, **ask)
    assert (after.step, after.stale) == (Step.PREPARE, True)


def test_document_numbers_are_whole_only_by_somebodys_word(database: Database) -> None:
    stage = stage_on(database)
    number = "210214194503028228"
    stage.do(_numbered, stage.people["chen"], number)
    _log(stage, "chen", stage.today)
    place = (stage.canteen, 202611, (Payer.CITY,))
    (masked,) = stage.look(meal_claim_people.person_sums, *place)
    word = Grant(Right.EXPORT_FULL, "周立群")
    (whole,) = stage.look(meal_claim_people.person_sums, *place, grant=word)
    assert (masked.document, whole.document) == ("2102 **** **** 8228", number)
    with pytest.raises(ValueError, match="whole numbers"):
        stage.look(meal_claim_people.person_sums, *place, grant=Grant(Right.PRINT, "周立群"))


def test_who_may_not_know_a_tier_reads_neither_name_nor_number_of_its_people(
    database: Database,
) -> None:
    stage = stage_on(database)
    stage.do(_numbered, stage.people["zhang"], "210214195503028228")
    _log(stage, "zhang", stage.today)
    less = Actor("孙丽", CANTEEN, DEFAULTS[CANTEEN])
    ask = (meal_claim_people.person_sums, stage.canteen, 202611, (Payer.CITY,))
    (hidden,), (seen,) = stage.look(*ask, by=less), stage.look(*ask)
    assert (hidden.name, hidden.document, hidden.tier) == ("张**", "", "按身份享受")
    assert (seen.name, seen.document) == ("张明", "2102 **** **** 8228")


def test_the_board_names_the_phone_that_is_nearest(november: Stage) -> None:
    def told() -> str:
        place = (november.canteen, MONTH)
        found = november.clerk.see(
            lambda s: meal_claim_notice.notice(s, *place, _printing(november))
        )
        return found.notes.partition("社区")[2]

    assert told() == "。"
    november.set(settings.OFFICE_PHONE, "84710001")
    assert told() == "，电话 84710001。"
    november.set(settings.SUPERVISION_PHONE, "84710002")
    assert told() == "，电话 84710002。"
    november.do(_with_phone, november.canteen, "84710003")
    assert told() == "，电话 84710003。"


def _with_phone(session: Session, canteen_id: int, phone: str) -> None:
    session.get_one(Canteen, canteen_id).phone = phone


def _numbered(session: Session, resident_id: int, number: str) -> None:
    person = session.get_one(Resident, resident_id)
    person.document_number = number
