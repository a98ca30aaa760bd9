"""The one key map of the program. Each entry: what it is called, which key, what it says.

A scope is a place where keys work. `EVERYWHERE` works on all pages; a page key never reuses it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

EVERYWHERE = "everywhere"
PAGE = "page"
"""Keys that mean the same on every page, each page supplying its own slot (F3, F9 ...)."""
TABLE = "table"
FORM = "form"
WIZARD = "wizard"
PREVIEW = "preview"
PAPERS = "papers"
RECENT = "recent"
"""The panel 刚才做了什么, which lies over every page."""
LOGIN = "login"
BACKUPS = "backups"
GRIDS = "grids"
REQUESTS = "requests"
SHEET = "sheet"
"""Typing a day sheet back: one key a row."""
COUNTER = "counter"
POINTS = "points"
"""The page 积分超市 but its counter."""
MONTHS = "months"
"""The tab 月结 and its cards beside the ledger."""
ATTENDANCE = "attendance"
"""Typing back who came to an activity."""
STOCK = "stock"
"""The tab 库存."""
MEALS = "meals"
"""The counter of 食堂."""
CANTEEN = "canteen"
"""The page 食堂 but its counter and its board."""
ORDERS = "orders"
"""The tab 订餐."""
MENU = "menu"
"""The tab 菜谱."""
CLAIMS = "claims"
"""The tab 结算."""
BOARD = "board"
"""The board of deliveries (送餐)."""
ACCOUNTS = "accounts"
"""The tab 账户 of 食堂."""
CARE = "care"
"""On the board, at a door that nobody opened."""
ROUTES = "routes"
"""The order of stops on the walks."""
SAFETY = "safety"
"""The tab 食品安全."""
ROUND = "round"
"""Typing back what became of the deliveries: one key a stop."""
TOPICS = "topics"
"""The tab 提事."""
MEETINGS = "meetings"
"""The page 议事 but the tabs and the meeting that have scopes of their own."""
MEETING = "meeting"
"""A meeting that is held now."""
RESOLUTIONS = "resolutions"
"""The tab 决议."""
JOINT = "joint"
"""The tabs 大党委 and 清单."""
FUND = "fund"
"""The tab 经费."""


@dataclass(frozen=True)
class Key:
    """One entry: action, key sequence as Qt writes it, Chinese words, scope."""

    action: str
    sequence: str
    label: str
    scope: str

    @property
    def cap(self) -> str:
        """As drawn on a key cap: `Ctrl+Enter`, `Alt+←`, `空格`."""
        return "+".join(_CAPS.get(part, part) for part in self.sequence.split("+"))


_CAPS = {
    "Return": "Enter",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Space": "空格",
    "PgDown": "PgDn",
    "Delete": "Del",
    "Backspace": "退格",
}

KEYS: tuple[Key, ...] = (
    Key("help", "F1", "按键一览", EVERYWHERE),
    Key("find_person", "F12", "找人", EVERYWHERE),
    Key("undo", "Ctrl+Z", "撤销", EVERYWHERE),
    Key("recent", "Ctrl+H", "刚才做了什么", EVERYWHERE),
    Key("new_paper", "Ctrl+T", "开文书", EVERYWHERE),
    Key("new_request", "Ctrl+G", "记诉求", EVERYWHERE),
    Key("new_diary", "Ctrl+J", "记日记", EVERYWHERE),
    Key("redeem", "F7", "兑换", EVERYWHERE),
    Key("log_meal", "F8", "记餐", EVERYWHERE),
    Key("backup_now", "Ctrl+M", "备份", EVERYWHERE),
    Key("lock", "F6", "锁定", EVERYWHERE),
    Key("lock_alt", "Ctrl+Shift+L", "锁定", EVERYWHERE),
    Key("search", "F3", "查找", PAGE),
    Key("search_alt", "Ctrl+F", "查找", PAGE),
    Key("refresh", "F5", "刷新", PAGE),
    Key("print", "F9", "打印", PAGE),
    Key("new", "Ctrl+N", "新增", PAGE),
    Key("export", "Ctrl+K", "导出", PAGE),
    Key("import", "Ctrl+I", "导入", PAGE),
    Key("details", "Ctrl+L", "明细", PAGE),
    Key("reveal", "Ctrl+R", "显示证件和电话", PAGE),
    Key("clear_filters", "Ctrl+Backspace", "清除筛选", PAGE),
    Key("next_tab", "Ctrl+Tab", "下一栏", PAGE),
    Key("previous_tab", "Ctrl+Shift+Tab", "上一栏", PAGE),
    Key("tick", "Space", "勾选", TABLE),
    Key("tick_all", "Ctrl+A", "全部勾选", TABLE),
    Key("copy", "Ctrl+C", "复制", TABLE),
    Key("paste", "Ctrl+V", "粘贴", TABLE),
    Key("open", "Return", "打开", TABLE),
    Key("cancel", "Esc", "取消", TABLE),
    Key("save", "Ctrl+Return", "保存", FORM),
    Key("save_next", "Ctrl+Shift+Return", "保存并再增一个", FORM),
    Key("next_field", "Return", "下一项", FORM),
    Key("previous_field", "Shift+Return", "上一项", FORM),
    Key("leave", "Esc", "返回", FORM),
    Key("same_person", "Alt+1", "是同一人", FORM),
    Key("other_person", "Alt+2", "不是同一人", FORM),
    Key("step_back", "Alt+Left", "上一步", WIZARD),
    Key("step_on", "Ctrl+Return", "下一步", WIZARD),
    Key("mapping", "Alt+C", "列对应", WIZARD),
    Key("skip_row", "Delete", "跳过这行", WIZARD),
    Key("close", "Esc", "取消", WIZARD),
    Key("edit_paper", "F2", "修改", PAPERS),
    Key("collect", "Ctrl+L", "登记领取", PAPERS),
    Key("reprint_last", "Ctrl+P", "补打上一张", PAPERS),
    Key("verify", "Ctrl+K", "核验", PAPERS),
    Key("undo_to_here", "Ctrl+Shift+Z", "一起退回", RECENT),
    Key("peek", "F2", "只打开看看", BACKUPS),
    Key("open_backup", "Ctrl+O", "打开别处的备份", BACKUPS),
    Key("type_visits", "Ctrl+R", "录入走访", GRIDS),
    Key("settle_line", "Alt+X", "销号", GRIDS),
    Key("raise_request", "Ctrl+Shift+G", "记成诉求", GRIDS),
    Key("raise_topic", "Alt+T", "提为议题", GRIDS),
    Key("new_building", "Ctrl+B", "新增楼栋", GRIDS),
    Key("edit_place", "F2", "修改", GRIDS),
    Key("move_building", "Ctrl+D", "划到别的网格", GRIDS),
    Key("try_moves", "Ctrl+E", "试着划一划", GRIDS),
    Key("who_is_due", "Alt+D", "从网格到到期的人，再回来", GRIDS),
    Key("switch_view", "Alt+V", "换到期名单和走访记录", GRIDS),
    Key("answer_alarm", "Alt+B", "查明没人在家的", GRIDS),
    Key("answer_care", "Alt+C", "了结食堂转来的", GRIDS),
    Key("put_off", "Alt+G", "走访改期", GRIDS),
    Key("edit_request", "F2", "修改", REQUESTS),
    Key("next_state", "Ctrl+Right", "转到下一步", REQUESTS),
    Key("previous_state", "Ctrl+Left", "退回", REQUESTS),
    Key("hand_up", "Alt+S", "上报", REQUESTS),
    Key("urge", "Alt+U", "催办", REQUESTS),
    Key("extend", "Alt+Y", "延期", REQUESTS),
    Key("flag", "Space", "督办", REQUESTS),
    Key("visit_fine", "1", "正常", SHEET),
    Key("visit_changed", "2", "情况有变", SHEET),
    Key("visit_needs_help", "3", "需要帮助", SHEET),
    Key("visit_not_home", "4", "没人在家", SHEET),
    Key("visit_refused", "5", "不愿见", SHEET),
    Key("add_and_confirm", "Ctrl+Return", "加入并确认", COUNTER),
    Key("hold_basket", "Shift+F7", "挂单", COUNTER),
    Key("resume_basket", "Shift+F8", "取单", COUNTER),
    Key("proxy", "Alt+D", "代领", COUNTER),
    Key("reprint_slip", "Ctrl+P", "补打上一张", COUNTER),
    Key("read_back", "Ctrl+R", "请居民核对", COUNTER),
    Key("next_person", "Esc", "换人", COUNTER),
    Key("slip_preview", "Ctrl+K", "小票预览", COUNTER),
    Key("passbook", "F9", "积分存折", COUNTER),
    Key("account_lines", "Ctrl+L", "流水", COUNTER),
    Key("reservations", "Alt+Y", "预约", COUNTER),
    Key("exception", "Alt+P", "破例", COUNTER),
    Key("once_more", "Alt+Z", "再办一次", COUNTER),
    Key("approve", "Ctrl+Return", "复核通过", POINTS),
    Key("send_back", "Alt+T", "退回并说明", POINTS),
    Key("open_account", "Alt+A", "看账户", POINTS),
    Key("weigh", "Alt+R", "回收称重", POINTS),
    Key("reverse", "Alt+X", "冲正", POINTS),
    Key("appeal", "Alt+U", "申诉", POINTS),
    Key("next_view", "Alt+V", "换看法", POINTS),
    Key("edit_record", "F2", "修改", POINTS),
    Key("remove_person", "Delete", "去掉一个人", POINTS),
    Key("service_certificate", "Alt+C", "开服务证明", POINTS),
    Key("join_team", "Alt+J", "加队员", POINTS),
    Key("propose_stars", "Alt+G", "提出星级认定", POINTS),
    Key("volunteer_cards", "Alt+K", "打印志愿者卡", POINTS),
    Key("activity_people", "Alt+B", "报名名单", POINTS),
    Key("activity_attendance", "Alt+Q", "录签到", POINTS),
    Key("activity_post", "Alt+S", "送复核", POINTS),
    Key("next_step", "Ctrl+L", "月结和公示的下一步", MONTHS),
    Key("lapsing", "Alt+L", "快到期的积分", MONTHS),
    Key("show_notice", "Ctrl+R", "预览公示", MONTHS),
    Key("objections", "Alt+Y", "公示的异议", MONTHS),
    Key("came", "1", "到了", ATTENDANCE),
    Key("absent", "2", "没来", ATTENDANCE),
    Key("all_came", "Alt+A", "其余都到了", ATTENDANCE),
    Key("half_more", "+", "多半小时", ATTENDANCE),
    Key("half_less", "-", "少半小时", ATTENDANCE),
    Key("good_service", "7", "评好", ATTENDANCE),
    Key("fair_service", "8", "评合格", ATTENDANCE),
    Key("failed_service", "9", "评不合格", ATTENDANCE),
    Key("take_off", "Delete", "退出报名", ATTENDANCE),
    Key("whole_team", "Alt+T", "全队报名", ATTENDANCE),
    Key("receive", "Alt+R", "入库", STOCK),
    Key("end_stocktake", "Alt+W", "完成盘点", STOCK),
    Key("spoil", "Alt+B", "报损", STOCK),
    Key("on_shelf", "Alt+S", "上架、下架", STOCK),
    Key("guest_sanitation", "Shift+F2", "环卫工加一", MEALS),
    Key("guest_courier", "Shift+F3", "骑手快递加一", MEALS),
    Key("guest_visitor", "Shift+F4", "访客加一", MEALS),
    Key("sold_out", "Shift+F5", "售完", MEALS),
    Key("type_meals", "Shift+F6", "照签到表补录", MEALS),
    Key("show_board", "Shift+F8", "送餐板", MEALS),
    Key("second_meal", "Alt+P", "破例再记一餐", MEALS),
    Key("next_eater", "Esc", "清空换人", MEALS),
    Key("hold_eater", "Space", "先不记，改套餐付款", MEALS),
    Key("pay_in_here", "Alt+S", "卡户存款", MEALS),
    Key("pay_card", "1", "卡户付", MEALS),
    Key("pay_cash", "2", "现金付", MEALS),
    Key("pay_bill", "3", "月结付", MEALS),
    Key("pay_voucher", "4", "餐券付", MEALS),
    Key("pay_points", "5", "积分付", MEALS),
    Key("extras", "J", "加菜", MEALS),
    Key("carry_away", "T", "自取", MEALS),
    Key("one_more", "+", "多一份", MEALS),
    Key("one_less", "-", "少一份", MEALS),
    Key("claim_step", "Ctrl+L", "结算的下一步", CLAIMS),
    Key("earlier_month", "Alt+Left", "前一个月", CLAIMS),
    Key("later_month", "Alt+Right", "后一个月", CLAIMS),
    Key("claim_notice", "Ctrl+R", "公示", CLAIMS),
    Key("payer_forms", "Shift+F9", "各方表格", CLAIMS),
    Key("claim_back", "Backspace", "返回那个数字", CLAIMS),
    Key("own_money", "Alt+B", "改由本人付", CLAIMS),
    Key("other_day", "Alt+G", "更正日期", CLAIMS),
    Key("sign_again", "Alt+T", "退回重新签字", CLAIMS),
    Key("handed", "Space", "送达", BOARD),
    Key("nobody", "N", "无人应答", BOARD),
    Key("turned_down", "R", "拒收", BOARD),
    Key("waits_again", "Backspace", "改回待送", BOARD),
    Key("care_step", "Return", "办下一步", CARE),
    Key("care_answered", "1", "联系上了", CARE),
    Key("bring_again", "2", "再送一次", CARE),
    Key("to_canteen", "3", "退回食堂", CARE),
    Key("door_handed", "1", "送达", ROUND),
    Key("door_nobody", "2", "没人", ROUND),
    Key("door_turned_down", "3", "拒收", ROUND),
    Key("rest_handed", "Alt+A", "其余都送达", ROUND),
    Key("stop_up", "Ctrl+Up", "往前一站", ROUTES),
    Key("stop_down", "Ctrl+Down", "往后一站", ROUTES),
    Key("stop_off", "Delete", "从路线去掉", ROUTES),
    Key("stop_on", "Alt+A", "排进这条路线", ROUTES),
    Key("stop_elsewhere", "Alt+M", "换到别的路线", ROUTES),
    Key("by_address", "Alt+P", "按住址排", ROUTES),
    Key("edit_route", "F2", "修改路线", ROUTES),
    Key("delete_route", "Alt+X", "删除路线", ROUTES),
    Key("hand_on", "Alt+G", "转网格员上门", CARE),
    Key("walk_departs", "D", "路线出发", BOARD),
    Key("walk_carrier", "C", "换人送", BOARD),
    Key("board_labels", "Alt+L", "餐盒标签", BOARD),
    Key("walk_returns", "B", "路线返回", BOARD),
    Key("day_before", "PgUp", "前一天", BOARD),
    Key("day_after", "PgDown", "后一天", BOARD),
    Key("type_deliveries", "Shift+F6", "照单回填", BOARD),
    Key("edit_routes", "F2", "路线和站序", BOARD),
    Key("not_today", "Alt+T", "今日停送", BOARD),
    Key("care_list", "Alt+B", "关怀名单", BOARD),
    Key("switch_orders", "Alt+V", "换到当天和长期", ORDERS),
    Key("edit_order", "F2", "修改", ORDERS),
    Key("order_once", "Alt+D", "订一餐", ORDERS),
    Key("stop_meals", "Alt+S", "停送", ORDERS),
    Key("diet_and_family", "Alt+F", "饮食和家属", ORDERS),
    Key("cancel_order", "Alt+X", "取消这一份", ORDERS),
    Key("generate_orders", "Alt+G", "按长期订餐生成", ORDERS),
    Key("box_labels", "Alt+L", "餐盒标签", ORDERS),
    Key("kitchen_sheet", "Alt+K", "备餐单", ORDERS),
    Key("earlier_day", "Alt+Left", "前一天", ORDERS),
    Key("later_day", "Alt+Right", "后一天", ORDERS),
    Key("switch_menu", "Alt+V", "换到一周和菜品", MENU),
    Key("earlier_week", "Alt+Left", "前一周", MENU),
    Key("later_week", "Alt+Right", "后一周", MENU),
    Key("this_week", "Alt+W", "回到本周", MENU),
    Key("meal_before", "PgUp", "前一餐", MENU),
    Key("meal_after", "PgDown", "后一餐", MENU),
    Key("copy_menu", "Alt+C", "抄以前的一周", MENU),
    Key("dish_off", "Delete", "从菜谱去掉", MENU),
    Key("dish_up", "Ctrl+Up", "往前排", MENU),
    Key("dish_down", "Ctrl+Down", "往后排", MENU),
    Key("dish_day_before", "Ctrl+Left", "挪到前一天", MENU),
    Key("dish_day_after", "Ctrl+Right", "挪到后一天", MENU),
    Key("menu_sold_out", "Shift+F5", "售完、恢复供应", MENU),
    Key("edit_dish", "F2", "修改菜品", MENU),
    Key("dish_on_offer", "Alt+S", "停用、启用", MENU),
    Key("pay_in", "Alt+S", "存款、收月结款", ACCOUNTS),
    Key("pay_back", "Alt+T", "退款", ACCOUNTS),
    Key("meal_vouchers", "Alt+Q", "餐券", ACCOUNTS),
    Key("meal_months", "Alt+Y", "账户月结", ACCOUNTS),
    Key("day_takings", "Alt+R", "收款日报", ACCOUNTS),
    Key("freeze_account", "Alt+D", "冻结、解冻", ACCOUNTS),
    Key("reverse_money", "Alt+X", "冲正", ACCOUNTS),
    Key("print_statement", "Alt+P", "对账单", ACCOUNTS),
    Key("switch_safety", "Alt+V", "换到留样、晨检、进货、登记簿", SAFETY),
    Key("safety_day_before", "Alt+Left", "前一天", SAFETY),
    Key("safety_day_after", "Alt+Right", "后一天", SAFETY),
    Key("sample_meal_before", "PgUp", "前一餐", SAFETY),
    Key("sample_meal_after", "PgDown", "后一餐", SAFETY),
    Key("review_samples", "Alt+S", "审核留样", SAFETY),
    Key("destroy_samples", "Alt+X", "销毁到期的留样", SAFETY),
    Key("sample_labels", "Alt+L", "留样标签", SAFETY),
    Key("remove_food_line", "Delete", "删除", SAFETY),
    Key("staff_fit", "1", "晨检合格", SAFETY),
    Key("staff_unfit", "2", "晨检不合格", SAFETY),
    Key("staff_unclean", "5", "晨检衣帽、手部不合要求", SAFETY),
    Key("edit_staff", "F2", "修改人员", SAFETY),
    Key("opinion_cards", "Alt+K", "满意度卡", CANTEEN),
    Key("raise_absence", "Alt+G", "没来的常客记成关怀", CANTEEN),
    Key("edit_in_meetings", "F2", "修改", MEETINGS),
    Key("switch_in_meetings", "Alt+V", "换看法", MEETINGS),
    Key("appoint_member", "Alt+J", "任职、加业主", MEETINGS),
    Key("end_member", "Alt+X", "离任", MEETINGS),
    Key("meeting_agenda", "Alt+Y", "议程", MEETINGS),
    Key("call_meeting", "Alt+T", "发会议通知", MEETINGS),
    Key("enter_meeting", "Alt+K", "进会场、看记录", MEETINGS),
    Key("item_up", "Ctrl+Up", "议程往前排", MEETINGS),
    Key("item_down", "Ctrl+Down", "议程往后排", MEETINGS),
    Key("item_off", "Delete", "去掉一项议程", MEETINGS),
    Key("item_topic", "Alt+A", "把议题加进议程", MEETINGS),
    Key("item_carry", "Alt+G", "接续上次未了的事", MEETINGS),
    Key("edit_topic", "F2", "修改议题", TOPICS),
    Key("screen_topic", "Alt+S", "审定", TOPICS),
    Key("topic_people", "Alt+L", "联名", TOPICS),
    Key("merge_topic", "Alt+M", "并入", TOPICS),
    Key("topic_person_off", "Delete", "去掉联名", TOPICS),
    Key("next_item", "PgDown", "下一项", MEETING),
    Key("previous_item", "PgUp", "看上一项", MEETING),
    Key("count_yes", "Alt+1", "赞成", MEETING),
    Key("count_no", "Alt+2", "反对", MEETING),
    Key("count_abstain", "Alt+3", "弃权", MEETING),
    Key("count_invalid", "Alt+4", "无效或未投", MEETING),
    Key("vote_way", "Alt+V", "换表决方式", MEETING),
    Key("announce", "Ctrl+Return", "宣布并写入记录", MEETING),
    Key("put_words", "F2", "改付表决的文字", MEETING),
    Key("put_speaker", "Shift+F2", "发言", MEETING),
    Key("put_motion", "Shift+F3", "动议", MEETING),
    Key("put_decision", "Shift+F4", "决定", MEETING),
    Key("time_up", "Shift+F6", "发言到时", MEETING),
    Key("big_screen", "F11", "大屏", MEETING),
    Key("end_meeting", "Alt+E", "结束会议", MEETING),
    Key("resolution_step", "Alt+S", "登记进展", RESOLUTIONS),
    Key("resolution_done", "Alt+W", "办结", RESOLUTIONS),
    Key("resolution_asked", "Alt+P", "评议", RESOLUTIONS),
    Key("resolution_charge", "F2", "交办", RESOLUTIONS),
    Key("resolution_public", "Alt+G", "公示", RESOLUTIONS),
    Key("resolution_project", "Alt+B", "立项", RESOLUTIONS),
    Key("forgotten", "F4", "忘了密码", LOGIN),
    Key("zoom_in", "Ctrl++", "放大", PREVIEW),
    Key("zoom_out", "Ctrl+-", "缩小", PREVIEW),
    Key("zoom_fit", "Ctrl+0", "整页", PREVIEW),
    Key("save_file", "Ctrl+S", "存为 PDF", PREVIEW),
    Key("page_down", "PgDown", "下一页", PREVIEW),
    Key("page_up", "PgUp", "上一页", PREVIEW),
    Key("begin_project", "Alt+B", "立项", JOINT),
    Key("project_step", "Alt+S", "登记进展", JOINT),
    Key("project_next", "Alt+W", "完工、验收", JOINT),
    Key("project_asked", "Alt+P", "评价", JOINT),
    Key("member_report", "Alt+U", "年度述职", JOINT),
    Key("fund_grant", "Alt+B", "拨入", FUND),
    Key("fund_source", "Alt+L", "来源", FUND),
    Key("fund_reverse", "Alt+C", "冲正", FUND),
    Key("find_in_paper", "Ctrl+F", "在文书里查找", PREVIEW),
)

RESERVED = tuple(f"Ctrl+{digit}" for digit in range(1, 9))
"""Everywhere-keys of the sidebar."""

_BY_ACTION = {key.action: key for key in KEYS}


def key(action: str) -> Key:
    """The entry of an action. KeyError names an action that the map does not know."""
    return _BY_ACTION[action]


def cap(action: str) -> str:
    """What to draw on a button: the key of an action of the map."""
    return key(action).cap


def page_key(number: int) -> str:
    """The key that opens the n-th page of the sidebar."""
    return f"Ctrl+{number}"


_WALKING = frozenset(
    {
        *("PgUp", "PgDown", "Alt+Left", "Alt+Right", "Alt+Up", "Alt+Down"),
        *("Ctrl+Up", "Ctrl+Down", "Ctrl+Tab", "Ctrl+Shift+Tab"),
    }
)
"""Held down they go on; any other key does its work once, however long a finger rests on it."""


def bind(owner: QWidget, action: str, slot: Callable[[], object]) -> QShortcut:
    """Let the key of `action` call `slot` while `owner` is visible.

    Table keys work only where the table has the focus; all others in the whole window, so that
    they do not die when the focus sits in the sidebar. Hidden pages do not react.
    """
    entry = key(action)
    local = entry.scope == TABLE
    context = (
        Qt.ShortcutContext.WidgetWithChildrenShortcut
        if local
        else Qt.ShortcutContext.WindowShortcut
    )
    shortcut = QShortcut(QKeySequence(entry.sequence), owner)
    shortcut.setContext(context)
    shortcut.setAutoRepeat(entry.sequence in _WALKING)
    shortcut.activated.connect(slot)
    return shortcut
