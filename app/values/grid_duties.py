"""What a grid does: the seven kinds of duties of 泸州市条例 article 14 (domain-law.md 5)."""

DUTIES = (
    "宣传法律法规和政策",
    "协助采集标准地址、实有人口、房屋、单位等基础信息",
    "收集、上报社情民意",
    "排查、上报安全隐患",
    "排查、上报矛盾纠纷",
    "走访特殊人群和困难群体",
    "其他应当由网格承担的服务管理事项",
)
"""行政许可, 处罚 and 强制 are kept out by article 15."""
