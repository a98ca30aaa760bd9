"""Tags as chips: how a person's groups look wherever the person is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.ui.kit.chips import Chip

if TYPE_CHECKING:
    from app.services.cards import CardTag

TONES = {"grey": "grey", "blue": "info", "green": "ok", "amber": "warn", "red": "danger"}
"""Colour of a tag in the office's file -> tone of a chip."""


def chip(name: str, color: str) -> Chip:
    """A colour that this version does not know is shown in grey."""
    return Chip(name, TONES.get(color, "grey"))


def card_chips(tags: Iterable[CardTag]) -> list[Chip]:
    """Tags with their level: 残疾人 二级."""
    return [chip(f"{tag.name} {tag.level}".strip(), tag.tone) for tag in tags]
