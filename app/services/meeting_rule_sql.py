"""The rule of a body on a day in SQL text, for lists that read many at once (`meeting_rules`)."""

from app.models import Matter

_USUAL = f"'{Matter.ORDINARY}', '{Matter.OWNERS_GENERAL}'"


def rule_of_body(day: str) -> str:
    """Condition that `vote_rule` r is what `body` b goes by on a day, a column or a question mark.

    The set of its own by which a body goes, else that of the law; a question mark stands twice.
    """
    return f"""r.kind = b.kind AND r.deleted_at IS NULL AND r.matter IN ({_USUAL})
        AND (r.code = b.rule_code OR (b.rule_code IS NULL AND r.shipped))
        AND r.since <= {day} AND (r.until IS NULL OR r.until >= {day})"""
