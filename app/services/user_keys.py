"""Who may enter, in the key file and in the file at once: the two always name the same people.

Every change is written to the key file first and to the file second. Both know its number, so that
after a kill, a full disk or a restore the next login sees which of the two is older.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import DomainError, SecretaryOnly
from app.services import rights
from app.services.wrong_passwords import note_wrong_password
from app.storage.engine import Database
from app.storage.keyfile import RECOVERY
from app.storage.lookup import Lookup, query
from app.storage.pairing import list_number, set_list_number
from app.storage.vault import SlotInfo, Vault
from app.storage.vault_faults import LastSlot, WrongPassword
from app.values.rights import SECRETARY, Right

# Every login compares the two lists; what changes them is loaded by whoever does.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TAMPERED = (
    "密钥文件里的使用人名单被别的程序改动过，可能有人想混进来。资料没有受影响，可以照常使用；"
    "查清以前不能添加使用人、改密码。请书记退出程序，从最近的备份中取回扩展名为 .linli-key 的文件，"
    "覆盖资料旁边的那个，再打开。"
)

NEWER = "资料里没有记：密码、恢复单或使用人换过，已按密钥文件核对"

OLDER = (
    "资料旁边的密钥文件是以前的一份，已经按资料里的名单核对过：移除了的人进不来；"
    "在那以后添加的人，要由书记重设密码才能进入；在那以后换过的密码，又是以前的那个。"
)


class UserKeys:
    """The people of one office with their keys. Raises NotAllowed, and the faults of a disk."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    # -- by the 书记

    def add(self, *, name: str, role: str, grids: Collection[int], password: str) -> None:
        """Let somebody in; raises DomainError for a name that is taken."""
        from app.services import users

        name = name.strip()
        asked = f"添加使用人 {name}（{role}）"
        self._require(asked, role)
        key = self._database.key
        slot = self._vault.add_user(key, name=name, role=role, password=password)
        try:
            with self._database.transaction(asked) as session:
                users.add(session, name=name, role=role, slot=slot, grids=grids)
                self._number(session)
        except DomainError:
            self._vault.remove_user(key, slot)
            raise

    def change(self, slot: str, *, name: str, role: str, grids: Collection[int]) -> None:
        """Another name, role or other grids; raises DomainError for the last 书记."""
        from app.services import users

        name = name.strip()
        before = self._known(slot)
        asked = f"修改使用人 {name}（{role}）"
        self._require(asked, before.role, role)
        if role != before.role:
            if slot == self._database.actor.slot:
                raise DomainError("自己的岗位请另一位书记来改。")
            self._require_another_secretary(before)
        if (name, role) != (before.name, before.role):
            self._vault.change_user(self._database.key, slot, name=name, role=role)
        with self._database.transaction(asked) as session:
            users.change(session, slot, name=name, role=role, grids=grids)
            self._number(session)
        if slot == self._database.actor.slot:
            # What is done from now on stands in the journal under the new name.
            self._database.act_as(replace(self._database.actor, name=name))

    def remove(self, slot: str) -> None:
        """Take somebody's way in away at once; raises DomainError for oneself and the last 书记."""
        from app.services import users

        person = self._known(slot)
        asked = f"移除使用人 {person.name}"
        self._require(asked, person.role)
        if slot == self._database.actor.slot:
            raise DomainError("不能移除自己。要离任，请新书记来移除。")
        self._require_another_secretary(person)
        if self._has_key(slot):
            self._vault.remove_user(self._database.key, slot)
        with self._database.transaction(asked) as session:
            users.remove(session, slot)
            self._number(session)

    def reset_password(self, slot: str, new: str) -> None:
        """A new password for somebody who forgot it, also where the key was lost."""
        from app.services import users

        if slot == self._database.actor.slot:
            raise DomainError("自己的密码请用“换我的密码”，要先输入现在的密码。")
        person = self._known(slot)
        asked = f"给 {person.name} 重设密码"
        self._require(asked, person.role)
        key, replaced = self._database.key, slot
        if self._has_key(slot):
            self._vault.set_password(slot, key, new)
        else:
            replaced = self._vault.add_user(key, name=person.name, role=person.role, password=new)
        with self._database.transaction(asked) as session:
            users.note_key(session, slot, replaced)
            self._number(session)

    def note_rekey(self, sentence: str) -> None:
        """Journal a change of the data key; raises NotAllowed."""
        self._require(sentence)
        self._note(sentence)

    def new_recovery(self) -> tuple[str, ...]:
        """The groups of a new code; the one printed before stops working."""
        asked = "换一张新的恢复单"
        self._require(asked)
        groups = self._vault.new_recovery(self._database.key).groups
        self._note(asked)
        return groups

    # -- by everybody

    def change_password(self, old: str, new: str) -> None:
        """One's own; raises WrongPassword."""
        actor = self._database.actor
        try:
            self._vault.change_password(actor.slot, old, new)
        except WrongPassword as wrong:
            note_wrong_password(self._database, self._vault, actor.slot, "换自己的密码", wrong)
            raise
        self._note(f"{actor.name} 换了自己的密码")

    def note_recovered(self) -> None:
        """Journal that somebody came in with the printed code, which was replaced."""
        self._note(f"{self._database.actor.name} 用恢复单设了新密码，恢复单换了新的")

    # -- at the door

    def bring_together(self) -> str:
        """Make both lists one after somebody entered; a sentence that he must read, or ''."""
        if not self._vault.is_genuine(self._database.key):
            return TAMPERED
        with self._database.lookup() as lookup:
            listed, number = _listed(lookup), list_number(lookup)
        older = number > self._vault.number
        if number == self._vault.number:
            return ""
        # What cannot be written is tried again at the next login.
        with suppress(DomainError):
            if older:
                self._follow_file(listed)
            self._follow_key_file(keep_others=older)
        return OLDER if older else ""

    def journal_refused_tries(self) -> None:
        """Note the wrong passwords since the last login; raises the faults of a disk."""
        tries = self._vault.refused_tries()
        if not tries:
            return
        from app.services import users

        names = {one.slot: one.name for one in self._vault.users()} | {RECOVERY: "恢复单"}
        counts = [f"{names.get(slot, '已移除的人')} {count} 次" for slot, count in tries.items()]
        with self._database.transaction(f"进入前输错密码：{'，'.join(counts)}") as session:
            users.note_refused(session, tries, self._database.actor.user_id)
        self._vault.note_tries_journaled(tries)

    # -- inside

    def _follow_file(self, listed: list[SlotInfo]) -> None:
        """An older key file was put back: who was removed since must not enter by it."""
        key, known = self._database.key, {one.slot: one for one in listed}
        for person in self._vault.users():
            present = known.get(person.slot)
            if present is None:
                with suppress(LastSlot):
                    self._vault.remove_user(key, person.slot)
            elif present != person:
                self._vault.change_user(key, person.slot, name=present.name, role=present.role)

    def _follow_key_file(self, *, keep_others: bool) -> None:
        """The file is older: a kill came between the two, or a backup was put back.

        It stands in the journal also where nobody came or went: a password by the printed code
        must not go unnoticed. Who has no key in an older key file stays on the list, to be given
        a password.
        """
        from app.services import users

        sentence = "按密钥文件核对使用人" if keep_others else NEWER
        with self._database.transaction(sentence) as session:
            for person in self._vault.users():
                users.put(session, slot=person.slot, name=person.name, role=person.role)
            if not keep_others:
                users.keep_only(session, {one.slot for one in self._vault.users()})
                if not self._vault.recovered:
                    users.note_newer_keys(session)
            self._number(session)

    def _note(self, sentence: str) -> None:
        """Journal what happened to one's own key or to the recovery code."""
        from app.services import users

        with self._database.transaction(sentence) as session:
            slot = self._database.actor.slot
            users.note_key(session, slot, slot)
            self._number(session)

    def _known(self, slot: str) -> SlotInfo:
        with self._database.lookup() as lookup:
            found = next((one for one in _listed(lookup) if one.slot == slot), None)
        if found is None:
            raise DomainError("这个人已经不在使用人名单里，可能刚被移除。请刷新名单再看。")
        return found

    def _require(self, asked: str, *roles: str) -> None:
        """May manage users; and a 书记 is made, changed and removed by a 书记 only."""
        actor = self._database.actor
        others = SECRETARY not in roles or rights.is_secretary(actor)
        if actor.may(Right.MANAGE_USERS) and others:
            return
        # In a step that has its name, so that the journal says what was tried.
        with self._database.transaction(asked) as session:
            rights.require(session, Right.MANAGE_USERS)
            raise SecretaryOnly("书记只能由书记来添加、修改和移除，没有做。请一位书记来办。")

    def _require_another_secretary(self, person: SlotInfo) -> None:
        with self._database.lookup() as lookup:
            others = [one for one in _listed(lookup) if one.slot != person.slot]
        able = [one for one in others if one.role == SECRETARY and self._has_key(one.slot)]
        if person.role == SECRETARY and not able:
            raise DomainError("这是最后一位书记。请先添加或指定另一位书记。")

    def _has_key(self, slot: str) -> bool:
        return any(one.slot == slot for one in self._vault.users())

    def _number(self, session: Session) -> None:
        set_list_number(session, self._vault.number)


def _listed(lookup: Lookup) -> list[SlotInfo]:
    return [
        SlotInfo(*row)
        for row in lookup.rows(query("slot, name, role", '"user"', rest="ORDER BY id"))
    ]
