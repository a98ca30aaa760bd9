"""Votes as they were announced, read back from the ledger."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models import VoteWay
from app.services.vote_ground import Option
from app.services.voting import Count
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteView:
    """A vote as it was announced; areas in 0.01 m²."""

    id: int
    item_id: int
    motion_id: int | None
    way: VoteWay
    rule_name: str
    article: str
    decides: bool
    members: int
    voters: int
    count: Count
    passed: bool
    words: str
    proof: str
    announced_at: datetime
    entered_by: str
    options: tuple[Option, ...] = ()


def votes(source: Source, meeting_id: int) -> list[VoteView]:
    """All votes of a meeting in the order in which they were announced."""
    lookup = lookup_of(source)
    mine = [Sql("i.meeting_id = ?", (meeting_id,))]
    tables = "vote AS v JOIN agenda_item AS i ON i.id = v.agenda_item_id"
    found = list(lookup.rows(query(_COLUMNS, tables, mine, "ORDER BY v.id")))
    options = _options(lookup, [row[0] for row in found])
    return [_view(row, options.get(row[0], ())) for row in found]


_COLUMNS = """v.id, v.agenda_item_id, v.motion_id, v.way, v.rule, v.members, v.voters, v.yes, v.no,
    v.abstain, v.invalid, v.area_yes, v.area_no, v.area_abstain, v.area_invalid, v.passed, v.words,
    v.proof, v.announced_at, v.entered_by"""


def _options(lookup: Lookup, vote_ids: Sequence[int]) -> dict[int, tuple[Option, ...]]:
    asked = query(
        "vote_id, words, votes",
        "vote_option",
        [one_of("vote_id", vote_ids)],
        "ORDER BY vote_id, place",
    )
    found: dict[int, tuple[Option, ...]] = {}
    for vote_id, words, number in lookup.rows(asked):
        found[vote_id] = (*found.get(vote_id, ()), Option(words, number))
    return found


def _view(values: tuple[Any, ...], options: tuple[Option, ...]) -> VoteView:
    key, item_id, motion_id, way, rule, members, voters, *counts, passed, words, proof, at, who = (
        values
    )
    kept = json.loads(rule)
    return VoteView(
        id=key,
        item_id=item_id,
        motion_id=motion_id,
        way=VoteWay.of(way),
        rule_name=kept["name"],
        article=kept["article"],
        decides=kept["decides"],
        members=members,
        voters=voters,
        count=Count(*counts),
        passed=bool(passed),
        words=words,
        proof=proof,
        announced_at=datetime.fromisoformat(at),
        entered_by=who,
        options=options,
    )
