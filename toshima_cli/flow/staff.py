"""The people who work with the books."""

from toshima_cli.db import Store, Work, queries
from toshima_cli.domain.terms import Role
from toshima_cli.domain.verdict import Basis, Done, Refusal, say
from toshima_cli.tables import StaffRow


def add(store: Store, code: str, name: str, office: str, window: str | None, role: Role) -> Done | Refusal:
    """A new member of staff. A code is never given twice, not even after someone retired."""

    def do(w: Work) -> Done | Refusal:
        w.begin("staff", w.today)
        if queries("books").staff_any(w.conn, number=code) is not None:
            return Refusal(
                rule="staff.code.taken",
                basis=Basis.OURS,
                message=say("The staff code {code} belongs to someone already.", code=code),
                missing=(say("a code nobody has used"),),
            )
        w.about(("staff", code))
        w.add(StaffRow(code=code, name=name, office=office, window_code=window, role=role))
        return Done(
            sentence=say("Staff {code} added: {name}, {office}.", code=code, name=name, office=office),
            number=code,
            data={"staff": code, "name": name, "office": office, "window": window, "role": role},
        )

    return store.work("staff add", do)
