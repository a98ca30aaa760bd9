"""A password typed wrong by somebody who is in already: journaled at once, with the act."""

from contextlib import suppress

from app.errors import DomainError
from app.storage.engine import Database
from app.storage.vault import Vault


def note_wrong_password(
    database: Database, vault: Vault, slot: str, asked: str, error: DomainError
) -> None:
    """Whoever is at the desk asked for `asked`, and the password of `slot` was wrong.

    Where it cannot be written down now, it is told at the next login like those before one.
    """
    from app.services import users
    from app.storage import journal

    with suppress(DomainError):
        with database.transaction(f"输错密码，没有做：{asked}") as session:
            users.note_refused(session, [slot], database.actor.user_id)
            journal.set_details(session, {"refused": asked, "reason": str(error)})
        vault.note_tries_journaled({slot: 1})
