"""Erasing a person: nothing by which he was known is found anywhere, and all sums stay."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import select

from app.errors import DomainError
from app.models import (
    Certificate,
    Change,
    Household,
    PrivacyEvent,
    PrivacyKind,
    Resident,
    ResidentTag,
    Stage,
)
from app.services import (
    cards,
    certificate_paper,
    check_codes,
    drafts,
    erasing,
    erasing_papers,
    events,
    heads,
    history,
    merging,
    privacy,
    recycle_bin,
    resident_forms,
    retention,
)
from app.services.filters import ResidentFilter
from app.services.health.examination import examine
from app.storage import journal, redaction
from app.storage.engine import Database
from tests.services.conftest import Clerk, id_number
from tests.services.issuing import Issuer
from tests.storage.offices import KEY

NUMBER = id_number(date(1950, 3, 2), man=False, serial=18)
NAME, FORMER, PHONE, OLD_PHONE = "欧阳秀兰", "欧阳小花", "13840310612", "13999990000"
SECRETS = (NAME, FORMER, NUMBER, PHONE, OLD_PHONE)


def everything(database: Database) -> Iterator[tuple[str, Any]]:
    """Every value of every table of the file, the index of the search included."""
    with database.reading() as session:
        connection = session.connection()
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in tables.all():
            if name == "search_key":
                continue
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                for value in row:
                    yield name, value


def found_in(database: Database, texts: tuple[str, ...]) -> set[tuple[str, str]]:
    """Tables and texts: a byte search, with the escapes of JSON."""
    found = set()
    for table, value in everything(database):
        raw = value if isinstance(value, bytes) else str(value).encode()
        for text in texts:
            escaped = text.encode("unicode_escape")
            if text.encode() in raw or escaped in raw:
                found.add((table, text))
    return found


@pytest.fixture
def person(clerk: Clerk) -> int:
    """Somebody with everything that an office may hold, who moved out."""
    key = clerk.add(
        NAME,
        former_name=FORMER,
        document_number=NUMBER,
        phone=OLD_PHONE,
        address="3-2-301",
        new_household=True,
        note=f"{NAME}的备注",
        tag_ids=(clerk.tag_id("独居老人"),),
    )
    clerk.change(key, phone=PHONE)
    clerk.do(f"放照片 {NAME}", lambda s: cards.set_photo(s, key, b"\xff\xd8" + NAME.encode()))
    clerk.do("草稿", lambda s: drafts.keep(s, f"resident:{key}", {"name": NAME}, now=clerk.now))
    clerk.do(
        f"{NAME} 同意",
        lambda s: privacy.consent(s, key, on=clerk.today, now=clerk.now, filed_at=NAME),
    )
    clerk.do(
        f"{NAME} 迁出",
        lambda s: events.move_out(s, key, on_date=clerk.today, now=clerk.now, note=f"{NAME}搬走"),
    )
    return key


def erase(clerk: Clerk, key: int, **how: Any) -> erasing.Erased:
    how = {"typed_name": NAME, "reason": "迁出满三年", "now": clerk.now, **how}
    done: erasing.Erased = clerk.do("抹去一个人的资料", lambda s: erasing.erase(s, key, **how))
    return done


def test_nothing_of_an_erased_person_is_found_in_any_table(clerk: Clerk, person: int) -> None:
    other = clerk.add("王丽", note=f"常去看望{NAME}", phone="13500001111")
    assert found_in(clerk.database, SECRETS)
    done = erase(clerk, person, reason=f"{NAME}本人要求")
    assert found_in(clerk.database, SECRETS) == set()
    assert done.mentions == 1
    assert clerk.get(other, "note") == "常去看望已抹去"
    assert clerk.get(other, "phone") == "13500001111"


def test_the_chain_still_proves_the_rest(clerk: Clerk, person: int) -> None:
    erase(clerk, person)
    assert clerk.see(journal.verify_chain) == []
    with clerk.database.transaction("x") as session:
        session.connection().exec_driver_sql("UPDATE operation SET at = '2020-01-01' WHERE id = 2")
    assert clerk.see(journal.verify_chain) == [2]


def test_a_part_that_nobody_announced_as_erased_shows(clerk: Clerk) -> None:
    key = clerk.add("王丽", phone=PHONE)
    clerk.change(key, phone=OLD_PHONE)
    with clerk.database.transaction("x") as session:
        changed = session.scalars(select(Change.id)).all()[-1]
        redaction.erase_fields(session, [changed])
    assert clerk.see(journal.verify_chain) == [3]


def test_what_was_erased_cannot_be_taken_back_and_says_so(clerk: Clerk, person: int) -> None:
    before = clerk.see(lambda s: history.recent(s, limit=50))
    erase(clerk, person)
    last = clerk.see(lambda s: history.recent(s, limit=1))[0]
    assert not last.undoable
    with pytest.raises(DomainError, match="抹去的内容已经没有了"):
        clerk.do("撤销", lambda s: history.undo(s, last.id))
    changed = next(line for line in before if "电话" in line.sentence)
    undone = clerk.do("撤销", lambda s: history.undo(s, changed.id))
    assert undone.restored == 0
    assert "抹去" in undone.kept[0].reason
    assert found_in(clerk.database, SECRETS) == set()


def test_an_import_or_entry_taken_back_keeps_the_erased_row(clerk: Clerk, person: int) -> None:
    added = next(
        line for line in clerk.see(lambda s: history.recent(s)) if line.sentence.startswith("新增")
    )
    erase(clerk, person)
    clerk.do("撤销", lambda s: history.undo(s, added.id))
    assert clerk.get(person, "name") == "已抹去"


def test_the_name_must_be_typed_as_it_is_and_a_reason_given(clerk: Clerk, person: int) -> None:
    for typed in ("", "欧阳", "王丽"):
        with pytest.raises(DomainError, match="姓名"):
            erase(clerk, person, typed_name=typed)
    with pytest.raises(DomainError, match="为什么"):
        erase(clerk, person, reason=" ")
    assert clerk.get(person, "name") == NAME


def test_somebody_on_the_register_is_not_erased(clerk: Clerk) -> None:
    key = clerk.add(NAME)
    with pytest.raises(DomainError, match="还在册"):
        erase(clerk, key)
    clerk.do("录错", lambda s: resident_forms.delete(s, key, now=clerk.now))
    erase(clerk, key)
    assert found_in(clerk.database, SECRETS) == set()


def test_an_open_request_stops_erasing(clerk: Clerk, person: int) -> None:
    clerk.do(
        "申请",
        lambda s: privacy.ask_correction(s, person, what="电话", on=clerk.today, now=clerk.now),
    )
    with pytest.raises(DomainError, match="更正申请没有办结"):
        erase(clerk, person)


def test_a_merged_person_goes_with_both_records(clerk: Clerk, person: int) -> None:
    second = clerk.add("欧阳绣兰", phone="13700002222")
    clerk.do("合并 欧阳绣兰", lambda s: merging.merge(s, person, second, now=clerk.now))
    erase(clerk, second)
    assert clerk.get(person, "name") == clerk.get(second, "name") == "已抹去"
    assert found_in(clerk.database, (*SECRETS, "欧阳绣兰", "13700002222")) == set()


def test_the_household_gets_the_head_that_was_chosen(clerk: Clerk) -> None:
    head = clerk.add(NAME, address="3-2-301", new_household=True)
    home = clerk.household_of(head)
    for name in ("王大", "王二"):
        clerk.add(name, household_id=home, relation="子", address="3-2-301")
    second = clerk.find("王二")[0]
    clerk.do(
        "撤回",
        lambda s: privacy.withdraw(s, head, on=clerk.today, reason="本人要求", now=clerk.now),
    )
    plan = clerk.see(lambda s: erasing.plan(s, head, today=clerk.today))
    assert [name for _, name in plan.heads] == ["王大", "王二"]
    done = erase(clerk, head, head_id=second)
    assert clerk.see(lambda s: s.get_one(Household, home).head_id) == second
    assert clerk.get(second, "relation") == "户主"
    assert "王二" in done.said[0]


def test_no_household_gets_an_erased_head_back(clerk: Clerk) -> None:
    head = clerk.add(NAME, address="3-2-301", new_household=True)
    home = clerk.household_of(head)
    wife = clerk.add("王大", household_id=home, relation="妻", address="3-2-301")
    clerk.do(
        "换户主", lambda s: heads.set_head(s, s.get_one(Household, home), s.get_one(Resident, wife))
    )
    changed = clerk.see(lambda s: history.recent(s, limit=1))[0]
    clerk.do("迁出", lambda s: events.move_out(s, head, on_date=clerk.today, now=clerk.now))
    erase(clerk, head)
    clerk.do("撤销", lambda s: history.undo(s, changed.id))
    assert clerk.see(lambda s: s.get_one(Household, home).head_id) == wife


def test_what_others_share_stays_theirs(clerk: Clerk, person: int) -> None:
    namesake = clerk.add(NAME, note=f"{NAME}本人", phone=PHONE)
    erase(clerk, person)
    assert clerk.get(namesake, "name", "note", "phone") == (NAME, f"{NAME}本人", PHONE)
    assert {table for table, _ in found_in(clerk.database, (NUMBER, FORMER, OLD_PHONE))} == set()


def test_others_notes_stay_where_the_user_says_so(clerk: Clerk, person: int) -> None:
    other = clerk.add("王丽", note=f"常去看望{NAME}")
    plan = clerk.see(lambda s: erasing.plan(s, person, today=clerk.today))
    assert plan.elsewhere == ("居民 1 处",)
    erase(clerk, person, elsewhere=False)
    assert clerk.get(other, "note") == f"常去看望{NAME}"


def test_the_erased_leave_lists_search_and_recycle_bin(clerk: Clerk, person: int) -> None:
    erase(clerk, person)
    assert clerk.find(NAME) == clerk.find("oyxl") == clerk.find(NUMBER[-4:]) == []
    assert clerk.names(ResidentFilter(departed=True)) == []
    assert clerk.see(lambda s: recycle_bin.lines(s, now=clerk.now)) == []
    with pytest.raises(DomainError):
        clerk.do("恢复", lambda s: resident_forms.restore(s, person))
    assert clerk.see(erasing.erased_people) == [(person, clerk.today)]
    with pytest.raises(DomainError, match="已经抹去"):
        erase(clerk, person, typed_name="已抹去")


def test_the_register_keeps_what_was_done_and_when(clerk: Clerk, person: int) -> None:
    erase(clerk, person)
    lines = clerk.see(lambda s: s.scalars(select(PrivacyEvent).order_by(PrivacyEvent.id)).all())
    assert [line.kind for line in lines] == [PrivacyKind.CONSENTED, PrivacyKind.ERASED]
    assert lines[0].filed_at is None
    assert lines[1].note == "迁出满三年"


def test_a_new_tag_does_not_get_the_id_of_an_erased_one(clerk: Clerk, person: int) -> None:
    erased = clerk.see(lambda s: s.scalars(select(ResidentTag.id)).all())
    erase(clerk, person)
    other = clerk.add("王丽", tag_ids=(clerk.tag_id("独居老人"),))
    [line] = clerk.see(lambda s: s.scalars(select(ResidentTag)).all())
    assert line.resident_id == other
    assert line.id > max(erased)


@pytest.fixture
def paper(clerk: Clerk) -> tuple[int, int]:
    """A person who moved out, with a certificate that was collected."""
    issuer = Issuer(clerk)
    key = clerk.add(NAME, document_number=NUMBER, phone=PHONE)
    made = issuer.printed(
        resident_id=key, holder=NAME, holder_document=f"居民身份证 {NUMBER}", applicant_phone=PHONE
    )
    issuer.step("collect", made, by=NAME, relation="本人")
    clerk.do("迁出", lambda s: events.move_out(s, key, on_date=clerk.today, now=clerk.now))
    return key, made


def test_a_paper_keeps_its_data_until_its_own_time_is_over(
    clerk: Clerk, paper: tuple[int, int]
) -> None:
    key, made = paper
    before = examine(clerk.database).counts
    plan = clerk.see(lambda s: erasing.plan(s, key, today=clerk.today))
    assert len(plan.papers) == 1
    done = erase(clerk, key)
    assert done.papers_kept == 1
    assert {table for table, _ in found_in(clerk.database, SECRETS)} <= {
        "certificate",
        "seal_use",
        "change",
    }
    number = clerk.see(lambda s: s.get_one(Certificate, made).number)
    due = date(clerk.today.year + 10, clerk.today.month, clerk.today.day)
    [line] = clerk.see(lambda s: retention.due(s, today=due))
    assert (line.matter, line.id, line.due_on) == ("证明", made, due)
    assert clerk.see(lambda s: retention.due(s, today=due - timedelta(days=1))) == []
    for day in (due - timedelta(days=1), due):
        with nullcontext() if day == due else pytest.raises(DomainError, match="还没有到期"):
            clerk.do(
                "抹去存根",
                lambda s, on=day: erasing_papers.erase_paper(s, Certificate, made, today=on),
            )
    assert found_in(clerk.database, SECRETS) == set()
    row = clerk.see(lambda s: s.get_one(Certificate, made))
    assert (row.number, row.holder, row.stage) == (number, "已抹去", Stage.COLLECTED)
    told = clerk.see(lambda s: check_codes.verify(s, number, "7F3K-92QD"))
    assert "不能再核对" in told.sentence
    with pytest.raises(DomainError, match="不能再打印"):
        certificate_paper.kept(row)
    assert clerk.see(lambda s: retention.due(s, today=due)) == []
    after = examine(clerk.database).counts
    assert [check for check in after if after[check] > before[check]] == []


def test_a_paper_under_way_stops_erasing(clerk: Clerk) -> None:
    issuer = Issuer(clerk)
    key = clerk.add(NAME)
    issuer.printed(resident_id=key, holder=NAME)
    clerk.do("迁出", lambda s: events.move_out(s, key, on_date=clerk.today, now=clerk.now))
    with pytest.raises(DomainError, match="文书没有办完"):
        erase(clerk, key)


def decrypted_pages(file: Path) -> bytes:
    """All pages of a SQLCipher 4 file in clear, also those that are free: AES-256-CBC, each page
    with its vector and seal in the last 80 bytes."""
    pages, raw = [], file.read_bytes()
    for start in range(0, len(raw), 4096):
        page = raw[start : start + 4096]
        body, vector = page[16 if start == 0 else 0 : 4016], page[4016:4032]
        cipher = Cipher(algorithms.AES(KEY), modes.CBC(vector)).decryptor()
        pages.append(cipher.update(body) + cipher.finalize())
    return b"".join(pages)


def test_not_even_the_free_pages_of_the_file_remember(clerk: Clerk, person: int) -> None:
    file = clerk.database.file
    forms = [form for text in SECRETS for form in (text.encode(), text.encode("unicode_escape"))]
    erase(clerk, person)
    clerk.database.close()
    pages = decrypted_pages(file)
    assert "已抹去".encode() in pages
    assert [form for form in forms if form in pages] == []


def test_a_name_of_two_letters_is_not_taken_out_of_other_words(clerk: Clerk) -> None:
    key = clerk.add("Li", note="Li")
    other = clerk.add("王丽", note="Lily 住在 Lishan 路")
    clerk.do("删除 Li", lambda s: resident_forms.delete(s, key, now=clerk.now))
    erase(clerk, key, typed_name="Li")
    assert clerk.get(other, "note") == "Lily 住在 Lishan 路"
    said = {line.sentence for line in clerk.see(history.recent)}
    assert "删除 已抹去" in said


def test_who_is_cleared_from_the_recycle_bin_is_forgotten_too(clerk: Clerk) -> None:
    key = clerk.add(NAME, document_number=NUMBER, phone=OLD_PHONE)
    clerk.change(key, phone=PHONE)
    clerk.do(f"删除 {NAME}", lambda s: resident_forms.delete(s, key, now=clerk.now))
    later = clerk.now + timedelta(days=31)
    clerk.do("清理回收站", lambda s: recycle_bin.purge(s, now=later))
    assert found_in(clerk.database, (NAME, NUMBER, PHONE, OLD_PHONE)) == set()
    assert clerk.see(journal.verify_chain) == []
