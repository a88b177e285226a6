"""What kind of household people make up, from their relations to its head (ours; `household_type` of codes.csv).

1. Generations are counted from the head: grandparents +2, parents +1, the head, whoever lives with them and siblings 0,
   children −1, grandchildren −2.
2. Whoever's relation is not known (`other`) leaves the kind unknown; relatives, cohabitants and siblings make it other.
3. Of two generations with nobody else it is a family: a couple or one person in the older one, any number of children
   without a spouse of their own.
Only those recorded count: of a household of which one person is known nothing says that others live there.
"""

from collections.abc import Iterable

UNKNOWN, OTHER, SINGLE, COUPLE = "unknown", "other", "single", "couple"
SINGLE_PARENT, PARENTS, THREE = "single_parent", "parents_children", "three_generations"

GENERATION = {
    "grandparent": 2,
    "parent": 1,
    "head": 0,
    "spouse": 0,
    "partner": 0,
    "sibling": 0,
    "former_spouse": 0,
    "cohabitant": 0,
    "relative": 0,
    "child": -1,
    "grandchild": -2,
}
PAIR = ("spouse", "partner")
APART = ("former_spouse", "cohabitant", "relative")


def household_type(relations: Iterable[str]) -> str:
    """The code for people with these relations, those who live there that day."""
    there = list(relations)
    if not there or any(relation not in GENERATION for relation in there):
        return UNKNOWN
    if len(there) == 1:
        return SINGLE
    generations = sorted({GENERATION[relation] for relation in there})
    if len(generations) > 2:
        return THREE
    if any(relation in APART for relation in there):
        return OTHER
    if len(generations) == 1:
        return COUPLE if len(there) == 2 and any(relation in PAIR for relation in there) else OTHER
    older = [relation for relation in there if GENERATION[relation] == generations[1]]
    paired = any(relation in PAIR for relation in there if relation not in older)
    if generations[1] - generations[0] > 1 or "sibling" in older or len(older) > 2 or paired:
        return OTHER
    return SINGLE_PARENT if len(older) == 1 else PARENTS
