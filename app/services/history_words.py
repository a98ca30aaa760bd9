"""Journal entries in Chinese: which column is called what, and how its values are shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, DateTime, Enum, select
from sqlalchemy.orm import Session

from app.models import Action, Guest, MealPeriod, ResidentTag, Stage, Tag, model_named, table_of
from app.models.base import Worded
from app.services import dwellings, tags
from app.services.certificate_views import STAGE_LABELS, masked_document
from app.storage.lookup import lookup_of, one_of, query
from app.values.areas import square_metres
from app.values.days import WEEKDAYS
from app.values.degrees import celsius
from app.values.documents import DocumentKind
from app.values.masking import mask_text, tail_id
from app.values.money import yuan
from app.values.times import hours_words, time_words

TABLE_LABELS = {
    "resident": "居民",
    "resident_tag": "标签记录",
    "resident_event": "变动记录",
    "privacy_event": "个人信息登记",
    "household": "户",
    "dwelling": "房屋",
    "building": "楼",
    "grid": "网格",
    "tag": "标签",
    "notice": "通知",
    "objection": "异议",
    "calendar_day": "节假日",
    "certificate": "证明",
    "certificate_template": "证明模板",
    "forbidden_item": "不得出具事项",
    "refusal": "不予出具告知单",
    "seal_use": "用印登记",
    "number_book": "编号",
    "setting": "设置",
    "user": "使用人",
    "user_grid": "负责的网格",
    "permission": "权限",
    "import_layout": "导入的列对应",
    "distinct_pair": "不是同一人",
    "building_move": "划楼",
    "grid_member": "网格人员",
    "post": "任职",
    "party_pairing": "包楼联户",
    "category": "事项类别",
    "diary_entry": "平安日记",
    "diary_met": "日记里的人和地点",
    "visit": "走访",
    "visit_alarm": "走访报警",
    "visit_sheet": "走访单",
    "visit_sheet_row": "走访单的一行",
    "visit_deferral": "走访改期",
    "visit_rule": "走访规定",
    "visit_rule_tag": "走访对象的标签",
    "deadline_rule": "办理期限",
    "request": "诉求",
    "request_step": "诉求经过",
    "request_extension": "延期申请",
    "volunteer": "志愿者",
    "team": "志愿队",
    "team_member": "队员",
    "volunteer_note": "志愿者记录",
    "star_level": "星级标准",
    "star_award": "星级认定",
    "activity": "活动",
    "activity_series": "定期活动",
    "participation": "报名和签到",
    "hour_entry": "时长账",
    "points_item": "积分事项",
    "points_rule": "积分规则",
    "expiry_rule": "积分有效期",
    "points_account": "积分账户",
    "points_card": "积分卡",
    "points_claim": "待记的积分",
    "points_entry": "积分账",
    "points_month": "月结",
    "appeal": "申诉",
    "goods": "商品",
    "stock_receipt": "入库单",
    "stock_entry": "库存账",
    "stocktake": "盘点",
    "stocktake_line": "盘点的一行",
    "redemption": "兑换",
    "redemption_line": "兑换的商品",
    "reservation": "预约",
    "canteen": "食堂",
    "canteen_period": "食堂的餐次",
    "set_meal": "套餐",
    "dish": "菜",
    "menu_dish": "菜谱",
    "meal_opinion": "满意度卡",
    "subsidy_rule": "补贴规则",
    "subsidy_rule_tag": "补贴规则的身份",
    "subsidy_share": "补贴的承担方",
    "meal": "用餐",
    "meal_dish": "加菜",
    "meal_sheet": "就餐签到表",
    "meal_account": "用餐账户",
    "meal_entry": "用餐账户的账",
    "meal_month": "用餐账户月结",
    "meal_voucher": "餐券",
    "meal_claim": "补贴结算",
    "meal_claim_part": "补贴申报",
    "diner": "用餐的人",
    "standing_order": "长期订餐",
    "order_pause": "停送",
    "meal_order": "订餐",
    "delivery_route": "送餐路线",
    "route_stop": "路线上的一站",
    "delivery_run": "送餐",
    "care_case": "送餐关怀",
    "care_step": "关怀经过",
    "food_sample": "留样",
    "canteen_staff": "食堂人员",
    "staff_check": "晨检",
    "food_receipt": "进货查验",
    "topic": "议题",
    "topic_person": "联名和涉及的人",
    "body": "议事组织",
    "body_member": "组织成员",
    "owner": "业主",
    "owner_unit": "业主的房屋",
    "appraisal": "民主评议",
    "appraisal_line": "评议结果",
    "vote_rule": "表决规则",
    "meeting": "会议",
    "agenda_item": "议程",
    "motion": "动议",
    "attendee": "签到",
    "speech": "发言",
    "minutes_amendment": "会议记录修正",
    "vote": "表决",
    "vote_option": "表决的方案",
    "ballot": "表决票",
    "resolution": "决议",
    "progress": "办理进度",
    "evaluation": "评议",
    "joint_unit": "共建单位",
    "chair_turn": "轮值主席",
    "member_report": "年度述职",
    "resource": "资源清单",
    "need": "需求清单",
    "project": "项目清单",
    "project_resource": "项目用的资源",
    "fund_source": "经费来源",
    "fund_entry": "专项经费",
}
# Which part of the program a step belongs to, by the first of its tables that stands here.
AREAS = {
    "文书": ("certificate", "certificate_template", "forbidden_item", "refusal", "seal_use"),
    "通知": ("notice", "objection"),
    "居民": ("resident", "resident_tag", "resident_event", "household", "distinct_pair"),
    "诉求": ("request", "request_step", "request_extension"),
    "日记": ("diary_entry", "diary_met"),
    "走访": ("visit", "visit_alarm", "visit_sheet", "visit_sheet_row", "visit_deferral"),
    "网格": (
        "building_move",
        "grid_member",
        "post",
        "party_pairing",
        "grid",
        "building",
        "dwelling",
    ),
    "隐私": ("privacy_event",),
    "兑换": ("redemption", "redemption_line", "reservation"),
    "库存": ("goods", "stock_receipt", "stocktake", "stocktake_line", "stock_entry"),
    "活动": ("activity", "activity_series", "participation"),
    "积分": (
        "points_month",
        "points_claim",
        "points_entry",
        "hour_entry",
        "appeal",
        "points_card",
        "points_account",
    ),
    "用餐": ("meal", "meal_dish", "meal_sheet", "meal_opinion"),
    "送餐": ("care_case", "care_step", "delivery_run", "route_stop", "delivery_route"),
    "订餐": ("meal_order", "standing_order", "order_pause", "diner"),
    "餐费": ("meal_month", "meal_entry", "meal_voucher", "meal_account"),
    "补贴": ("meal_claim", "meal_claim_part"),
    "食堂": (
        *("menu_dish", "dish", "food_sample", "staff_check", "canteen_staff", "food_receipt"),
        *("subsidy_share", "subsidy_rule_tag", "subsidy_rule", "set_meal"),
        *("canteen_period", "canteen"),
    ),
    "表决": ("vote", "vote_option", "ballot"),
    "会议": ("meeting", "agenda_item", "motion", "attendee", "speech", "minutes_amendment"),
    "决议": ("resolution", "progress", "evaluation"),
    "提事": ("topic", "topic_person"),
    "组织": ("appraisal", "appraisal_line", "body_member", "owner", "owner_unit", "body"),
    "经费": ("fund_entry", "fund_source"),
    "大党委": (
        *("project", "project_resource", "resource", "need"),
        *("member_report", "chair_turn", "joint_unit"),
    ),
    "志愿者": ("star_award", "volunteer_note", "team_member", "team", "volunteer"),
}
_WRITTEN: dict[str, Callable[[Any], str]] = {
    "document_number": tail_id,
    "phone": tail_id,
    "id_number": tail_id,
    "guardian_phone": tail_id,
    "applicant_phone": tail_id,
    "other_phones": lambda numbers: "、".join(tail_id(one) for one in numbers.split("、")),
    "holder_document": masked_document,
    "document_kind": lambda kind: DocumentKind(kind).label,
    "body": mask_text,
    "stage": lambda stage: STAGE_LABELS[Stage(stage)],
    "half_hours": hours_words,
    "starts": time_words,
    "ends": time_words,
}
"""Columns that are not shown as they are kept"""
_KEPT_AS: dict[str, Callable[[Any], str]] = {
    "cents": yuan,
    "area": square_metres,
    "minutes": time_words,
    "tenths": celsius,
    "weekdays": lambda days: "、".join(f"周{WEEKDAYS[int(day) - 1]}" for day in days),
    "periods": lambda keys: "、".join(MealPeriod.of(key).label for key in keys.split(",")),
    "guests": lambda keys: "、".join(Guest.of(key).label for key in keys.split(",")),
}
"""The same by what the model says of a column (models/base.py, label)"""
_DEPARTURES = {"moved_out": "迁出", "died": "死亡"}
EVENTS = {
    "born": "出生",
    "moved_in": "迁入",
    "changed_household": "换户",
    **_DEPARTURES,
}
_EMPTY = (None, "")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column: what it was and what it became, masked as on screen; '' for nothing."""

    label: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        if not self.before:
            return f"填入{self.label} {self.after}"
        if not self.after:
            return f"清空{self.label}（原为 {self.before}）"
        return f"{self.label} {self.before} 改为 {self.after}"


class Words:
    """Names behind ids, looked up once per history."""

    def __init__(self, session: Session, fields: Iterable[Mapping[str, Any]]) -> None:
        found: dict[str, set[int]] = {column: set() for column in _LOOKED_UP}
        for changed in fields:
            for column in _LOOKED_UP.keys() & changed.keys():
                value = changed[column]
                ids = value if isinstance(value, list) else [value]
                found[column].update(one for one in ids if one)
        self._names = {column: _LOOKED_UP[column](session, ids) for column, ids in found.items()}

    def changes(self, table: str, fields: Mapping[str, Any]) -> tuple[FieldChange, ...]:
        """The labelled columns of an update; what has no Chinese name is the program's business."""
        columns = table_of(model_named(table)).columns
        return tuple(
            FieldChange(
                columns[name].info["label"],
                self._shown(columns[name], fields[name][0]),
                self._shown(columns[name], fields[name][1]),
            )
            for name in columns.keys()  # noqa: SIM118 - the columns themselves iterate otherwise
            if name in fields and "label" in columns[name].info and _differs(fields[name])
        )

    def _shown(self, column: Column[Any], value: Any) -> str:
        if value in _EMPTY:
            return ""
        if column.name in _LOOKED_UP:
            return self._names[column.name].get(value, "（已删除）")
        if column.name in _WRITTEN:
            return _WRITTEN[column.name](value)
        if kept_as := column.info.get("kept_as"):
            return _KEPT_AS[kept_as](value)
        if isinstance(column.type, DateTime):
            return str(value)[:16].replace("T", " ")
        if isinstance(value, dict):
            return "；".join(f"{name} {words}" for name, words in value.items())
        if isinstance(value, bool):
            return "是" if value else "否"
        return _of_code(column.type, value) if isinstance(column.type, Enum) else str(value)


def _of_code(kept: Enum, value: object) -> str:
    """A code of the program in words."""
    kind = kept.enum_class
    if kind is not None and issubclass(kind, Worded):
        words = {one.value: one.label for one in kind}
        return words.get(str(value), str(value))
    return _codes().get(str(value), str(value))


@cache
def _codes() -> dict[str, str]:
    """Values that the program keeps by a code of its own, in words."""
    # Loaded with the first history: the status line, which every start shows, reads none.
    from app.services.privacy import LABELS

    return {**EVENTS, **{kind.value: words for kind, words in LABELS.items()}}


def _lookup(table: str, column: str) -> Callable[[Session, set[int]], dict[int, str]]:
    """Names by id."""

    def names(session: Session, ids: set[int]) -> dict[int, str]:
        wanted = query(f"id, {column}", table, [one_of("id", sorted(ids))])
        return {key: str(text) for key, text in lookup_of(session).rows(wanted)}

    return names


def _volunteers(session: Session, ids: set[int]) -> dict[int, str]:
    """A volunteer has the name of the resident that he is, or his own."""
    wanted = query(
        "v.id, coalesce(r.name, v.name, '')",
        "volunteer v LEFT JOIN resident r ON r.id = v.resident_id",
        [one_of("v.id", sorted(ids))],
    )
    return {key: str(text) for key, text in lookup_of(session).rows(wanted)}


def _accounts(session: Session, ids: set[int]) -> dict[int, str]:
    """Whose account it is."""
    if not ids:
        return {}
    # A person's card reads histories, and none of these tables.
    from app.services import points_accounts

    return {one: points_accounts.holder(session, one).name for one in ids}


_LOOKED_UP: dict[str, Callable[[Session, set[int]], dict[int, str]]] = {
    "dwelling_id": dwellings.spoken_places,
    "household_id": _lookup("household", "number"),
    "grid_id": _lookup("grid", "name"),
    "tag_id": _lookup("tag", "name"),
    "building_id": _lookup("building", "number"),
    "head_id": _lookup("resident", "name"),
    "from_grid_id": _lookup("grid", "name"),
    "to_grid_id": _lookup("grid", "name"),
    "member_id": _lookup("grid_member", "name"),
    "resident_id": _lookup("resident", "name"),
    "category_id": _lookup("category", "name"),
    "hazard_id": _lookup("category", "name"),
    "rule_id": _lookup("visit_rule", "name"),
    "user_id": _lookup('"user"', "name"),
    "item_id": _lookup("points_item", "name"),
    "team_id": _lookup("team", "name"),
    "activity_id": _lookup("activity", "name"),
    "goods_id": _lookup("goods", "name"),
    "canteen_id": _lookup("canteen", "name"),
    "dish_id": _lookup("dish", "name"),
    "set_meal_id": _lookup("set_meal", "name"),
    "route_id": _lookup("delivery_route", "name"),
    "staff_id": _lookup("canteen_staff", "name"),
    "topic_id": _lookup("topic", "title"),
    "body_id": _lookup("body", "name"),
    "body_member_id": _lookup("body_member", "name"),
    "owner_id": _lookup("owner", "name"),
    "meeting_id": _lookup("meeting", "title"),
    "agenda_item_id": _lookup("agenda_item", "title"),
    "resolution_id": _lookup("resolution", "number"),
    "joint_unit_id": _lookup("joint_unit", "name"),
    "lead_unit_id": _lookup("joint_unit", "name"),
    "resource_id": _lookup("resource", "words"),
    "project_id": _lookup("project", "name"),
    "source_id": _lookup("fund_source", "name"),
    "volunteer_id": _volunteers,
    "leader_id": _volunteers,
    "account_id": _accounts,
}


def of_update(changes: tuple[FieldChange, ...], fields: Mapping[str, Any]) -> str:
    """An update of any row."""
    if "deleted_at" in fields:
        return "移到回收站" if fields["deleted_at"][1] else "从回收站放回"
    return "；".join(change.sentence for change in changes)


def of_resident(changes: tuple[FieldChange, ...], fields: Mapping[str, Any]) -> str:
    """An update of a person: what happened rather than which columns it took."""
    if "merged_into_id" in fields:
        return "并入另一份资料" if fields["merged_into_id"][1] else "撤销合并"
    if "deleted_at" in fields:
        return "删除" if fields["deleted_at"][1] else "恢复"
    if "departure" in fields:
        before, after = fields["departure"]
        gone = _DEPARTURES[after or before]
        return gone if after else f"撤回{gone}"
    return "；".join(change.sentence for change in changes)


def of_tag(action: Action, name: str, fields: Mapping[str, Any] | None) -> str:
    """A line of a person's tags; one that the user may not see has no name."""
    name = name or "敏感标签"
    if action is Action.CREATED:
        return f"加标签「{name}」"
    if action is Action.DELETED:
        return f"去掉标签「{name}」"
    if fields and "until" in fields:
        return f"结束标签「{name}」" if fields["until"][1] else f"恢复标签「{name}」"
    return f"修改标签「{name}」"


def area_of(tables: Iterable[str]) -> str:
    """The part of the program to which a step with these tables belongs."""
    touched = set(tables)
    return next((area for area, own in AREAS.items() if touched & set(own)), "设置")


def _differs(pair: list[Any]) -> bool:
    return not (pair[0] in _EMPTY and pair[1] in _EMPTY)


def tag_names(session: Session, resident_tag_ids: Iterable[int]) -> dict[int, str]:
    """The name of the tag that each line gives; without those that the user may not see."""
    found = session.execute(
        select(ResidentTag.id, Tag.name)
        .join(Tag, Tag.id == ResidentTag.tag_id)
        .where(ResidentTag.id.in_(list(resident_tag_ids)), tags.seen(session))
    )
    return {key: name for key, name in found}
