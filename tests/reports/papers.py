"""One filled example of every paper, for all tests of papers."""

from datetime import date, datetime

from app.reports.activity_sheet import ActivitySheet, SheetPerson
from app.reports.calibration import Calibration
from app.reports.certificate import Certificate
from app.reports.charts import Bar, Point, Share
from app.reports.day_sheet import DaySheet, DaySheetRow
from app.reports.diary_month import DiaryMonth, MonthDay, MonthLine
from app.reports.diary_sheet import DiarySheet, SheetLine
from app.reports.donations import Donation, Donations
from app.reports.door_notice import DoorNotice
from app.reports.envelopes import KINDS, Envelopes
from app.reports.fund_book import FundBook, FundLine
from app.reports.handover import Handover, Matter
from app.reports.happiness_bill import Figure, HappinessBill, bar_words
from app.reports.happiness_bill import Matter as BillMatter
from app.reports.info_sheet import Event, InfoSheet, Member
from app.reports.labels import SHEETS, Label, Labels
from app.reports.listing import Listing
from app.reports.notice import Notice
from app.reports.notice_board import Board, BoardPerson, NoticeBoards
from app.reports.organisation_plan import Building, GridColumn, OrganisationPlan, Seat
from app.reports.plain_notice import PlainNotice
from app.reports.points_notice import NoticeLine, PointsNotice
from app.reports.points_statistics import PointsStatistics, Section
from app.reports.price_list import PricedGoods, PriceList
from app.reports.privacy_notice import PrivacyNotice, Subject
from app.reports.receipt_form import ReceiptForm, Receiver
from app.reports.receipt_sheet import ReceiptSheet
from app.reports.receipt_sheet import SheetLine as ReceivedLine
from app.reports.recovery_sheet import RecoverySheet
from app.reports.refusal import Refusal
from app.reports.request_answer import AnswerStep, RequestAnswer
from app.reports.roster import Roster
from app.reports.shelf_label import ShelfLabel, ShelfLabels
from app.reports.sign_in import Guest, SignIn
from app.reports.slip import A5, Slip, SlipItem
from app.reports.star_list import StarLine, StarList
from app.reports.stock_register import StockLine, StockRegister, StockTurnover, TurnoverLine
from app.reports.stocktake_sheet import CountLine, StocktakeSheet
from app.reports.subsidy_notice import PostedTier, SubsidyNotice
from app.reports.table import Column
from app.reports.thanks import Thanks
from app.reports.three_lists import ListKind
from app.reports.topic_slip import TopicSlips
from app.reports.visit_form import Member as HouseholdMember
from app.reports.visit_form import Visit, VisitForms
from app.reports.visit_list import VisitList
from app.reports.volunteer_cards import Card, VolunteerCards
from tests.reports import (
    body_papers,
    claim_papers,
    joint_papers,
    ledger_papers,
    meeting_plan_papers,
    minutes_papers,
    resolution_papers,
    vote_papers,
)
from tests.reports.account_papers import meal_receipt, meal_statement, meal_takings, voucher_sheet
from tests.reports.counter_papers import meal_register, meal_sign_in
from tests.reports.delivery_papers import care_slip, delivery_sheets
from tests.reports.kitchen_papers import food_day_sheet, opinion_cards, sample_labels
from tests.reports.menu_papers import door_menu, meal_prices, week_menu
from tests.reports.order_papers import box_labels, kitchen_sheet

OFFICE = "海湾街道望海社区居民委员会"
DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 30)
LONG_NAME = (
    "阿卜杜热西提·买买提艾力·托合提尼亚孜·吐尔逊江·"
    "玉素甫艾力·阿不都热依木·麦麦提敏·依布拉音·卡德尔·艾合买提江"
)

ROW = ("1", "王秀兰", "女", "1960-01-18 66岁", "210214196001181827", "13812340612")
HOME = ("3 号楼 2 单元 501", "第三网格", "独居老人、党员", "人户一致")


def row(number: int, name: str) -> tuple[str, ...]:
    return (str(number), name, *ROW[2:], *HOME)


def roster(*names: str, **changes: object) -> Roster:
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "望海社区居民花名册",
        "filter_words": "第三网格，60 岁以上",
        "people": len(names),
        "households": len(names),
        "rows": [row(i, name) for i, name in enumerate(names, start=1)],
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return Roster(**(values | changes))


REGISTER = (
    Column("序号", 12, "center"),
    Column("姓名", 40),
    Column("事由", 90),
    Column("份数", 16, "right"),
)


def listing(*names: str, **changes: object) -> Listing:
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "证明出具登记簿",
        "filter_words": "2026年，志愿服务记录证明",
        "columns": REGISTER,
        "rows": [(str(i), name, "申报星级志愿者", "1") for i, name in enumerate(names, start=1)],
        "count_words": f"共 {len(names)} 件",
        "totals": ("合计", "", "", str(len(names))),
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return Listing(**(values | changes))


STREET = "辽宁省大连市普兰店区海湾街道望海路 118 号"


def label(name: str = "王秀兰　收") -> Label:
    return Label(name, STREET, "3 号楼 2 单元 501", "116200")


def labels(*people: Label, **changes: object) -> Labels:
    values: dict[str, object] = {
        "office": OFFICE,
        "sheet": SHEETS[0],
        "labels": people or (label(), label("李𣲗　收")),
        "sender": OFFICE,
    }
    return Labels(**(values | changes))


def envelopes(*letters: Label, **changes: object) -> Envelopes:
    values: dict[str, object] = {
        "office": OFFICE,
        "office_address": STREET,
        "office_postcode": "116200",
        "kind": KINDS[0],
        "letters": letters or (label(), label("李𣲗　收")),
    }
    return Envelopes(**(values | changes))


FACT = (
    "兹证明王秀兰，女，居民身份证 2102 **** **** 1827，志愿者编号 WH0126，"
    "2026年1月1日至2026年11月20日参加本社区组织的志愿服务 18 次，累计 42.5 小时："
    "助老陪伴 24 小时，楼道清洁 12.5 小时，巡逻值守 6 小时。"
)
LIMIT = (
    "本证明依据《志愿服务记录与证明出具办法（试行）》（民政部令第67号）无偿出具，"
    "仅用于申报星级志愿者，自出具之日起 90 日内有效。"
)
INTRODUCTION = "兹证明下列志愿者参加了本单位组织的志愿服务，情况如下："
BLOCKS = (
    ("志愿者身份", (("姓名", "王秀兰"), ("志愿者编号", "WH0126"), ("证件", "2102****1827"))),
    ("志愿服务", (("服务时间", "42.5 小时"), ("服务内容", "助老陪伴，楼道清洁，巡逻值守"))),
    ("出具证明的单位", (("名称", OFFICE), ("负责人", "周立群"), ("经办人", "赵敏"))),
    ("其他事项", (("证明编号", "望海社证〔2026〕112号"), ("出具日期", "2026年11月20日"))),
)


def certificate(**changes: object) -> Certificate:
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "志愿服务记录证明",
        "number": "望海社证〔2026〕112号",
        "paragraphs": (FACT, LIMIT),
        "holder": "王秀兰",
        "holder_document": "2102****1827",
        "purpose": "申报星级志愿者",
        "recipient": "海湾街道团工委",
        "issued_on": date(2026, 11, 20),
        "valid_until": date(2027, 2, 18),
        "handled_by": "赵敏",
        "approved_by": "周立群",
        "office_phone": "0411-83000000",
        "check_code": "7F3K-92QD",
        "qr_text": "望海社证〔2026〕112号，王*，2026年11月20日，校验码7F3K-92QD",
    }
    return Certificate(**(values | changes))


def honor(**changes: object) -> Certificate:
    values: dict[str, object] = {
        "title": "荣誉证书",
        "layout": "honor",
        "counterfoil": False,
        "paragraphs": (
            "王秀兰同志：",
            "您在2026年度志愿服务中热心助老，事迹突出，被评为“优秀志愿者”。",
            "特发此证，以资鼓励。",
        ),
    }
    return certificate(**(values | changes))


def refusal(**changes: object) -> Refusal:
    values: dict[str, object] = {
        "office": OFFICE,
        "applicant": "王秀兰",
        "matter": "单身证明",
        "item_name": "婚姻状况证明（婚姻关系证明、分居证明）",
        "item_number": "全国清单第 8 项",
        "document": "民发〔2020〕20号",
        "where_to_go": "查档、补证到婚姻登记机关；办理结婚登记由本人签字声明",
        "basis": "《婚姻登记条例》第八条、第十九条、第二十一条",
        "day": DAY,
        "handled_by": "赵敏",
        "office_phone": "0411-83000000",
    }
    return Refusal(**(values | changes))


STEPS = (
    AnswerStep(date(2026, 11, 16), "赵敏", "登记"),
    AnswerStep(date(2026, 11, 16), "孙丽", "到场查看，二至三层的灯不亮，是公共电表欠费"),
    AnswerStep(date(2026, 11, 18), "赵敏", "上报给街道城建办：公共电表改造，物业无权开箱"),
    AnswerStep(date(2026, 11, 20), "街道", "同意更换电表，费用由街道承担"),
)


def request_answer(**changes: object) -> RequestAnswer:
    values: dict[str, object] = {
        "office": OFFICE,
        "number": 1187,
        "name": "王秀兰",
        "asked_on": date(2026, 11, 16),
        "title": "楼道灯三个月不亮",
        "place": "3 号楼 2 单元",
        "category": "公共设施",
        "steps": STEPS,
        "answer": "街道城建办已更换公共电表，物业已换 6 盏声控灯，11月20日晚试亮正常。",
        "handled_by": "赵敏",
        "office_phone": "0411-83000000",
        "complaint_phone": "0411-83129999",
        "day": DAY,
    }
    return RequestAnswer(**(values | changes))


PRINTED: dict[str, object] = {"office": OFFICE, "printed_on": DAY}
ASKED: dict[str, object] = {
    **PRINTED,
    "printed_by": "赵敏",
    "filter_words": "第三网格，60 岁及以上",
}


def happiness_bill(*matters: BillMatter, **changes: object) -> HappinessBill:
    solved = (("第一网格", 8, 10), ("第二网格", 12, 15), ("第三网格", 20, 22), ("第四网格", 0, 0))
    kinds = (("环境卫生", 16, 18), ("公共设施", 14, 16), ("物业服务", 10, 13))
    fields: dict[str, object] = {
        "office": OFFICE,
        "community": "望海社区",
        "period": "2026年第四季度",
        "figures": (
            Figure("47", "件", "大家提的事"),
            Figure("40", "件", "办成了"),
            Figure("2.4", "个工作日", "平均用时"),
            Figure("97.5", "%", "满意率"),
        ),
        "by_grid": tuple(Bar(name, *pair, bar_words(*pair)) for name, *pair in solved),
        "by_category": tuple(Bar(name, *pair, bar_words(*pair)) for name, *pair in kinds),
        "by_level": (Share("居民", 2), Share("网格员", 20), Share("社区", 14), Share("街道", 4)),
        "satisfaction": (Share("满意", 33), Share("基本满意", 5), Share("不满意", 1)),
        "by_month": (Point("10月", 16, 14), Point("11月", 20, 18), Point("12月", 11, 8)),
        "dangers": "平安日记里发现隐患 12 处，已整改 11 处。",
        "matters": matters,
        "solved": 40,
        "notes": ("件数按来件日期算。", "用时按工作日。"),
        "contact": "监督电话 0411-8464 1234。",
        "printed_on": DAY,
    }
    return HappinessBill(**{**fields, **changes})


def points_notice(*lines: NoticeLine, **changes: object) -> PointsNotice:
    columns = ("opening", "added", "taken", "closing")
    sums = {name: sum(getattr(line, name) for line in lines) for name in columns}
    fields: dict[str, object] = {
        "office": OFFICE,
        "shop": OFFICE,
        "month": "2026年11月",
        "lines": lines,
        "sums": NoticeLine("合计", **sums),
        "public": "公示期 2026年12月2日至2026年12月7日",
        "notes": ("志愿服务时长另记一本账，兑换积分不减时长。", "有异议请在公示期内告诉社区。"),
        "signed_by": "周立群",
        "printed_on": DAY,
    }
    return PointsNotice(**{**fields, **changes})


def points_statistics(*teams: str, **changes: object) -> PointsStatistics:
    headings = ("队伍", "人数", "笔数", "工时", "增加", "减少")
    rows = tuple((team, "12", "31", "62.0", "124", "0") for team in teams)
    total = ("合计", *(f"{n * len(teams)}" for n in (12, 31)), "124.0", "248", "0")
    fields: dict[str, object] = {
        "office": OFFICE,
        "period": "2026年第四季度",
        "proof": (
            "期初结余 100 ＋ 增加 248 － 减少 50 ＝ 期末结余 298",
            "12 个账户余额合计 298，相符",
        ),
        "bars": (Bar("志愿服务", 248, 248, "增加 248"), Bar("兑换", 0, 50, "减少 50")),
        "months": (Point("10月", 100, 0), Point("11月", 88, 50), Point("12月", 60, 0)),
        "sections": (Section("按队伍", headings, rows, total),),
        "notes": ("按账月统计。",),
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return PointsStatistics(**{**fields, **changes})


def sign_in(*names: str, **changes: object) -> SignIn:
    guests = [Guest(name, "3 号楼 2 单元 501", "138 **** 0612") for name in names]
    values = {**ASKED, "event": "居民代表会议", "when": "2026年12月5日 9:00", "guests": guests}
    return SignIn(**(values | changes))


def activity_sheet(*names: str, **changes: object) -> ActivitySheet:
    people = [
        SheetPerson(place, f"{131 + place:04d}", name, "138 **** 0612")
        for place, name in enumerate(names, start=1)
    ]
    values: dict[str, object] = {
        "office": OFFICE,
        "name": "楼道清扫",
        "day": "2026-11-21（周六）",
        "time": "09:00–11:00",
        "where": "3 号楼各单元",
        "content": "清扫楼道，擦扶手，清理小广告",
        "organiser": "望海社区居民委员会",
        "leader": "赵敏",
        "measured": "时长",
        "service": True,
        "people": people,
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return ActivitySheet(**(values | changes))


def receipt_form(*names: str, **changes: object) -> ReceiptForm:
    receivers = [Receiver(name, "3 号楼 2 单元 501", "1827") for name in names]
    values = {**ASKED, "goods": "重阳节慰问品", "each": 2, "receivers": receivers}
    return ReceiptForm(**(values | changes))


def visit(head: str = "王秀兰", *others: str, **changes: object) -> Visit:
    members = [HouseholdMember(head, "户主", "女", 66, ("独居老人",))]
    members += [HouseholdMember(name, "子", "男", 30) for name in others]
    values: dict[str, object] = {
        "number": "WH-0312",
        "head": head,
        "place": "3 号楼 2 单元 501",
        "phone": "138 **** 0612",
        "grid": "第三网格",
        "members": tuple(members),
    }
    return Visit(**(values | changes))


def visit_forms(*visits: Visit) -> VisitForms:
    return VisitForms(**ASKED, visits=visits)


def visit_list(*visits: Visit, **changes: object) -> VisitList:
    values = {**ASKED, "visits": visits}
    return VisitList(**(values | changes))


def privacy_notice(*names: str, **changes: object) -> PrivacyNotice:
    values: dict[str, object] = {
        **PRINTED,
        "address": STREET,
        "phone": "0411-83000000",
        "contact": "赵敏",
        "subjects": [Subject(name, "3 号楼 2 单元 501") for name in names],
    }
    return PrivacyNotice(**(values | changes))


def info_sheet(**changes: object) -> InfoSheet:
    values: dict[str, object] = {
        "office": OFFICE,
        "name": "王秀兰",
        "sex": "女",
        "birth_date": date(1960, 1, 18),
        "age": 66,
        "document_kind": "居民身份证",
        "document_number": "210214196001181827",
        "ethnic_group": "汉族",
        "political_status": "中共党员",
        "education": "高中",
        "marital_status": "已婚",
        "phones": ("13812340612", "0411-83000000"),
        "work": "大连机床厂（退休）",
        "dwelling": "3 号楼 2 单元 501",
        "grid": "第三网格",
        "registered_address": "辽宁省大连市普兰店区海湾街道望海路 118 号",
        "residence_status": "人户一致",
        "household_number": "WH-0312",
        "head_name": "王秀兰",
        "relation": "户主",
        "tags": ("独居老人（2024-03-01 起，走访登记）", "志愿者（2021-05-12 起）"),
        "basis": "履行法定职责",
        "consent": "2026年3月5日书面同意",
        "looks": "2026-11 查看 3 次、打印 1 次",
        "visits": "共 4 次，最近 2026-11-13 正常",
        "requests": "共 1 件，最近 2026-10-20 楼道灯不亮（销号）",
        "note": "腿脚不便，上门走访先打电话",
        "ledgers": (
            ("志愿者", "编号 0132，2021-05-12 登记，服务时长 42.5 小时，三星"),
            ("饮食", "忌口 花生，家属 李𣲗（配偶） 13912340000"),
        ),
        "members": (
            Member(name="李𣲗", relation="配偶", sex="男", birth_date=date(1958, 2, 3), age=68),
        ),
        "events": (Event(day=date(2009, 4, 16), kind="迁入", words="自甘井子区迁入"),),
        "changed_at": datetime(2026, 11, 20, 9, 14),
        "changed_by": "周立群",
        "printed_at": NOW,
        "printed_by": "赵敏",
    }
    return InfoSheet(**(values | changes))


BODY = """经研究，决定于2026年12月5日（星期六）上午9:00在社区服务中心3楼会议室召开居民代表会议。
一、参会人员
（一）居民代表：张𣲗、李𬱖、赵堃。
1、时间：上午9:00。
(1)请提前签到。"""


def notice(**changes: object) -> Notice:
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "关于召开2026年度居民代表会议暨高龄津贴复核工作的通知",
        "recipients": "各居民小组、各位居民代表",
        "body": BODY,
        "day": DAY,
    }
    return Notice(**(values | changes))


OUTAGE = """因供水公司检修管道，将临时停水，请提前储水。
停水时间：2026年11月25日（星期三）8时30分至17时
停水范围：3 号楼全部单元，4 号楼 1、2 单元
停水期间请关好水龙头。家有老人、病人确需用水的，社区送水上门。"""


def door_notice(**changes: object) -> DoorNotice:
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "停水通知",
        "recipients": "3 号楼 2 单元各位居民",
        "body": OUTAGE,
        "day": DAY,
        "posted_on": DAY,
        "take_down_on": date(2026, 11, 26),
        "phone": "0411-84641234",
    }
    return DoorNotice(**(values | changes))


def plain_notice(**changes: object) -> PlainNotice:
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "关于开展2026年度高龄津贴复核工作的通知",
        "recipients": "各位居民",
        "body": BODY,
        "day": DAY,
        "attachments": ("高龄津贴复核表",),
        "remark": "联系人：赵敏",
        "phone": "0411-84641234",
    }
    return PlainNotice(**(values | changes))


def organisation_plan(grids: int = 2, buildings: int = 2, **changes: object) -> OrganisationPlan:
    """`buildings` in each of the `grids`."""
    building = Building(
        title="3 号楼",
        seats=(
            Seat(label="楼长", names="李𣲗"),
            Seat(label="党小组长", names="王芳", party=True),
            Seat(label="中心户", names="宋桂珍、田树林", short="2 户", party=True),
        ),
        units=(Seat(label="1 单元长", names="丁伟"), Seat(label="2 单元长", names="空缺")),
        units_short="1 人，缺 1",
    )
    columns = [
        GridColumn(
            branch=f"第{number}网格党支部",
            title=f"第{number}网格",
            party=(Seat(label="书记", names="郭志强"),),
            seats=(Seat(label="网格长", names="周立群"), Seat(label="专职网格员", names="孙丽")),
            buildings=(building,) * buildings,
        )
        for number in range(1, grids + 1)
    ]
    values: dict[str, object] = {
        "office": OFFICE,
        "title": "望海社区组织架构图",
        "street": "海湾街道党工委",
        "street_seats": (Seat(label="书记", names="李建国"),),
        "committee": "望海社区大党委",
        "committee_seats": (Seat(label="书记", names="周立群"),),
        "grids": tuple(columns),
        "summary": "网格 2 个，楼 4 栋，任职 11 人次，空缺 4 个",
        "day": DAY,
        "drawn_by": "赵敏",
    }
    return OrganisationPlan(**(values | changes))


def board(**changes: object) -> Board:
    values: dict[str, object] = {
        "grid": "第三网格",
        "area": "东至望海路，南至海湾街，西至新苑小区西墙，北至铁路",
        "people": (
            BoardPerson(role="网格长", name="周立群", phone="13840910001"),
            BoardPerson(role="专职网格员", name="李𣲗", phone="13840910002"),
        ),
        "buildings": "3 号楼、4 号楼、沿街商铺",
        "households": 262,
    }
    return Board(**(values | changes))


def notice_boards(*boards: Board, **changes: object) -> NoticeBoards:
    values: dict[str, object] = {
        "office": OFFICE,
        "boards": boards or (board(),),
        "supervision_phone": "0411-84641234",
        "day": DAY,
    }
    return NoticeBoards(**(values | changes))


def handover(**changes: object) -> Handover:
    values: dict[str, object] = {
        "office": OFFICE,
        "day": DAY,
        "giver": "周立群",
        "receiver": "李𣲗",
        "witness": "",
        "as_of": NOW,
        "package": "F:\\交接包 望海社区 2026-11-21\\2026-11-21_09-30-00",
        "held": (("居民", "2,586 人"), ("户", "1,134 户"), ("证明", "112 份")),
        "matters": (
            Matter(what="证明：待批", count="2 件，最早 2026-11-18", where="文书 → 证明"),
            Matter(
                what="公示：关于2026年度高龄津贴发放名单的公示",
                count="在期，2026-12-06 期满",
                where="文书 → 通知、公示",
            ),
        ),
        "places": (
            ("资料文件", "本机 C:\\邻里社区工作台\\社区资料.linli"),
            ("第二备份位置", "E:\\邻里备份，最近一份 2026-11-20 17:30"),
        ),
        "books": (("望海社证〔2026〕", "112 号"), ("用印登记", "118 条")),
        "templates": ("志愿服务记录证明", "荣誉证书"),
        "users": (("周立群", "书记"), ("赵敏", "社工")),
        "tasks": ("用自己的姓名和密码进入一次，把临时密码换掉。", "看恢复单第 6 组能不能念出来。"),
        "program": "邻里 · 社区工作台 1.0.0",
    }
    return Handover(**(values | changes))


def day_sheet(*names: str, **changes: object) -> DaySheet:
    values: dict[str, object] = {
        "office": OFFICE,
        "number": 12,
        "on_date": DAY,
        "grid": "第三网格",
        "visitor": "孙丽",
        "rows": [
            DaySheetRow(
                number=place,
                code=f"12-{place:02d}",
                house="3 号楼 2 单元",
                name=name,
                place=f"3 号楼 2 单元 {place}01",
                phone="138 **** 0612",
                group="红色 独居老人",
                due="超期 3 天",
                last="上次 11-03 正常",
            )
            for place, name in enumerate(names, start=1)
        ],
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return DaySheet(**(values | changes))


def diary_line(met: str, **changes: object) -> SheetLine:
    values: dict[str, object] = {
        "way": "入户",
        "met": met,
        "category": "安全隐患",
        "seen": "楼道里三辆电动车从四楼拉线充电",
        "measures": "劝走两辆，一辆贴了告知单",
        "hazard": "电动车飞线",
        "outcome": "已劝导，改日复查",
    }
    return SheetLine(**(values | changes))


def diary_sheet(*met: str, **changes: object) -> DiarySheet:
    values: dict[str, object] = {
        "office": OFFICE,
        "grid": "第三网格",
        "member": "孙丽",
        "on_date": DAY,
        "weather": "晴",
        "weathers": ("晴", "多云", "阴", "雨"),
        "categories": ("矛盾纠纷", "安全隐患"),
        "hazards": ("消防", "燃气", "电动车飞线"),
        "lines": [diary_line(one) for one in met],
        "blank_rows": 2,
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return DiarySheet(**(values | changes))


def diary_month(*days: MonthDay, **changes: object) -> DiaryMonth:
    values: dict[str, object] = {
        "office": OFFICE,
        "year": 2026,
        "month": 11,
        "filter_words": "第三网格，孙丽",
        "days": days,
        "counts": (("巡查", 12), ("入户", 5), ("隐患", 3)),
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return DiaryMonth(**(values | changes))


def diary_day(day: date, *met: str) -> MonthDay:
    lines = [MonthLine(line=diary_line(one), member="孙丽", settled="待销号") for one in met]
    return MonthDay(day, "晴", lines)


def recovery_sheet(**changes: object) -> RecoverySheet:
    values: dict[str, object] = {
        "office": OFFICE,
        "issued_on": date(2026, 11, 20),
        "groups": ("K7QM", "2XVD", "9RTA", "H4PE", "W8NC", "6JYB"),
        "program": "邻里 · 社区工作台 1.0.0",
        "file_number": "WH-2026-7C1E",
    }
    return RecoverySheet(**(values | changes))


def subsidy_notice(*names: str, **changes: object) -> SubsidyNotice:
    tiers = (
        PostedTier("60–69 岁", "60–69 岁", "每餐补 1.00 元", ("11.00", "14.00")),
        *(PostedTier(name, "60 岁以上，低保或特困", "免费", ("0.00", "0.00")) for name in names),
    )
    values: dict[str, object] = {
        "office": OFFICE,
        "canteen": "海棠食堂",
        "day": date(2026, 7, 1),
        "sets": ("A 餐 12.00", "B 餐 15.00"),
        "tiers": tiers,
        "notes": ("符合几档的只按最优惠的一档，不叠加。", "监督电话：0411-83112345。"),
        "printed_on": DAY,
    }
    return SubsidyNotice(**(values | changes))


def price_list(*names: str, **changes: object) -> PriceList:
    goods = [
        PricedGoods(name, "1 千克", str(40 + at), "分/瓶", "每月限 2 瓶")
        for at, name in enumerate(names)
    ]
    values: dict[str, object] = {
        "office": OFFICE,
        "shop": OFFICE,
        "groups": [("日用", goods), ("粮油", [PricedGoods("大米", "5 千克", "60", "分/袋")])],
        "note": "以柜台当日库存为准。兑换只扣积分，不减少志愿服务时长。",
        "day": DAY,
    }
    return PriceList(**(values | changes))


def shelf_labels(*names: str, **changes: object) -> ShelfLabels:
    labels = [
        ShelfLabel(name, "1 千克", "瓶", 40, f"{at:04d}", f"{at:04d}", "A1")
        for at, name in enumerate(names, start=1)
    ]
    values: dict[str, object] = {"office": OFFICE, "sheet": SHEETS[1], "labels": labels}
    values["sign"] = OFFICE
    return ShelfLabels(**(values | changes))


def fund_lines(*names: str, **changes: object) -> FundBook:
    day, source = date(2026, 11, 2), "市级经费"
    none, full = {"project": "", "payee": "", "ticket": ""}, 100_000_00
    paid = {"project": "项-2026-003 楼道照明", "payee": "光明灯具店", "ticket": "0012345"}
    came = {"kind": "拨入", "words": "拨入全年经费", **none}
    lines = [FundLine(on_date=day, source=source, amount=full, balance=full, **came)]
    for name in names:
        went = {"kind": "支出", "words": name, **paid}
        left = full - 6_480_00
        lines.append(FundLine(on_date=day, source=source, amount=-6_480_00, balance=left, **went))
    values: dict[str, object] = {
        "office": OFFICE,
        "filter_words": "2026 年，全部来源",
        "lines": lines,
        "note": "拨入 100,000.00 － 支出 6,480.00 ＝ 结余 93,520.00 元",
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return FundBook(**(values | changes))


def stock_register(*names: str, **changes: object) -> StockRegister:
    lines = [
        StockLine(
            "2026-11-02", "0001", name, "入库", 30, 30, "块", "RK-20261102-01", "采购", "赵敏"
        )
        for name in names
    ]
    values: dict[str, object] = {
        "office": OFFICE,
        "filter_words": "2026年11月",
        "lines": [
            *lines,
            StockLine("2026-11-05", "0001", "香皂", "兑换", -2, 28, "块", "", "", "赵敏"),
        ],
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return StockRegister(**(values | changes))


def stock_turnover(*names: str, **changes: object) -> StockTurnover:
    lines = [TurnoverLine("0001", name, "块", 10, 30, 12, 1, -1, 26) for name in names]
    values: dict[str, object] = {
        "office": OFFICE,
        "period": "2026-11-01 至 2026-11-21",
        "lines": lines,
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return StockTurnover(**(values | changes))


def stocktake_sheet(*names: str, **changes: object) -> StocktakeSheet:
    lines = [CountLine("A1", "0001", name, "块", "30", "28", "-2", "破损") for name in names]
    values: dict[str, object] = {
        "office": OFFICE,
        "on_date": "2026-11-21",
        "by": "赵敏",
        "witness": "",
        "lines": lines,
        "result": "盘点中，已盘 1 种",
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return StocktakeSheet(**(values | changes))


def donations(*names: str, **changes: object) -> Donations:
    lines = [Donation("2026-11-03", name, "香皂 30 块、洗衣液 20 瓶", 50) for name in names]
    values: dict[str, object] = {
        "office": OFFICE,
        "shop": "望海社区积分超市",
        "period": "2026-11-03",
        "public": "张贴之日起 15 天",
        "objections": "有异议请在公示期内告诉社区，电话 0411-83120000。",
        "lines": lines,
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return Donations(**(values | changes))


def receipt_sheet(*names: str, **changes: object) -> ReceiptSheet:
    lines = [ReceivedLine("0001", name, "块", "30", "3.50", "105.00") for name in names]
    values: dict[str, object] = {
        "office": OFFICE,
        "number": "RK-20261103-01",
        "on_date": "2026-11-03",
        "kind": "采购",
        "giver": "海湾路便民超市",
        "voucher": "00412387",
        "note": "",
        "lines": lines,
        "pieces": "60",
        "total": "210.00",
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return ReceiptSheet(**(values | changes))


def thanks(giver: str = "渤海装备厂", **changes: object) -> Thanks:
    values: dict[str, object] = {
        "office": OFFICE,
        "shop": OFFICE,
        "giver": giver,
        "given_on": date(2026, 11, 3),
        "goods": ("香皂 30 块", "洗衣液 20 瓶"),
        "pieces": 50,
        "day": DAY,
    }
    return Thanks(**(values | changes))


def volunteer_cards(*names: str, **changes: object) -> VolunteerCards:
    values: dict[str, object] = {
        "office": OFFICE,
        "cards": [
            Card(name, f"{place:04d}", f"JF{place:010d}", "爱暖助老队、安心巡逻队", "三星")
            for place, name in enumerate(names, start=126)
        ],
        "printed_on": DAY,
    }
    return VolunteerCards(**(values | changes))


def star_list(*names: str, **changes: object) -> StarList:
    values: dict[str, object] = {
        "office": OFFICE,
        "phone": "0411-83120000",
        "lines": [StarLine(name, "爱暖助老队", "三星", "612.5") for name in names],
        "begun": DAY,
        "until": date(2026, 11, 27),
        "printed_on": DAY,
        "printed_by": "赵敏",
    }
    return StarList(**(values | changes))


def slip(*names: str, **changes: object) -> Slip:
    values: dict[str, object] = {
        "shop": OFFICE,
        "number": "DH-20261121-031",
        "facts": (
            ("单号", "DH-20261121-031"),
            ("时间", "2026-11-21 09:30"),
            *(("姓名", f"{name}（卡 0132）") for name in names),
            ("代领人", f"{names[-1]}（儿子）"),
        ),
        "items": (
            SlipItem("洗衣液 2 kg ×1", 35),
            SlipItem("某某牌超长名字的香皂礼盒装 125 g ×2", 18),
        ),
        "points": 53,
        "before": 126,
        "hours": "志愿服务时长 86.5 小时不变",
    }
    return Slip(**(values | changes))


EXAMPLES = {
    **resolution_papers.EXAMPLES,
    **meeting_plan_papers.EXAMPLES,
    **vote_papers.EXAMPLES,
    **ledger_papers.EXAMPLES,
    **claim_papers.EXAMPLES,
    **body_papers.EXAMPLES,
    "certificate": certificate(),
    "certificate_blocks": certificate(
        layout="blocks", blocks=BLOCKS, paragraphs=(INTRODUCTION, LIMIT)
    ),
    "honor": honor(),
    "refusal": refusal(),
    "request_answer": request_answer(),
    "info_sheet": info_sheet(),
    "roster": roster("王秀兰", "李𣲗", "张𠊟", "赵𰀀"),
    "listing": listing("王秀兰", "李𣲗", "张𠊟", "赵𰀀"),
    "happiness_bill": happiness_bill(
        BillMatter("3 号楼", "楼道灯不亮", "交物业办理", "换了 6 盏声控灯"),
        BillMatter("小广场", "健身器材松动，王*兰、李*𣲗提的", "报街道协调办理", "加固了螺栓"),
    ),
    "points_notice": points_notice(
        NoticeLine("王*兰", 100, 20, 50, 70),
        NoticeLine("李*𣲗", 0, 12, 0, 12),
        NoticeLine("张*一户", 214, 0, 30, 184),
    ),
    "activity_sheet": activity_sheet("王秀兰", "李𣲗", "张𠊟", "赵𰀀"),
    "points_statistics": points_statistics("铁军", "爱暖𣲗"),
    "sign_in": sign_in("王秀兰", "李𣲗"),
    "meal_sign_in": meal_sign_in("王秀兰", "李𣲗"),
    "meal_register": meal_register("王秀兰", "李𣲗", "张𠊟"),
    "receipt_form": receipt_form("王秀兰", "李𣲗"),
    "visit_form": visit_forms(visit("王秀兰", "李𣲗"), visit("张𠊟")),
    "visit_list": visit_list(visit("王秀兰", "李𣲗"), visit("张𠊟")),
    "day_sheet": day_sheet("王秀兰", "李𣲗", "张𠊟"),
    "kitchen_sheet": kitchen_sheet("王秀兰", "李𣲗"),
    "box_label": box_labels("王秀兰", "李𣲗", "张𠊟"),
    "delivery_sheet": delivery_sheets("王秀兰", "李𣲗", "张𠊟"),
    "care_slip": care_slip("李𣲗"),
    "diary_sheet": diary_sheet("王秀兰", "李𣲗"),
    "diary_month": diary_month(diary_day(DAY, "王秀兰", "李𣲗"), diary_day(DAY, "张𠊟")),
    "privacy_notice": privacy_notice("王秀兰", "李𣲗"),
    "labels": labels(),
    "envelopes": envelopes(),
    "notice": notice(),
    "door_notice": door_notice(),
    "plain_notice": plain_notice(),
    "recovery_sheet": recovery_sheet(),
    "organisation_plan": organisation_plan(),
    "notice_board": notice_boards(),
    "volunteer_cards": volunteer_cards("王秀兰", "李𣲗", "张𠊟"),
    "star_list": star_list("王秀兰", "李𣲗", "0126 号志愿者"),
    "handover": handover(),
    "calibration": Calibration(office=OFFICE, printer="二楼 HP LaserJet M1136", right=0.5),
    "slip": slip("王秀兰", "李𣲗", paper=A5),
    "meal_receipt": meal_receipt("李𣲗", paper=A5),
    "meal_statement": meal_statement("张𠊟"),
    "meal_takings": meal_takings(),
    "meal_vouchers": voucher_sheet("王秀兰", "李𣲗"),
    "price_list": price_list("洗衣液", "香皂𠊟"),
    "shelf_label": shelf_labels("洗衣液", "香皂𠊟"),
    "joint_register": joint_papers.joint_register("吴𠊟", "郑警官"),
    "three_lists": joint_papers.three_list(ListKind.PROJECTS, 3),
    "minutes": minutes_papers.minutes("李𠊟"),
    "meeting_summary": minutes_papers.summary("付𠊟"),
    "fund_book": fund_lines("购买声控灯 216 盏", "付𠊟师傅工钱"),
    "stock_register": stock_register("香皂", "洗衣液𠊟"),
    "stock_turnover": stock_turnover("香皂", "洗衣液𠊟"),
    "stocktake_sheet": stocktake_sheet("香皂", "洗衣液𠊟"),
    "donations": donations("渤海装备厂", "张𠊟"),
    "receipt_sheet": receipt_sheet("香皂", "洗衣液𠊟"),
    "thanks": thanks("张𠊟"),
    "subsidy_notice": subsidy_notice("低保对象"),
    "week_menu": week_menu("红烧带鱼", "清炒𠊟菜", days=7),
    "door_menu": door_menu("红烧带鱼", "清炒𠊟菜"),
    "food_day": food_day_sheet("红烧带鱼", "清炒𠊟菜"),
    "sample_label": sample_labels("红烧带鱼", "清炒𠊟菜"),
    "opinion_card": opinion_cards(),
    "topic_slip": TopicSlips(office=OFFICE, box="议事亭的议题箱𠊟", phone="0411-84641234"),
    "meal_prices": meal_prices("红烧带鱼", "清炒𠊟菜"),
}
