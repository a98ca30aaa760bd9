"""Why an office may hold somebody's data: the grounds of 个人信息保护法 13, in short."""

BY_CONSENT, BY_DUTY = "同意", "履行法定职责"
LAWFUL_BASES = (BY_CONSENT, BY_DUTY, "履行合同", "应对紧急情况", "已经公开的信息", "法律另有规定")

CHILD = 14
"""Below this age parents or guardians consent (个人信息保护法 31)."""

ADULT = 18

GUARDIANS = ("父亲", "母亲", "祖父母", "外祖父母", "兄姐", "其他监护人")
"""What a guardian is to the child, as 民法典 27 lists them."""
