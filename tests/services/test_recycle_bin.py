"""回收站 of all parts of the program: the list, the way back, and what happens after 30 days."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.errors import DomainError
from app.models import Grid, Notice, NoticePhoto, Objection, Resident, ResidentTag, SealUse, Tag
from app.services import events, grids, history, recycle_bin, resident_forms, steps, tags
from app.services.recycle_bin import BinLine
from app.storage import journal
from app.values.rights import DEFAULTS, Actor
from tests.services.conftest import Clerk, id_number

LATER = timedelta(days=31)


def _bin(clerk: Clerk, now: datetime | None = None, **how: Any) -> list[BinLine]:
    found: list[BinLine] = clerk.see(lambda s: recycle_bin.lines(s, now=now or clerk.now, **how))
    return found


def _delete(clerk: Clerk, resident_id: int) -> None:
    clerk.do("移到回收站", lambda s: resident_forms.delete(s, resident_id, now=clerk.now))


def _restore(clerk: Clerk, line: BinLine) -> tuple[str, ...]:
    said: tuple[str, ...] = clerk.do(
        "放回", lambda s: recycle_bin.restore(s, line.table, line.id, now=clerk.now)
    )
    return said


def _purge(clerk: Clerk) -> dict[str, int]:
    gone: dict[str, int] = clerk.do(
        "清理回收站", lambda s: dict(recycle_bin.purge(s, now=clerk.now + LATER).gone)
    )
    return gone


def _notice(clerk: Clerk) -> tuple[int, int]:
    """A notice with an objection and a picture, all of it in the bin."""

    def write(session: Any) -> tuple[int, int]:
        notice = Notice(title="停水", body="明天", signed_by="社区", dated=clerk.today)
        notice.saved_at = clerk.now
        session.add(notice)
        session.flush()
        objection = Objection(notice_id=notice.id, raised_on=clerk.today, who="匿名", words="不好")
        session.add(objection)
        session.add(NoticePhoto(notice_id=notice.id, taken_at=clerk.now, jpeg=b"jpeg"))
        session.flush()
        notice.deleted_at = objection.deleted_at = clerk.now
        return notice.id, objection.id

    key: tuple[int, int] = clerk.do("写了又删", write)
    clerk.do("删", lambda s: setattr(s.get(Notice, key[0]), "deleted_at", clerk.now))
    return key


@pytest.fixture
def lan(clerk: Clerk) -> int:
    return clerk.add("王秀兰", document_number=id_number(clerk.today.replace(year=1950)))


def test_the_bin_tells_who_deleted_what_and_how_long_it_stays(clerk: Clerk, lan: int) -> None:
    grid = clerk.do("新网格", lambda s: grids.add(s, number=3, name="第三网格"))
    _delete(clerk, lan)
    clerk.do("删网格", lambda s: grids.remove(s, grid, now=clerk.now))
    told = {(one.kind, one.name, one.who, one.left) for one in _bin(clerk)}
    assert told == {("居民", "王秀兰", "王书记", 30), ("网格", "第三网格", "王书记", 30)}
    assert [one.left for one in _bin(clerk, clerk.now + timedelta(days=12))] == [18, 18]
    assert [one.name for one in _bin(clerk, search="网格 王书记")] == ["第三网格"]


def test_only_what_one_may_put_back_is_listed(clerk: Clerk, lan: int) -> None:
    _notice(clerk)
    _delete(clerk, lan)
    clerk.database.act_as(Actor("孙丽", "网格员", DEFAULTS["网格员"]))
    assert {one.kind for one in _bin(clerk)} == {"居民"}
    clerk.database.act_as(Actor("李娜", "只读", DEFAULTS["只读"]))
    assert _bin(clerk) == []


def test_a_grid_whose_number_is_taken_by_now_says_so(clerk: Clerk) -> None:
    grid = clerk.do("新网格", lambda s: grids.add(s, number=3, name="第三网格"))
    clerk.do("删网格", lambda s: grids.remove(s, grid, now=clerk.now))
    new = clerk.do("又建", lambda s: grids.add(s, number=3, name="东片网格"))
    with pytest.raises(DomainError, match="现在的“东片网格”和它同号或同名"):
        _restore(clerk, _bin(clerk)[0])
    clerk.do("改号", lambda s: setattr(s.get(Grid, new), "number", 4))
    assert _restore(clerk, _bin(clerk)[0]) == ()
    assert set(clerk.see(grids.names).values()) == {"第三网格", "东片网格"}


def test_an_objection_comes_back_after_its_notice(clerk: Clerk) -> None:
    _notice(clerk)
    by_kind = {one.kind: one for one in _bin(clerk)}
    with pytest.raises(DomainError, match="公示也在回收站里"):
        _restore(clerk, by_kind["异议"])
    _restore(clerk, by_kind["通知"])
    _restore(clerk, by_kind["异议"])
    assert _bin(clerk) == []
    with pytest.raises(DomainError, match="回收站里没有这条异议"):
        _restore(clerk, by_kind["异议"])


def test_a_person_whose_number_was_given_to_another_comes_back_with_a_warning(
    clerk: Clerk, lan: int
) -> None:
    number = clerk.get(lan, "document_number")
    _delete(clerk, lan)
    clerk.add("王秀蘭", document_number=number)
    (warning,) = _restore(clerk, _bin(clerk)[0])
    assert "现在也登记在王秀蘭名下" in warning


def test_a_tag_that_comes_back_is_found_again(clerk: Clerk, lan: int) -> None:
    tag = clerk.tag_id("低保")
    clerk.do("标签", lambda s: tags.give(s, [lan], tag))
    clerk.do("删标签", lambda s: setattr(s.get(Tag, tag), "deleted_at", clerk.now))
    clerk.change(lan, note="x")
    assert clerk.find("低保") == []
    _restore(clerk, _bin(clerk)[0])
    assert clerk.find("低保") == [lan]


def test_after_30_days_it_goes_for_good_with_all_that_is_its_own(clerk: Clerk, lan: int) -> None:
    clerk.do("标签", lambda s: tags.give(s, [lan], clerk.tag_id("低保")))
    clerk.do("迁出", lambda s: events.move_out(s, lan, on_date=clerk.today, now=clerk.now))
    _delete(clerk, lan)
    _notice(clerk)
    assert clerk.see(lambda s: recycle_bin.due(s, now=clerk.now)) == {}
    assert _purge(clerk) == {"居民": 1, "通知": 1, "异议": 1}
    with clerk.database.reading() as session:
        for model in (Resident, ResidentTag, Notice, Objection, NoticePhoto):
            assert session.scalars(select(model)).all() == []
        assert journal.verify_chain(session) == []
    assert _bin(clerk, clerk.now + LATER) == []


def test_what_went_for_good_cannot_be_taken_back(clerk: Clerk, lan: int) -> None:
    _delete(clerk, lan)
    _purge(clerk)
    found = steps.Steps()
    line = clerk.see(found.page)[0]
    assert (line.sentence, line.verb) == ("清理回收站", "")
    assert line.note == "不能撤销：满 30 天，已从回收站清理"
    deletion = next(one for one in clerk.see(history.recent) if one.sentence == "移到回收站")
    undone = clerk.do("撤销", lambda s: history.undo(s, deletion.id))
    assert [one.reason for one in undone.kept] == ["已按规定抹去，没有原来的内容"]
    assert clerk.add("李强") > lan


def test_what_a_paper_points_at_stays_in_the_bin(clerk: Clerk, lan: int) -> None:
    from tests.services.issuing import Issuer

    Issuer(clerk).printed(resident_id=lan)
    other = clerk.add("李强")
    _delete(clerk, lan)
    _delete(clerk, other)
    assert _purge(clerk) == {"居民": 1}
    (line,) = _bin(clerk, clerk.now + LATER)
    assert (line.name, line.left) == ("王秀兰", None)
    _restore(clerk, line)
    assert clerk.names() == ["王秀兰"]


def test_one_who_was_merged_is_not_purged(clerk: Clerk, lan: int) -> None:
    from app.services import merging

    twin = clerk.add("王秀兰")
    clerk.do("合并", lambda s: merging.merge(s, lan, twin, now=clerk.now))
    assert _purge(clerk) == {}
    assert _bin(clerk) == []


def test_the_seal_book_goes_through_the_bin_too(clerk: Clerk) -> None:
    def write(session: Any) -> None:
        session.add(
            SealUse(
                used_at=clerk.now,
                seal="公章",
                content="合同",
                handled_by="王书记",
                deleted_at=clerk.now,
            )
        )

    clerk.do("误登", write)
    (line,) = _bin(clerk)
    assert (line.kind, line.name) == ("用印登记", "合同")
