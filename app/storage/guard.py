"""The guard at the doors: what a transaction touched is what its user may touch.

It looks at the journal's record of the transaction, so that no service can forget it, and is
asked only where somebody's rights have a limit.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.errors import NotAllowed, OutsideGrids
from app.models import Action
from app.storage.lookup import link_of
from app.storage.narrowing import OF_GRID, OWNERS, conditions
from app.values.rights import Actor, Right

_PEOPLE = Right.EDIT_PEOPLE
_PAPERS = Right.ISSUE_PAPERS
_GRIDS = Right.EDIT_GRIDS
_ROUNDS = Right.LOG_ROUNDS
_REQUESTS = Right.HANDLE_REQUESTS
_POINTS = Right.RECORD_POINTS
_STOCK = Right.KEEP_STOCK
_MEALS = Right.LOG_MEALS
_KITCHEN = Right.RUN_CANTEEN
_DEPOSITS = Right.KEEP_DEPOSITS
_SETTLES = Right.SETTLE_MEALS
_TOPICS = Right.RAISE_TOPICS
_MEETINGS = Right.RUN_MEETINGS
_CARRIES = Right.CARRY_OUT
_JOINT = Right.KEEP_JOINT
_FUND = Right.KEEP_FUND
WRITES: dict[str, Right] = {
    "resident": _PEOPLE,
    "household": _PEOPLE,
    "dwelling": _PEOPLE,
    "building": _PEOPLE,
    "grid": _PEOPLE,
    "resident_tag": _PEOPLE,
    "resident_event": _PEOPLE,
    "distinct_pair": _PEOPLE,
    "tag": Right.EDIT_OFFICE,
    "import_layout": Right.IMPORT,
    "privacy_event": Right.PRIVACY,
    "building_move": _GRIDS,
    "grid_member": _GRIDS,
    "post": _GRIDS,
    "party_pairing": _GRIDS,
    "diary_entry": _ROUNDS,
    "diary_met": _ROUNDS,
    "visit": _ROUNDS,
    "visit_alarm": _ROUNDS,
    "visit_sheet": _ROUNDS,
    "visit_sheet_row": _ROUNDS,
    "visit_deferral": _ROUNDS,
    "request": _REQUESTS,
    "request_step": _REQUESTS,
    "request_extension": _REQUESTS,
    "category": Right.EDIT_OFFICE,
    "visit_rule": Right.EDIT_OFFICE,
    "visit_rule_tag": Right.EDIT_OFFICE,
    "deadline_rule": Right.EDIT_OFFICE,
    "volunteer": _POINTS,
    "team": _POINTS,
    "team_member": _POINTS,
    "volunteer_note": _POINTS,
    "star_award": _POINTS,
    "activity_series": _POINTS,
    "activity": _POINTS,
    "participation": _POINTS,
    "points_claim": _POINTS,
    "appeal": _POINTS,
    "points_account": _POINTS,
    "points_card": _POINTS,
    "points_entry": Right.REVIEW_POINTS,
    "hour_entry": Right.REVIEW_POINTS,
    "stock_entry": _STOCK,
    "goods": _STOCK,
    "stock_receipt": _STOCK,
    "stocktake": _STOCK,
    "stocktake_line": _STOCK,
    "redemption": Right.REDEEM,
    "redemption_line": Right.REDEEM,
    "reservation": Right.REDEEM,
    "points_month": Right.CLOSE_MONTHS,
    "points_item": Right.EDIT_OFFICE,
    "points_rule": Right.EDIT_OFFICE,
    "expiry_rule": Right.EDIT_OFFICE,
    "star_level": Right.EDIT_OFFICE,
    "meal": _MEALS,
    "meal_dish": _MEALS,
    "meal_sheet": _MEALS,
    "meal_account": _DEPOSITS,
    "meal_entry": _DEPOSITS,
    "meal_month": _DEPOSITS,
    "meal_voucher": _DEPOSITS,
    "diner": _KITCHEN,
    "dish": _KITCHEN,
    "menu_dish": _KITCHEN,
    "meal_opinion": _KITCHEN,
    "standing_order": _KITCHEN,
    "order_pause": _KITCHEN,
    "meal_order": _KITCHEN,
    "delivery_route": _KITCHEN,
    "route_stop": _KITCHEN,
    "delivery_run": _KITCHEN,
    "care_case": _KITCHEN,
    "care_step": _KITCHEN,
    "food_sample": _KITCHEN,
    "food_receipt": _KITCHEN,
    "canteen_staff": _KITCHEN,
    "staff_check": _KITCHEN,
    "meal_claim": _SETTLES,
    "meal_claim_part": _SETTLES,
    "canteen": Right.EDIT_OFFICE,
    "canteen_period": Right.EDIT_OFFICE,
    "set_meal": Right.EDIT_OFFICE,
    "subsidy_rule": Right.EDIT_OFFICE,
    "subsidy_rule_tag": Right.EDIT_OFFICE,
    "subsidy_share": Right.EDIT_OFFICE,
    "topic": _TOPICS,
    "topic_person": _TOPICS,
    "body": _MEETINGS,
    "body_member": _MEETINGS,
    "owner": _MEETINGS,
    "owner_unit": _MEETINGS,
    "appraisal": _MEETINGS,
    "appraisal_line": _MEETINGS,
    "meeting": _MEETINGS,
    "agenda_item": _MEETINGS,
    "motion": _MEETINGS,
    "attendee": _MEETINGS,
    "speech": _MEETINGS,
    "minutes_amendment": _MEETINGS,
    "vote": _MEETINGS,
    "vote_option": _MEETINGS,
    "ballot": _MEETINGS,
    "vote_rule": Right.EDIT_OFFICE,
    "resolution": _CARRIES,
    "progress": _CARRIES,
    "evaluation": _CARRIES,
    "joint_unit": _JOINT,
    "chair_turn": _JOINT,
    "member_report": _JOINT,
    "resource": _JOINT,
    "need": _JOINT,
    "project": _JOINT,
    "project_resource": _JOINT,
    "fund_source": _FUND,
    "fund_entry": _FUND,
    "certificate": _PAPERS,
    "number_book": _PAPERS,
    "refusal": _PAPERS,
    "seal_use": _PAPERS,
    "notice": _PAPERS,
    "objection": _PAPERS,
    "certificate_template": Right.EDIT_TEMPLATES,
    "forbidden_item": Right.EDIT_TEMPLATES,
    "calendar_day": Right.EDIT_OFFICE,
    "setting": Right.EDIT_OFFICE,
    "user": Right.MANAGE_USERS,
    "user_grid": Right.MANAGE_USERS,
    "permission": Right.MANAGE_USERS,
}
"""What changes a row of each journaled table; a test fails for a table without a right."""
ALSO: dict[str, tuple[Right, ...]] = {
    "points_account": (Right.REDEEM, Right.REVIEW_POINTS, _MEETINGS),
    "points_claim": (Right.REVIEW_POINTS, _KITCHEN, _MEETINGS),
    "appeal": (Right.REVIEW_POINTS, Right.CLOSE_MONTHS),
    "points_entry": (_POINTS, Right.REDEEM, Right.CLOSE_MONTHS, _MEALS),
    "hour_entry": (_POINTS,),
    "stock_entry": (Right.REDEEM,),
    # Whom to call goes when its time is over.
    "stock_receipt": (Right.ERASE,),
    # A meal is paid from an account; a delivered one is logged by the kitchen, a wrong one
    # is put right by whoever settles.
    "meal": (_KITCHEN, _SETTLES),
    "meal_dish": (_KITCHEN, _SETTLES),
    "meal_entry": (_MEALS, _KITCHEN, _SETTLES),
    "meal_account": (_MEALS, _KITCHEN, _SETTLES),
    "meal_voucher": (_MEALS, _KITCHEN, _SETTLES),
    "menu_dish": (_MEALS,),
    # The grid member says what came of it.
    "care_case": (_ROUNDS,),
    "care_step": (_ROUNDS,),
    # A topic follows its meeting and its resolution; a decision makes a resolution.
    "topic": (Right.SCREEN_TOPICS, _MEETINGS, _CARRIES),
    "topic_person": (Right.SCREEN_TOPICS,),
    # Its grid follows that of the topic.
    "resolution": (_MEETINGS, _TOPICS),
    "progress": (_JOINT, _FUND),
    "evaluation": (_JOINT, _FUND),
    # Part-time members belong to 大党委; an appraisal ends a post.
    "body": (_JOINT,),
    "body_member": (_JOINT,),
    "need": (_TOPICS, Right.SCREEN_TOPICS, _CARRIES, _FUND),
    "resource": (_FUND,),
    "project": (_FUND, _CARRIES),
    "project_resource": (_FUND,),
    # 公示 of topics, resolutions, lists and the fund.
    "notice": (Right.SCREEN_TOPICS, _MEETINGS, _CARRIES, _JOINT, _FUND),
}
"""Other rights that do: ledgers are written from several desks, whose services ask for theirs."""

LOOKING: dict[Action, Right | None] = {
    Action.LOOKED: Right.SEE_NUMBERS,
    Action.PRINTED: Right.PRINT,
    Action.EXPORTED: Right.EXPORT,
    # Whoever was refused is noted, whatever the rights.
    Action.REFUSED: None,
    # One's own password is everybody's; of others the service asks for the right.
    Action.KEYED: None,
}


def check(session: Session, actor: Actor, changes: Iterable[Mapping[str, Any]]) -> None:
    """Raise NotAllowed unless `actor` may do all of it, OutsideGrids for people of other grids."""
    ranges: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for change in changes:
        table, action = change["table_name"], change["action"]
        right = LOOKING[action] if action in LOOKING else WRITES[table]
        others = () if action in LOOKING else ALSO.get(table, ())
        if right is not None and not any(map(actor.may, (right, *others))):
            raise NotAllowed(actor.role, right.label)
        if actor.grids is not None and _was_elsewhere(session, actor, actor.grids, change):
            raise OutsideGrids
        ranges[table].add((change["row_id"], change["last_row_id"]))
    for table, condition in conditions(actor).items():
        if any(_outside(session, table, condition, *ids) for ids in sorted(ranges[table])):
            raise OutsideGrids if actor.grids is not None else NotAllowed(actor.role, _SENSITIVE)


_SENSITIVE = Right.SEE_SENSITIVE.label


def _was_elsewhere(
    session: Session, actor: Actor, grids: frozenset[int], change: Mapping[str, Any]
) -> bool:
    """A row taken over from another grid, or deleted there: by now the table does not tell."""
    before, table = _before(change), change["table_name"]
    if table in OF_GRID:
        return "grid_id" in before and before["grid_id"] not in grids
    owners = [(owner, before.get(column)) for column, owner in OWNERS.get(table, ())]
    named = [(owner, key) for owner, key in owners if key is not None]
    own = conditions(actor)
    return bool(named) and all(
        _outside(session, owner, own[owner], key, key) for owner, key in named
    )


def _before(change: Mapping[str, Any]) -> dict[str, Any]:
    """Values that the row had and has no more; of a deleted one all of them."""
    fields = change["fields"] or {}
    if change["action"] is Action.UPDATED:
        return {name: pair[0] for name, pair in fields.items() if isinstance(pair, list)}
    return {"grid_id": None, **fields} if change["action"] is Action.DELETED else {}


def _outside(session: Session, table: str, condition: str, first: int, last: int) -> bool:
    # Names and conditions are those of narrowing.py, none of them typed by a user.
    found = f"SELECT 1 FROM {table} WHERE id BETWEEN ? AND ? AND NOT ({condition}) LIMIT 1"  # noqa: S608
    return link_of(session).execute(found, (first, last)).fetchone() is not None
