"""Somebody at the desk, with what his role begins with."""

from app.context import Context
from app.values.rights import DEFAULTS, Actor


def actor(name: str, role: str, slot: str = "") -> Actor:
    return Actor(name, role, DEFAULTS[role], slot=slot)


def seen_by(context: Context, name: str, role: str, slot: str = "") -> Context:
    """The same office, with another at the desk."""
    context.database.act_as(actor(name, role, slot))
    return context
