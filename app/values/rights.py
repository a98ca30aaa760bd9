"""Who may do what: the rights, and the roles of a community office with what each begins with.

The 书记 may adjust every role but the own (services/rights.py keeps what differs from here);
domain.md 10.3 names the roles, and asks for a permission where something leaves the house.
"""

import enum
from dataclasses import dataclass


class Right(enum.StrEnum):
    """One thing that a role may do; by its key it is stored, by its label it is shown."""

    label: str
    group: str
    detail: str

    def __new__(cls, key: str, group: str, label: str, detail: str) -> "Right":
        right = str.__new__(cls, key)
        right._value_ = key
        right.group, right.label, right.detail = group, label, detail
        return right

    VIEW_PEOPLE = "view_people", "居民", "查看居民", "列表、查找、卡片，号码遮住中间几位"
    EDIT_PEOPLE = "edit_people", "居民", "登记和修改居民", "人、户、住处、标签、迁出迁入，合并重复"
    IMPORT = "import", "居民", "导入名册", "从表格成批新增和修改"
    SEE_NUMBERS = "see_numbers", "居民", "查看完整号码", "证件和电话，每看一次都留痕"
    SEE_SENSITIVE = "see_sensitive", "居民", "查看敏感标签", "疾病、残疾、综治等标签"
    VIEW_GRIDS = "view_grids", "网格", "查看网格", "网格、组织、日记、走访、诉求和账单"
    EDIT_GRIDS = "edit_grids", "网格", "管理网格", "划分网格和楼栋，任职、离任，包楼联户"
    LOG_ROUNDS = "log_rounds", "网格", "记日记和走访", "平安日记、走访单、走访结果"
    HANDLE_REQUESTS = "handle_requests", "网格", "办理诉求", "登记、受理、上报、办结、回访"
    SUPERVISE = "supervise", "网格", "督办和批准延期", "也可以写明原因，不回访就销号"
    VIEW_POINTS = "view_points", "积分", "查看积分超市", "志愿者、活动、台账、商品和公示"
    RECORD_POINTS = "record_points", "积分", "记工时和积分", "志愿者、活动、签到，手工记分"
    REVIEW_POINTS = "review_points", "积分", "复核和冲正", "别人记的由本人复核，冻结、申诉"
    REDEEM = "redeem", "积分", "柜台兑换", "兑换、预约，撤销当天的兑换"
    KEEP_STOCK = "keep_stock", "积分", "管理商品和库存", "商品、入库、盘点、报损"
    CLOSE_MONTHS = "close_months", "积分", "月结和公示", "锁账、到期清零、公示、归档"
    VIEW_CANTEEN = "view_canteen", "食堂", "查看食堂", "菜谱、用餐记录、订餐、账户和结算"
    LOG_MEALS = "log_meals", "食堂", "柜台记餐", "记餐、照单补录，撤销记错的餐"
    KEEP_DEPOSITS = "keep_deposits", "食堂", "存款和退款", "餐卡存款、退款、收月结款，发餐券"
    RUN_CANTEEN = "run_canteen", "食堂", "管理食堂日常", "菜谱、订餐、送餐、食品安全"
    SETTLE_MEALS = "settle_meals", "食堂", "补贴结算", "核对、签字、提交锁定，登记到账"
    VIEW_MEETINGS = "view_meetings", "议事", "查看议事", "议题、会议、决议、组织、大党委和经费"
    RAISE_TOPICS = "raise_topics", "议事", "登记提事", "居民提的事，并入相似的，联名"
    SCREEN_TOPICS = "screen_topics", "议事", "审定议题", "立题、不列入，公布议题清单"
    RUN_MEETINGS = "run_meetings", "议事", "组织会议和表决", "成员、通知、签到、记录、计票、评议"
    CARRY_OUT = "carry_out", "议事", "办理决议", "登记进度、照片、评议，办结"
    KEEP_JOINT = "keep_joint", "议事", "管理大党委和清单", "单位、兼职委员、述职，资源需求项目"
    KEEP_FUND = "keep_fund", "议事", "管理专项经费", "拨入、支出、冲正，经费公示"
    PRINT = "print", "带出去", "打印", "名册、标签、清单和各种文书"
    EXPORT = "export", "带出去", "导出（脱敏）", "表格存成文件或复制，号码遮住中间几位"
    EXPORT_FULL = "export_full", "带出去", "导出完整号码", "要写明用途，文件上有姓名和时间"
    ISSUE_PAPERS = "issue_papers", "文书", "开证明、写通知", "起草、编号、登记领取、用印、公示"
    APPROVE_PAPERS = "approve_papers", "文书", "批准证明", "按模板规定的批准人批准或退回"
    EDIT_TEMPLATES = "edit_templates", "文书", "修改模板和清单", "证明模板、不得出具清单"
    PRIVACY = "privacy", "隐私", "办理隐私事项", "告知、同意、撤回、更正、到期清单"
    ERASE = "erase", "隐私", "抹去个人信息", "不能撤销"
    EDIT_OFFICE = "edit_office", "管理", "修改设置", "社区资料、节假日、文书和隐私的规定"
    BACK_UP = "back_up", "管理", "备份", "立即备份，另存一份到 U 盘"
    RESTORE = "restore", "管理", "恢复备份", "整份资料回到以前的样子"
    UNDO_OTHERS = "undo_others", "管理", "撤销别人做的", "自己做的，自己总能撤销"
    REPAIR = "repair", "管理", "数据体检的修复", "检查人人都能做，修复要有权限"
    MANAGE_USERS = "manage_users", "管理", "管理使用人和权限", "添加、移除、重设密码，恢复单"


ALL = frozenset(Right)
BY_KEY: dict[str, Right] = {right.value: right for right in Right}
SECRETARY, DIRECTOR, SOCIAL_WORKER, GRID_MEMBER = "书记", "主任", "社工", "网格员"
CANTEEN, SHOP, READER = "食堂", "积分超市", "只读"
ROLES = (SECRETARY, DIRECTOR, SOCIAL_WORKER, GRID_MEMBER, CANTEEN, SHOP, READER)

_DESK = frozenset(
    {
        Right.VIEW_PEOPLE,
        Right.EDIT_PEOPLE,
        Right.IMPORT,
        Right.SEE_NUMBERS,
        Right.SEE_SENSITIVE,
        Right.VIEW_GRIDS,
        Right.EDIT_GRIDS,
        Right.LOG_ROUNDS,
        Right.HANDLE_REQUESTS,
        Right.VIEW_POINTS,
        Right.RECORD_POINTS,
        Right.REVIEW_POINTS,
        Right.REDEEM,
        Right.KEEP_STOCK,
        Right.VIEW_CANTEEN,
        Right.LOG_MEALS,
        Right.KEEP_DEPOSITS,
        Right.RUN_CANTEEN,
        Right.SETTLE_MEALS,
        Right.VIEW_MEETINGS,
        Right.RAISE_TOPICS,
        Right.RUN_MEETINGS,
        Right.CARRY_OUT,
        Right.KEEP_JOINT,
        Right.KEEP_FUND,
        Right.PRINT,
        Right.EXPORT,
        Right.ISSUE_PAPERS,
        Right.PRIVACY,
        Right.BACK_UP,
    }
)
_ROUND = frozenset(
    {
        Right.VIEW_PEOPLE,
        Right.EDIT_PEOPLE,
        Right.SEE_NUMBERS,
        Right.VIEW_GRIDS,
        Right.LOG_ROUNDS,
        Right.HANDLE_REQUESTS,
        Right.VIEW_MEETINGS,
        Right.RAISE_TOPICS,
        Right.CARRY_OUT,
        Right.PRINT,
    }
)
_COUNTER = frozenset({Right.VIEW_PEOPLE, Right.PRINT})
DEFAULTS: dict[str, frozenset[Right]] = {
    SECRETARY: ALL,
    DIRECTOR: _DESK
    | {Right.APPROVE_PAPERS, Right.EDIT_TEMPLATES, Right.EDIT_OFFICE, Right.UNDO_OTHERS}
    | {Right.REPAIR, Right.SUPERVISE, Right.CLOSE_MONTHS, Right.SCREEN_TOPICS},
    SOCIAL_WORKER: _DESK,
    GRID_MEMBER: _ROUND,
    CANTEEN: _COUNTER
    | {Right.VIEW_CANTEEN, Right.LOG_MEALS, Right.KEEP_DEPOSITS, Right.RUN_CANTEEN, Right.EXPORT},
    SHOP: _COUNTER
    | {Right.VIEW_POINTS, Right.RECORD_POINTS, Right.REDEEM, Right.KEEP_STOCK, Right.EXPORT},
    READER: frozenset(
        {
            Right.VIEW_PEOPLE,
            Right.VIEW_GRIDS,
            Right.VIEW_POINTS,
            Right.VIEW_CANTEEN,
            Right.VIEW_MEETINGS,
        }
    ),
}
ROLE_DETAILS: dict[str, str] = {
    SECRETARY: "全部权限，权限由书记调整",
    DIRECTOR: "日常工作全部，批准证明，修改模板和设置",
    SOCIAL_WORKER: "登记居民、开文书、记积分、记餐、备份",
    GRID_MEMBER: "只看到自己网格里的人和事",
    CANTEEN: "在柜台记餐、收款，管菜谱和送餐",
    SHOP: "在柜台兑换，记工时和积分，管商品",
    READER: "只看，什么都不改",
}


@dataclass(frozen=True)
class Actor:
    """Who works with the file now. `grids` limits the people to those of some grids, None to none.

    Without a role everything is allowed: the demo, the command line, a program's own work.
    """

    name: str = ""
    role: str = ""
    rights: frozenset[Right] = ALL
    grids: frozenset[int] | None = None
    slot: str = ""
    user_id: int = 0

    @property
    def unlimited(self) -> bool:
        return self.grids is None and self.rights == ALL

    def may(self, right: Right) -> bool:
        return right in self.rights
