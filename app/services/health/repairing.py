"""Putting right what a check found: one transaction in the journal, which 撤销 takes back."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.services import rights
from app.services.health.kinds import Check
from app.storage.engine import Database
from app.values.rights import Right


def sentence(check: Check) -> str:
    """What the journal says of it."""
    label = check.repair.label if check.repair else ""
    return f"体检修复：{check.title}，{label}"


def repair(database: Database, check: Check, ids: Sequence[int]) -> int:
    """Put these records right, as far as the check still finds them; returns how many it changed.

    Raises NotAllowed without the right REPAIR, DomainError where there is nothing (any more).
    """
    with database.transaction(sentence(check)) as session:
        rights.require(session, Right.REPAIR)
        return _mend(session, check, ids, database)


def _mend(session: Session, check: Check, ids: Sequence[int], database: Database) -> int:
    now = database.clock.now()
    if check.repair is None or check.look is None:
        raise DomainError(f"“{check.title}”程序不能代改，请打开每一条核对。")
    wanted = set(ids)
    # What was put right meanwhile is left alone.
    still = list(dict.fromkeys(key for key, _ in check.look(session, now) if key in wanted))
    if not still:
        raise DomainError("这些都已经改好了，请重新体检。")
    changed = check.repair.mend(session, still, now)
    session.flush()
    return changed
