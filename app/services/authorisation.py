"""授权: somebody who has a right gives his word for one act, by a password typed now.

Domain.md 10.3: whole numbers leave the house by the 书记's password and a reason. Who has the right
types the own password again; for everybody else the 书记 comes to the desk and types his.
"""

from dataclasses import dataclass
from hmac import compare_digest

from app.errors import DomainError, NotAllowed
from app.services.rights import load_actor, rights_of
from app.services.wrong_passwords import note_wrong_password
from app.storage.engine import Database
from app.storage.lookup import Lookup, query
from app.storage.office_file import load_vault
from app.storage.vault_faults import WrongPassword
from app.values.rights import Right


@dataclass(frozen=True, slots=True)
class Authoriser:
    """Somebody who can be called."""

    slot: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Grant:
    """`by` allowed it, just now; good for one act."""

    right: Right
    by: str


def authorisers(lookup: Lookup, right: Right) -> list[Authoriser]:
    """Everybody whose role has the right, in the order in which they were added."""
    users = [Authoriser(*row) for row in lookup.rows(query("slot, name, role", "user"))]
    roles = {role for role in {user.role for user in users} if right in rights_of(lookup, role)}
    return [user for user in users if user.role in roles and user.slot]


def authorise(
    database: Database, right: Right, *, slot: str, password: str, what: str = ""
) -> Grant:
    """The word of the user of a key slot for `what`: 导出 3 人的完整号码.

    Raises WrongPassword, TooEarly while the delay runs, NotAllowed for somebody without the right.
    A word that was refused is in the journal, with what was asked and by whom.
    """
    vault, asked = load_vault(database.file), what.rstrip("。") or right.label
    try:
        key = vault.unlock(slot, password)
    except WrongPassword as wrong:
        note_wrong_password(database, vault, slot, _asked(database, slot, asked), wrong)
        raise
    if not compare_digest(key, database.key):
        raise DomainError("密钥文件和打开的资料不是一对，没有授权。请退出程序，重新进入再试。")
    with database.lookup() as lookup:
        giver = load_actor(lookup, slot)
    if not giver.may(right):
        # Refused inside a step that has its name, so that the journal says what was asked.
        with database.transaction(f"请{giver.name}授权：{asked}"):
            raise NotAllowed(giver.role, right.label)
    return Grant(right, giver.name)


def _asked(database: Database, slot: str, what: str) -> str:
    """What was asked, and of whom where it was somebody else's word."""
    if slot == database.actor.slot:
        return what
    with database.lookup() as lookup:
        return f"请{load_actor(lookup, slot).name}授权：{what}"


def own_word(database: Database, right: Right) -> Grant:
    """Where nobody has a password (the demo) the click is the word."""
    actor = database.actor
    if actor.slot or not actor.may(right):
        raise NotAllowed(actor.role, right.label)
    return Grant(right, actor.name)
