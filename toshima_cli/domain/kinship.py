"""Words that say who is meant without a name: what somebody is to the person a text is about (rule 3). [ours]

A relation is given towards the head; what somebody is to anybody else of the household is told where it follows.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from unicodedata import normalize

from toshima_cli.domain.case import Person
from toshima_cli.domain.people import HEAD, related
from toshima_cli.domain.terms import Sex

_OF_THE_HEAD = {
    "spouse": "spouse",
    "partner": "partner",
    "former_spouse": "former_spouse",
    "child": "parent",
    "parent": "child",
    "sibling": "sibling",
    "grandchild": "grandparent",
    "grandparent": "grandchild",
}
"""What somebody is to the head → what the head is to them."""

_WORDS: dict[tuple[str, Sex | None], tuple[str, ...]] = {
    ("parent", Sex.FEMALE): ("(?<![祖叔伯])母", "おかあさん"),
    ("parent", Sex.MALE): ("(?<![祖叔伯])父", "おとうさん"),
    ("parent", None): ("両親", "(?<![父母両])親(?![切族戚類し])"),
    ("child", Sex.FEMALE): ("娘", "[長次二三四]女"),
    ("child", Sex.MALE): ("息子", "[長次二三四]男"),
    ("child", None): ("子ども", "子供"),
    ("spouse", Sex.FEMALE): ("(?<![元前])妻", "奥さん", "家内"),
    ("spouse", Sex.MALE): ("(?<![元前丈工])夫", "旦那"),
    ("spouse", None): ("配偶者", "夫婦"),
    ("former_spouse", Sex.FEMALE): ("[元前]妻",),
    ("former_spouse", Sex.MALE): ("[元前]夫",),
    ("partner", None): ("パートナー", "内縁"),
    ("sibling", Sex.FEMALE): ("姉", "妹"),
    ("sibling", Sex.MALE): ("兄", "弟"),
    ("sibling", None): ("きょうだい",),
    ("grandparent", Sex.FEMALE): ("祖母", "おばあ"),
    ("grandparent", Sex.MALE): ("祖父", "おじい"),
    ("grandchild", None): ("孫",),
    ("relative", Sex.FEMALE): ("[叔伯]母", "姪"),
    ("relative", Sex.MALE): ("[叔伯]父", "甥"),
    ("relative", None): ("いとこ", "従[兄姉弟妹]"),
    ("cohabitant", None): ("同居人",),
}
"""Relation and, where it tells them apart, sex → the words, as patterns: 大丈夫 has no husband in it."""


def says_kin(text: str, hidden: Iterable[Person], seen: Sequence[Person], ties: Collection[str]) -> bool:
    """Whether the text says one of the `hidden` by what they are to those of the `seen` it is about (`ties`, their
    labels; none: all of them), in a word that fits none of the `seen`."""
    plain = normalize("NFKC", text)
    hidden, about = tuple(hidden), [p for p in seen if not ties or p.label in ties]
    meant = {word for whose in about for p in hidden for word in _words(p, whose)}
    meant -= {word for whose in about for p in seen for word in _words(p, whose)}
    return any(re.search(word, plain) for word in meant)


def _words(person: Person, whose: Person) -> Iterator[str]:
    of = person.relation if whose.relation == HEAD else related(whose.relation, person.relation)
    if person.relation == HEAD:
        of = _OF_THE_HEAD.get(whose.relation, "")
    told = person.sex in (Sex.FEMALE, Sex.MALE)
    for (relation, sex), words in _WORDS.items():
        if relation == of and (sex in (None, person.sex) or not told):
            yield from words
