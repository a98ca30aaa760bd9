"""What the made-up canteen cooks: its dishes, and the menus of two weeks."""

from typing import NamedTuple

from app.models import DishKind


class Dish(NamedTuple):
    """Price and cost in 分."""

    name: str
    kind: DishKind
    price: int
    cost: int
    allergens: tuple[str, ...] = ()
    suits: tuple[str, ...] = ()


_MEAT, _HALF, _GREEN = DishKind.MEAT, DishKind.HALF, DishKind.VEGETABLE
_SOUP, _STAPLE, _SNACK = DishKind.SOUP, DishKind.STAPLE, DishKind.SNACK
DISHES = (
    Dish("红烧带鱼", _MEAT, 8_00, 4_60, ("鱼",)),
    Dish("清蒸黄花鱼", _MEAT, 9_00, 5_20, ("鱼",), ("低盐",)),
    Dish("红烧肉炖土豆", _MEAT, 9_00, 5_00, (), ("软食",)),
    Dish("冬瓜丸子", _MEAT, 7_00, 3_80, ("蛋",), ("软食",)),
    Dish("宫保鸡丁", _MEAT, 8_00, 4_20, ("花生",)),
    Dish("香菇炖鸡", _MEAT, 8_00, 4_50, (), ("软食",)),
    Dish("海蛎子炖豆腐", _MEAT, 8_00, 4_40, ("大豆",), ("软食",)),
    Dish("狮子头", _MEAT, 8_00, 4_30, ("蛋", "麸质"), ("软食",)),
    Dish("木须肉", _HALF, 6_00, 3_00, ("蛋",)),
    Dish("肉末茄子", _HALF, 6_00, 2_80, (), ("软食",)),
    Dish("芹菜炒香干", _HALF, 5_00, 2_20, ("大豆",)),
    Dish("西红柿炒鸡蛋", _HALF, 5_00, 2_40, ("蛋",), ("软食",)),
    Dish("清炒时蔬", _GREEN, 4_00, 1_50, (), ("低盐", "素食")),
    Dish("蒜蓉西兰花", _GREEN, 4_00, 1_80, (), ("素食",)),
    Dish("白菜炖粉条", _GREEN, 4_00, 1_60, (), ("软食", "素食")),
    Dish("醋溜土豆丝", _GREEN, 4_00, 1_30, (), ("素食",)),
    Dish("低盐蒸蛋", _HALF, 3_00, 1_10, ("蛋",), ("低盐", "软食")),
    Dish("紫菜蛋花汤", _SOUP, 1_00, 40, ("蛋",)),
    Dish("小米粥", _SOUP, 1_00, 50, (), ("低盐", "软食")),
    Dish("冬瓜海米汤", _SOUP, 1_00, 60, ("虾蟹",)),
    Dish("米饭", _STAPLE, 1_00, 40),
    Dish("花卷", _STAPLE, 1_00, 45, ("麸质",), ("软食",)),
    Dish("杂粮馒头", _STAPLE, 1_00, 50, ("麸质",)),
    Dish("无糖米糕", _SNACK, 2_00, 80, (), ("低糖", "软食")),
)
_Courses = tuple[tuple[str, str], ...]


def _lunch(first: str, second: str, green: str, other: str, soup: str) -> _Courses:
    """Two dishes with meat, of which B has both, two without, what everybody gets, extras."""
    return (
        (first, "AB"),
        (second, "B"),
        (green, "AB"),
        (other, "A"),
        (soup, "AB"),
        ("米饭", "AB"),
        ("花卷", ""),
        ("低盐蒸蛋", ""),
        ("无糖米糕", ""),
    )


def _dinner(meat: str, green: str) -> _Courses:
    return ((meat, "AB"), (green, "AB"), ("小米粥", "AB"), ("杂粮馒头", "AB"), ("低盐蒸蛋", "B"))


_FIRST = (
    (
        _lunch("红烧带鱼", "冬瓜丸子", "清炒时蔬", "西红柿炒鸡蛋", "紫菜蛋花汤"),
        _dinner("肉末茄子", "醋溜土豆丝"),
    ),
    (
        _lunch("宫保鸡丁", "肉末茄子", "蒜蓉西兰花", "白菜炖粉条", "小米粥"),
        _dinner("木须肉", "清炒时蔬"),
    ),
    (
        _lunch("红烧肉炖土豆", "木须肉", "清炒时蔬", "芹菜炒香干", "冬瓜海米汤"),
        _dinner("香菇炖鸡", "白菜炖粉条"),
    ),
    (
        _lunch("海蛎子炖豆腐", "香菇炖鸡", "醋溜土豆丝", "西红柿炒鸡蛋", "紫菜蛋花汤"),
        _dinner("西红柿炒鸡蛋", "蒜蓉西兰花"),
    ),
    (
        _lunch("清蒸黄花鱼", "狮子头", "白菜炖粉条", "芹菜炒香干", "小米粥"),
        _dinner("冬瓜丸子", "清炒时蔬"),
    ),
    (
        _lunch("香菇炖鸡", "木须肉", "清炒时蔬", "醋溜土豆丝", "冬瓜海米汤"),
        _dinner("肉末茄子", "白菜炖粉条"),
    ),
    (
        _lunch("狮子头", "红烧带鱼", "蒜蓉西兰花", "西红柿炒鸡蛋", "紫菜蛋花汤"),
        _dinner("木须肉", "醋溜土豆丝"),
    ),
)
WEEKS: tuple[tuple[tuple[_Courses, _Courses], ...], ...] = (_FIRST, (*_FIRST[3:], *_FIRST[:3]))
"""By day from Monday on: lunch and dinner, each dish with the set meals in which it is."""
