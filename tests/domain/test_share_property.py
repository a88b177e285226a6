"""Each ground said once more, naively, from the raw rows: the gate passes exactly then, over random histories."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.world import (
    CLINIC,
    CSW,
    HIKIKOMORI,
    JOSEI,
    KOSODATE,
    OPENED,
    PLAN,
    SHARING,
    ask,
    case,
    person,
    row,
    sitting,
)
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Consent, Sitting
from toshima_cli.domain.consent import Permit
from toshima_cli.domain.referral import Recipient, Sender

G = t.Ground
GIVEN, REFUSED, WITHDRAWN = t.Decision.GIVEN, t.Decision.REFUSED, t.Decision.WITHDRAWN
SUPPORT, MULTILAYER = t.ItemKind.SUPPORT_CONFERENCE, t.ItemKind.MULTILAYER_CONFERENCE


CODES = ["csw", "hikikomori", "josei"]
DAYS = [OPENED + timedelta(days=n) for n in range(4)]
ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from([GIVEN, REFUSED, WITHDRAWN]),
        st.sampled_from(DAYS),
        seq=st.integers(1, 9),
        scopes=st.sampled_from([SHARING, PLAN, SHARING | PLAN]),
        excluding=st.frozensets(st.sampled_from(CODES), max_size=2),
        until=st.none() | st.sampled_from(DAYS),
    ),
    max_size=4,
    unique_by=lambda r: r.seq,
)
SITTINGS = st.lists(
    st.builds(
        lambda kind, labels, on, windows, cancelled: sitting(
            kind, *labels, on=on, windows=tuple(windows), cancelled=cancelled
        ),
        st.sampled_from([SUPPORT, MULTILAYER]),
        st.sets(st.sampled_from("AB")),
        st.sampled_from(DAYS),
        st.sets(st.sampled_from(CODES)),
        st.booleans(),
    ),
    max_size=3,
)


@given(
    a=ROWS,
    b=ROWS,
    sittings=SITTINGS,
    labels=st.sampled_from([(), ("A",), ("B",), ("A", "B"), ("Z",)]),
    ground=st.sampled_from([*G]),
    to=st.sampled_from([HIKIKOMORI, JOSEI, CLINIC]),
    sender=st.sampled_from([CSW, KOSODATE, Sender()]),
    reason=st.sampled_from([None, "", "危険"]),
    day=st.sampled_from(DAYS),
)
def test_nothing_is_shared_without_a_ground(
    a: list[Consent],
    b: list[Consent],
    sittings: list[Sitting],
    labels: tuple[str, ...],
    ground: t.Ground,
    to: Recipient,
    sender: Sender,
    reason: str | None,
    day: date,
) -> None:
    """Each ground said once more, naively, from the raw rows; the gate passes exactly then."""
    of = case(person("A", *a), person("B", *b), sittings=tuple(sittings))
    rows = {"A": a, "B": b}
    named = labels or ("A", "B")

    def last(label: str) -> Consent | None:
        upto = sorted(
            (r for r in rows[label] if r.on <= day and t.Scope.SHARING in r.scopes), key=lambda r: (r.on, r.seq)
        )
        found = upto[-1] if upto else None
        alive = found and found.decision is GIVEN and not (found.expires_on and found.expires_on < day)
        return found if alive else None

    def met(label: str) -> bool:
        return any(
            s.kind is SUPPORT and not s.cancelled and s.held_on <= day and label in s.labels and to.code in s.windows
            for s in sittings
        )

    def excepts(label: str) -> bool:
        row = last(label)
        return row is not None and to.code in row.excluding

    known = "Z" not in named
    open_to = not any(excepts(x) for x in named if x in rows)
    expected = {
        G.CONSENT: known and open_to and all(last(x) for x in named),
        G.NONE_SHARED: True,
        G.STATUTORY_REPORT: True,
        G.SAME_OFFICE: known and open_to and sender is KOSODATE and to is JOSEI,
        G.SUPPORT_CONFERENCE: known and open_to and all(met(x) for x in named),
        G.EMERGENCY: known and reason == "危険",
    }
    answer = ask(of, labels, ground, to=to, sender=sender, reason=reason, day=day)
    assert isinstance(answer, Permit) == bool(expected[ground])
