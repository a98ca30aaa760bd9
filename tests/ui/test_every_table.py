"""Every table of the program, with people in it, goes on paper and into a file as it is seen."""

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication

import app
from app.models import Stage as PaperStage
from app.services import forbidden, refusals, resident_forms, residents
from app.services.resident_forms import ResidentInput
from app.ui.kit import table_paper
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.paper_desk import desk_of
from app.ui.kit.spreadsheet import write_xlsx
from app.ui.kit.table_paper import SeenTable
from app.ui.papers.certificates.desk import Desk
from app.ui.papers.certificates.stage_model import Band
from app.ui.papers.registers.book_view import BookView
from app.ui.papers.registers.books import CERTIFICATE_BOOK, REFUSAL_BOOK, SEAL_BOOK
from app.ui.people.table_printing import draw
from tests.reports.reading import text_by_pdfium
from tests.ui import certificate_states
from tests.ui.hands import until
from tests.ui.screens import SCREENS, Stage, close, make_stage, show

WHERE = {
    "专项经费台账": "经费",
    "共建单位": "大党委 单位",
    "兼职委员": "大党委 委员",
    "轮值主席": "大党委 轮值",
    "委员变动": "大党委 轮值",
    "资源清单": "清单 资源",
    "需求清单": "清单 需求",
    "项目清单": "清单 项目",
    "议题": "提事",
    "可以并入的议题": "并入议题",
    "议题的联名": "议题的联名",
    "可以公布的议题": "公布议题清单",
    "会议": "会议",
    "议程": "会议的议程",
    "会议签到": "会议进行中 表决",
    "决议": "决议",
    "评议": "评议决议",
    "议事组织": "议事组织",
    "组织成员": "议事组织",
    "业主清册": "议事组织 业主",
    "民主评议": "议事组织 评议",
    "评议结果": "议事组织 评议",
    "业主的房屋": "加业主",
    "要导入的业主": "导入业主清册",
    "居民列表": "居民",
    "经过": "经过",
    "回收站": "回收站",
    "疑似重复的人": "疑似重复",
    "没有退回的记录": "没有退回的记录",
    "导入预览": "导入 待确认",
    "不得出具清单": "不得出具清单",
    "证明出具登记簿": "登记簿",
    "用印登记": "用印登记",
    "不予出具告知单": "告知单登记",
    "写过的通知": "文书 写过的通知",
    "楼栋": "分楼栋印",
    "异议": "公示的异议",
    "找到的人": "文书 本人信息单",
    "选定的人": "文书 领取签字表",
    "打印队列": "打印队列",
    "可以恢复的备份": "从备份恢复",
    "使用人": "设置 使用人",
    "划楼记录": "划楼记录",
    "各网格的工作量": "各网格的工作量",
    "各类人数": "各类人数",
    "试划的楼": "试着划一划",
    "划前划后": "试着划一划",
    "备份": "设置 备份",
    "节假日": "设置 节假日",
    "事项类别": "设置 网格",
    "走访规定": "设置 网格 走访规定",
    "办理期限": "设置 网格 办理期限",
    "积分事项": "设置 积分",
    "星级门槛": "设置 积分 星级",
    "有效期规定": "设置 积分 有效期",
    "食堂": "设置 食堂 食堂",
    "餐次": "设置 食堂 餐次",
    "套餐": "设置 食堂 套餐",
    "补贴档次": "设置 食堂 补贴规则",
    "各地的档次": "采用别处的档次",
    "表决规则": "设置 议事 表决规则",
    "表决票": "录表决票",
    "当天订餐": "订餐",
    "长期订餐": "订餐 长期",
    "送餐路线": "送餐路线",
    "路线上的站": "送餐路线",
    "送餐单的站": "照单回填",
    "今日停送": "今日停送",
    "关怀名单": "关怀名单",
    "刚记的餐": "食堂 柜台",
    "餐费账户": "账户",
    "餐费账户流水": "餐费账户流水",
    "餐券": "餐券",
    "结算明细": "结算 明细",
    "账户月结": "账户月结",
    "收款日报": "收款日报",
    "售完的菜": "售完",
    "加菜": "加菜",
    "签到表的行": "照签到表补录",
    "菜品": "菜谱 菜品",
    "可以加的菜": "加菜到菜谱",
    "以前的菜谱": "抄以前的一周",
    "留样": "食品安全",
    "晨检": "食品安全 晨检",
    "进货": "食品安全 进货",
    "留样记录": "食品安全 留样记录",
    "晨检记录": "食品安全 晨检记录",
    "进货台账": "食品安全 进货台账",
    "食堂统计 汇总": "食堂统计",
    "食堂统计 明细": "食堂统计 年龄",
    "食堂统计 补贴": "食堂统计 补贴",
    "满意度卡": "食堂统计 意见",
    "没来的常客": "食堂统计 没来",
    "快到期的积分": "快到期的积分",
    "账账不符": "账账不符的账户",
    "积分统计 汇总": "积分统计",
    "积分统计 类型": "积分统计 类型",
    "积分统计 队伍": "积分统计 队伍",
    "积分统计 年龄": "积分统计 年龄",
    "积分统计 月份": "积分统计 月份",
    "隐私清单": "设置 隐私",
    "个人信息登记": "个人信息登记",
    "体检结果": "设置 数据体检 查过",
    "体检名单": "设置 数据体检 重复",
    "走访到期名单": "走访",
    "到期走访": "网格楼栋",
    "走访记录": "走访记录",
    "走访单的行": "录入走访",
    "走访报警": "走访报警",
    "诉求": "诉求 表格",
    "可以并案的诉求": "诉求 并案",
    "平安日记": "平安日记",
    "账单汇总": "幸福账单",
    "账单按网格": "幸福账单 按网格",
    "账单按类别": "幸福账单 按类别",
    "问题清单": "幸福账单 问题清单",
    "在任": "组织",
    "历任": "组织 历任",
    "包联": "组织 包联",
    "空缺": "组织 空缺",
    "网格人员": "组织 人员",
    "任职": "组织 人员",
    "兑换篮": "积分超市 柜台 篮子",
    "柜台找到的商品": "积分超市 柜台 篮子",
    "柜台找到的人": "积分超市 柜台 找人",
    "挂单的篮子": "柜台 取单",
    "给这个人留的商品": "柜台 预约",
    "积分台账": "积分台账",
    "账户流水": "积分账户",
    "积分卡": "积分卡",
    "申诉": "积分申诉",
    "积分的来路": "一笔积分",
    "记分的人": "手工记分",
    "包楼联户": "组织 人员 包联",
    "志愿者登记册": "志愿者",
    "志愿服务队": "志愿者 队伍",
    "队员名单": "志愿者 队伍",
    "星级认定": "志愿者 星级",
    "志愿服务记录": "服务记录",
    "培训表彰": "培训表彰",
    "找到的志愿者": "加队员",
    "活动": "活动",
    "报名名单": "报名名单",
    "录签到": "录签到",
    "谁服务了": "活动 谁服务了",
    "待录入全国系统": "活动 全国系统",
    "商品": "库存 商品",
    "入库单": "库存 入库单",
    "盘点": "库存 盘点",
    "库存流水": "库存 流水",
    "入库的商品": "入库",
    "入库单的商品": "入库单",
}
"""Table, and a screen that shows it with rows."""
OF_RESIDENTS = {
    "会议签到",
    "议题",
    "议题的联名",
    "组织成员",
    "业主清册",
    "评议结果",
    "居民列表",
    "经过",
    "回收站",
    "疑似重复的人",
    "证明出具登记簿",
    "用印登记",
    "找到的人",
    "选定的人",
    "隐私清单",
    "个人信息登记",
    "体检名单",
    "结算明细",
    "平安日记",
    "包联",
    "网格人员",
    "包楼联户",
    "诉求",
    "可以并案的诉求",
    "走访到期名单",
    "到期走访",
    "走访记录",
    "走访单的行",
    "走访报警",
    "路线上的站",
    "送餐单的站",
    "今日停送",
    "关怀名单",
    "报名名单",
    "录签到",
    "谁服务了",
    "待录入全国系统",
    "柜台找到的人",
    "挂单的篮子",
    "给这个人留的商品",
    "志愿者登记册",
    "队员名单",
    "星级认定",
    "志愿服务记录",
    "培训表彰",
    "找到的志愿者",
    "积分台账",
    "账户流水",
    "记分的人",
    "快到期的积分",
    "没来的常客",
    "刚记的餐",
    "餐费账户",
    "餐费账户流水",
    "餐券",
    "签到表的行",
    "当天订餐",
    "长期订餐",
}
"""Those whose printing, export and copying is on record with each resident on them; the others
are on record with who took them."""
BOOKS = (CERTIFICATE_BOOK, SEAL_BOOK, REFUSAL_BOOK)
CALL = re.compile(r'(?:PagedTable|super\(\)\.__init__)\(.*name="(.+?)"')


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = make_stage(tmp_path_factory.mktemp("office"), people=120)
    now = stage.context().clock.now()
    with stage.database.transaction("准备") as session:
        first, holder, *_ = residents.list_ids(session, today=now.date()).ids
        resident_forms.delete(session, first, now=now)
        for phone in ("13840310612", "13840310612"):
            entered = ResidentInput(
                name="张𣲗", document_kind="none", sex="女", birth_date=now.date(), phone=phone
            )
            resident_forms.add(session, entered, now=now)
        certificate_states.paper(session, holder, PaperStage.COLLECTED, now)
        refusals.make_refusal(
            session,
            applicant="张𣲗",
            resident_id=None,
            matter="亲属关系证明",
            item=forbidden.items(session)[0],
            handled_by="赵敏",
            today=now.date(),
        )
    yield stage
    stage.database.close()


def seen_on(screen_name: str, table_name: str, stage: Stage, qapp: QApplication) -> SeenTable:
    screen = next(one for one in SCREENS if one.name == screen_name)
    window = show(qapp, screen, stage)
    found: list[SeenTable] = []
    table = next(
        one
        for one in window.findChildren(PagedTable)
        if one.accessibleName() == table_name and one.isVisible()
    )
    books = [view for view in window.findChildren(BookView) if view.table is table]
    if books:
        found.append(books[0].seen())
    else:
        table_paper.see(table, found.append)
    until(lambda: bool(found))
    close(window)
    return found[0]


@pytest.mark.parametrize("table_name", WHERE)
def test_a_table_prints_and_exports_every_row_that_it_shows(
    table_name: str, stage: Stage, qapp: QApplication, tmp_path: Path
) -> None:
    seen = seen_on(WHERE[table_name], table_name, stage, qapp)
    titles = [one.title for one in seen.columns]
    write_xlsx(tmp_path / "表.xlsx", titles, seen.rows, progress=lambda *_: None)

    paper = "".join(text_by_pdfium(draw(stage.context(), seen)).split())
    _, *lines = openpyxl.load_workbook(tmp_path / "表.xlsx").active.values

    assert seen.rows
    assert bool(seen.people) == (table_name in OF_RESIDENTS)
    assert not seen.is_whole
    assert [tuple(cell or "" for cell in line) for line in lines] == seen.rows
    assert [text for row in seen.rows for text in row if "".join(text.split()) not in paper] == []


def test_no_table_is_left_out() -> None:
    assert set(WHERE) == names_in_the_source() | {book.title for book in BOOKS}


def names_in_the_source() -> set[str]:
    """What the program calls its tables where it makes them, and their subclasses."""
    files = Path(app.__file__).parent.rglob("*.py")
    texts = [text for file in files if "PagedTable" in (text := file.read_text("utf-8"))]
    return {name for text in texts for name in CALL.findall(text)}


def test_the_list_of_certificates_goes_out_as_it_is_filtered(
    stage: Stage, qapp: QApplication
) -> None:
    window = show(qapp, next(one for one in SCREENS if one.name == "文书"), stage)
    desk = window.findChild(Desk)
    taken: list[SeenTable] = []
    desk_of(desk).print_table = lambda seen, _: taken.append(seen)
    desk_of(desk).export_table = lambda seen, _: taken.append(seen)
    desk.filter("志愿")
    desk.refresh()

    desk.list.head.print_button.click()
    desk.list.head.export_button.click()
    holders = [desk.list.model.item(row) for row in range(desk.list.model.rowCount())]
    close(window)

    printed, exported = taken
    assert printed == exported
    assert printed.filter_words == "查找“志愿”"
    assert printed.count_words == f"共 {len(printed.rows)} 份"
    assert [row[2] for row in printed.rows] == [
        one.holder for one in holders if not isinstance(one, Band)
    ]
    assert len(printed.people) == 1
    assert "志愿服务记录证明" in text_by_pdfium(draw(stage.context(), printed))
