"""What may be corrected of somebody, and what stood there, in words."""

from collections.abc import Mapping

from toshima_cli.domain.terms import Sex
from toshima_cli.domain.verdict import Value, say

FIELDS = {
    "name": say("name"),
    "kana": say("reading"),
    "birth_date": say("birth date"),
    "sex": say("sex"),
    "relation": say("relation"),
    "phone": say("telephone"),
    "address": say("address"),
    "contact_rule": say("contact rule"),
    "visit_alert": say("visit alert"),
    "assistance_since": say("public assistance since"),
    "assistance_office": say("public assistance, office"),
}


def in_words(field: str, value: Value | None, relations: Mapping[str, str]) -> Value | None:
    """A value of that field as it is read: the slugs of sex and relation by their words."""
    if not isinstance(value, str):
        return value
    if field == "sex":
        return Sex(value)
    return relations.get(value, value) if field == "relation" else value
