"""Codes of tables that are read without the tables: by lists, cards, and other tables' columns."""

import enum

from app.models.base import Worded


class Stage(enum.StrEnum):
    """Where a paper stands in its life; a number is given on the way from APPROVED on."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    NUMBERED = "numbered"
    PRINTING = "printing"
    """Sent to the printer, and nobody has said yet that it came out."""
    PRINTED = "printed"
    COLLECTED = "collected"
    VOID = "void"


class PostKind(Worded):
    """What somebody is in the organisation, from the street down to one household."""

    STREET_SECRETARY = "street_secretary", "街道党工委书记"
    COMMITTEE_SECRETARY = "committee_secretary", "社区大党委书记"
    BRANCH_SECRETARY = "branch_secretary", "网格党支部书记"
    GROUP_LEADER = "group_leader", "党小组长"
    HUB_HOUSEHOLD = "hub_household", "党员中心户"
    GRID_LEAD = "grid_lead", "网格长"
    GRID_STAFF = "grid_staff", "专职网格员"
    GRID_INFORMANT = "grid_informant", "网格信息员"
    BUILDING_STEWARD = "building_steward", "楼长"
    UNIT_STEWARD = "unit_steward", "单元长"


class RoundWay(Worded):
    """How a line of the diary or a visit came about."""

    ROUND = "round", "巡查"
    HOME = "home", "入户"
    PHONE = "phone", "电话"


class RequestState(Worded):
    """The columns of the board, in their order (domain.md 6.4)."""

    REGISTERED = "registered", "登记"
    ACCEPTED = "accepted", "受理"
    HANDLING = "handling", "处理"
    ESCALATED = "escalated", "上报"
    DONE = "done", "办结"
    CALLED_BACK = "called_back", "回访"
    CLOSED = "closed", "销号"


class Risk(Worded):
    """How closely somebody is looked after: the colour of the lists (domain.md 6.2)."""

    RED = "red", "红色"
    ORANGE = "orange", "橙色"
    ORDINARY = "ordinary", "普通"


class VisitResult(Worded):
    """What a visit came to; on the day sheet each is one key."""

    FINE = "fine", "正常"
    CHANGED = "changed", "情况有变"
    NEEDS_HELP = "needs_help", "需要帮助"
    NOT_HOME = "not_home", "没人在家"
    REFUSED = "refused", "不愿见"


class AccountState(Worded):
    OPEN = "open", "正常"
    FROZEN = "frozen", "冻结"
    CLOSED = "closed_account", "销户"


class Deed(Worded):
    """The kinds of matters. Only service gives hours (order 67 art. 19; domain-law.md 2.2)."""

    SERVICE = "service", "志愿服务"
    HELP = "help", "邻里互助"
    SORTING = "sorting", "垃圾分类"
    RECYCLING = "recycling", "有偿回收"
    MEETING = "meeting", "参加议事"
    IDEA = "idea", "建议被采纳"
    LECTURE = "lecture", "讲座培训"
    HONOUR = "honour", "表彰"
    PENALTY = "penalty", "扣分"
    OTHER = "other_deed", "其他"

    @property
    def gives_hours(self) -> bool:
        """Whether what was done is voluntary service in the sense of the law."""
        return self in (Deed.SERVICE, Deed.HELP)


class ClaimState(Worded):
    WAITING = "waiting", "待复核"
    ACCEPTED = "accepted_claim", "已复核"
    RETURNED = "returned", "已退回"


class ActivityState(Worded):
    PLANNED = "planned", "计划中"
    CALLED = "called", "招募中"
    HELD = "held", "已开展"
    CANCELLED = "cancelled", "已取消"


class MealPeriod(Worded):
    BREAKFAST = "breakfast", "早餐"
    LUNCH = "lunch", "午餐"
    DINNER = "dinner", "晚餐"


class MealWay(Worded):
    """How a meal reaches who eats it (domain.md 4.5)."""

    HERE = "eaten_here", "堂食"
    TAKEN = "taken_away", "自取"
    BROUGHT = "brought", "送餐"


class PayWay(Worded):
    """How the person's own part is paid; the keys 1-5 of the counter in this order."""

    CARD = "card", "卡户"
    CASH = "cash", "现金"
    BILL = "bill", "月结"
    VOUCHER = "voucher", "餐券"
    POINTS = "points", "积分"
    NOTHING = "nothing", "免费"


class Guest(Worded):
    """Who eats without a name (爱心驿站), counted only."""

    SANITATION = "sanitation", "环卫工"
    COURIER = "courier", "骑手快递"
    VISITOR = "visitor", "访客"


class Payer(Worded):
    """Who bears a part of a meal besides the person; the column of Meal is `by_<name>`."""

    CITY = "city", "市财政"
    DISTRICT = "district", "区财政"
    STREET = "street", "街道"
    OPERATOR = "operator", "运营单位"
    DONOR = "donor", "慈善捐赠"


class OrderState(Worded):
    ORDERED = "ordered", "待送"
    HANDED = "handed", "送达"
    NOBODY = "nobody", "无人应答"
    TURNED_DOWN = "turned_down", "拒收"
    CANCELLED = "cancelled", "已取消"


class CareReason(Worded):
    """Why somebody is looked after: a matter of welfare, not of meals."""

    NOBODY_ANSWERED = "nobody_answered", "送餐无人应答"
    STAYED_AWAY = "stayed_away", "好几天没来吃饭"


class EntryOfAccount(Worded):
    """The kinds of lines in the book of a meal account."""

    DEPOSIT = "deposit", "存款"
    MEAL = "meal_paid", "用餐"
    BILL_PAID = "bill_paid", "交月结款"
    REFUND = "refund", "退款"
    MOVED = "account_moved", "并户"
    REVERSAL = "account_reversal", "冲正"


class TopicState(Worded):
    """How far a topic has come (domain.md 5.3)."""

    RAISED = "raised", "待审定"
    ACCEPTED = "accepted_topic", "已立题"
    TURNED_DOWN = "turned_down_topic", "不列入"
    MERGED = "merged_topic", "已并入"
    ON_AGENDA = "on_agenda", "已上会"
    DISCUSSED = "discussed", "已协商"
    DECIDED = "decided", "落实中"
    REJECTED = "rejected", "未通过"
    DONE = "done_topic", "已办结"


class BodyKind(Worded):
    ASSEMBLY = "assembly", "居民会议"
    REPRESENTATIVES = "representatives", "居民代表会议"
    GROUP = "residents_group", "居民小组会"
    CONSULTATION = "consultation", "议事协商会"
    OWNERS = "owners_meeting", "业主大会"
    JOINT = "joint_committee", "大党委联席会议"
    PARTY = "party_meeting", "党员大会"
    BENCH = "bench", "板凳会"
    COMMITTEE = "committee", "居民委员会"
    SUPERVISORS = "supervisors", "居务监督委员会"
    PROPERTY = "property_meeting", "红色物业联席会"


class MemberRole(Worded):
    """What somebody is in a body."""

    CHAIR = "chair", "主任"
    VICE_CHAIR = "vice_chair", "副主任"
    COMMITTEE = "committee_member", "委员"
    REPRESENTATIVE = "representative", "居民代表"
    GROUP_LEADER = "residents_leader", "居民小组长"
    PARTY_MEMBER = "party_member", "党员"
    PART_TIME = "part_time", "兼职委员"
    DELEGATE = "delegate", "单位代表"
    OWNER = "owner_member", "业主委员"
    MEMBER = "plain_member", "成员"


class Matter(Worded):
    """What is decided, where the law asks for another majority."""

    ORDINARY = "ordinary_matter", "一般事项"
    RECALL = "recall", "罢免"
    OWNERS_GENERAL = "owners_general", "业主一般事项"
    OWNERS_SPECIAL = "owners_special", "筹集维修资金、改建、改变共有部分用途"


class MeetingState(Worded):
    PLANNED = "planned_meeting", "筹备"
    CALLED = "called_meeting", "已通知"
    RUNNING = "running", "进行中"
    ENDED = "ended", "待定稿"
    FILED = "filed", "已定稿"
    CANCELLED = "cancelled_meeting", "已取消"


class ItemState(Worded):
    WAITING = "waiting_item", "未开始"
    NOW = "item_now", "正在进行"
    DONE = "item_done", "已完成"
    LEFT = "item_left", "留到下次"


class VoteWay(Worded):
    HANDS = "hands", "举手"
    BALLOT = "by_ballot", "票决"
    HOUSEHOLD = "by_household", "按户"
    AREA = "by_area", "双轨"


class Choice(Worded):
    YES = "choice_yes", "赞成"
    NO = "choice_no", "反对"
    ABSTAIN = "choice_abstain", "弃权"
    INVALID = "choice_invalid", "无效"


class ResolutionState(Worded):
    MADE = "made", "待公示"
    PUBLIC = "public", "公示中"
    UNDERWAY = "underway", "办理中"
    DONE = "done_resolution", "已办结"
    EVALUATED = "evaluated", "已评议"
    STOPPED = "stopped", "已终止"


OPEN_RESOLUTIONS = (ResolutionState.MADE, ResolutionState.PUBLIC, ResolutionState.UNDERWAY)
"""What is not done yet."""
DONE_RESOLUTIONS = (ResolutionState.DONE, ResolutionState.EVALUATED)


class ProjectState(Worded):
    PLANNED = "planned_project", "立项"
    STARTED = "started_project", "实施"
    FINISHED = "finished_project", "完工"
    ACCEPTED = "accepted_project", "已验收"
    EVALUATED = "evaluated_project", "已评价"
    STOPPED = "stopped_project", "已终止"


class Basis(Worded):
    """Whom a quorum or a majority is counted against."""

    MEMBERS = "basis_members", "组成人员"
    # 罢免 by representatives: the committee does not vote on itself (居委会组织法 20).
    REPRESENTATIVES = "basis_reps", "居民代表"
    RESIDENTS = "basis_residents", "十八周岁以上居民"
    HOUSEHOLDS = "basis_households", "户的代表"
    OWNERS = "basis_owners", "业主"
    PRESENT = "basis_present", "到会人员"
    VOTING = "basis_voting", "参加表决的"
