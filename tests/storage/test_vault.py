"""Who may open the file: passwords, the recovery code, and a key file that is damaged."""

import errno
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.errors import DomainError
from app.storage import keyfile as keyfile_module
from app.storage import patience
from app.storage import vault as vault_module
from app.storage.keyfile import KeyFileDamaged, KeyFileMissing, KeyFileNewer
from app.storage.recovery import ALPHABET, RecoveryCode
from app.storage.slots import WEAK_COST, Cost
from app.storage.vault import Vault, keyfile_of
from app.storage.vault_faults import (
    LastSlot,
    NameTooLong,
    PasswordTooShort,
    SlotTaken,
    TooEarly,
    WrongPassword,
    WrongRecoveryCode,
)

PASSWORD = "春天来了123"


class Stopwatch:
    """A clock that moves by hand."""

    seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


class Office:
    def __init__(self, folder: Path) -> None:
        self.keyfile = folder / "社区资料.linli-key"
        self.now = Stopwatch()
        self.vault, self.key, self.code = Vault.create(
            self.keyfile,
            user="王书记",
            role="书记",
            password=PASSWORD,
            cost=WEAK_COST,
            now=self.now,
        )

    @property
    def slot(self) -> str:
        return self.vault.users()[0].slot

    def again(self) -> Vault:
        return Vault.load(self.keyfile, cost=WEAK_COST, now=self.now)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_the_right_password_gives_the_data_key_also_after_a_restart(office: Office) -> None:
    assert len(office.key) == 32
    assert office.again().unlock(office.slot, PASSWORD) == office.key


def test_the_login_shows_names_and_roles_without_a_password(office: Office) -> None:
    office.vault.add_user(office.key, name="李干事", role="网格员", password="七上八下90")
    users = [(user.name, user.role) for user in office.again().users()]
    assert users == [("王书记", "书记"), ("李干事", "网格员")]


def test_full_width_digits_are_the_same_password(office: Office) -> None:
    assert office.vault.unlock(office.slot, "春天来了１２３") == office.key


def test_neither_key_nor_password_nor_code_stands_in_the_key_file(office: Office) -> None:
    text = office.keyfile.read_text("utf-8")
    assert PASSWORD not in text
    assert office.key.hex() not in text
    assert office.code.secret not in text


def test_a_real_office_pays_64_mib_per_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault_module, "Cost", Cost)
    keyfile = tmp_path / "k"
    Vault.create(keyfile, user="周立群", role="书记", password=PASSWORD)

    text = keyfile.read_text("utf-8")

    assert Cost() == Cost(passes=3, memory_kib=65536, lanes=4)
    assert [text.count(part) for part in ('"passes": 3', '"memory_kib": 65536')] == [2, 2]


def test_each_wrong_password_makes_the_next_try_wait_twice_as_long(office: Office) -> None:
    waits = []
    for _ in range(5):
        with pytest.raises(WrongPassword) as caught:
            office.vault.unlock(office.slot, "不是这个密码")
        waits.append(caught.value.seconds)
        office.now.seconds += caught.value.seconds
    assert waits == [1, 2, 4, 8, 16]


def test_a_try_before_its_time_is_not_even_looked_at(office: Office) -> None:
    with pytest.raises(WrongPassword):
        office.vault.unlock(office.slot, "不是这个密码")
    with pytest.raises(TooEarly, match="1 秒"):
        office.vault.unlock(office.slot, PASSWORD)


def test_starting_again_does_not_shorten_the_wait(office: Office) -> None:
    for _ in range(3):
        office.now.seconds += 100
        with pytest.raises(WrongPassword):
            office.vault.unlock(office.slot, "不是这个密码")
    assert office.again().seconds_to_wait(office.slot) == 4
    with pytest.raises(TooEarly):
        office.again().unlock(office.slot, PASSWORD)


def test_a_clock_set_back_waits_no_longer_than_the_delay(office: Office) -> None:
    with pytest.raises(WrongPassword):
        office.vault.unlock(office.slot, "不是这个密码")
    office.now.seconds -= 86_400
    assert office.vault.seconds_to_wait(office.slot) == 1


def test_a_clock_set_back_lets_the_wait_end_all_the_same(office: Office) -> None:
    with pytest.raises(WrongPassword):
        office.vault.unlock(office.slot, "不是这个密码")
    office.now.seconds -= 86_400
    with pytest.raises(TooEarly):
        office.vault.unlock(office.slot, PASSWORD)
    office.now.seconds += 1
    assert office.vault.unlock(office.slot, PASSWORD) == office.key


def test_thirty_wrong_passwords_cost_five_minutes_each_and_then_the_right_one_opens(
    office: Office,
) -> None:
    for _ in range(30):
        with pytest.raises(WrongPassword) as caught:
            office.vault.unlock(office.slot, "不是这个密码")
        office.now.seconds += caught.value.seconds
    assert caught.value.seconds == 300
    assert office.again().unlock(office.slot, PASSWORD) == office.key
    assert office.again().refused_tries() == {office.slot: 30}


def test_the_right_password_makes_the_next_mistake_cheap_again(office: Office) -> None:
    for _ in range(3):
        office.now.seconds += 100
        with pytest.raises(WrongPassword):
            office.vault.unlock(office.slot, "不是这个密码")
    office.now.seconds += 100
    office.vault.unlock(office.slot, PASSWORD)
    with pytest.raises(WrongPassword) as caught:
        office.again().unlock(office.slot, "不是这个密码")
    assert caught.value.seconds == 1


def test_what_one_vault_counts_another_of_the_same_file_does_not_write_over(office: Office) -> None:
    other = office.again()
    for _ in range(3):
        with pytest.raises(WrongPassword):
            other.unlock(office.slot, "不是这个密码")
        office.now.seconds += 100
    with pytest.raises(WrongPassword) as caught:
        office.vault.unlock(office.slot, "不是这个密码")
    assert caught.value.seconds == 8
    assert office.vault.refused_tries() == other.refused_tries() == {office.slot: 4}


def test_tries_that_came_while_others_were_journaled_are_told_next(office: Office) -> None:
    for _ in range(2):
        with pytest.raises(WrongPassword):
            office.vault.unlock(office.slot, "不是这个密码")
        office.now.seconds += 100
    office.again().note_tries_journaled({office.slot: 1})
    assert office.vault.refused_tries() == {office.slot: 1}


def test_where_no_try_can_be_written_down_the_wait_holds_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(patience, "write_atomically", full)
    for _ in range(2):
        with pytest.raises(WrongPassword) as caught:
            office.vault.unlock(office.slot, "不是这个密码")
        office.now.seconds += caught.value.seconds
    assert caught.value.seconds == 2


def test_the_wait_is_bounded_however_many_tries_there_were(office: Office) -> None:
    tries = office.keyfile.with_suffix(".linli-tries")
    tries.write_text(json.dumps({office.slot: [10**9, office.now.seconds, 0]}))
    assert office.again().seconds_to_wait(office.slot) == 300


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": [1]}', "\x00"])
def test_a_damaged_record_of_tries_keeps_nobody_out(office: Office, content: str) -> None:
    office.keyfile.with_suffix(".linli-tries").write_text(content)
    assert office.again().unlock(office.slot, PASSWORD) == office.key


def test_a_wrong_name_and_a_wrong_password_read_the_same(office: Office) -> None:
    texts = set()
    for slot in (office.slot, "gibtsnicht"):
        with pytest.raises(WrongPassword) as caught:
            office.vault.unlock(slot, "不是这个密码")
        texts.add(str(caught.value))
    assert len(texts) == 1


def test_a_new_password_replaces_the_old_one_and_keeps_the_data_key(office: Office) -> None:
    office.vault.change_password(office.slot, PASSWORD, "秋天来了456")
    assert office.again().unlock(office.slot, "秋天来了456") == office.key
    with pytest.raises(WrongPassword):
        office.again().unlock(office.slot, PASSWORD)


def test_changing_the_password_needs_the_old_one(office: Office) -> None:
    with pytest.raises(WrongPassword):
        office.vault.change_password(office.slot, "不是这个密码", "秋天来了456")
    office.now.seconds += 1
    assert office.again().unlock(office.slot, PASSWORD) == office.key


def test_a_password_too_short_is_refused(office: Office) -> None:
    with pytest.raises(PasswordTooShort):
        office.vault.change_password(office.slot, PASSWORD, "12345")


def test_the_recovery_code_opens_the_file_and_sets_a_new_password(office: Office) -> None:
    typed = str(office.code).lower().replace("-", " ")
    key = office.again().unlock_with_recovery(typed)
    assert key == office.key
    office.vault.set_password(office.slot, key, "冬天来了789")
    assert office.again().unlock(office.slot, "冬天来了789") == key


class Killed(BaseException):
    """The program ends here; nothing after it is done."""


@pytest.mark.parametrize("writes", [0, 1])
def test_a_recovery_that_breaks_off_is_done_or_is_not(
    office: Office, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    """Killed before its first or its second write of the key file, if it has one."""
    office.vault.note_sheet_kept()
    done: list[str] = []

    def write(*arguments: Any) -> None:
        if len(done) == writes:
            raise Killed
        done.append("written")
        keyfile_module.write_keyfile(*arguments)

    with monkeypatch.context() as patch, suppress(Killed):
        patch.setattr(vault_module, "write_keyfile", write)
        office.vault.recover(office.slot, office.key, "冬天来了789")

    after = office.again()
    if writes:
        assert after.unlock(office.slot, "冬天来了789") == office.key
        assert not after.sheet_kept
        with pytest.raises(WrongRecoveryCode):
            after.unlock_with_recovery(office.code)
    else:
        assert after.unlock(office.slot, PASSWORD) == office.key
        assert after.sheet_kept
        assert after.unlock_with_recovery(office.code) == office.key


def test_the_code_that_a_recovery_gives_opens_the_file(office: Office) -> None:
    code = office.vault.recover(office.slot, office.key, "冬天来了789")
    assert office.again().unlock_with_recovery(code) == office.key
    assert office.again().is_genuine(office.key)


def test_the_recovery_code_has_six_groups_of_four_signs_that_cannot_be_mixed_up() -> None:
    code = RecoveryCode.draw()
    assert [len(group) for group in code.groups] == [4] * 6
    assert set(code.secret) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01OI")
    assert RecoveryCode.draw() != code


@pytest.mark.parametrize("typed", ["", "ABCD", "0" * 24, "不是恢复码"])
def test_something_that_is_no_recovery_code_opens_nothing(office: Office, typed: str) -> None:
    with pytest.raises(WrongRecoveryCode):
        office.vault.unlock_with_recovery(typed)


def test_a_new_recovery_code_ends_the_old_one(office: Office) -> None:
    new = office.vault.new_recovery(office.key)
    assert office.again().unlock_with_recovery(new) == office.key
    with pytest.raises(WrongRecoveryCode):
        office.again().unlock_with_recovery(office.code)


def test_wrong_recovery_codes_wait_as_well(office: Office) -> None:
    with pytest.raises(WrongRecoveryCode):
        office.vault.unlock_with_recovery(RecoveryCode.draw())
    with pytest.raises(TooEarly):
        office.vault.unlock_with_recovery(office.code)


def test_two_users_open_the_same_data_by_their_own_passwords(office: Office) -> None:
    slot = office.vault.add_user(office.key, name="李干事", role="网格员", password="七上八下90")
    assert office.again().unlock(slot, "七上八下90") == office.key
    assert office.again().unlock(office.slot, PASSWORD) == office.key


def test_two_users_cannot_have_one_name(office: Office) -> None:
    with pytest.raises(SlotTaken, match="王书记"):
        office.vault.add_user(office.key, name="王书记", role="会计", password="七上八下90")


def test_a_name_too_long_is_refused_before_it_makes_the_key_file_unreadable(
    office: Office,
) -> None:
    with pytest.raises(NameTooLong):
        office.vault.add_user(office.key, name="长" * 41, role="社工", password="七上八下90")
    office.vault.add_user(office.key, name="长" * 40, role="社工", password="七上八下90")
    with pytest.raises(NameTooLong):
        office.vault.change_user(office.key, office.slot, name="王书记", role="长" * 21)
    assert len(office.again().users()) == 2


def test_a_user_is_removed_but_never_the_last(office: Office) -> None:
    slot = office.vault.add_user(office.key, name="李干事", role="网格员", password="七上八下90")
    office.vault.remove_user(office.key, office.slot)
    with pytest.raises(LastSlot):
        office.vault.remove_user(office.key, slot)
    assert [user.name for user in office.again().users()] == ["李干事"]


def test_a_slot_moved_to_another_user_does_not_open(office: Office) -> None:
    slot = office.vault.add_user(office.key, name="李干事", role="网格员", password="七上八下90")
    facts = json.loads(office.keyfile.read_bytes())
    for part in ("pair", "key"):
        facts["slots"][0][part] = facts["slots"][1][part]
    facts["checksum"] = keyfile_module._checksum(facts)
    office.keyfile.write_text(json.dumps(facts))
    assert office.again().unlock(slot, "七上八下90") == office.key
    with pytest.raises(WrongPassword):
        office.again().unlock(office.slot, "七上八下90")


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissing, match="linli-key"):
        Vault.load(tmp_path / "社区资料.linli-key")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff\xfe\x00", b'{"format": "linli-key", "version": 1}']
)
def test_a_damaged_key_file_is_not_called_a_wrong_password(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "社区资料.linli-key"
    file.write_bytes(content)
    with pytest.raises(KeyFileDamaged):
        Vault.load(file)


def test_one_sign_changed_in_the_key_file_is_noticed(office: Office) -> None:
    text = office.keyfile.read_text("utf-8")
    sealed = json.loads(text)["slots"][0]["pair"]["private"]
    office.keyfile.write_text(text.replace(sealed, "AAAA" + sealed[4:]), "utf-8")
    with pytest.raises(KeyFileDamaged):
        office.again()


def test_a_key_file_of_a_newer_program_names_both_formats(office: Office) -> None:
    facts = json.loads(office.keyfile.read_bytes())
    office.keyfile.write_text(json.dumps({**facts, "version": 3}))
    with pytest.raises(KeyFileNewer, match=r"3.*1"):
        office.again()


def test_a_key_file_that_cannot_be_written_keeps_the_old_password(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(DomainError, match="磁盘已满"):
        office.vault.change_password(office.slot, PASSWORD, "秋天来了456")
    monkeypatch.undo()
    assert office.vault.unlock(office.slot, PASSWORD) == office.key
    assert office.again().unlock(office.slot, PASSWORD) == office.key
    assert [file.suffix for file in office.keyfile.parent.iterdir()] == [".linli-key"]


def test_a_virus_scanner_holding_the_key_file_is_waited_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    replace, held = os.replace, [1, 2]

    def hold(*names: Path) -> None:
        if held:
            held.pop()
            raise PermissionError(13, "in use")
        replace(*names)

    monkeypatch.setattr("os.replace", hold)
    office.vault.change_password(office.slot, PASSWORD, "秋天来了456")
    assert office.again().unlock(office.slot, "秋天来了456") == office.key


def test_the_key_file_lies_beside_the_file_under_the_same_name() -> None:
    assert keyfile_of(Path("/a/社区资料.linli")) == Path("/a/社区资料.linli-key")


def test_two_vaults_of_one_key_file_do_not_undo_each_other(office: Office) -> None:
    other = office.again()
    slot = other.add_user(office.key, name="李干事", role="网格员", password="七上八下90")
    office.vault.change_password(office.slot, PASSWORD, "秋天来了456")
    assert [user.name for user in office.vault.users()] == ["王书记", "李干事"]
    assert other.unlock(slot, "七上八下90") == office.key
    assert other.unlock(office.slot, "秋天来了456") == office.key


def test_a_key_file_lost_while_the_program_runs_still_goes_into_the_backup(
    office: Office, tmp_path: Path
) -> None:
    office.keyfile.unlink()
    copy = tmp_path / "备份.linli-key"
    office.vault.copy_to(copy)
    assert Vault.load(copy).unlock(office.slot, PASSWORD) == office.key


ODD = (None, True, -1, 2**70, "", "A" * 5_000, "\ud800", {}, [[]])


def paths_of(facts: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in the JSON."""
    inside = facts.items() if isinstance(facts, dict) else enumerate(facts)
    for key, value in inside:
        yield (*before, key)
        if isinstance(value, dict | list):
            yield from paths_of(value, (*before, key))


def test_whatever_stands_in_a_key_file_it_is_damaged_or_it_is_one(office: Office) -> None:
    """Made by hand, with a checksum that fits: each value in turn by something else."""
    office.vault.add_user(office.key, name="李干事", role="网格员", password="七上八下90")
    good = office.keyfile.read_text("utf-8")
    damaged = 0
    for path in paths_of(json.loads(good)):
        for odd in ODD:
            facts = json.loads(good)
            place = facts
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = odd
            if path != ("checksum",):
                with suppress(UnicodeEncodeError):
                    facts["checksum"] = keyfile_module._checksum(facts)
            office.keyfile.write_text(json.dumps(facts))
            damaged += is_damaged(office)
    assert damaged > 300


def is_damaged(office: Office) -> bool:
    try:
        read = office.again()
    except KeyFileDamaged:
        return True
    except KeyFileNewer:
        return False
    # What may be read can be asked.
    assert all(one.name is not None for one in read.users())
    return False


def test_a_key_file_that_is_deep_or_long_is_damaged(office: Office) -> None:
    for content in ("[" * 200_000, '{"a":' * 50_000, "1" * 10_000, " " * 5_000_000):
        office.keyfile.write_text(content)
        with pytest.raises(KeyFileDamaged):
            office.again()
