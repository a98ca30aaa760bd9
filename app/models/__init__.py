"""All tables. A module of them is loaded when one of its names is first asked for.

Mapped classes cost time and memory, and most of them belong to pages that nobody may open today.
`Base.metadata` knows only those that were used so far: whoever has to know every table asks
`everything()` or `schema()`, whoever has the name of one `model_named()`.
"""

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, MetaData, Table

from app.models.base import BY_TABLE
from app.models.base import Base as Base

if TYPE_CHECKING:
    from app.models.activities import *
    from app.models.bodies import *
    from app.models.calendar import *
    from app.models.canteen import *
    from app.models.certificates import *
    from app.models.codes import *
    from app.models.diary import *
    from app.models.funds import *
    from app.models.grids import *
    from app.models.joint import *
    from app.models.journal import *
    from app.models.kitchen import *
    from app.models.meal_orders import *
    from app.models.meals import *
    from app.models.meetings import *
    from app.models.office import *
    from app.models.papers import *
    from app.models.points import *
    from app.models.requests import *
    from app.models.residents import *
    from app.models.resolutions import *
    from app.models.search import *
    from app.models.serving import *
    from app.models.shop import *
    from app.models.subsidies import *
    from app.models.topics import *
    from app.models.visits import *
    from app.models.volunteers import *
    from app.models.votes import *

# Each module of tables with all its names, here and in the imports above.
_NAMES = {
    "activities": (
        "Activity ActivityPhoto ActivitySeries Attendance HourEntry Participation Quality Repeat"
    ),
    "bodies": "Appraisal AppraisalLine Body BodyMember Grade Owner OwnerUnit",
    "calendar": "CalendarDay",
    "canteen": "Canteen CanteenPeriod Dish DishKind Facility MealOpinion MenuDish SetMeal",
    "certificates": "Certificate CertificateTemplate ForbiddenItem NumberBook Refusal SealUse",
    "codes": (
        "AccountState ActivityState Basis BodyKind CareReason Choice ClaimState Deed"
        " DONE_RESOLUTIONS EntryOfAccount Guest ItemState Matter MealPeriod MealWay MeetingState"
        " MemberRole OPEN_RESOLUTIONS OrderState PayWay Payer PostKind ProjectState RequestState"
        " ResolutionState Risk RoundWay Stage TopicState VisitResult VoteWay"
    ),
    "diary": "Category CategoryGroup DiaryEntry DiaryMet DiaryPhoto",
    "funds": "FundBalance FundEntry FundKind FundSource",
    "grids": "Building BuildingMove Grid GridKind",
    "joint": (
        "ChairTurn JointUnit ListState MemberReport Need NeedUrgency Project"
        " ProjectResource Resource ResourceKind UnitKind"
    ),
    "journal": "LOOKS Action Change Operation",
    "kitchen": "CanteenStaff FoodReceipt FoodSample StaffCheck",
    "meal_orders": (
        "CareCase CareStep CareStepKind DeliveryRoute DeliveryRun Diner MealOrder"
        " OrderPause RouteStop StandingOrder"
    ),
    "meals": (
        "AccountKind Meal MealAccount MealBalance MealDish MealEntry MealMonth MealSheet"
        " MealVoucher Tender"
    ),
    "meetings": (
        "AgendaItem Attendee AttendWay Capacity ItemKind Meeting MinutesAmendment Motion"
        " MotionKind Speech Stance"
    ),
    "office": "Draft ImportLayout Permission Setting User UserGrid",
    "papers": "Notice NoticePhoto Objection",
    "points": (
        "Appeal ClaimOrigin EntryKind ExpiryRule ExpiryWay LotUse PointsAccount"
        " PointsBalance PointsCard PointsClaim PointsEntry PointsItem PointsLot"
        " PointsMonth PointsRule PointsUnit Rounding"
    ),
    "requests": (
        "DeadlineRule DeadlineStep Level Origin Request RequestExtension RequestPhoto"
        " RequestStep Satisfaction StepKind Urgency"
    ),
    "residents": (
        "Departure DistinctPair Dwelling EventKind Household PrivacyEvent PrivacyKind"
        " Resident ResidentEvent ResidentPhoto ResidentTag Tag"
    ),
    "resolutions": "Evaluation Progress ProgressPhoto Resolution ResolutionKind Verdict",
    "search": "SearchKey SearchText",
    "serving": "GridMember GridMemberPhoto PartyPairing Post",
    "shop": (
        "Goods GoodsPhoto HeldBasket LimitPeriod ReceiptKind Redemption RedemptionLine"
        " Reservation ReservationState StockEntry StockKind StockLevel StockReceipt"
        " Stocktake StocktakeLine"
    ),
    "subsidies": (
        "Belonging MealClaim MealClaimPart MoneyRounding Portion SubsidyRule"
        " SubsidyRuleTag SubsidyShare SubsidyWay"
    ),
    "topics": "Topic TopicKey TopicOrigin TopicPerson TopicPersonKind",
    "visits": "Visit VisitAlarm VisitDeferral VisitRule VisitRuleTag VisitSheet VisitSheetRow",
    "volunteers": (
        "StarAward StarLevel StarState Team TeamMember Volunteer VolunteerNote VolunteerNoteKind"
    ),
    "votes": "Ballot Vote VoteOption VoteRule",
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}


if not TYPE_CHECKING:  # a name that is none shall stay an error of types

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        _load(_HOMES[name])
        return globals()[name]


def _load(home: str) -> None:
    """Give the names of a module, once all is there that its foreign keys point at.

    SQLAlchemy looks at both ends of a key when it writes a row.
    """
    found: dict[str, ModuleType] = {}
    waiting = {home}
    while waiting:
        one = waiting.pop()
        found[one] = import_module(f"{__name__}.{one}")
        waiting |= _pointed_at_by(found[one]) - found.keys()
    for one, module in found.items():
        globals().update({name: getattr(module, name) for name in _NAMES[one].split()})


def _pointed_at_by(module: ModuleType) -> set[str]:
    return {
        _HOMES[_class_name(pointed_at(key))]
        for model in list(BY_TABLE.values())
        if model.__module__ == module.__name__
        for key in table_of(model).foreign_keys
    }


def _class_name(table: str) -> str:
    return "".join(part.capitalize() for part in table.split("_"))


def everything() -> dict[str, type[Base]]:
    """Every mapped class by the name of its table."""
    for module in _NAMES:
        import_module(f"{__name__}.{module}")
    return BY_TABLE


def schema() -> MetaData:
    """All tables, with everything that their foreign keys point at."""
    everything()
    return Base.metadata


@cache
def all_tables() -> tuple[Table, ...]:
    """Each after those that its foreign keys point at."""
    return tuple(schema().sorted_tables)


def model_named(table: str) -> type[Base]:
    """The class of this table, which is named like it; KeyError where there is none."""
    name = _class_name(table)
    if name not in globals():
        _load(_HOMES[name])
    return BY_TABLE[table]


def table_of(model: type[Base]) -> Table:
    """The table of a class, for statements that go past its rows."""
    return Base.metadata.tables[model.__tablename__]


def pointed_at(key: ForeignKey) -> str:
    """The table of a foreign key, whether that one is loaded or not."""
    return key.target_fullname.partition(".")[0]
