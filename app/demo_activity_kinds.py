"""The activities that the teams of the made-up community hold, and those of one time."""

from dataclasses import dataclass, replace

from app.demo_teams import HANDY, IRON, SAFE, WARM

_COMMUNITY = "望海社区居民委员会"


def hour(clock: float) -> int:
    """Minutes of the day of 9.5."""
    return int(clock * 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """An activity as it comes again: who serves, when, how many come."""

    name: str
    item: str
    team: str = ""
    starts: float
    ends: float
    place: str
    content: str
    leader: str
    people: int
    organiser: str = _COMMUNITY
    ours: bool = True
    dangerous: bool = False
    insurance: str = ""


CLEANING = Kind(
    name="周末楼道清扫",
    item="环境整治",
    team=IRON,
    starts=9,
    ends=11,
    place="各楼楼道",
    content="清扫楼梯和扶手，清走堆物和小广告",
    leader="李强",
    people=4,
)
MEALS = Kind(
    name="助老送餐",
    item="志愿服务",
    team=WARM,
    starts=10.5,
    ends=12,
    place="社区食堂和老人家中",
    content="给行动不便的老人送午餐，顺便看看屋里用火用电",
    leader="张静",
    people=4,
)
PATROL = Kind(
    name="夜间治安巡逻",
    item="志愿服务",
    team=SAFE,
    starts=19,
    ends=21,
    place="小区主干道、充电棚",
    content="看消防通道和充电棚，劝离飞线充电",
    leader="王磊",
    people=3,
)
REPAIRS = Kind(
    name="便民维修日",
    item="邻里互助",
    team=HANDY,
    starts=14,
    ends=16.5,
    place="社区小广场",
    content="修小家电、配钥匙、磨刀剪、缝补",
    leader="陈晓燕",
    people=3,
)
MEETING = Kind(
    name="居民议事会",
    item="参加议事",
    starts=18.5,
    ends=20,
    place="社区议事厅",
    content="商议停车位划线、充电棚选址和楼道堆物",
    leader="周立群",
    people=6,
)
LECTURE = Kind(
    name="冬季防火和防诈骗讲座",
    item="讲座培训",
    starts=9,
    ends=10.5,
    place="社区活动室",
    content="民警和消防员讲课，现场练灭火器",
    leader="孙丽",
    people=6,
)
CLINIC = Kind(
    name="义诊进社区",
    item="志愿服务",
    team=WARM,
    starts=8.5,
    ends=11,
    place="社区小广场",
    content="量血压、测血糖，志愿者引导和登记",
    leader="区中心医院 高主任",
    organiser="普兰店区中心医院",
    ours=False,
    people=3,
)
ROOF = Kind(
    name="楼顶杂物清理",
    item="环境整治",
    team=IRON,
    starts=13,
    ends=16,
    place="6 号楼楼顶",
    content="清走废旧太阳能架和花盆，有高处作业",
    leader="李强",
    people=3,
    dangerous=True,
    insurance="PLN-2026-04571",
)
SHOW = replace(
    LECTURE,
    name="广场文艺演出",
    place="社区小广场",
    starts=18,
    ends=20,
    content="秧歌、合唱、小品",
)
TREES = replace(CLEANING, name="绿化带捡拾垃圾", place="滨河街绿化带", people=5)
SNOW = replace(
    CLEANING, name="扫雪铲冰准备", place="社区库房", content="清点铁锹和融雪剂", people=3
)
DUMPLINGS = replace(
    MEALS, name="给独居老人包饺子", place="社区食堂", starts=8.5, ends=11, content="包好送到家"
)
