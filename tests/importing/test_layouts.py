"""Rosters of other shapes than the one at hand: each test is one way in which an office writes."""

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from tests.importing.people import (
    ALL,
    PEOPLE,
    Cells,
    Person,
    assert_people,
    read,
    write_csv,
    write_sheet,
    write_xlsx,
)

MOST = ("name", "sex", "number", "phone", "place")


def heads_only(first: bool, text: str) -> str:
    return text if first else ""


def is_head(person: Person) -> bool:
    return person.relation == "户主"


def test_one_address_column_and_headings_in_the_first_row(tmp_path: Path) -> None:
    rows = [["序号", "姓名", "性别", "身份证", "联系方式", "家庭住址"]]
    rows += [
        [
            str(n),
            p.name,
            p.sex,
            p.number,
            p.phone,
            f"望海小区{p.building}号楼{p.unit}单元{p.room}室",
        ]
        for n, p in enumerate(PEOPLE, 1)
    ]
    layouts, parsed = read(write_xlsx(tmp_path / "一列地址.xlsx", rows))
    assert layouts[0].heading_rows == (1,)
    assert_people(parsed, MOST)
    assert parsed[0].values.compound == "望海小区"


@pytest.mark.parametrize(
    "spelling",
    [
        "{0}-{1}-{2}",
        "{0}#{1}-{2}",
        "{0}栋{1}单元{2}",
        "{0}幢{1}门{2}号",
        "{0}号楼{1}-{2}",
        "{0}/{1}/{2}",
    ],
)
def test_an_address_in_one_cell_in_any_spelling(tmp_path: Path, spelling: str) -> None:
    rows = [["门牌", "姓名", "公民身份号码"]]
    rows += [[spelling.format(p.building, p.unit, p.room), p.name, p.number] for p in PEOPLE]
    _, parsed = read(write_xlsx(tmp_path / "门牌.xlsx", rows))
    assert_people(parsed, ("name", "number", "place"))


def test_headings_in_row_five_below_titles_and_a_blank_row(tmp_path: Path) -> None:
    rows: Cells = [
        ["望海社区第三网格居民花名册"],
        ["填报单位：望海社区居民委员会", "", "", "填报时间：2026年10月"],
        [],
        ["单位：人"],
        ["户主姓名", "姓名", "关系", "居民身份证号码", "楼栋", "单元", "室"],
        *(
            [PEOPLE[0].name, p.name, p.relation, p.number, f"{p.building}栋", p.unit, p.room]
            for p in PEOPLE[:3]
        ),
    ]
    layouts, parsed = read(write_xlsx(tmp_path / "五行.xlsx", rows, merges=["A1:G1"]))
    assert layouts[0].heading_rows == (5,)
    assert_people(parsed, ("name", "number", "place", "relation"), PEOPLE[:3])
    assert {row.values.grid for row in parsed} == {"3"}


def test_two_levels_of_headings_with_merged_groups_and_merged_households(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["第一网格居民信息台账"],
        ["户号", "人员信息", "", "", "", "居住地址", "", "", "联系电话"],
        ["", "姓 名", "性 别", "与户主关系", "公民身份号码", "楼号", "单元", "房号", ""],
    ]
    merges = ["A1:I1", "A2:A3", "B2:E2", "F2:H2", "I2:I3"]
    number = 0
    for index, p in enumerate(PEOPLE):
        number += is_head(p)
        house = [f"{p.building}号楼", f"{p.unit}单元", p.room] if is_head(p) else ["", "", ""]
        rows.append(
            [
                f"1-{number}" if is_head(p) else "",
                p.name,
                p.sex,
                p.relation,
                p.number,
                *house,
                p.phone,
            ]
        )
        last = index + 4
        size = 0
        while index + size + 1 < len(PEOPLE) and not is_head(PEOPLE[index + size + 1]):
            size += 1
        if is_head(p) and size:
            merges += [f"{c}{last}:{c}{last + size}" for c in "AFGH"]
    layouts, parsed = read(write_xlsx(tmp_path / "两级.xlsx", rows, sheet="台账", merges=merges))
    assert layouts[0].heading_rows == (2, 3)
    assert_people(parsed, (*MOST, "relation"))
    assert len({row.values.household_key for row in parsed}) == 5
    assert {row.values.grid for row in parsed} == {"1"}


def test_no_heading_at_all_is_told_by_content(tmp_path: Path) -> None:
    rows = [
        [str(n), p.name, p.sex, p.number, p.phone, f"{p.building}-{p.unit}-{p.room}"]
        for n, p in enumerate(PEOPLE, 1)
    ]
    layouts, parsed = read(write_xlsx(tmp_path / "无表头.xlsx", rows))
    assert layouts[0].heading_rows == ()
    assert_people(parsed, MOST)


def test_english_and_odd_headings_are_told_by_content(tmp_path: Path) -> None:
    rows = [["No.", "Name", "Gender", "号", "Mobile", "哪家"]]
    rows += [
        [
            str(n),
            p.name,
            "M" if p.sex == "男" else "F",
            p.number,
            p.phone,
            f"{p.building}-{p.unit}-{p.room}",
        ]
        for n, p in enumerate(PEOPLE, 1)
    ]
    _, parsed = read(write_xlsx(tmp_path / "odd.xlsx", rows))
    assert_people(parsed, MOST)


@pytest.mark.parametrize(
    "heading",
    [
        "身份证",
        "公民身份号码",
        "证件号码",
        "居民身份证号",
        "身份号",
        "身份证号(18位)",
        "*身份证号码",
        "ID号",
        "有效证件号",
        "代码",
    ],
)
def test_the_document_column_under_each_of_its_headings(tmp_path: Path, heading: str) -> None:
    rows = [["姓名", heading, "性别"]] + [[p.name, p.number, p.sex] for p in PEOPLE]
    _, parsed = read(write_xlsx(tmp_path / "证件.xlsx", rows))
    assert_people(parsed, ("name", "number", "sex"))


@pytest.mark.parametrize(
    ("male", "female"), [("1", "2"), (1, 2), ("M", "F"), ("男性", "女性"), ("1男", "2女")]
)
def test_sexes_as_codes(tmp_path: Path, male: object, female: object) -> None:
    rows: list[list[object]] = [["姓名", "性别", "身份证号"]]
    rows += [[p.name, male if p.sex == "男" else female, p.number] for p in PEOPLE]
    _, parsed = read(write_xlsx(tmp_path / "性别.xlsx", rows))
    assert_people(parsed, ("name", "sex"))


@pytest.mark.parametrize(
    "spelling",
    [
        "%Y%m%d",
        "%Y.%m.%d",
        "%Y年%m月%d日",
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y年%m月",
        "%Y%m",
        "%Y.%m",
        "%Y",
    ],
)
def test_birth_dates_in_any_spelling_agree_with_the_number(tmp_path: Path, spelling: str) -> None:
    rows = [["姓名", "出生年月", "身份证号"]]
    rows += [[p.name, p.born.strftime(spelling), p.number] for p in PEOPLE]
    _, parsed = read(write_xlsx(tmp_path / "出生.xlsx", rows))
    assert_people(parsed, ("name", "birth", "number"))


def test_birth_dates_as_numbers_and_as_real_dates_without_any_document(tmp_path: Path) -> None:
    rows: list[list[object]] = [["姓名", "性别", "出生日期", "住址"]]
    rows += [
        [
            p.name,
            p.sex,
            int(p.born.strftime("%Y%m%d")) if n % 2 else p.born,
            f"{p.building}-{p.unit}-{p.room}",
        ]
        for n, p in enumerate(PEOPLE)
    ]
    _, parsed = read(write_xlsx(tmp_path / "无证件.xlsx", rows))
    assert_people(parsed, ("name", "sex", "birth", "place"))
    assert {row.values.document_number for row in parsed} == {""}


def test_a_month_alone_and_an_age_alone_invent_no_birth_date(tmp_path: Path) -> None:
    rows = [
        ["姓名", "性别", "年龄", "出生年月"],
        ["王兰", "女", "71", "1955年3月"],
        ["李刚", "男", "68", ""],
    ]
    _, parsed = read(write_xlsx(tmp_path / "年龄.xlsx", rows))
    assert [(r.values.name, r.values.birth_date, r.faults) for r in parsed] == [
        ("王兰", None, ()),
        ("李刚", None, ()),
    ]


def test_year_month_and_day_in_three_columns(tmp_path: Path) -> None:
    rows = [["姓名", "出生日期", "", "", "身份证号"], ["", "年", "月", "日", ""]]
    rows += [
        [p.name, f"{p.born.year}", f"{p.born.month}", f"{p.born.day}", p.number] for p in PEOPLE
    ]
    merges = ["A1:A2", "B1:D1", "E1:E2"]
    layouts, parsed = read(write_xlsx(tmp_path / "年月日.xlsx", rows, merges=merges))
    assert layouts[0].heading_rows == (1, 2)
    assert_people(parsed, ("name", "birth", "number"))


def test_phones_with_dashes_landlines_and_two_columns(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["姓名", "性别", "联系电话", "固定电话"],
        ["王兰", "女", "139-1234-5678", "0411-84641234"],
        ["李刚", "男", 13812340612, ""],
        ["张伟", "男", "13912345678、13812340612", "84641234"],
        ["赵敏", "女", "139 1234 5678(儿子)", "无"],
    ]
    _, parsed = read(write_xlsx(tmp_path / "电话.xlsx", rows))
    assert [row.values.phones for row in parsed] == [
        ("13912345678", "0411-84641234"),
        ("13812340612",),
        ("13912345678", "13812340612", "84641234"),
        ("13912345678",),
    ]
    assert all(row.state == "good" for row in parsed)


def test_a_head_on_a_line_of_its_own_followed_by_members(tmp_path: Path) -> None:
    rows = [["户主姓名", "家庭成员", "与户主关系", "身份证号", "住址", "电话"]]
    for p in PEOPLE:
        place = f"{p.building}号楼{p.unit}单元{p.room}"
        head = is_head(p)
        rows.append(
            [
                heads_only(head, p.name),
                heads_only(not head, p.name),
                heads_only(not head, p.relation),
                p.number,
                heads_only(head, place),
                p.phone,
            ]
        )
    _, parsed = read(write_xlsx(tmp_path / "户主行.xlsx", rows))
    assert_people(parsed, ("name", "number", "place", "relation", "phone"))
    assert [row.values.head_name for row in parsed[:3]] == ["夏磊飞"] * 3


def test_only_heads_of_households(tmp_path: Path) -> None:
    heads = [p for p in PEOPLE if is_head(p)]
    rows = [["楼号", "单元", "房号", "户主", "户主身份证号", "户主电话", "家庭人口"]]
    rows += [[f"{p.building}#", p.unit, p.room, p.name, p.number, p.phone, "3"] for p in heads]
    _, parsed = read(write_xlsx(tmp_path / "户主.xlsx", rows))
    assert_people(parsed, ("name", "number", "phone", "place", "relation"), heads)


def test_building_and_unit_written_only_where_they_change(tmp_path: Path) -> None:
    rows = [["楼号", "单元", "房号", "姓名", "身份证号"]]
    last = ("", "")
    for p in PEOPLE:
        upper = (p.building, p.unit)
        rows.append([*(upper if upper != last else ("", "")), p.room, p.name, p.number])
        last = upper
    _, parsed = read(write_xlsx(tmp_path / "楼栋一次.xlsx", rows))
    assert_people(parsed, ("name", "number", "place"))


def test_a_missing_address_in_a_flat_roster_is_not_filled_from_the_neighbour(
    tmp_path: Path,
) -> None:
    rows = [["姓名", "身份证号", "住址"]]
    rows += [
        [p.name, p.number, "" if n == 4 else f"{p.building}-{p.unit}-{p.room}"]
        for n, p in enumerate(PEOPLE)
    ]
    _, parsed = read(write_xlsx(tmp_path / "缺一个.xlsx", rows))
    assert (parsed[4].values.building, parsed[4].values.room) == ("", "")
    assert parsed[4].state == "good"
    assert parsed[5].values.room == PEOPLE[5].room


def test_a_household_without_address_does_not_take_that_of_the_household_above(
    tmp_path: Path,
) -> None:
    rows = [["户号", "姓名", "与户主关系", "楼号", "房号"]]
    rows += [["1", "王兰", "户主", "1号楼", "101"], ["", "李刚", "夫", "", ""]]
    rows += [["2", "张伟", "户主", "", ""], ["", "赵敏", "妻", "", ""]]
    _, parsed = read(write_xlsx(tmp_path / "无址户.xlsx", rows))
    assert [row.values.room for row in parsed] == ["101", "101", "", ""]
    assert [row.values.household_number for row in parsed] == ["1", "1", "2", "2"]


def test_two_tables_side_by_side(tmp_path: Path) -> None:
    rows = [["序号", "姓名", "性别", "身份证号", "", "序号", "姓名", "性别", "身份证号"]]
    for n in range(4):
        left, right = PEOPLE[n], PEOPLE[n + 4]
        rows.append(
            [
                str(n),
                left.name,
                left.sex,
                left.number,
                "",
                str(n + 4),
                right.name,
                right.sex,
                right.number,
            ]
        )
    layouts, parsed = read(write_xlsx(tmp_path / "并排.xlsx", rows))
    assert len(layouts[0].tables) == 2
    in_order = sorted(parsed, key=lambda row: [p.name for p in PEOPLE].index(row.values.name))
    assert_people(in_order, ("name", "sex", "number"), PEOPLE[:8])


def test_two_tables_below_each_other_with_other_columns(tmp_path: Path) -> None:
    rows: list[list[str]] = [["一、常住居民"], ["姓名", "身份证号", "楼号", "单元", "房号"]]
    rows += [[p.name, p.number, p.building, p.unit, p.room] for p in PEOPLE[:4]]
    rows += [[], ["二、租户"], ["住址", "联系电话", "姓名", "证件号码"]]
    rows += [[f"{p.building}-{p.unit}-{p.room}", p.phone, p.name, p.number] for p in PEOPLE[4:]]
    layouts, parsed = read(write_xlsx(tmp_path / "上下.xlsx", rows))
    assert layouts[0].heading_rows == (2, 9)
    assert_people(parsed, ("name", "number", "place"))


def test_headings_repeated_on_every_page_and_totals_between(tmp_path: Path) -> None:
    heading = ["姓名", "性别", "身份证号", "住址"]
    rows: list[list[str]] = [["花名册"], heading]
    for n, p in enumerate(PEOPLE):
        rows.append([p.name, p.sex, p.number, f"{p.building}-{p.unit}-{p.room}"])
        if n % 3 == 2:
            rows += [["小计", "3人"], ["第1页 共3页"], ["望海社区居民花名册"], heading]
    rows += [["合计", "9人"], ["填表人：李强", "", "审核：王芳"], ["备注：以上数据截至10月"]]
    layouts, parsed = read(write_xlsx(tmp_path / "每页表头.xlsx", rows))
    assert layouts[0].heading_rows == (2,)
    assert_people(parsed, ("name", "sex", "number", "place"))


def test_hint_rows_and_example_rows_are_no_people(tmp_path: Path) -> None:
    rows = [["姓名", "性别", "身份证号", "联系电话", "住址"]]
    rows += [["必填", "男/女", "18位身份证号", "11位手机号", "如：1-2-301"]]
    rows += [["示例", "女", "210202195503150023", "13900000000", "1-1-101"]]
    rows += [["例：张三", "男", "210202195503150023", "13900000000", "1-1-101"]]
    rows += [[p.name, p.sex, p.number, p.phone, f"{p.building}-{p.unit}-{p.room}"] for p in PEOPLE]
    _, parsed = read(write_xlsx(tmp_path / "提示.xlsx", rows))
    assert_people(parsed, MOST)


def test_notes_beside_and_below_the_table_are_no_people(tmp_path: Path) -> None:
    rows: list[list[str]] = [["姓名", "性别", "身份证号"]]
    rows += [[p.name, p.sex, p.number] for p in PEOPLE]
    rows[3] += ["", "说明", "姓名要与身份证一致"]
    rows += [[], ["", "", "", "", "注意", "逾期不报视为无变化"], ["1.本表一式两份"], ["填表人"]]
    _, parsed = read(write_xlsx(tmp_path / "说明.xlsx", rows))
    assert_people(parsed, ("name", "sex", "number"))


def test_leading_blank_rows_and_columns_keep_the_row_numbers_of_wps(tmp_path: Path) -> None:
    rows: list[list[str]] = [[], [], ["", "", "", "姓名", "性别", "身份证号"]]
    rows += [["", "", "", p.name, p.sex, p.number] for p in PEOPLE]
    layouts, parsed = read(write_xlsx(tmp_path / "偏移.xlsx", rows))
    assert layouts[0].columns == {"D": "name", "E": "sex", "F": "document_number"}
    assert [row.row for row in parsed] == list(range(4, 13))
    assert_people(parsed, ("name", "sex", "number"))


def test_columns_of_ticks_become_tags(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["姓名", "身份证号", "独居老人", "是否低保", "残疾人", "是否党员", "80岁以上老人"]
    ]
    rows += [
        ["王兰", "", "√", "否", "", "是", 1],
        ["李刚", "", "", "是", "有", "", ""],
        ["张伟", "", "×", "0", "无", "否", 0],
    ]
    _, parsed = read(write_xlsx(tmp_path / "打勾.xlsx", rows))
    assert [row.values.tags for row in parsed] == [("独居老人", "高龄"), ("低保", "残疾人"), ()]
    assert [row.values.political_status for row in parsed] == ["中共党员", "", ""]


def test_tags_under_two_level_headings(tmp_path: Path) -> None:
    rows = [
        ["姓名", "性别", "特殊群体", "", ""],
        ["", "", "低保", "残疾", "独居"],
        ["王兰", "女", "√", "", "√"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:E1"]
    layouts, parsed = read(write_xlsx(tmp_path / "标签.xlsx", rows, merges=merges))
    assert layouts[0].heading_rows == (1, 2)
    assert parsed[0].values.tags == ("低保", "独居老人")


def test_text_columns_of_tags_are_split_and_unknown_words_stay(tmp_path: Path) -> None:
    rows = [
        ["姓名", "性别", "人员类别"],
        ["王兰", "女", "低保户、独居/80+"],
        ["李刚", "男", "退伍军人 侨眷"],
        ["张伟", "男", "无"],
    ]
    _, parsed = read(write_xlsx(tmp_path / "类别.xlsx", rows))
    assert [row.values.tags for row in parsed] == [
        ("低保", "独居老人", "高龄"),
        ("退役军人", "侨眷"),
        (),
    ]


def test_a_sheet_per_grid_and_a_sheet_per_building(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "分表.xlsx"))
    heading = ["姓名", "身份证号", "单元", "房号"]
    write_sheet(book, [heading, ["王兰", "", "1", "101"]], "三网格")
    write_sheet(book, [heading, ["李刚", "", "2", "102"]], "5号楼")
    write_sheet(book, [heading, ["张伟", "", "2", "103"]], "网格12")
    book.close()
    _, parsed = read(tmp_path / "分表.xlsx")
    assert [(r.values.grid, r.values.building) for r in parsed] == [
        ("3", ""),
        ("", "5"),
        ("12", ""),
    ]


def test_section_rows_that_name_grid_or_building_hold_for_what_follows(tmp_path: Path) -> None:
    rows: list[list[str]] = [
        ["姓名", "身份证号", "单元", "房号"],
        ["第二网格"],
        ["1号楼"],
        ["王兰", "", "1", "101"],
    ]
    rows += [["2号楼"], ["李刚", "", "2", "102"], ["第三网格"], ["张伟", "", "1", "103"]]
    _, parsed = read(write_xlsx(tmp_path / "分段.xlsx", rows))
    assert [(r.values.grid, r.values.building) for r in parsed] == [
        ("2", "1"),
        ("2", "2"),
        ("3", "2"),
    ]


def test_grid_columns_in_any_spelling(tmp_path: Path) -> None:
    rows: list[list[object]] = [["姓名", "性别", "所属网格"]]
    for cell in ("第三网格", "三网格", "3", 3, "网格3", "望海社区3网格", "03"):
        rows.append([f"王{'兰芳英红梅丽娟'[len(rows) - 1]}", "女", cell])
    _, parsed = read(write_xlsx(tmp_path / "网格.xlsx", rows))
    assert {row.values.grid for row in parsed} == {"3"}


def test_sheets_of_statistics_and_hidden_and_blank_sheets_are_left_alone(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "混合.xlsx"))
    write_sheet(
        book, [["网格", "户数", "人数", "党员", "低保"], ["第一网格", 200, 528, 40, 12]], "统计"
    )
    write_sheet(book, [["楼号", "单元", "总层数"], ["1", "2", "18"]], "楼栋")
    write_sheet(book, [], "空白")
    write_sheet(book, [["姓名", "性别"], ["旧人", "男"]], "旧表").hide()
    write_sheet(book, [["姓名", "性别"], ["王兰", "女"]], "居民")
    book.close()
    layouts, parsed = read(tmp_path / "混合.xlsx")
    assert [layout.used for layout in layouts] == [False, False, False, False, True]
    assert layouts[3].hidden
    assert [row.values.name for row in parsed] == ["王兰"]


def test_columns_in_an_odd_order_with_many_that_are_not_imported(tmp_path: Path) -> None:
    rows = [
        [
            "备注",
            "网格员",
            "联系电话",
            "年龄",
            "姓名",
            "社区",
            "民族",
            "房号",
            "楼栋号",
            "单元号",
            "政治面貌",
            "身份证号码",
            "文化程度",
        ]
    ]
    rows += [
        [
            "",
            "张网格",
            p.phone,
            "50",
            p.name,
            "望海社区",
            p.ethnic,
            p.room,
            f"{p.building}号",
            p.unit,
            p.party,
            p.number,
            "本科",
        ]
        for p in PEOPLE
    ]
    layouts, parsed = read(write_xlsx(tmp_path / "乱序.xlsx", rows))
    assert layouts[0].columns["E"] == "name"
    assert "B" not in layouts[0].columns
    assert_people(parsed, ("name", "number", "phone", "place", "ethnic", "party"))
    assert {row.values.education for row in parsed} == {"大学本科"}


def test_names_written_with_blanks_and_notes_in_brackets(tmp_path: Path) -> None:
    rows = [
        ["姓  名", "性别"],
        ["王　兰", "女"],
        ["李 刚", "男"],
        ["张伟（租户）", "男"],
        ["John Smith", "男"],
    ]
    _, parsed = read(write_xlsx(tmp_path / "空格.xlsx", rows))
    assert [row.values.name for row in parsed] == ["王兰", "李刚", "张伟", "John Smith"]
    assert parsed[2].values.note == "租户"


def test_vacant_homes_are_no_people_but_a_person_without_name_is_a_fault(tmp_path: Path) -> None:
    rows = [["楼号", "房号", "姓名", "性别", "身份证号"]]
    rows += [["1", "101", "空置", "", ""], ["1", "102", "", "", ""], ["1", "103", "空房", "", ""]]
    rows += [["1", "104", "", "女", PEOPLE[1].number], ["1", "105", "王兰", "女", ""]]
    _, parsed = read(write_xlsx(tmp_path / "空房.xlsx", rows))
    assert [(row.row, row.kinds) for row in parsed] == [(5, ("name_missing",)), (6, ())]


def test_people_marked_as_dead_or_gone_are_asked_about(tmp_path: Path) -> None:
    rows = [
        ["姓名", "性别", "居住状态", "是否已死亡"],
        ["王兰", "女", "已故", ""],
        ["李刚", "男", "常住", "1"],
        ["张伟", "男", "空挂户", "否"],
    ]
    _, parsed = read(write_xlsx(tmp_path / "变动.xlsx", rows))
    assert [row.kinds for row in parsed] == [("person_departed",), ("person_departed",), ()]
    assert parsed[2].values.residence_status == "户在人不在"


def test_old_xls_files(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("第二网格")
    heading = ["姓名", "性别", "出生日期", "身份证号", "电话", "楼号", "单元", "房号"]
    sheet.write_merge(0, 0, 0, 7, "第二网格居民台账")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for column, text in enumerate(heading):
        sheet.write(1, column, text)
    for index, p in enumerate(PEOPLE, 2):
        cells = [
            p.name,
            p.sex,
            p.born,
            p.number,
            p.phone,
            int(p.building),
            int(p.unit),
            int(p.room),
        ]
        for column, cell in enumerate(cells):
            sheet.write(index, column, cell, day) if isinstance(cell, date) else sheet.write(
                index, column, cell
            )
    for name in ("老格式.xls", "老格式.et"):
        book.save(str(tmp_path / name))
        layouts, parsed = read(tmp_path / name)
        assert layouts[0].heading_rows == (2,)
        assert_people(parsed, (*MOST, "birth"))
        assert {row.values.grid for row in parsed} == {"2"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables_in_every_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["姓名", "性别", "身份证号", "电话", "楼号", "单元", "房号"]]
    rows += [[p.name, p.sex, p.number, p.phone, p.building, p.unit, p.room] for p in PEOPLE]
    rows[2][0] = "解𬱖"
    _, parsed = read(write_csv(tmp_path / "名单.csv", rows, encoding, delimiter))
    assert parsed[1].values.name == "解𬱖"
    assert_people(parsed[2:], MOST, PEOPLE[2:])


def test_csv_with_old_private_characters_and_protected_numbers(tmp_path: Path) -> None:
    rows = [["姓名", "身份证号"], ["王\ue863", f'="{PEOPLE[0].number}"']]
    _, parsed = read(write_csv(tmp_path / "造字.csv", rows, "gb18030"))
    assert parsed[0].values.name == "王䶮"
    assert parsed[0].values.document_number == PEOPLE[0].number


def test_workbooks_of_openpyxl_with_merged_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["住址", "姓名", "关系", "身份证号"])
    for p in PEOPLE[:3]:
        sheet.append(
            [
                f"{p.building}栋{p.unit}单元{p.room}" if is_head(p) else None,
                p.name,
                p.relation,
                p.number,
            ]
        )
    sheet.merge_cells("A2:A4")
    book.save(tmp_path / "合并.xlsx")
    _, parsed = read(tmp_path / "合并.xlsx")
    assert_people(parsed, ("name", "relation", "number", "place"), PEOPLE[:3])


def test_all_fields_of_a_full_roster_come_through(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [
            "姓名",
            "性别",
            "出生日期",
            "身份证号",
            "电话",
            "楼号",
            "单元",
            "房号",
            "与户主关系",
            "民族",
            "政治面貌",
            "特殊人群",
        ]
    ]
    rows += [
        [
            p.name,
            p.sex,
            p.born,
            p.number,
            p.phone,
            p.building,
            p.unit,
            p.room,
            p.relation,
            p.ethnic,
            p.party,
            "、".join(p.tags),
        ]
        for p in PEOPLE
    ]
    _, parsed = read(write_xlsx(tmp_path / "全.xlsx", rows))
    assert_people(parsed, ALL)


def test_a_head_in_columns_of_his_own_beside_the_members(tmp_path: Path) -> None:
    heading = ["户主姓名", "户主身份证号", "户主电话", "住址", "成员姓名", "关系", "成员身份证号"]
    rows = [heading]
    for p in (q for q in PEOPLE if is_head(q)):
        place = f"{p.building}-{p.unit}-{p.room}"
        family = [q for q in PEOPLE if (q.building, q.room) == (p.building, p.room) and q != p]
        head = [p.name, p.number, p.phone, place]
        for index, member in enumerate(family or [None]):
            own = [member.name, member.relation, member.number] if member else ["", "", ""]
            rows.append([*(head if index == 0 else ["", "", "", ""]), *own])
    _, parsed = read(write_xlsx(tmp_path / "户主成员.xlsx", rows))
    by_name = sorted(parsed, key=lambda row: [p.name for p in PEOPLE].index(row.values.name))
    assert_people(by_name, ("name", "number", "place", "relation"))
    assert by_name[0].values.phones == (PEOPLE[0].phone,)
    assert len({row.values.household_key for row in parsed}) == 5


def test_a_head_listed_among_the_members_is_not_listed_twice(tmp_path: Path) -> None:
    rows = [["户主姓名", "户主身份证号", "姓名", "与户主关系", "身份证号"]]
    head = PEOPLE[0]
    rows += [[head.name, head.number, p.name, p.relation, p.number] for p in PEOPLE[:3]]
    _, parsed = read(write_xlsx(tmp_path / "户主重复.xlsx", rows))
    assert_people(parsed, ("name", "number", "relation"), PEOPLE[:3])


def test_members_of_a_household_in_one_line(tmp_path: Path) -> None:
    rows = [["住址", "姓名1", "身份证号1", "姓名2", "身份证号2"]]
    rows += [["1-2-702", PEOPLE[0].name, PEOPLE[0].number, PEOPLE[1].name, PEOPLE[1].number]]
    rows += [["2-1-501", PEOPLE[3].name, PEOPLE[3].number, "", ""]]
    _, parsed = read(write_xlsx(tmp_path / "一行一户.xlsx", rows))
    people = sorted(parsed, key=lambda row: row.values.room + row.values.document_number)
    assert [(r.values.name, r.values.room, r.faults) for r in people] == [
        ("汪云怡", "501", ()),
        ("夏磊飞", "702", ()),
        ("解洁", "702", ()),
    ]


def test_several_names_in_one_cell_are_a_fault(tmp_path: Path) -> None:
    rows = [["姓名", "住址"], ["夏磊飞、解洁", "1-2-702"]]
    _, parsed = read(write_xlsx(tmp_path / "几个人.xlsx", rows))
    assert [row.kinds for row in parsed] == [("name_several",)]


def test_household_numbers_that_start_again_with_each_building_stay_apart(tmp_path: Path) -> None:
    rows = [["楼号", "户号", "房号", "姓名", "与户主关系"]]
    rows += [["1", "1", "101", "王兰", "户主"], ["", "", "", "李刚", "夫"]]
    rows += [["2", "1", "101", "张伟", "户主"], ["", "", "", "张小明", "子"]]
    _, parsed = read(write_xlsx(tmp_path / "户号重复.xlsx", rows))
    keys = [row.values.household_key for row in parsed]
    assert keys[0] == keys[1] != keys[2] == keys[3]


def test_a_second_column_with_a_name_in_it_makes_no_second_person(tmp_path: Path) -> None:
    rows = [["姓名", "姓名拼音", "身份证号", "网点负责人姓名", "紧急联系人电话", "电话", "类别"]]
    rows += [[p.name, "pinyin", p.number, "王芳", "13900000000", p.phone, "城镇"] for p in PEOPLE]
    _, parsed = read(write_xlsx(tmp_path / "两列姓名.xlsx", rows))
    assert_people(parsed, ("name", "number"))
    assert [row.values.phones for row in parsed] == [(p.phone,) if p.phone else () for p in PEOPLE]
    assert {row.values.tags for row in parsed} == {()}


def test_spreadsheets_of_open_document_format(tmp_path: Path) -> None:
    lines = [["姓名", "性别", "身份证号"], *([p.name, p.sex, p.number] for p in PEOPLE)]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(text) for text in line)}</table:table-row>"
        for line in lines
    )
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
        f'xmlns:text="{names}text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="第一网格">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "开放.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    _, parsed = read(path)
    assert_people(parsed, ("name", "sex", "number"))
    assert {row.values.grid for row in parsed} == {"1"}


def test_three_levels_of_headings_below_a_title_that_is_not_merged_to_the_end(
    tmp_path: Path,
) -> None:
    rows = [
        ["望海社区居民台账", "", "", "", "", ""],
        ["人员", "", "", "房屋", "", ""],
        ["基本信息", "", "联系", "位置", "", ""],
        ["姓名", "身份证号", "电话", "楼", "单元", "室"],
        *([p.name, p.number, p.phone, p.building, p.unit, p.room] for p in PEOPLE),
    ]
    merges = ["A1:D1", "A2:C2", "D2:F2", "A3:B3", "D3:F3"]
    layouts, parsed = read(write_xlsx(tmp_path / "三级.xlsx", rows, merges=merges))
    assert layouts[0].heading_rows == (2, 3, 4)
    assert_people(parsed, ("name", "number", "phone", "place"))


def test_a_heading_of_which_only_the_name_is_known(tmp_path: Path) -> None:
    rows = [
        ["住户花名册"],
        ["姓名", "代码", "宅"],
        *([p.name, p.number, f"{p.building}-{p.unit}-{p.room}"] for p in PEOPLE),
    ]
    layouts, parsed = read(write_xlsx(tmp_path / "只有姓名.xlsx", rows))
    assert layouts[0].heading_rows == (2,)
    assert_people(parsed, ("name", "number", "place"))


def test_headings_in_two_languages_and_with_two_words(tmp_path: Path) -> None:
    rows = [["姓名 Name", "性别 Sex", "身份证号 ID No.", "楼号/栋号", "单元/门", "室/户"]]
    rows += [[p.name, p.sex, p.number, p.building, p.unit, p.room] for p in PEOPLE]
    _, parsed = read(write_xlsx(tmp_path / "双语.xlsx", rows))
    assert_people(parsed, ("name", "sex", "number", "place"))


def test_sheets_that_only_show_how_to_fill_in_are_left_alone(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "样表.xlsx"))
    write_sheet(book, [["姓名", "性别"], ["张三", "男"]], "填写示例")
    write_sheet(book, [["姓名", "性别"], ["王兰", "女"]], "居民")
    book.close()
    _, parsed = read(tmp_path / "样表.xlsx")
    assert [row.values.name for row in parsed] == ["王兰"]


def test_numbered_and_marked_names_lose_number_and_mark(tmp_path: Path) -> None:
    rows = [
        ["姓名", "性别"],
        ["1.王兰", "女"],
        ["2、李刚", "男"],
        ["★张伟", "男"],
        ["户主：赵敏", "女"],
        ["孙丽*", "女"],
    ]
    _, parsed = read(write_xlsx(tmp_path / "编号.xlsx", rows))
    assert [row.values.name for row in parsed] == ["王兰", "李刚", "张伟", "赵敏", "孙丽"]


def test_documents_of_other_kinds_with_and_without_a_column_that_names_the_kind(
    tmp_path: Path,
) -> None:
    rows = [["姓名", "证件类型", "证件号码"]]
    rows += [["陈志明", "港澳居民来往内地通行证", "H12345678"], ["林佩珊", "台胞证", "12345678"]]
    rows += [
        ["John Smith", "护照", "E12345678"],
        ["王军", "军官证", "南字第1234567号"],
        ["王小宝", "无", ""],
    ]
    rows += [["李建国", "身份证", "830000201212310031"], ["周敏", "台胞证", "1234"]]
    _, parsed = read(write_xlsx(tmp_path / "证件.xlsx", rows))
    assert [row.values.document_kind for row in parsed[:6]] == [
        "hk_macau_permit",
        "taiwan_permit",
        "passport",
        "military",
        "",
        "hmt_residence",
    ]
    assert [row.kinds for row in parsed] == [*([()] * 6), ("id_format",)]


def test_section_rows_that_name_building_and_unit(tmp_path: Path) -> None:
    rows = [["门牌号", "姓名", "身份证号"], ["3号楼2单元"], ["101室", "王兰", ""], ["二单元"]]
    rows += [["102室", "李刚", ""], ["5号楼"], ["103室", "张伟", ""]]
    _, parsed = read(write_xlsx(tmp_path / "单元.xlsx", rows))
    assert [(r.values.building, r.values.unit, r.values.room) for r in parsed] == [
        ("3", "2", "101"),
        ("3", "2", "102"),
        ("5", "", "103"),
    ]


def test_himself_and_wife_of_the_head_are_told_as_relations(tmp_path: Path) -> None:
    rows = [
        ["姓名", "家庭关系"],
        ["王兰", "本人"],
        ["李刚", "户主之夫"],
        ["李小明", "之子"],
        ["孙丽", "大女儿"],
    ]
    _, parsed = read(write_xlsx(tmp_path / "关系.xlsx", rows))
    assert [row.values.relation for row in parsed] == ["户主", "夫", "子", "长女"]


def test_husbands_in_columns_of_their_own_are_no_residents(tmp_path: Path) -> None:
    rows = [["妇女姓名", "身份证号", "丈夫姓名", "丈夫身份证号", "丈夫电话"]]
    rows += [["解洁", PEOPLE[1].number, "夏磊飞", PEOPLE[0].number, "13900000000"]]
    _, parsed = read(write_xlsx(tmp_path / "丈夫.xlsx", rows))
    assert_people(parsed, ("name", "number"), PEOPLE[1:2])
    assert parsed[0].values.phones == ()


def test_exports_of_computer_systems_with_codes_beside_words(tmp_path: Path) -> None:
    heading = [
        "人员ID",
        "网格编码",
        "所属网格",
        "姓名",
        "姓名拼音",
        "性别代码",
        "性别",
        "证件号码",
        "来本地时间",
        "残疾等级",
    ]
    rows: list[list[object]] = [heading]
    for n, p in enumerate(PEOPLE):
        code = 1 if p.sex == "男" else 2
        rows.append(
            [
                "8a7b00",
                "2102140010030000",
                "望海社区第三网格",
                p.name,
                "pinyin",
                code,
                p.sex,
                p.number,
                "2024-03-01",
                "二级" if n == 0 else "",
            ]
        )
    _, parsed = read(write_xlsx(tmp_path / "导出.xlsx", rows))
    assert_people(parsed, ("name", "sex", "number", "birth"))
    assert {row.values.grid for row in parsed} == {"3"}
    assert [row.values.tags for row in parsed[:2]] == [("残疾人",), ()]


def test_commas_in_quotes_and_tabs_behind_numbers_do_not_confuse_a_text_table(
    tmp_path: Path,
) -> None:
    rows = [["姓名", "身份证号", "备注"]]
    rows += [[p.name, f"{p.number}\t", "甲,乙" if n % 2 else ""] for n, p in enumerate(PEOPLE)]
    _, parsed = read(write_csv(tmp_path / "逗号.csv", rows, "utf-8"))
    assert_people(parsed, ("name", "number"))
    assert parsed[1].values.note == "甲,乙"


def test_the_day_of_consent_is_read_and_one_to_come_is_left_out_with_a_remark(
    tmp_path: Path,
) -> None:
    rows: list[list[object]] = [
        ["姓名", "身份证号", "同意日期"],
        ["王兰", "", "2024.3.1"],
        ["李刚", "", "2031-01-01"],
        ["张伟", "", ""],
    ]
    _, parsed = read(write_xlsx(tmp_path / "同意.xlsx", rows))
    assert [row.values.consent_on for row in parsed] == [date(2024, 3, 1), None, None]
    assert ["同意日期" in "".join(row.remarks) for row in parsed] == [False, True, False]
