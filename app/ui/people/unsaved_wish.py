"""What is asked of a page where a form was not saved when the program ended."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What `page_requested` asks of a page: the form `key` with what was typed into it."""

    key: str

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]

    @property
    def record_id(self) -> int | None:
        """Of which record; None for a new one, or where the draft itself tells."""
        number = self.key.partition(":")[2]
        return int(number) if number.isdigit() else None
