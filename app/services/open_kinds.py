"""One thing that waits for somebody, as every look of open_matters tells it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """One kind of thing, or one thing, that waits: what, how much of it, where it is found."""

    what: str
    count: str
    where: str
