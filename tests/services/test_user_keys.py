"""Who may enter: key file and file name the same people, also when one of the two writes fails."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from app.errors import DomainError, NotAllowed, SecretaryOnly
from app.models import Operation
from app.services import grids, rights, users
from app.services.user_keys import OLDER, TAMPERED, UserKeys
from app.storage import keyfile as keyfile_module
from app.storage.engine import Database
from app.storage.office_file import create_office, load_vault
from app.storage.slots import WEAK_COST
from app.storage.vault import Vault
from app.storage.vault_faults import ListChanged, WrongPassword
from app.values.rights import Right
from tests.storage.offices import CLOCK, FILE_NAME

PASSWORD, OTHER = "three quiet words", "four other words"


class Door(NamedTuple):
    database: Database
    vault: Vault
    keys: UserKeys

    def enter(self, name: str) -> None:
        with self.database.lookup() as lookup:
            self.database.act_as(rights.load_actor(lookup, self.slot(name)))

    def slot(self, name: str) -> str:
        return next(one.slot for one in self.listed() if one.name == name)

    def listed(self) -> list[users.UserView]:
        with self.database.reading() as session:
            return users.users(session)

    def names(self) -> list[tuple[str, str]]:
        return [(one.name, one.role) for one in self.listed()]

    def with_keys(self) -> list[tuple[str, str]]:
        return [(one.name, one.role) for one in self.vault.users()]

    def add(self, name: str, role: str = "社工", own_grids: tuple[int, ...] = ()) -> str:
        self.keys.add(name=name, role=role, grids=own_grids, password=OTHER)
        return self.slot(name)

    def sentences(self) -> list[tuple[str, str]]:
        with self.database.reading() as session:
            found = session.query(Operation).order_by(Operation.id)
            return [(one.user_name, one.sentence) for one in found]

    def refused(self) -> list[tuple[str, str]]:
        """By whom and what, of what the journal says was refused."""
        with self.database.reading() as session:
            found = session.scalars(select(Operation).order_by(Operation.id))
            told = [(one.user_name, (one.details or {}).get("refused")) for one in found]
        return [(who, what) for who, what in told if what]

    def next_start(self) -> str:
        """What the next login does before the window stands."""
        vault = load_vault(self.database.file, cost=WEAK_COST)
        return UserKeys(self.database, vault).bring_together()


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    new = create_office(
        tmp_path / FILE_NAME,
        user="周立群",
        role="书记",
        password=PASSWORD,
        clock=CLOCK,
        cost=WEAK_COST,
    )
    door = Door(new.database, new.vault, UserKeys(new.database, new.vault))
    door.enter("周立群")
    yield door
    new.database.close()


def test_a_colleague_has_a_key_a_row_and_a_line_in_the_journal(door: Door) -> None:
    with door.database.transaction("建网格") as session:
        third = grids.add(session, number=3, name="第三网格")
    slot = door.add("孙丽", "网格员", (third,))
    assert door.vault.unlock(slot, OTHER) == door.database.key
    assert door.listed()[1].grids == ((third, "第三网格"),)
    assert door.sentences()[-1] == ("周立群", "添加使用人 孙丽（网格员）")
    door.enter("孙丽")
    assert door.database.actor.grids == {third}
    door.enter("周立群")
    door.keys.remove(slot)
    assert door.names() == door.with_keys() == [("周立群", "书记")]


def test_who_changes_the_own_name_goes_on_under_the_new_one(door: Door) -> None:
    door.keys.change(door.slot("周立群"), name="周立群书记", role="书记", grids=())
    door.add("赵敏")
    assert door.sentences()[-1][0] == "周立群书记"
    assert door.with_keys()[0] == ("周立群书记", "书记")


def test_another_role_takes_the_grids_away_and_the_password_stays(door: Door) -> None:
    with door.database.transaction("建网格") as session:
        third = grids.add(session, number=3, name="第三网格")
    slot = door.add("孙丽", "网格员", (third,))
    door.keys.change(slot, name="孙 丽丽", role="社工", grids=(third,))
    assert door.names()[1] == door.with_keys()[1] == ("孙 丽丽", "社工")
    assert door.listed()[1].grids == ()
    assert door.vault.unlock(slot, OTHER) == door.database.key


def test_who_was_removed_cannot_enter_and_his_work_keeps_his_name(door: Door) -> None:
    slot = door.add("赵敏")
    door.enter("赵敏")
    door.keys.change_password(OTHER, "five new words")
    door.enter("周立群")
    door.keys.remove(slot)
    assert door.names() == door.with_keys() == [("周立群", "书记")]
    with pytest.raises(WrongPassword):
        door.vault.unlock(slot, "five new words")
    assert ("赵敏", "赵敏 换了自己的密码") in door.sentences()


@pytest.mark.parametrize("act", ["remove", "demote"])
def test_there_is_always_a_secretary(door: Door, act: str) -> None:
    other = door.add("钱卫", "书记")
    first = door.slot("周立群")
    door.enter("钱卫")
    if act == "remove":
        door.keys.remove(first)
    else:
        door.keys.change(first, name="周立群", role="社工", grids=())
    attempts = {
        "remove": lambda: door.keys.remove(other),
        "demote": lambda: door.keys.change(other, name="钱卫", role="社工", grids=()),
    }
    with pytest.raises(DomainError, match=r"不能移除自己|自己的岗位"):
        attempts[act]()


def test_the_last_secretary_is_kept_by_who_may_manage_users_without_being_one(
    door: Door,
) -> None:
    door.add("李主任", "主任")
    with door.database.transaction("给权限") as session:
        rights.set_right(session, "主任", Right.MANAGE_USERS, allowed=True)
    secretary = door.slot("周立群")
    door.enter("李主任")
    for attempt in (
        lambda: door.keys.remove(secretary),
        lambda: door.keys.reset_password(secretary, OTHER),
        lambda: door.keys.change(secretary, name="周立群", role="社工", grids=()),
        lambda: door.add("钱卫", "书记"),
    ):
        with pytest.raises(SecretaryOnly, match="书记只能由书记"):
            attempt()
    with pytest.raises(SecretaryOnly), door.database.transaction("给社工权限") as session:
        rights.set_right(session, "社工", Right.EXPORT, allowed=False)
    assert door.refused() == [
        ("李主任", "移除使用人 周立群"),
        ("李主任", "给 周立群 重设密码"),
        ("李主任", "修改使用人 周立群（社工）"),
        ("李主任", "添加使用人 钱卫（书记）"),
        ("李主任", "给社工权限"),
    ]
    assert door.vault.unlock(secretary, PASSWORD) == door.database.key


def test_a_clerk_may_change_the_own_password_and_nothing_else(door: Door) -> None:
    slot, secretary = door.add("赵敏"), door.slot("周立群")
    door.enter("赵敏")
    before = door.with_keys()
    for attempt in (
        lambda: door.add("外人"),
        lambda: door.keys.remove(secretary),
        lambda: door.keys.reset_password(secretary, OTHER),
        lambda: door.keys.new_recovery(),
        lambda: door.keys.note_rekey("更换资料钥匙"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert door.with_keys() == before
    door.keys.change_password(OTHER, "five new words")
    assert door.vault.unlock(slot, "five new words") == door.database.key
    assert door.vault.unlock(secretary, PASSWORD) == door.database.key


def test_a_disk_that_refuses_the_file_leaves_no_key_behind(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DomainError("磁盘已满")

    monkeypatch.setattr(users, "add", refuse)
    with pytest.raises(DomainError, match="磁盘已满"):
        door.keys.add(name="赵敏", role="社工", grids=(), password=OTHER)
    assert door.with_keys() == door.names() == [("周立群", "书记")]


class _KilledError(BaseException):
    pass


@pytest.mark.parametrize("act", ["add", "change", "remove"])
def test_a_kill_between_the_two_is_put_right_by_the_next_login(
    door: Door, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    slot = door.add("赵敏")

    def kill(*_: object, **__: object) -> None:
        raise _KilledError

    monkeypatch.setattr(users, act, kill)
    attempts = {
        "add": lambda: door.keys.add(name="李娜", role="食堂", grids=(), password=OTHER),
        "change": lambda: door.keys.change(slot, name="赵敏敏", role="主任", grids=()),
        "remove": lambda: door.keys.remove(slot),
    }
    with pytest.raises(_KilledError):
        attempts[act]()
    monkeypatch.undo()
    assert door.names() != door.with_keys()
    assert door.next_start() == ""
    assert door.names() == door.with_keys()
    operations = len(door.sentences())
    assert door.next_start() == ""
    assert len(door.sentences()) == operations


def test_an_older_key_file_put_back_does_not_let_a_removed_user_in(door: Door) -> None:
    slot = door.add("赵敏")
    copied = door.vault.keyfile.read_bytes()
    door.keys.remove(slot)
    late = door.add("李娜")
    door.vault.keyfile.write_bytes(copied)
    assert door.next_start() == OLDER
    assert door.next_start() == ""
    assert door.with_keys() == [("周立群", "书记")]
    # Whoever came later lost the key with the newer file, and gets a password anew.
    assert door.names() == [("周立群", "书记"), ("李娜", "社工")]
    door.keys.reset_password(late, "six more words")
    assert door.vault.unlock(door.slot("李娜"), "six more words") == door.database.key


def test_a_file_from_before_follows_the_key_file_that_opened_it(door: Door) -> None:
    """A restore: the key file stays, for passwords set since then go on working."""
    old = door.database.file.parent / "old"
    with door.database.kept_still("备份"):
        source = door.database.raw_copy_source()
        from app.storage import connection as raw

        target = raw.connect(old, door.database.key, mode="rwc", salt=door.vault.office_id)
        source.backup(target)
        target.close()
        source.close()
    door.add("赵敏", "主任")
    restored = Database.open(old, door.database.key, clock=CLOCK, user_name="赵敏")
    assert UserKeys(restored, door.vault).bring_together() == ""
    with restored.reading() as session:
        assert [(one.name, one.role) for one in users.users(session)] == door.with_keys()
    restored.close()


def test_a_list_changed_without_the_data_key_is_told_and_nothing_is_sealed_anew(
    door: Door,
) -> None:
    facts = json.loads(door.vault.keyfile.read_bytes())
    facts["slots"][0]["role"] = "网格员"
    facts["checksum"] = keyfile_module._checksum(facts)
    door.vault.keyfile.write_text(json.dumps(facts))
    assert door.next_start() == TAMPERED
    with pytest.raises(ListChanged):
        door.add("赵敏")
    with pytest.raises(ListChanged):
        door.keys.change_password(PASSWORD, OTHER)


def test_wrong_passwords_stand_in_the_journal_after_the_next_login(door: Door) -> None:
    slot = door.add("赵敏")
    for wrong in (slot, door.slot("周立群")):
        with pytest.raises(WrongPassword):
            door.vault.unlock(wrong, "not this one")
    with pytest.raises(DomainError):
        door.vault.unlock_with_recovery("X" * 24)
    door.keys.journal_refused_tries()
    assert door.sentences()[-1] == (
        "周立群",
        "进入前输错密码：赵敏 1 次，周立群 1 次，恢复单 1 次",
    )
    operations = len(door.sentences())
    door.keys.journal_refused_tries()
    assert len(door.sentences()) == operations


def test_a_wrong_password_of_ones_own_is_journaled_at_once_and_only_once(door: Door) -> None:
    with pytest.raises(WrongPassword):
        door.keys.change_password("not this one", OTHER)
    assert door.sentences()[-1] == ("周立群", "输错密码，没有做：换自己的密码")
    operations = len(door.sentences())
    door.keys.journal_refused_tries()
    assert len(door.sentences()) == operations


def test_twenty_users_each_open_the_file(door: Door) -> None:
    slots = [door.add(f"同事{number}") for number in range(20)]
    assert {door.vault.unlock(slot, OTHER) for slot in slots} == {door.database.key}
    with pytest.raises(DomainError, match="同事7"):
        door.add("同事7 ")
    assert len(door.names()) == len(door.with_keys()) == 21
