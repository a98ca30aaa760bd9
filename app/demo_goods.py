"""What stands on the shelves of the made-up shop: bought, given, counted, spoiled."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.demo_papers import SECRETARY, Errand
from app.demo_teams import KEEPS_SHOP
from app.models import LimitPeriod, ReceiptKind
from app.services import goods_keeping, receipts, stock, stocktakes
from app.services.goods_keeping import GoodsInput
from app.services.receipts import ReceiptFacts, ReceiptLine
from app.values.rights import SHOP


class _Article(NamedTuple):
    """`cost` of one in 分; `limit`: so many a month."""

    name: str
    spec: str
    unit: str
    kind: str
    points: int
    cost: int
    limit: int = 0


_SHELVES = {
    "洗护": "A-1",
    "清洁": "A-2",
    "厨房": "B-1",
    "粮油": "B-2",
    "文具": "C-1",
    "日用": "C-2",
}
_ARTICLES = (
    _Article("香皂", "125 克", "块", "洗护", 5, 320),
    _Article("洗手液", "500 毫升", "瓶", "洗护", 10, 780),
    _Article("牙膏", "120 克", "支", "洗护", 8, 590),
    _Article("牙刷", "两支装", "套", "洗护", 6, 450),
    _Article("毛巾", "34×72 厘米", "条", "洗护", 8, 680),
    _Article("洗发水", "400 毫升", "瓶", "洗护", 20, 1690, 1),
    _Article("洗衣液", "1 千克", "瓶", "清洁", 15, 1180, 2),
    _Article("洗衣皂", "两块装", "组", "清洁", 6, 520),
    _Article("洗洁精", "1 千克", "瓶", "清洁", 10, 690),
    _Article("抽纸", "3 包装", "提", "清洁", 8, 650),
    _Article("卷纸", "10 卷", "提", "清洁", 18, 1590, 1),
    _Article("垃圾袋", "100 只", "卷", "清洁", 6, 480),
    _Article("拖把", "平板", "把", "清洁", 25, 2200, 1),
    _Article("钢丝球", "6 个装", "包", "清洁", 3, 260),
    _Article("胶皮手套", "中号", "副", "清洁", 4, 330),
    _Article("保鲜膜", "30 米", "盒", "厨房", 6, 540),
    _Article("围裙", "防水", "条", "厨房", 8, 700),
    _Article("玻璃碗", "18 厘米", "只", "厨房", 10, 850),
    _Article("陶瓷杯", "400 毫升", "只", "厨房", 9, 790),
    _Article("菜板", "竹制", "块", "厨房", 22, 1950, 1),
    _Article("食用盐", "400 克", "袋", "粮油", 3, 220),
    _Article("酱油", "500 毫升", "瓶", "粮油", 8, 650),
    _Article("白醋", "500 毫升", "瓶", "粮油", 5, 400),
    _Article("挂面", "800 克", "把", "粮油", 6, 490),
    _Article("大米", "5 千克", "袋", "粮油", 40, 3200, 1),
    _Article("花生油", "1.8 升", "桶", "粮油", 60, 4980, 1),
    _Article("面粉", "2.5 千克", "袋", "粮油", 20, 1480, 1),
    _Article("小米", "1 千克", "袋", "粮油", 12, 950),
    _Article("鸡蛋", "10 枚", "盒", "粮油", 14, 1100, 2),
    _Article("木耳", "150 克", "袋", "粮油", 18, 1600),
    _Article("作业本", "10 本装", "包", "文具", 6, 550),
    _Article("中性笔", "6 支装", "盒", "文具", 5, 430),
    _Article("彩笔", "24 色", "盒", "文具", 15, 1250),
    _Article("书包", "小学生", "个", "文具", 60, 5200, 1),
    _Article("跳绳", "可调节", "根", "文具", 8, 720),
    _Article("手电筒", "充电", "个", "日用", 28, 2400, 1),
    _Article("雨伞", "折叠", "把", "日用", 20, 1750, 1),
    _Article("保温杯", "500 毫升", "个", "日用", 35, 2980, 1),
    _Article("暖手宝", "充电", "个", "日用", 38, 3300, 1),
    _Article("袜子", "5 双装", "包", "日用", 10, 880),
)
_FIRST_DELIVERY, _SECOND_DELIVERY, _LOW = 12, 18, 5
_SOAP, _BOWL, _RICE, _OIL, _EXERCISE_BOOKS = 0, 17, 24, 25, 30


class Goods:
    """Errands about the shelves; the numbers of the articles are known once those are done."""

    def __init__(self, *, start: date, today: date) -> None:
        self._start, self._today = start, today
        self.ids: list[int] = []
        self.points = [one.points for one in _ARTICLES]

    def errands(self) -> list[Errand]:
        """In the order of their days."""
        begun, half = self._start + timedelta(days=3), (self._today - self._start) // 2
        later = begun + half + timedelta(days=1)
        every = range(len(_ARTICLES))
        donors = (
            ReceiptFacts(giver="望海路粮油店", contact="孙老板", phone="0411-83124466"),
            ReceiptFacts(giver="一位老党员", named=False, note="不愿留名"),
        )
        return [
            self._errand(begun, f"登记 {len(_ARTICLES)} 种商品", self._list_articles),
            self._bought(begun, every[::2], _FIRST_DELIVERY, "普兰店百货批发部", "0038412"),
            self._bought(begun, every[1::2], _FIRST_DELIVERY, "海湾日用品商行", "0038590"),
            self._given(begun + timedelta(days=4), (_RICE, _OIL), 20, donors[0], thanked=True),
            self._given(later, (_EXERCISE_BOOKS,), 40, donors[1]),
            self._bought(later, every[:20], _SECOND_DELIVERY, "普兰店百货批发部", "0041127"),
            self._errand(self._today - timedelta(days=9), "报损：玻璃碗 1 只", self._spoil),
            self._errand(self._today - timedelta(days=5), "盘点洗护货架", self._count),
        ]

    def _list_articles(self, session: Session, _now: datetime) -> None:
        for number, one in enumerate(_ARTICLES):
            entered = GoodsInput(
                name=one.name,
                spec=one.spec,
                unit=one.unit,
                kind=one.kind,
                points=one.points,
                shelf=_SHELVES[one.kind],
                barcode=_barcode(number),
                low_at=_LOW,
                limit=one.limit or None,
                limit_period=LimitPeriod.MONTH,
            )
            self.ids.append(goods_keeping.add(session, entered))

    def _bought(
        self, day: date, places: Sequence[int], pieces: int, giver: str, voucher: str
    ) -> Errand:
        facts = ReceiptFacts(giver=giver, voucher=voucher)

        def act(session: Session, now: datetime) -> None:
            lines = tuple(
                ReceiptLine(self.ids[place], pieces, _ARTICLES[place].cost) for place in places
            )
            kind = ReceiptKind.PURCHASE
            receipts.add(session, kind, facts, lines, on_date=now.date(), now=now)

        return self._errand(day, f"采购入库：{giver}", act)

    def _given(
        self,
        day: date,
        places: Sequence[int],
        pieces: int,
        donor: ReceiptFacts,
        *,
        thanked: bool = False,
    ) -> Errand:
        def act(session: Session, now: datetime) -> None:
            lines = tuple(ReceiptLine(self.ids[place], pieces) for place in places)
            kind, today = ReceiptKind.DONATION, now.date()
            receipt = receipts.add(session, kind, donor, lines, on_date=today, now=now)
            if thanked:
                receipts.note_thanked(session, receipt, on=today)

        return self._errand(day, f"捐赠入库：{donor.giver}", act)

    def _spoil(self, session: Session, now: datetime) -> None:
        bowl = self.ids[_BOWL]
        stock.spoil(session, bowl, 1, reason="运来时碎了", on_date=now.date(), now=now)

    def _count(self, session: Session, now: datetime) -> None:
        """One shelf, on which a piece of soap is missing."""
        shelf = [key for key, one in zip(self.ids, _ARTICLES, strict=True) if one.kind == "洗护"]
        there = stock.on_hand(session, shelf)
        key = stocktakes.begin(session, now=now)
        for goods_id in shelf:
            missing = int(goods_id == self.ids[_SOAP])
            reason = "开封给居民看样，没有退回" if missing else ""
            stocktakes.count(session, key, goods_id, there[goods_id] - missing, reason=reason)
        version = next(one.version for one in stocktakes.stocktakes(session) if one.id == key)
        stocktakes.close(session, key, version=version, now=now, witness=SECRETARY)

    def _errand(
        self, day: date, sentence: str, act: Callable[[Session, datetime], object]
    ) -> Errand:
        return Errand(day, sentence, act, KEEPS_SHOP, SHOP)


def _barcode(number: int) -> str:
    """EAN-13 of the range that a shop may use inside its own walls (20 to 24)."""
    digits = f"2000{number + 1:08d}"
    total = sum(int(one) * (3 if place % 2 else 1) for place, one in enumerate(digits))
    return f"{digits}{-total % 10}"
