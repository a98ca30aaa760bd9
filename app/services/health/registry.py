"""All checks in the order of the report. A new one joins by a line in its module's CHECKS."""

from app.services.health import (
    dates,
    file,
    grids,
    homes,
    ledgers,
    meals,
    meetings,
    numbers,
    papers,
    pictures,
    places,
    points,
    requests,
    rounds,
    search,
    tags,
    twins,
    wanting,
)
from app.services.health.kinds import Check, Group

_MODULES = (
    file,
    ledgers,
    points,
    meals,
    search,
    homes,
    places,
    grids,
    rounds,
    requests,
    meetings,
    dates,
    numbers,
    tags,
    papers,
    twins,
    wanting,
    pictures,
)
CHECKS: tuple[Check, ...] = tuple(check for module in _MODULES for check in module.CHECKS)
BY_KEY: dict[str, Check] = {check.key: check for check in CHECKS}


def of_group(group: Group) -> list[Check]:
    """The checks of one part of the report."""
    return [check for check in CHECKS if check.group is group]
