"""The 20 items: what means one of them is stopped, what merely sounds like one is not."""

from datetime import date

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.services import forbidden, refusals
from app.services.forbidden import ASK_ELSEWHERE, OWN, PROVINCE
from app.services.registers import RegisterFilter
from tests.services.conftest import Clerk

MEANT = [
    (1, "亲属关系证明", ""),
    (1, "证明", "兹证明张三与李四系父子关系。"),
    (1, "证明", "兹证明张三（男）系我社区居民李四之子。"),
    (1, "证明", "张三是李四的妻子。"),
    (2, "户籍证明", ""),
    (2, "情况说明", "档案中的张山与身份证上的张三为同一人。"),
    (3, "关于变更姓名的证明", ""),
    (3, "证明", "同意更改民族，情况属实。"),
    (4, "居民养犬证明", ""),
    (4, "证明", "该户饲养犬一只，邻居同意。"),
    (5, "无犯罪记录证明", ""),
    (5, "证明", "张三在本社区居住期间没有犯罪行为。"),
    (5, "政审", "未受过刑事处罚。"),
    (6, "社区戒毒人员表现证明", ""),
    (7, "证明", "张三自2019年起下落不明。"),
    (7, "人员失踪证明", ""),
    (8, "婚姻状况证明", ""),
    (8, "单身证明", ""),
    (8, "证明", "兹证明王某未婚。"),
    (8, "证明", "兹证明王某已婚，配偶李某。"),
    (8, "证明", "王某与李某因感情不和分居两年。"),
    (8, "证明", "王某离异，独自抚养一女。"),
    (8, "证明", "王 某 未 婚"),
    (8, "证明", "王某未·婚、单-身。"),
    (8, "证明", "王某未　婚"),
    (8, "证明", "王某系单身老人。"),
    (9, "出生证明", ""),
    (9, "证明", "婴儿于家中出生，由邻居接生。"),
    (10, "健在证明", ""),
    (10, "证明", "张三现年九十岁，身体健在。"),
    (10, "证明", "其本人仍在世。"),
    (10, "生存证明", ""),
    (11, "死亡证明", ""),
    (11, "证明", "张三已于2026年3月病故。"),
    (11, "证明", "其父早年去世。"),
    (12, "疾病状况证明", ""),
    (12, "证明", "张三患有严重疾病。"),
    (12, "意外伤害证明", ""),
    (12, "证明", "张三为患有高血压的病人。"),
    (12, "证明", "张三被狗咬伤，情况属实。"),
    (13, "残疾状况证明", ""),
    (13, "证明", "兹证明张三为残疾人。"),
    (13, "证明", "张三系残疾人，行动不便。"),
    (13, "证明", "张三肢体残疾二级"),
    (14, "婚育状况证明", ""),
    (14, "证明", "该夫妇育有一子，未再生育，系独生子女证明。"),
    (15, "就业状况证明", ""),
    (15, "证明", "张三目前无业。"),
    (15, "证明", "张三失业在家。"),
    (16, "个人档案证明", ""),
    (16, "证明", "本人人事档案遗失。"),
    (17, "收入证明", ""),
    (17, "证明", "张三家庭年收入约3万元。"),
    (17, "证明", "该房产归张三所有。"),
    (17, "证明", "张三名下有一辆小轿车。"),
    (17, "家庭经济状况证明", ""),
    (17, "贫困证明", ""),
    (17, "证明", "张三家庭低收入。"),
    (18, "继承权证明", ""),
    (18, "证明", "张三为法定继承人。"),
    (19, "经营场所证明", ""),
    (19, "证明", "同意将一楼住宅改为经营性用房。"),
    (19, "证明", "该店经营期间无扰民情况。"),
    (20, "身份证遗失证明", ""),
    (20, "证明", "张三户口簿不慎丢失。"),
    (17, "证明", "兹有我社区居民张三，家庭困难，特此证明。"),
    (17, "证明", "该户无房，情况属实。"),
    (19, "营业场所证明", ""),
]
INNOCENT = [
    "兹证明王秀兰于2026年1月1日至11月20日参加本单位组织的志愿服务18次，累计42.5小时。",
    "服务内容：助老陪伴、楼道清洁、巡逻值守。",
    "组织亲子活动、亲子阅读和亲子关系讲座。",
    "春节慰问，祝健康、祝全家幸福。",
    "社区卫生保健在三楼开展义诊。",
    "为部分居民讲解垃圾分类，充分居家防护。",
    "帮助居民做简单身体检查。",
    "看望慰问患病老人、残疾人家庭和低收入家庭。",
    "关爱单身老人，陪伴丧偶老人聊天。",
    "组织单身青年联谊活动。",
    "为残疾人提供上门理发服务。",
    "开展文明养犬宣传，清理流浪犬粪便。",
    "开展禁毒宣传，远离吸毒，拒绝吸毒。",
    "参与共建无犯罪社区，宣传预防犯罪。",
    "协助寻找走失老人，寻找失踪儿童。",
    "拾到遗失物品及时归还，防止老人丢失钥匙。",
    "宣传防范投资理财诈骗，保护居民生命财产安全。",
    "讲解非物质文化遗产，走访红色基地。",
    "开展防溺亡、防摔伤宣传，讲解急诊急救知识。",
    "劝导广场舞不扰民，检查经营场所消防。",
    "动员无业主委员会的小区成立业委会。",
    "参加体育有氧运动，教育有方，培育有机蔬菜。",
    "整理居民健康档案和志愿者个人档案。",
    "参加失业人员招聘会引导服务。",
    "在职党员到社区报到，服务群众12次。",
    "王秀兰，女，1956年4月12日出生，居民身份证210214195604120023，住望海社区3号楼。",
    "经核实：由居民委员会暂时照料，指定某某担任监护人。",
    "自2024年3月起居住在望海社区3号楼2单元501。",
    "在青年志愿服务中表现突出，被评为优秀志愿者。",
    "回收入户旧衣物，分类整理。",
    "离世界博览会开幕还有十天，当天走过世界公园。",
    "组织共同居住区居民清扫楼道。",
    "陪同卧病老人就诊，照顾生病居民。",
    "开展防止犬只伤人宣传，讲解咬伤急救知识。",
    "走访营业场所，帮扶家庭困难学生，慰问家庭贫困老人。",
    "组织家庭困难儿童慰问活动。",
]


@pytest.mark.parametrize(("number", "title", "body"), MEANT)
def test_what_means_an_item_is_stopped(clerk: Clerk, number: int, title: str, body: str) -> None:
    found = clerk.see(lambda s: forbidden.match(s, title, body))
    assert number in [one.number for one in found]


@pytest.mark.parametrize("body", INNOCENT)
def test_what_only_sounds_like_an_item_is_let_through(clerk: Clerk, body: str) -> None:
    found = clerk.see(lambda s: forbidden.match(s, "志愿服务记录证明", body))
    assert [one.name for one in found] == []


def test_words_on_both_sides_of_a_line_or_of_an_innocent_word_make_no_item(clerk: Clerk) -> None:
    for body in ("服务大多数未\n婚礼当天引导", "身体强健\n在社区值守"):
        assert clerk.see(lambda s, b=body: forbidden.match(s, "证明", b)) == []


def test_the_national_list_has_its_20_items_each_with_words_and_a_way_out(clerk: Clerk) -> None:
    found = clerk.see(forbidden.items)
    assert [one.number for one in found] == list(range(1, 21))
    assert {one.document for one in found} == {"民发〔2020〕20号"}
    for one in found:
        assert one.keywords
        assert one.where_to_go
        assert (one.where_to_go == ASK_ELSEWHERE) == (one.redirect_grade != "核")
        assert clerk.see(lambda s, n=one.name: forbidden.match(s, n, "")), one.name


def test_only_checked_ways_stand_on_the_paper(clerk: Clerk) -> None:
    by_number = {one.number: one for one in clerk.see(forbidden.items)}

    def paper(number: int) -> tuple[str, str]:
        _, made = clerk.do(
            "不予出具",
            lambda s: refusals.make_refusal(
                s,
                applicant="毕永昌",
                resident_id=None,
                matter="开具证明",
                item=by_number[number],
                handled_by="赵敏",
                today=clerk.today,
            ),
        )
        return made.where_to_go, made.basis

    assert paper(8)[1] == "《婚姻登记条例》第八条、第十九条、第二十一条"
    assert paper(12) == (ASK_ELSEWHERE, "")
    assert paper(2) == (ASK_ELSEWHERE, "")
    kept = clerk.see(refusals.ids)
    lines = clerk.see(lambda s: refusals.rows(s, kept))
    assert lines[0] == (
        "1",
        "2026-11-21",
        "毕永昌",
        "开具证明",
        "婚姻状况证明",
        "赵敏",
    )
    assert [line[4] for line in lines] == ["婚姻状况证明", "疾病状况证明", "居民身份信息证明"]
    again = clerk.see(lambda s: refusals.refusal_paper(s, kept[0]))
    assert (again.item_number, again.day) == ("全国清单第 8 项", clerk.today)
    assert clerk.see(refusals.years) == [2026]


def test_refusals_are_found_by_year_and_words_and_belong_to_people(clerk: Clerk) -> None:
    lan = clerk.add("王秀兰")
    item = clerk.see(forbidden.items)[7]
    for day, name, resident in (
        (date(2025, 12, 31), "毕永昌", None),
        (date(2026, 1, 1), "王秀兰", lan),
    ):
        clerk.do(
            "不予出具",
            lambda s, d=day, n=name, r=resident: refusals.make_refusal(
                s,
                applicant=n,
                resident_id=r,
                matter="单身证明",
                item=item,
                handled_by="赵敏",
                today=d,
            ),
        )
    everything = clerk.see(refusals.ids)
    for chosen, count in (
        (RegisterFilter(year=2025), 1),
        (RegisterFilter(since=date(2026, 1, 1)), 1),
        (RegisterFilter(until=date(2025, 12, 31)), 1),
        (RegisterFilter(text="单身"), 2),
        (RegisterFilter(text="单身 王"), 1),
        (RegisterFilter(text="%"), 0),
    ):
        assert len(clerk.see(lambda s, c=chosen: refusals.ids(s, c))) == count
    assert clerk.see(lambda s: refusals.people(s, everything)) == [lan]
    assert clerk.see(refusals.years) == [2026, 2025]


def test_a_refusal_needs_to_say_to_whom_and_about_what(clerk: Clerk) -> None:
    item = clerk.see(forbidden.items)[0]
    for applicant, matter in (("", "开证明"), ("毕永昌", " ")):
        with pytest.raises(DomainError, match="申请人"):
            clerk.do(
                "不予出具",
                lambda s, a=applicant, m=matter: refusals.make_refusal(
                    s,
                    applicant=a,
                    resident_id=None,
                    matter=m,
                    item=item,
                    handled_by="赵敏",
                    today=clerk.today,
                ),
            )
    assert clerk.see(refusals.ids) == []


def test_the_province_and_the_office_add_items_that_stop_papers(clerk: Clerk) -> None:
    clerk.do(
        "增列",
        lambda s: forbidden.add(
            s, level=OWN, name="转学证明", keywords="转学\n借读", redirect="区教育局"
        ),
    )
    clerk.do(
        "增列",
        lambda s: forbidden.add(s, level=PROVINCE, name="缴费票据遗失", keywords="缴费票据、票据"),
    )
    added = clerk.see(forbidden.items)[20:]
    assert [(one.level, one.number, one.place) for one in added] == [
        (PROVINCE, 1, "本省增列第 1 项"),
        (OWN, 1, "本社区增列第 1 项"),
    ]
    (found,) = clerk.see(lambda s: forbidden.match(s, "证明", "兹证明其子需要转学。"))
    assert (found.name, found.where_to_go) == ("转学证明", "区教育局")
    clerk.do("删除", lambda s: forbidden.remove(s, found.id, now=clerk.now))
    assert clerk.see(lambda s: forbidden.match(s, "证明", "兹证明其子需要转学。")) == []
    clerk.undo_last()
    assert clerk.see(lambda s: forbidden.match(s, "证明", "兹证明其子需要转学。"))


def test_a_national_item_cannot_be_changed_or_removed(clerk: Clerk) -> None:
    item = clerk.see(forbidden.items)[7]
    with pytest.raises(DomainError, match="不能修改或删除"):
        clerk.do("删除", lambda s: forbidden.remove(s, item.id, now=clerk.now))
    with pytest.raises(DomainError, match="不能修改或删除"):
        clerk.do(
            "修改",
            lambda s: forbidden.update(
                s, item.id, version=0, level=OWN, name="婚姻", keywords="婚姻"
            ),
        )
    with pytest.raises(DomainError, match="全国清单不能改动"):
        clerk.do("加", lambda s: forbidden.add(s, level="国家", name="甲", keywords="甲乙"))
    assert len(clerk.see(forbidden.items)) == 20


@pytest.mark.parametrize(
    ("name", "keywords"), [("", "转学"), ("转学", " \n"), ("转学", "学"), ("长" * 61, "转学")]
)
def test_an_added_item_needs_a_name_and_whole_words(clerk: Clerk, name: str, keywords: str) -> None:
    with pytest.raises(DomainError):
        clerk.do("加", lambda s: forbidden.add(s, level=OWN, name=name, keywords=keywords))
    assert len(clerk.see(forbidden.items)) == 20


def test_a_second_editor_of_an_item_is_told(clerk: Clerk) -> None:
    key = clerk.do("加", lambda s: forbidden.add(s, level=OWN, name="转学", keywords="转学"))
    for version, refused in ((1, False), (1, True)):

        def change(session: object, version: int = version) -> None:
            forbidden.update(
                session, key, version=version, level=OWN, name="转学证明", keywords="转学"
            )

        if refused:
            with pytest.raises(ChangedMeanwhile):
                clerk.do("改", change)
        else:
            clerk.do("改", change)
    assert clerk.see(forbidden.items)[-1].name == "转学证明"


def test_signs_of_patterns_in_an_added_word_mean_themselves(clerk: Clerk) -> None:
    clerk.do("加", lambda s: forbidden.add(s, level=OWN, name="甲", keywords="a(b)+ [x"))
    assert clerk.see(lambda s: forbidden.match(s, "证明", "a(b)+"))
    assert not clerk.see(lambda s: forbidden.match(s, "证明", "abb"))


def test_a_name_that_is_also_a_word_of_the_list_stops_nothing(clerk: Clerk) -> None:
    body = "兹证明王健在参加志愿服务，用于办理房产过户公证。"
    assert clerk.see(lambda s: forbidden.match(s, "证明", body))
    besides = ["王健在", "办理房产过户公证"]
    assert clerk.see(lambda s: forbidden.match(s, "证明", body, besides=besides)) == []
