"""A list of owners as it is copied from WPS, three of its lines good."""

from app.importing import owner_list
from app.importing.owner_list import OwnerList

PASTED = """海棠苑业主清册
业主姓名\t联系电话\t房屋坐落\t建筑面积（㎡）
王秀英\t13942800011\t5号楼2单元301\t86.5
\t\t5-2-302\t40.25
李建国\t\t5-1-101\t1,00.00
赵四\t\t\t90
钱五\t\t5-1-102\t0
孙六\t\t5-1-103\t九十
合计\t\t\t226.75
"""


def pasted(text: str) -> OwnerList:
    """What is read of cells that were copied."""
    return owner_list.read_rows([line.split("\t") for line in text.splitlines()])
