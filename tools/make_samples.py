"""Write resources/samples: the empty templates that the import wizard offers. Run by developers."""

from datetime import datetime
from pathlib import Path

import xlsxwriter

SAMPLES = Path(__file__).parents[1] / "resources" / "samples"
EPOCH = datetime(2026, 1, 1)
ROWS = 500
COLUMNS = (
    # heading, hint, width, choices
    ("户号", "同一户写同一个号，可不填", 8, ()),
    ("姓名", "必填，与身份证一致", 12, ()),
    ("与户主关系", "如：户主、妻、子、女", 12, ()),
    ("性别", "男或女，可由身份证得出", 8, ("男", "女")),
    ("民族", "如：汉族", 10, ()),
    ("公民身份号码", "18 位，本列已设为文本", 24, ()),
    ("出生日期", "如：1955-03-15，可由身份证得出", 14, ()),
    ("楼号", "如：3", 8, ()),
    ("单元", "如：2", 8, ()),
    ("房号", "如：501", 10, ()),
    ("联系电话", "可填几个，用顿号分隔", 24, ()),
    (
        "居住状态",
        "如：人户一致",
        14,
        ("人户一致", "人在户不在", "户在人不在", "人户均不在"),
    ),
    ("政治面貌", "如：群众", 12, ()),
    ("文化程度", "如：大学本科", 12, ()),
    ("婚姻状况", "如：已婚", 10, ()),
    ("工作单位", "选填", 22, ()),
    ("户籍地址", "选填", 30, ()),
    ("特殊群体类别", "如：独居老人、低保，用顿号分隔", 24, ()),
    ("备注", "选填", 20, ()),
)


def make_residents(file: Path) -> None:
    """居民导入模板: heading, hints, and text cells, so that long numbers survive."""
    book = xlsxwriter.Workbook(str(file))
    # The file is committed: the same source gives the same bytes.
    book.set_properties({"created": EPOCH})
    page = book.add_worksheet("居民")
    heading = book.add_format(
        {"bold": True, "bg_color": "#E8EEF4", "border": 1, "align": "center", "valign": "vcenter"}
    )
    hint = book.add_format(
        {"font_color": "#646C78", "italic": True, "border": 1, "font_size": 9, "text_wrap": True}
    )
    text = book.add_format({"num_format": "@"})
    for place, (words, told, width, choices) in enumerate(COLUMNS):
        page.set_column(place, place, width, text)
        page.write_string(0, place, words, heading)
        page.write_string(1, place, told, hint)
        if choices:
            rule = {"validate": "list", "source": list(choices), "error_type": "warning"}
            page.data_validation(2, place, ROWS, place, rule)
    page.set_row(0, 24)
    page.set_row(1, 32)
    page.freeze_panes(2, 2)
    book.close()


if __name__ == "__main__":
    SAMPLES.mkdir(parents=True, exist_ok=True)
    make_residents(SAMPLES / "居民导入模板.xlsx")
