"""Lists, forms and letters: the same people as the list on screen, and no more of them."""

from datetime import date
from typing import Any

import pytest

from app.errors import DomainError
from app.reports import envelopes, labels, receipt_form, sign_in, visit_form, visit_list
from app.services import cards, letters, lists, office, residents, settings, visits
from app.services.filters import AgeBand, ResidentFilter
from app.services.letters import BY_SEX, Addressing
from app.services.lists import Event, Goods, People, Who
from app.services.office import Office
from app.services.papers import Printing
from app.services.residents import Order, OrderKey
from app.values.stamp import Stamp
from tests.services.conftest import Clerk, id_number

OLD = ResidentFilter(ages=(AgeBand(60),))
PHONE = "13842840612"


@pytest.fixture
def family(clerk: Clerk) -> dict[str, int]:
    """A household of three, a neighbour, somebody elsewhere and somebody nowhere."""
    number = id_number(date(1956, 1, 1))
    head = clerk.add(
        "王秀兰",
        sex="女",
        document_number=number,
        address="3-2-501",
        phone=PHONE,
        new_household=True,
    )
    home = clerk.household_of(head)
    old = {"birth_date": date(1950, 1, 1)}
    people = {
        "王秀兰": head,
        "李建国": clerk.add(
            "李建国", sex="男", household_id=home, address="3-2-501", relation="配偶", **old
        ),
        "李晓雨": clerk.add(
            "李晓雨",
            birth_date=date(1990, 1, 1),
            household_id=home,
            address="3-2-501",
            relation="女",
        ),
        "赵敏": clerk.add("赵敏", sex="女", address="10-1-101", **old),
        "孙凤英": clerk.add("孙凤英", other_address="甘井子区泉水路 7 号", **old),
        "周立群": clerk.add("周立群", **old),
    }
    return people


def printing(clerk: Clerk, *, masked: bool = True) -> Printing:
    why = Stamp(office="望海社区", by="赵敏", at=clerk.now, reason="报街道")
    return Printing("赵敏", clerk.now, None if masked else why)


def of(clerk: Clerk, who: Who) -> People:
    found: People = clerk.see(lambda s: lists.people(s, who, today=clerk.today))
    return found


def test_a_filter_gives_the_people_order_count_and_words_of_the_list(clerk, family) -> None:
    order = Order(OrderKey.PLACE)

    on_paper = of(clerk, Who(OLD, order))

    shown = clerk.see(lambda s: residents.list_ids(s, OLD, order=order, today=clerk.today).ids)
    assert list(on_paper.ids) == list(shown)
    assert len(on_paper.ids) == clerk.counts(OLD)[0] == 5
    assert on_paper.words == "60 岁及以上"


def test_picked_people_keep_their_order_and_deleted_ones_are_left_out(clerk, family) -> None:
    from app.services import resident_forms

    gone = family["李建国"]
    clerk.do("删除", lambda s: resident_forms.delete(s, gone, now=clerk.now))
    picked = (family["赵敏"], gone, family["王秀兰"])

    on_paper = of(clerk, Who(picked=picked, words="第三网格（勾选的人）"))

    assert on_paper.ids == (family["赵敏"], family["王秀兰"])
    assert on_paper.words == "第三网格（勾选的人）"
    assert of(clerk, Who(picked=())).ids == ()


@pytest.mark.parametrize(("masked", "phone"), [(True, "138 **** 0612"), (False, PHONE)])
def test_a_sign_in_sheet_has_phones_as_the_screen_shows_them(clerk, family, masked, phone) -> None:
    on_paper = of(clerk, Who(picked=(family["王秀兰"], family["孙凤英"])))
    event = Event("居民代表会议", "9:00")

    data = clerk.see(
        lambda s: lists.sheet_of_signatures(s, on_paper, printing(clerk, masked=masked), event)
    )

    assert [(g.name, g.place, g.phone) for g in data.guests] == [
        ("王秀兰", "3 号楼 2 单元 501", phone),
        ("孙凤英", "甘井子区泉水路 7 号", ""),
    ]
    assert data.office == "海湾街道望海社区居民委员会"
    assert (data.event, data.when, data.printed_by) == ("居民代表会议", "9:00", "赵敏")
    assert sign_in.render(data).startswith(b"%PDF")


def test_photos_are_read_only_where_they_are_printed(clerk, family) -> None:
    jpeg = b"\xff\xd8 a photo"
    clerk.do("照片", lambda s: cards.set_photo(s, family["赵敏"], jpeg))
    on_paper = of(clerk, Who(picked=(family["王秀兰"], family["赵敏"])))

    def guests(*, with_photo: bool) -> Any:
        return clerk.see(
            lambda s: lists.sheet_of_signatures(
                s, on_paper, printing(clerk), Event(), with_photo=with_photo
            )
        ).guests

    assert [g.photo for g in guests(with_photo=True)] == [None, jpeg]
    assert [g.photo for g in guests(with_photo=False)] == [None, None]


def test_of_a_document_only_the_tail_stands_on_a_receipt(clerk, family) -> None:
    on_paper = of(clerk, Who(picked=(family["王秀兰"], family["赵敏"])))

    data = clerk.see(
        lambda s: lists.sheet_of_receipts(s, on_paper, printing(clerk), Goods("大米", 2, "袋"))
    )

    tail = id_number(date(1956, 1, 1))[-4:]
    assert [(r.name, r.document_tail) for r in data.receivers] == [("王秀兰", tail), ("赵敏", "")]
    assert (data.goods, data.each, data.unit) == ("大米", 2, "袋")
    assert receipt_form.render(data).startswith(b"%PDF")


def test_a_household_is_visited_once_with_everybody_in_it_the_head_first(clerk, family) -> None:
    on_paper = of(clerk, Who(picked=(family["李晓雨"], family["赵敏"], family["李建国"])))

    found = clerk.see(lambda s: visits.visits(s, on_paper.ids, today=clerk.today, masked=True))

    assert [(v.head, v.place, v.phone) for v in found] == [
        ("王秀兰", "3 号楼 2 单元 501", "138 **** 0612"),
        ("赵敏", "10 号楼 1 单元 101", ""),
    ]
    assert [m.name for m in found[0].members] == ["王秀兰", "李建国", "李晓雨"]
    assert [(m.relation, m.age) for m in found[0].members][1] == ("配偶", 76)


def test_somebody_without_a_household_is_visited_alone(clerk, family) -> None:
    alone = family["周立群"]

    (found,) = clerk.see(lambda s: visits.visits(s, (alone,), today=clerk.today, masked=True))

    assert (found.head, found.place) == ("周立群", "")
    assert [m.name for m in found.members] == ["周立群"]


def test_those_who_moved_out_are_no_members_of_a_visit(clerk, family) -> None:
    from app.services import events

    clerk.do(
        "迁出", lambda s: events.move_out(s, family["李晓雨"], on_date=clerk.today, now=clerk.now)
    )

    (found,) = clerk.see(
        lambda s: visits.visits(s, (family["李建国"],), today=clerk.today, masked=False)
    )

    assert [m.name for m in found.members] == ["王秀兰", "李建国"]
    assert found.phone == PHONE


def test_forms_and_list_of_a_round_show_the_same_households(clerk, family) -> None:
    on_paper = of(clerk, Who(OLD))

    forms = clerk.see(lambda s: lists.visit_forms(s, on_paper, printing(clerk)))
    round_ = clerk.see(lambda s: lists.visit_round(s, on_paper, printing(clerk)))

    assert list(forms.visits) == list(round_.visits)
    assert forms.filter_words == round_.filter_words == "60 岁及以上"
    assert visit_form.render(forms).startswith(b"%PDF")
    assert visit_list.render(round_).startswith(b"%PDF")


def test_a_notice_of_privacy_names_the_office_and_each_person(clerk, family) -> None:
    with_phone = Office("望海社区", "海湾街道", "210214", "望海路 18 号", "0411-84641234")
    clerk.do("资料", lambda s: office.set_office(s, with_phone))
    on_paper = of(clerk, Who(picked=(family["赵敏"],)))

    data = clerk.see(
        lambda s: lists.privacy_notices(
            s, on_paper, printing(clerk), contact="李娜", retention="一年"
        )
    )

    assert (data.address, data.phone, data.contact) == ("望海路 18 号", "0411-84641234", "李娜")
    assert [(one.name, one.place) for one in data.subjects] == [("赵敏", "10 号楼 1 单元 101")]


def mailed(clerk: Clerk, ids: Any, how: Addressing) -> letters.Letters:
    found: letters.Letters = clerk.see(
        lambda s: letters.letters(s, list(ids), how, today=clerk.today)
    )
    return found


def test_the_usual_area_and_postcode_are_those_of_the_office(clerk) -> None:
    where = Office("望海社区居民委员会", "海湾街道", "210214", postcode="116200")
    clerk.do("资料", lambda s: office.set_office(s, where))

    how = clerk.see(letters.usual)

    assert how.area == "辽宁省大连市普兰店区海湾街道望海社区"
    assert how.postcode == "116200"


def test_flats_get_the_area_and_addresses_elsewhere_stand_for_themselves(clerk, family) -> None:
    how = Addressing("大连市望海社区", "116200")

    found = mailed(clerk, family.values(), how)

    by_name = {one.name: one for one in found.labels}
    assert by_name["王秀兰　收"] == labels.Label(
        "王秀兰　收", "大连市望海社区", "3 号楼 2 单元 501", "116200"
    )
    assert by_name["孙凤英　收"] == labels.Label("孙凤英　收", "甘井子区泉水路 7 号")
    assert found.without_address == ("周立群",)
    assert family["周立群"] not in found.ids
    assert len(found.ids) == len(found.labels) == 5


def test_one_letter_for_a_household_goes_to_its_head(clerk, family) -> None:
    ids = [family["李晓雨"], family["王秀兰"], family["赵敏"], family["李建国"]]

    found = mailed(clerk, ids, Addressing(one_per_household=True))

    assert [one.name for one in found.labels] == ["王秀兰　收", "赵敏　收"]


@pytest.mark.parametrize(
    ("greeting", "names"),
    [
        ("收", ["王秀兰　收", "李建国　收", "孙凤英　收"]),
        (BY_SEX, ["王秀兰　女士 收", "李建国　先生 收", f"孙凤英　{BY_SEX}"]),
        ("", ["王秀兰", "李建国", "孙凤英"]),
    ],
)
def test_people_are_greeted_as_was_chosen(clerk, family, greeting, names) -> None:
    ids = [family[name] for name in ("王秀兰", "李建国", "孙凤英")]

    found = mailed(clerk, ids, Addressing(greeting=greeting))

    assert [one.name for one in found.labels] == names


def test_labels_and_envelopes_are_drawn_from_the_same_letters(clerk, family) -> None:
    found = mailed(clerk, family.values(), clerk.see(letters.usual))

    sheets = clerk.see(
        lambda s: letters.label_sheets(
            s, found, labels.SHEETS[0], start=3, sender=True, outline=False
        )
    )
    posted = clerk.see(lambda s: letters.envelopes_of(s, found, envelopes.KINDS[0], boxes=True))

    assert tuple(sheets.labels) == tuple(posted.letters) == found.labels
    assert (sheets.start, sheets.sender) == (3, "海湾街道望海社区居民委员会")
    assert labels.render(sheets).startswith(b"%PDF")
    assert envelopes.render(posted).startswith(b"%PDF")


@pytest.mark.parametrize("wrong", ["11620", "1162000", "abcdef", "１１６２００"])
def test_a_postcode_has_six_figures(clerk, wrong) -> None:
    with pytest.raises(DomainError):
        clerk.do("邮编", lambda s: settings.change(s, settings.OFFICE_POSTCODE, wrong))
