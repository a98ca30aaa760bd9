"""What a limited user sees: temporary views that stand before the tables of a reader.

SQLite looks for a name among the temporary ones first. A list, a count, the search or a paper
reads `resident` and gets the people of one's own grids, without knowing of it.
"""

from collections.abc import Mapping
from typing import Any

from app.values.rights import Actor, Right

_OWNED = ("resident_tag", "resident_event", "privacy_event", "visit_alarm", "visit_deferral")
_OF_GRID = (
    *("diary_entry", "visit", "visit_sheet", "request"),
    *("topic", "resolution", "need", "project"),
)
"""Tables with a grid of their own; what has none is the whole community's."""
_PARTS = {
    "diary_met": ("entry_id", "diary_entry"),
    "visit_sheet_row": ("sheet_id", "visit_sheet"),
    "request_step": ("request_id", "request"),
    "request_extension": ("request_id", "request"),
    "topic_person": ("topic_id", "topic"),
    # What was said and decided about the own grids; who sat there is the community's business.
    "agenda_item": ("topic_id", "topic"),
}
_OF_WORKS = ("progress", "evaluation")
_WORKS = (("resolution_id", "resolution"), ("project_id", "project"))
"""What was done and how it was found: of a resolution or of a project, the other column is NULL."""
_PICTURES = {
    "diary_photo": ("entry_id", "diary_entry"),
    "request_photo": ("request_id", "request"),
    "topic_key": ("topic_id", "topic"),
}
_OF_PERSON = ("volunteer", "points_account")
"""Whose resident_id may be empty: somebody from outside is of no grid."""
_OF_DINER = (
    *("meal", "meal_account", "meal_voucher", "diner", "standing_order", "order_pause"),
    *("meal_order", "route_stop", "care_case"),
)
"""The same for 食堂: guests without a name are of no grid."""
_OF_MEALS = {
    "meal_dish": ("meal_id", "meal"),
    "meal_entry": ("account_id", "meal_account"),
    "care_step": ("case_id", "care_case"),
}
_OF_MEMBER = ("body_member", "owner", "attendee")
"""Whoever sits in a body: of the own people only, those from outside not at all."""
_OF_ITEM = ("motion", "speech", "vote", "ballot")
"""What happened at an item of the agenda."""
_OF_VOLUNTEER = ("team_member", "volunteer_note", "star_award", "hour_entry")
_OF_ACCOUNT = (
    *("points_card", "points_claim", "points_entry", "points_balance", "points_lot", "appeal"),
    *("redemption", "reservation", "held_basket"),
)
OF_GRID = frozenset({"resident", *_OF_GRID})
"""Tables whose rows stand in a grid themselves."""
_OWNER: dict[str, tuple[str, str]] = {
    **dict.fromkeys((*_OWNED, *_OF_PERSON, *_OF_DINER), ("resident_id", "resident")),
    **dict.fromkeys(_OF_MEMBER, ("resident_id", "resident")),
    **dict.fromkeys(_OF_ITEM, ("agenda_item_id", "agenda_item")),
    "vote_option": ("vote_id", "vote"),
    "member_report": ("body_member_id", "body_member"),
    **dict.fromkeys(_OF_VOLUNTEER, ("volunteer_id", "volunteer")),
    **dict.fromkeys(_OF_ACCOUNT, ("account_id", "points_account")),
    "redemption_line": ("redemption_id", "redemption"),
    "owner_unit": ("owner_id", "owner"),
    **_PARTS,
    **_OF_MEALS,
}
OWNERS: dict[str, tuple[tuple[str, str], ...]] = {
    **{table: (owner,) for table, owner in _OWNER.items()},
    **dict.fromkeys(_OF_WORKS, _WORKS),
}
"""Columns and tables by which the rows of the others belong to one; any of them does."""
_PLAIN_TAGS = "tag_id NOT IN (SELECT id FROM main.tag WHERE sensitive)"


def conditions(actor: Actor) -> dict[str, str]:
    """The rows that `actor` sees, by table with a column `id`; tables without limit are left out.

    A condition names a row that is not there False or NULL, and its tables with their schema.
    """
    found: dict[str, str] = {}
    if actor.grids is not None:
        found |= _of_grids(actor.grids)
    if not actor.may(Right.SEE_SENSITIVE):
        found["tag"] = "NOT sensitive"
        found["resident_tag"] = _both(found.get("resident_tag"), _PLAIN_TAGS)
    return found


def narrow(connection: Any, actor: Actor) -> None:
    """Put the views before the tables of a fresh reader."""
    for table, condition in _views(actor).items():
        # FTS5 keeps the resident under the name of the row itself.
        columns = "rowid, *" if table == "search_text" else "*"
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT {columns} FROM main.{table} WHERE {condition}"  # noqa: S608 - from the constants here and numbers
        )


def _views(actor: Actor) -> dict[str, str]:
    found = conditions(actor)
    if actor.grids is not None:
        people = _people(actor.grids)
        found["resident_photo"] = f"resident_id IN ({people})"
        found |= _parts(_PICTURES, actor.grids)
        steps = f"SELECT id FROM main.progress WHERE {found['progress']}"  # noqa: S608 - from the constants here and numbers
        found["progress_photo"] = f"progress_id IN ({steps})"
        found["search_key"] = f"doc IN ({people})"
        found["search_text"] = f"rowid IN ({people})"
        # Sentences name people of the whole community.
        name = actor.name.replace("'", "''")
        found["operation"] = f"user_name = '{name}'"
    return found


def _of_grids(grids: frozenset[int]) -> dict[str, str]:
    people, members = _people(grids), "FROM main.resident WHERE household_id = household.id"
    own = f"grid_id IN ({_listed(grids)})"
    found = {
        "grid": f"id IN ({_listed(grids)})",
        "resident": f"coalesce({own}, 0)",
        # One that nobody lives in any more tells of nobody.
        "household": f"EXISTS (SELECT 1 {members} AND {own}) OR NOT EXISTS (SELECT 1 {members})",
        "certificate": f"resident_id IS NULL OR resident_id IN ({people})",
        "distinct_pair": f"first_id IN ({people}) AND second_id IN ({people})",
    }
    found |= {table: f"resident_id IN ({people})" for table in _OWNED}
    found |= {table: f"coalesce({own}, 0)" for table in _OF_GRID}
    found |= _parts(_PARTS, grids) | _points(people, own) | _meals(people)
    return found | _meetings(people, own)


def _points(people: str, own: str) -> dict[str, str]:
    """Books of the own people; a shared account is seen by every grid in which one of it lives."""
    homes = f"SELECT household_id FROM main.resident WHERE {own}"  # noqa: S608 - numbers
    person = f"coalesce(resident_id IN ({people}), 0)"
    account = f"{person} OR coalesce(household_id IN ({homes}), 0)"
    accounts = f"SELECT id FROM main.points_account WHERE {account}"  # noqa: S608 - the same
    volunteers = f"SELECT id FROM main.volunteer WHERE {person}"  # noqa: S608 - the same
    of_account = f"coalesce(account_id IN ({accounts}), 0)"
    return {
        "volunteer": person,
        "points_account": account,
        **dict.fromkeys(_OF_VOLUNTEER, f"volunteer_id IN ({volunteers})"),
        **dict.fromkeys(_OF_ACCOUNT, of_account),
        "participation": f"{person} OR coalesce(volunteer_id IN ({volunteers}), 0)",
        "redemption_line": f"redemption_id IN (SELECT id FROM main.redemption WHERE {of_account})",  # noqa: S608 - the same
    }


def _meals(people: str) -> dict[str, str]:
    """What the own people ate, ordered and paid."""
    person = f"coalesce(resident_id IN ({people}), 0)"
    of_account = f"account_id IN (SELECT id FROM main.meal_account WHERE {person})"  # noqa: S608 - numbers
    return {
        **dict.fromkeys(_OF_DINER, person),
        **{
            table: f"{column} IN (SELECT id FROM main.{whole} WHERE {person})"  # noqa: S608 - the constants above and numbers
            for table, (column, whole) in _OF_MEALS.items()
        },
        "meal_balance": of_account,
    }


def _meetings(people: str, own: str) -> dict[str, str]:
    """What was said and decided about the own grids, and the own people among the members."""
    person = f"coalesce(resident_id IN ({people}), 0)"
    topics = f"SELECT id FROM main.topic WHERE {own}"  # noqa: S608 - numbers
    items = f"SELECT id FROM main.agenda_item WHERE topic_id IN ({topics})"  # noqa: S608 - the same
    members = f"SELECT id FROM main.body_member WHERE {person}"  # noqa: S608 - the same
    return {
        **dict.fromkeys(_OF_MEMBER, person),
        **dict.fromkeys(
            (*_OF_ITEM, "minutes_amendment"), f"coalesce(agenda_item_id IN ({items}), 0)"
        ),
        "vote_option": f"vote_id IN (SELECT id FROM main.vote WHERE agenda_item_id IN ({items}))",  # noqa: S608 - the same
        "owner_unit": f"owner_id IN (SELECT id FROM main.owner WHERE {person})",  # noqa: S608 - the same
        "member_report": f"body_member_id IN ({members})",
        **dict.fromkeys(_OF_WORKS, _of_works(own)),
    }


def _of_works(own: str) -> str:
    parts = (
        f"coalesce({column} IN (SELECT id FROM main.{whole} WHERE {own}), 0)"  # noqa: S608 - the constants above and numbers
        for column, whole in _WORKS
    )
    return " OR ".join(parts)


def _parts(tables: Mapping[str, tuple[str, str]], grids: frozenset[int]) -> dict[str, str]:
    """What belongs to a row of another table is seen with it."""
    own = f"grid_id IN ({_listed(grids)})"
    return {
        table: f"{column} IN (SELECT id FROM main.{whole} WHERE {own})"  # noqa: S608 - the constants above and numbers
        for table, (column, whole) in tables.items()
    }


def _people(grids: frozenset[int]) -> str:
    return f"SELECT id FROM main.resident WHERE grid_id IN ({_listed(grids)})"  # noqa: S608 - numbers


def _listed(grids: frozenset[int]) -> str:
    return ", ".join(str(int(grid)) for grid in sorted(grids))


def _both(one: str | None, other: str) -> str:
    return f"({one}) AND ({other})" if one else other
