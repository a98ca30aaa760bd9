"""Fill codes: what stands in braces in a template."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services import fill_codes
from app.services.fill_codes import CODES, SAMPLES, WrongCode


def test_every_code_is_declared_once_with_a_sample_and_a_group() -> None:
    assert len({one.code for one in CODES}) == len(CODES)
    for one in CODES:
        assert one.sample
        assert one.group in {"居民", "住户", "社区", "日期", "志愿服务", "填写"}
        assert fill_codes.fill(f"{{{one.code}}}", SAMPLES)


def test_codes_are_found_in_their_order_each_once() -> None:
    body = "{姓名}和{性别}，{姓名}，{填:接收人数}"
    assert fill_codes.codes_in(body) == ["姓名", "性别", "填:接收人数"]


def test_braces_and_colons_of_a_chinese_keyboard_mean_the_same() -> None:
    typed = "兹证明｛姓名｝，{ 填：接收 人数 }。"
    assert fill_codes.codes_in(typed) == ["姓名", "填:接收 人数"]
    assert fill_codes.tidied(typed) == "兹证明{姓名}，{填:接收 人数}。"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("兹证明{姓明}。", "{姓明}"),
        ("兹证明{姓名，女。", "没有成对"),
        ("兹证明姓名}，女。", "没有成对"),
        ("兹证明{}。", "是空的"),
        ("兹证明{填:}。", "是空的"),
        ("兹证明{姓名\n}。", "没有成对"),
        ("{{姓名}}", "没有成对"),
    ],
)
def test_a_wrong_code_is_named(body: str, said: str) -> None:
    with pytest.raises(WrongCode) as refused:
        fill_codes.check(body)
    assert said in str(refused.value)
    with pytest.raises(WrongCode):
        fill_codes.fill(body, SAMPLES)


def test_a_sentence_typed_with_its_stop_does_not_end_twice() -> None:
    assert fill_codes.fill("内容：{服务内容}。", {"服务内容": "助老。"}) == "内容：助老。"
    assert fill_codes.fill("{服务内容}，{服务次数}次", {"服务内容": "甲，", "服务次数": "2"}) == (
        "甲，2次"
    )


def test_only_some_codes_may_be_filled_and_the_rest_waits() -> None:
    half = fill_codes.fill("{姓名}，{出具日期}", {"姓名": "王{出具日期}"}, only=frozenset({"姓名"}))
    assert half == "王｛出具日期｝，{出具日期}"
    assert fill_codes.fill(half, {"出具日期": "2026年3月5日"}) == "王｛出具日期｝，2026年3月5日"


@given(st.text(alphabet="{}｛｝姓名填:：\n甲 <&", max_size=40))
def test_any_text_is_filled_or_refused_with_a_sentence(text: str) -> None:
    body = fill_codes.tidied(text)
    asked = {one: "值" for one in fill_codes.codes_in(body)}
    try:
        filled = fill_codes.fill(body, {**SAMPLES, **asked})
    except WrongCode as refused:
        filled = str(refused).replace("{", "").replace("}", "")
    assert not set("{}") & set(filled)
