"""What an office can set, declared once: the settings page builds itself from this list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from app.services.setting_kinds import (
    AnySetting,
    BookWordSetting,
    ChoiceSetting,
    DaysOfMonthSetting,
    FlagSetting,
    NumberSetting,
    PostcodeSetting,
    RisingSetting,
    Setting,
    TextSetting,
)
from app.storage.lookup import Source, lookup_of, query
from app.values.lawful import BY_DUTY, LAWFUL_BASES

# Every start reads settings; what changes one is loaded by whoever does.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T")


_OFFICE, _SCREEN, _PAPERS, _CARE = "社区", "显示", "文书", "数据与安全"
_PRIVACY = "隐私"
COMMUNITY_NAME = TextSetting(key="community_name", label="社区名称", group=_OFFICE, default="")
STREET = TextSetting(key="street", label="所属街道", group=_OFFICE, default="")
REGION_CODE = TextSetting(
    key="region_code",
    label="区划代码",
    group=_OFFICE,
    default="",
    hint="身份证号码前 6 位所用的区县代码，如普兰店区 210214。",
    longest=12,
)
OFFICE_ADDRESS = TextSetting(
    key="office_address", label="办公地址", group=_OFFICE, default="", longest=120
)
OFFICE_POSTCODE = PostcodeSetting(
    key="office_postcode",
    label="邮政编码",
    group=_OFFICE,
    default="",
    hint="印在信封和地址签上。",
    longest=6,
)
OFFICE_PHONE = TextSetting(key="office_phone", label="办公电话", group=_OFFICE, default="")
MASK_SECONDS = NumberSetting(
    key="mask_seconds",
    label="号码显示多久后自动遮住",
    group=_SCREEN,
    default=60,
    least=10,
    most=600,
    unit="秒",
)
LOCK_MINUTES = NumberSetting(
    key="lock_minutes",
    label="多久没人动就锁定",
    group=_SCREEN,
    default=15,
    least=1,
    most=60,
    unit="分钟",
    hint="锁定后画面全部遮住，输密码回到原处，没保存的也还在。",
)
CARD_SECONDS = NumberSetting(
    key="card_seconds",
    label="居民卡片多久没人动就收起",
    group=_SCREEN,
    default=60,
    least=15,
    most=600,
    unit="秒",
)
SERIES_WORD = BookWordSetting(
    key="series_word",
    label="证明编号的字",
    group=_PAPERS,
    default="",
    hint="印在〔2026〕12号前面，如 望海社证；不填时取社区名称。",
    longest=12,
)
ONE_BOOK = FlagSetting(
    key="one_book",
    label="各种证明合用一本号",
    group=_PAPERS,
    default=True,
    hint="不合用时，每种证明各编各的号，如 望海社志证；每年都从 1 号重新编。",
)
CHECK_QR = FlagSetting(
    key="check_qr",
    label="证明上印二维码",
    group=_PAPERS,
    default=True,
    hint="内容是纯文字：编号、文书、姓名、日期和校验码，只供本社区核对。",
)
MASK_ON_PAPER = FlagSetting(
    key="mask_on_paper",
    label="证明上遮住证件号码中间几位",
    group=_PAPERS,
    default=False,
)
SEAL_NAME = TextSetting(
    key="seal_name",
    label="印章名称",
    group=_PAPERS,
    default="居民委员会公章",
    hint="打印证明后自动记入用印登记。",
    longest=40,
)
BACKUP_FOLDER = TextSetting(
    key="backup_folder",
    label="第二备份位置",
    group=_CARE,
    default="",
    hint="如 U 盘里的文件夹；不填时只备份在本机。",
    longest=400,
)
SENSITIVE_TAGS = FlagSetting(
    key="sensitive_tags",
    label="启用综治类标签",
    group=_CARE,
    default=False,
    hint="确有工作需要并经批准时才打开。",
)
PUBLICITY_MOVES_ON = FlagSetting(
    key="publicity_moves_on",
    label="公示末日逢法定节假日顺延",
    group=_PAPERS,
    default=True,
    hint="参照民法典第二百零三条；关掉后末日逢放假也按时期满。",
)
# 个人信息保护法 19 and 47 give no years: "the shortest time necessary" is for the office to say.
LAWFUL_BASIS = ChoiceSetting(
    key="lawful_basis",
    label="通常的处理依据",
    group=_PRIVACY,
    default=BY_DUTY,
    choices=LAWFUL_BASES,
    hint="个保法第十三条。没有另外登记的居民都按这一项；敏感信息和照片仍要本人同意。",
)
KEEP_DEPARTED = NumberSetting(
    key="keep_departed_years",
    label="迁出以后保存",
    group=_PRIVACY,
    default=3,
    least=1,
    most=50,
    unit="年",
    hint="个保法第十九条只说“最短时间”；3 年是本程序的建议，与告知书一致。",
)
KEEP_DEAD = NumberSetting(
    key="keep_dead_years",
    label="死亡以后保存",
    group=_PRIVACY,
    default=3,
    least=1,
    most=50,
    unit="年",
    hint="近亲属可以查阅、更正、删除（个保法第四十九条）；3 年是本程序的建议。",
)
KEEP_PAPERS = NumberSetting(
    key="keep_papers_years",
    label="证明和告知单的存根保存",
    group=_PRIVACY,
    default=10,
    least=1,
    most=100,
    unit="年",
    hint="没有查到统一规定；10 年参照文书档案的定期保管，没有核对过，请按档案部门的要求改。",
)
KEEP_CONTACTS = NumberSetting(
    key="keep_contacts_years",
    label="供货和捐赠的联系人保存",
    group=_PRIVACY,
    default=3,
    least=1,
    most=50,
    unit="年",
    hint="入库单上的联系人和电话，从入库那天算起；谁捐了什么一直留着。3 年是本程序的建议。",
)
CORRECTION_DAYS = NumberSetting(
    key="correction_days",
    label="更正申请几个工作日内办完",
    group=_PRIVACY,
    default=15,
    least=1,
    most=60,
    unit="个工作日",
    hint="个保法第四十六、五十条要求及时，没有写天数；15 个工作日是本程序的建议。",
)
_GRIDS = "网格"
SUPERVISION_PHONE = TextSetting(
    key="supervision_phone",
    label="监督电话",
    group=_GRIDS,
    default="",
    hint="印在网格公示牌和诉求答复单上；不填时印办公电话。",
    longest=40,
)
ONE_STAFF_PER_GRID = FlagSetting(
    key="one_staff_per_grid",
    label="一个网格只有一名专职网格员",
    group=_GRIDS,
    default=True,
    hint="打开时，前任没有离任就不能再任命一名；网格大、有两名的，请关掉。",
)
_COMPLETE = "资料齐全要有"
WANT_BIRTH = FlagSetting(key="want_birth", label="出生日期", group=_COMPLETE, default=True)
WANT_DOCUMENT = FlagSetting(key="want_document", label="证件号码", group=_COMPLETE, default=True)
WANT_ADDRESS = FlagSetting(key="want_address", label="住址", group=_COMPLETE, default=True)
WANT_PHONE = FlagSetting(key="want_phone", label="电话", group=_COMPLETE, default=False)
WANT_CONSENT = FlagSetting(key="want_consent", label="本人同意", group=_COMPLETE, default=True)
COMPLETE = (WANT_BIRTH, WANT_DOCUMENT, WANT_ADDRESS, WANT_PHONE, WANT_CONSENT)
"""What 数据体检 asks of everybody's papers."""
_SHOP = "积分超市"
SHOP_NAME = TextSetting(
    key="shop_name",
    label="积分超市名称",
    group=_SHOP,
    default="",
    hint="印在小票和价目表上；不填时用社区名称加“积分超市”。",
    longest=30,
)
NARROW_SLIP, A5_SLIP = "58 毫米小票", "A5"
SLIP_FORMAT = ChoiceSetting(
    key="slip_format",
    label="兑换小票和餐费收据",
    group=_SHOP,
    default=NARROW_SLIP,
    choices=(NARROW_SLIP, A5_SLIP),
)
SECOND_SCAN_SECONDS = NumberSetting(
    key="second_scan_seconds",
    label="刚办完兑换的人几秒内再刷卡要问一声",
    group=_SHOP,
    default=5,
    least=0,
    most=60,
    unit="秒（0 不问）",
)
REDEMPTION_DAYS = DaysOfMonthSetting(
    key="redemption_days",
    label="每月兑换日",
    group=_SHOP,
    default="",
    hint="如 15 或 15、30；不填就哪天都能兑换。当月没有这一天的，算当月最后一天。",
)
REDEMPTIONS_A_MONTH = NumberSetting(
    key="redemptions_a_month",
    label="每个账户每月最多兑换几次",
    group=_SHOP,
    default=0,
    least=0,
    most=100,
    unit="次（0 不限）",
)
EXPIRY_WARNING_DAYS = NumberSetting(
    key="expiry_warning_days",
    label="积分到期前多少天提醒",
    group=_SHOP,
    default=60,
    least=0,
    most=366,
    unit="天",
)
POINTS_ALONE = NumberSetting(
    key="points_alone",
    label="手工记分几分以下不用第二人复核",
    group=_SHOP,
    default=10,
    least=0,
    most=1000,
    unit="分",
    hint="按一个账户一天合计；填 0 就每一笔都要复核。",
)
OBJECTION_DAYS = NumberSetting(
    key="objection_days",
    label="月度公示的异议期",
    group=_SHOP,
    default=5,
    least=1,
    most=60,
    unit="天",
)
STAR_NOTICE_DAYS = NumberSetting(
    key="star_notice_days",
    label="星级志愿者名单公示",
    group=_SHOP,
    default=5,
    least=1,
    most=60,
    unit="个工作日",
)
RECORD_WITHIN_DAYS = NumberSetting(
    key="record_within_days",
    label="活动结束后多久要记完时长",
    group=_SHOP,
    default=10,
    least=1,
    most=60,
    unit="个工作日",
    hint="民政部令第67号第十一条：10 个工作日内。",
)
PENALTIES = FlagSetting(
    key="penalties",
    label="启用扣分",
    group=_SHOP,
    default=False,
    hint="要有核实人、先告知、过申诉期；事项另在“事项和分值”里启用。",
)
PENALTY_APPEAL_DAYS = NumberSetting(
    key="penalty_appeal_days",
    label="扣分的申诉期",
    group=_SHOP,
    default=3,
    least=1,
    most=60,
    unit="天",
)
LEDGER_DAY = TextSetting(
    key="ledger_day",
    label="确认过日期不对的账",
    group=_SHOP,
    default="",
    longest=10,
)
"""The day of a line that was booked by a wrong clock (points_clock); no field of a form."""
LEDGER_PAUSE = TextSetting(
    key="ledger_pause",
    label="停用以前最后一笔账",
    group=_SHOP,
    default="",
    longest=10,
)
"""The day of the line after which nothing was booked for long, and rightly so; no field either."""
POINTS = (
    SHOP_NAME,
    SLIP_FORMAT,
    SECOND_SCAN_SECONDS,
    REDEMPTION_DAYS,
    REDEMPTIONS_A_MONTH,
    EXPIRY_WARNING_DAYS,
    POINTS_ALONE,
    OBJECTION_DAYS,
    STAR_NOTICE_DAYS,
    RECORD_WITHIN_DAYS,
    PENALTIES,
    PENALTY_APPEAL_DAYS,
)
"""What 积分超市 goes by."""
_CANTEEN = "社区食堂"
ON_BIRTHDAY, AFTER_BIRTHDAY = "生日当天", "生日第二天"
MEAL_BIRTHDAY = ChoiceSetting(
    key="meal_birthday",
    label="满岁从哪天算起",
    group=_CANTEEN,
    default=ON_BIRTHDAY,
    choices=(ON_BIRTHDAY, AFTER_BIRTHDAY),
    hint="按就餐当天的周岁定档。",
)
LEAP_MARCH, LEAP_FEBRUARY = "3 月 1 日", "2 月 28 日"
LEAP_BIRTHDAY = ChoiceSetting(
    key="leap_birthday",
    label="2 月 29 日出生的，平年算哪天生日",
    group=_CANTEEN,
    default=LEAP_MARCH,
    choices=(LEAP_MARCH, LEAP_FEBRUARY),
)
LOW_BALANCE = NumberSetting(
    key="low_balance",
    label="餐卡余额不足多少时提醒",
    group=_CANTEEN,
    default=20,
    least=0,
    most=1000,
    unit="元",
)
BILL_LIMIT = NumberSetting(
    key="bill_limit",
    label="月结户最多欠多少",
    group=_CANTEEN,
    default=500,
    least=0,
    most=10000,
    unit="元",
)
POINTS_PER_YUAN = NumberSetting(
    key="points_per_yuan",
    label="用积分付餐费，1 元收几分",
    group=_CANTEEN,
    default=0,
    least=0,
    most=1000,
    unit="分（0 不收积分）",
)
DELIVERY_ITEM = TextSetting(
    key="delivery_item",
    label="志愿者送餐记哪个积分事项",
    group=_CANTEEN,
    default="",
    longest=20,
    hint="写积分事项的名称；不填就不给送餐的志愿者记分。",
)
AWAY_DAYS = NumberSetting(
    key="away_days",
    label="常来的人几天没来要关心",
    group=_CANTEEN,
    default=3,
    least=0,
    most=60,
    unit="个用餐日（0 不提醒）",
)
SAMPLE_GRAMS = NumberSetting(
    key="sample_grams",
    label="每个品种留样不少于",
    group=_CANTEEN,
    default=125,
    least=1,
    most=1000,
    unit="克",
    hint="《餐饮服务食品安全操作规范》7.9.2：125 克、48 小时以上。",
)
SAMPLE_HOURS = NumberSetting(
    key="sample_hours",
    label="留样保存多久",
    group=_CANTEEN,
    default=48,
    least=1,
    most=240,
    unit="小时",
)
SAMPLE_COLDEST = NumberSetting(
    key="sample_coldest",
    label="留样柜最低温度",
    group=_CANTEEN,
    default=0,
    least=-20,
    most=20,
    unit="℃",
)
SAMPLE_WARMEST = NumberSetting(
    key="sample_warmest",
    label="留样柜最高温度",
    group=_CANTEEN,
    default=8,
    least=-20,
    most=20,
    unit="℃",
)
CLAIM_DAY = NumberSetting(
    key="claim_day",
    label="补贴结算每月几日前提交",
    group=_CANTEEN,
    default=5,
    least=1,
    most=28,
    unit="日",
)
CLAIM_NOTICE_DAYS = NumberSetting(
    key="claim_notice_days",
    label="补贴公示",
    group=_CANTEEN,
    default=15,
    least=15,
    most=365,
    unit="天",
    hint="属居务公开，不得少于 15 日（居民委员会组织法第三十四条）。",
)
MEALS = (
    MEAL_BIRTHDAY,
    LEAP_BIRTHDAY,
    LOW_BALANCE,
    BILL_LIMIT,
    POINTS_PER_YUAN,
    DELIVERY_ITEM,
    AWAY_DAYS,
    SAMPLE_GRAMS,
    SAMPLE_HOURS,
    SAMPLE_COLDEST,
    SAMPLE_WARMEST,
    CLAIM_DAY,
    CLAIM_NOTICE_DAYS,
)
"""What 食堂 goes by."""
_MEETINGS = "议事"
SPEECH_SECONDS = NumberSetting(
    key="speech_seconds",
    label="每人每次发言",
    group=_MEETINGS,
    default=180,
    least=30,
    most=1800,
    unit="秒",
    hint="议事规则常用 2 分钟（120）或 3 分钟（180）。",
)
SPEECH_TURNS = NumberSetting(
    key="speech_turns",
    label="一件事每人发言不超过",
    group=_MEETINGS,
    default=2,
    least=0,
    most=20,
    unit="次（0 不限）",
)
SECONDERS = NumberSetting(
    key="seconders",
    label="修正案至少几人附议才表决",
    group=_MEETINGS,
    default=1,
    least=0,
    most=100,
    unit="人",
)
RESOLUTION_DAYS = NumberSetting(
    key="resolution_days",
    label="决议公示",
    group=_MEETINGS,
    default=15,
    least=15,
    most=365,
    unit="天",
    hint="属居务公开，不得少于 15 日（居民委员会组织法第三十四条）。",
)
TOPIC_LIST_DAYS = NumberSetting(
    key="topic_list_days",
    label="议题清单公示",
    group=_MEETINGS,
    default=7,
    least=1,
    most=365,
    unit="天",
)
TOPIC_SCREEN_DAYS = NumberSetting(
    key="topic_screen_days",
    label="居民提的事几天内审定",
    group=_MEETINGS,
    default=7,
    least=0,
    most=90,
    unit="天（0 不提醒）",
)
MEETING_ITEM = TextSetting(
    key="meeting_item",
    label="参加议事记哪个积分事项",
    group=_MEETINGS,
    default="",
    longest=20,
    hint="写积分事项的名称；不填就不记分。",
)
IDEA_ITEM = TextSetting(
    key="idea_item",
    label="建议被采纳记哪个积分事项",
    group=_MEETINGS,
    default="",
    longest=20,
    hint="写积分事项的名称；不填就不记分。",
)
JOINT_MONTHS = NumberSetting(
    key="joint_months",
    label="大党委联席会议至少几个月一次",
    group=_MEETINGS,
    default=6,
    least=0,
    most=24,
    unit="个月（0 不提醒）",
)
STAR_ATTENDED = RisingSetting(
    key="joint_star_attended",
    label="兼职委员星级：到会率",
    group=_MEETINGS,
    default="50、60、70、80、90",
    longest=40,
    hint="一星到五星各要的百分数，用顿号隔开。",
)
STAR_PROJECTS = RisingSetting(
    key="joint_star_projects",
    label="兼职委员星级：参与项目",
    group=_MEETINGS,
    default="0、0、1、1、2",
    longest=40,
    hint="一星到五星各要的项目数，用顿号隔开；到会率和项目数都够才算。",
)
FUND_FORBIDDEN = TextSetting(
    key="fund_forbidden",
    label="专项经费不得用于",
    group=_MEETINGS,
    default="办公、工资、津贴、补贴、奖金、福利、招待、还债、物业费、硬件建设",
    longest=300,
    hint="事由里有这些词时要写明理由，用顿号隔开。",
)
FUND_DAYS = NumberSetting(
    key="fund_days",
    label="经费使用公示",
    group=_MEETINGS,
    default=15,
    least=15,
    most=365,
    unit="天",
    hint="属居务公开，不得少于 15 日（居民委员会组织法第三十四条）。",
)
MEETINGS = (
    SPEECH_SECONDS,
    SPEECH_TURNS,
    SECONDERS,
    RESOLUTION_DAYS,
    TOPIC_LIST_DAYS,
    TOPIC_SCREEN_DAYS,
    MEETING_ITEM,
    IDEA_ITEM,
    JOINT_MONTHS,
    STAR_ATTENDED,
    STAR_PROJECTS,
    FUND_FORBIDDEN,
    FUND_DAYS,
)
"""What 议事 goes by."""
SETTINGS: tuple[AnySetting, ...] = (
    COMMUNITY_NAME,
    STREET,
    REGION_CODE,
    OFFICE_ADDRESS,
    OFFICE_POSTCODE,
    OFFICE_PHONE,
    MASK_SECONDS,
    LOCK_MINUTES,
    CARD_SECONDS,
    SERIES_WORD,
    ONE_BOOK,
    CHECK_QR,
    MASK_ON_PAPER,
    SEAL_NAME,
    BACKUP_FOLDER,
    SENSITIVE_TAGS,
    PUBLICITY_MOVES_ON,
    LAWFUL_BASIS,
    KEEP_DEPARTED,
    KEEP_DEAD,
    KEEP_PAPERS,
    KEEP_CONTACTS,
    CORRECTION_DAYS,
    SUPERVISION_PHONE,
    ONE_STAFF_PER_GRID,
    *POINTS,
    *MEALS,
    *MEETINGS,
    *COMPLETE,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """All values at one moment: settings[COMMUNITY_NAME]."""

    values: Mapping[str, Any]

    def __getitem__(self, setting: Setting[T]) -> T:
        return _of_right_kind(setting, self.values.get(setting.key, setting.default))


def load(source: Source) -> Settings:
    """Every stored value; what was never set has its default."""
    stored = lookup_of(source).rows(query("key, value", "setting"))
    return Settings({key: _of_json(value) for key, value in stored})


def value(source: Source, setting: Setting[T]) -> T:
    """One value."""
    return load(source)[setting]


def _of_json(stored: object) -> object:
    # SQLite keeps the JSON of a number as that number.
    return json.loads(stored) if isinstance(stored, str) else stored


def change(session: Session, setting: Setting[T], new: T) -> None:
    """Store one value; raises DomainError when it cannot be."""
    from app.models import Setting as Row
    from app.services import tags

    setting.check(new)
    row = session.query(Row).filter_by(key=setting.key).one_or_none()
    if row is None:
        session.add(Row(key=setting.key, value=new))
    else:
        row.value = new
    if setting.key == SENSITIVE_TAGS.key:
        tags.show_sensitive(session, new is True)
    session.flush()
    if setting.key == PUBLICITY_MOVES_ON.key:
        from app.services import publicity

        publicity.recount(session)


def _of_right_kind(setting: Setting[T], stored: object) -> T:
    # A file from a program that stored something else under this key: the default is safe.
    return stored if type(stored) is type(setting.default) else setting.default
