"""Where a person stands with consent, in a chip and in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.kit.chips import Chip
from app.values.lawful import BY_CONSENT

if TYPE_CHECKING:
    from app.services.privacy import Standing


def chip_of(standing: Standing) -> Chip:
    """The one word that counts: what is missing, worst first."""
    if standing.withdrawn_on is not None:
        return Chip("已撤回同意", "danger", "alert-circle-outline")
    if standing.lacks_guardian:
        return Chip("缺监护人同意", "warn", "alert-outline")
    if standing.informed_on is None:
        return Chip("未告知", "warn", "alert-outline")
    if standing.consent_on is None:
        return Chip("未同意", "warn" if standing.basis == BY_CONSENT else "grey")
    return Chip("已同意", "ok", "check")


def lines_of(standing: Standing) -> tuple[str, ...]:
    """履行法定职责・2024-03-01 告知・2024-03-01 同意, and ever less of it where room is short."""
    steps = [
        f"{day:%Y-%m-%d} {word}"
        for day, word in (
            (standing.informed_on, "告知"),
            (standing.consent_on if standing.withdrawn_on is None else None, "同意"),
            (standing.withdrawn_on, "撤回"),
        )
        if day is not None
    ]
    last = steps[-1:]
    return ("・".join((standing.basis, *steps)), "・".join((standing.basis, *last)), *last, "")
