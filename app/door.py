"""The door to an office's file: login, the printed code, and what is put right on the way in."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app import paths
from app.clock import Clock
from app.errors import DomainError
from app.services.rights import load_actor
from app.services.user_keys import UserKeys
from app.storage.after_restore import marked
from app.storage.engine import Database
from app.storage.lookup import Lookup, query
from app.storage.network import on_network_share
from app.ui.kit.files import sweep_drafts
from app.ui.kit.memory import last_folder, remember_role, role_words, window_memory
from app.values.rights import Actor

# What a start with the key at hand does without is imported by what needs it.
if TYPE_CHECKING:
    from app.services.office import Office
    from app.storage.vault import SlotInfo, Vault
    from app.ui.login import LoginView

MOST_NAMED = 2


def login_view(vault: Vault, clock: Clock, file: Path, locked_slot: str = "") -> LoginView:
    """The login, or the lock screen of one user."""
    from app.storage.backup_info import latest, office_id_of
    from app.ui.login import LoginFacts, LoginView, day_words

    name = str(window_memory().value("社区/名称", ""))
    roles = {one.slot: role_words(one.slot, one.role) for one in vault.users()}
    newest = latest(paths.backup_dir(), office_id_of(file), clock.now())
    facts = LoginFacts(name, locked_slot=locked_slot, roles=roles)
    if newest is not None:
        at, today = newest.at, clock.today()
        words = f"备份 {day_words(at.date(), today)} {at:%H:%M}，本机已核验"
        late = (today - at.date()).days >= 3
        facts = LoginFacts(name, words, not late, locked_slot, roles)
    return LoginView(vault, clock, facts)


def recovered(
    vault: Vault, clock: Clock, file: Path, window: QWidget | None, code: str = ""
) -> tuple[SlotInfo, bytes] | None:
    """Who came in with the printed code, and the data key; None where it was given up."""
    from app.ui.office.recover import RecoverDialog

    def sheet(office: Office, groups: tuple[str, ...]) -> bytes:
        return recovery_sheet(office, groups, clock, file)

    dialog = RecoverDialog(vault, clock, sheet, window, code=code)
    return dialog.opened if dialog.exec() else None


def recovery_sheet(office: Office, groups: tuple[str, ...], clock: Clock, file: Path) -> bytes:
    """The printed sheet of this office."""
    from app.ui.office.sheet import recovery_paper

    return recovery_paper(office, groups, clock, file)


def open_file(
    file: Path, vault: Vault, person: SlotInfo, key: bytes, clock: Clock
) -> tuple[Database, str]:
    """The file as `person` works with it, and what he must be told about its keys, or ''.

    Raises Lost, NewerFile, OldKeyFile, and DomainError for somebody whom the file does not know.
    """
    from app.storage.office_file import open_office

    if vault.is_unfinished:
        from app.storage.rekey import finish_change

        key = finish_change(file, vault, key)

    _refuse_old_keys(file, key)

    def back_up() -> None:
        from app.storage.backup import backup_now

        with closing(Database.open(file, key, clock=clock)) as old:
            backup_now(old, vault, paths.backup_dir(), reason="升级前")

    database = open_office(file, key, clock=clock, user_name=person.name, backup=back_up)
    try:
        if marked(paths.backup_dir()) is not None:
            from app.restoring import note_in_journal

            note_in_journal(database)
        _give_templates(database)
        told = UserKeys(database, vault).bring_together()
        enter(database, person.slot)
    except DomainError:
        database.close()
        raise
    _sweep_drafts()
    return database, told


def _sweep_drafts() -> None:
    """In the folder that was used last; a share that does not answer would hold up the login."""
    folder = last_folder()
    if folder is not None and not on_network_share(folder):
        sweep_drafts(folder)


def _refuse_old_keys(file: Path, key: bytes) -> None:
    """A key file of before the data key was changed, put back, is no damage of the file."""
    from app.storage.backup_info import list_backups, office_id_of
    from app.storage.connection import fits
    from app.storage.vault import keyfile_of
    from app.storage.vault_faults import OldKeyFile

    if fits(file, key) or not file.is_file():
        return
    backups = list_backups(paths.backup_dir(), office_id_of(file))
    newest = next((one for one in backups if _has_another_key(one.file, key)), None)
    if newest is not None:
        raise OldKeyFile(keyfile_of(file), newest.at)


def _has_another_key(file: Path, key: bytes) -> bool:
    """By the key file beside a backup; one that cannot be read proves nothing."""
    from app.storage.vault import Vault, keyfile_of

    try:
        return not Vault.load(keyfile_of(file)).is_genuine(key)
    except DomainError:
        return False


def enter(database: Database, slot: str) -> None:
    """Work with the file as the owner of a key slot; raises DomainError for one it has not."""
    with database.lookup() as lookup:
        actor = load_actor(lookup, slot)
        words = _role_words(actor, lookup)
    database.act_as(actor)
    remember_role(slot, words)


def journal_refused_tries(database: Database, vault: Vault) -> None:
    """Note the wrong passwords since the last login; a full disk is told by what is saved next."""
    with suppress(DomainError):
        UserKeys(database, vault).journal_refused_tries()


def note_recovered(database: Database, vault: Vault) -> None:
    """Journal that the printed code opened the file."""
    with suppress(DomainError):
        UserKeys(database, vault).note_recovered()


def _role_words(actor: Actor, lookup: Lookup) -> str:
    """网格员（第三网格）, 网格员（第一网格等 4 个网格）, for the list at the login."""
    if not actor.grids:
        return actor.role
    grids = lookup.rows(query("id, name", "grid", rest="ORDER BY number, id"))
    names = [name for grid, name in grids if grid in actor.grids]
    words = "、".join(names) if len(names) <= MOST_NAMED else f"{names[0]}等 {len(names)} 个网格"
    return f"{actor.role}（{words}）"


def _give_templates(database: Database) -> None:
    """A file from before there were certificates gets the templates that a new one begins with."""
    with database.lookup() as lookup:
        if lookup.value(query("id", "certificate_template", rest="LIMIT 1")) is not None:
            return
    from app.services import templates

    # A full disk is told by whatever is saved next; the next opening tries again.
    with suppress(DomainError), database.transaction("放入证明模板") as session:
        templates.seed(session)
