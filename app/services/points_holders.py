"""Whose an account is, in SQL: joined to `points_account AS a` wherever names are shown."""

HOLDERS = """points_account AS a
    LEFT JOIN volunteer AS outsider ON outsider.id = a.volunteer_id
    LEFT JOIN resident AS person ON person.id = coalesce(a.resident_id, outsider.resident_id)
    LEFT JOIN household AS house ON house.id = a.household_id
    LEFT JOIN resident AS head ON head.id = house.head_id"""
NAME = "coalesce(person.name, head.name, outsider.name, '')"
"""Of a shared account that of the head of the household."""
SHARED = "a.household_id IS NOT NULL"
OF_OTHERS = "（别的网格的人）"
"""In place of the name of somebody whom one may not see"""
