"""What may be corrected of somebody, in words."""

from toshima_cli.domain.fields import in_words
from toshima_cli.domain.terms import Sex
from toshima_cli.domain.verdict import say


def test_slugs_are_read_by_their_words_and_everything_else_as_it_stands() -> None:
    words = {"child": "子"}
    assert in_words("sex", "female", words) is Sex.FEMALE
    assert in_words("relation", "child", words) == "子"
    assert in_words("relation", "a code of another ward", words) == "a code of another ward"
    assert in_words("name", "child", words) == "child"
    assert in_words("sex", None, words) is None
    assert in_words("name", say("a name is held back"), words) == say("a name is held back")
