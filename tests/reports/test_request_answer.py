import re
from pathlib import Path

from app.reports.request_answer import AnswerStep, render
from tests.reports.papers import DAY, STEPS, request_answer
from tests.reports.reading import all_readings, page_count, page_texts


def squeezed(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def test_what_was_asked_what_was_done_and_where_to_go_on_are_on_the_sheet(tmp_path: Path) -> None:
    for reading in all_readings(render(request_answer()), tmp_path):
        plain = "".join(reading.split())
        for words in (
            *("诉求办理答复单", "编号1187", "王秀兰：", "经办人：赵敏", "2026年11月21日"),
            "您于2026年11月16日反映的“楼道灯三个月不亮”（3号楼2单元，公共设施），现答复如下。",
            *("办理结果街道城建办已更换公共电表", "11月18日赵敏", "公共电表改造，物业无权开箱"),
            *("请打社区电话0411-83000000，报编号1187", "监督电话0411-83129999", "12345热线"),
            *("回执", "对办理结果：", "满意", "基本满意", "不满意", "签名："),
        ):
            assert words in plain, words


def test_while_it_is_being_worked_on_the_sheet_says_where_it_stands_and_promises_nothing() -> None:
    data = request_answer(answer="", standing="已经上报街道，由城建办办理，期限到 11-24（周二）。")
    text = squeezed(render(data))

    assert "正在办理，现把情况告知您。" in text
    assert "目前情况已经上报街道，由城建办办理，期限到11-24（周二）。" in text
    assert "办理结果街" not in text
    assert "不满意" not in text
    assert "回执" not in text


def test_the_office_is_not_named_a_second_time_where_it_is_the_only_one_to_call() -> None:
    text = squeezed(render(request_answer(complaint_phone="0411-83000000")))

    assert text.count("0411-83000000") == 1
    assert "监督电话" not in text


def test_a_long_answer_goes_on_over_the_page_with_the_strip_on_the_last() -> None:
    way = [*STEPS, *(AnswerStep(DAY, "孙丽", "再次到场查看，物业正在施工" * 4) for _ in range(8))]
    data = render(request_answer(body="情况" * 900, answer="经过核实" * 400, steps=way))

    assert page_count(data) >= 2
    texts = ["".join(text.split()) for text in page_texts(data)]
    assert ["回执" in text for text in texts] == [False] * (len(texts) - 1) + [True]
    assert "第1页，共" in texts[0]
    whole = "".join(re.sub(r"1187号第.*$", "", text) for text in texts)
    assert whole.count("经过核实") == 400


def test_who_left_no_name_is_addressed_as_resident() -> None:
    assert "居民：您于" in squeezed(render(request_answer(name="")))
