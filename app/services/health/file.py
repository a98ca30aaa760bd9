"""The file itself: what storage/check.py looks for, whoever wrote into it and with whatever."""

from app.services.health.kinds import Check, Group, Kind, Level
from app.storage.check import FaultKind


def _check(kind: FaultKind, title: str, why: str, example: str) -> Check:
    return Check(
        key=kind.value,
        group=Group.FILE,
        level=Level.DAMAGED,
        kind=Kind.FILE,
        title=title,
        why=why,
        example=example,
    )


CHECKS = (
    _check(
        FaultKind.PAGES,
        "损坏的页",
        "这些页的内容读不出来，多半是磁盘坏了或 U 盘拔得太早；请尽快从备份恢复。",
        "第 5 页损坏",
    ),
    _check(
        FaultKind.STRUCTURE,
        "内部结构",
        "表和索引对不上时，有的人会查不到、数不准；请从备份恢复。",
        "文件的内部结构有 2 处不一致",
    ),
    _check(
        FaultKind.ORPHANS,
        "指向不存在的记录",
        "一条记录说的人或户已经不在，说明有别的程序改过资料。",
        "标签记在一个不存在的人身上",
    ),
    _check(
        FaultKind.VALUES,
        "读不懂的值",
        "日期不成日期、状态不在表上，说明有别的程序改过资料，打开这些人时会出错。",
        "出生日期写着“不详”",
    ),
    _check(
        FaultKind.ALTERED,
        "操作记录被改动",
        "谁在什么时候做了什么，应与写入时一字不差；不同说明有人绕过程序改了它。",
        "第 2 条与写入时不同",
    ),
    _check(
        FaultKind.MISSING,
        "操作记录被删",
        "每一步的编号连着排；缺号说明有人绕过程序删了记录，末尾被删也看得出来。",
        "第 510 至 512 条不在了",
    ),
)
