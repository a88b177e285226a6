"""What helps in the community beside windows and programmes (社会資源): a salon, a dining room, a group."""

from dataclasses import dataclass
from datetime import date

from toshima_cli.change_tables import ResourceRow
from toshima_cli.db import Store, Work, queries
from toshima_cli.domain.verdict import Basis, Done, Next, Refusal, say


@dataclass(frozen=True, slots=True)
class Resource:
    code: str
    name: str
    owner: str | None = None
    place: str | None = None
    offers: str | None = None


def add(store: Store, made: Resource, on: date) -> Done | Refusal:
    """A new resource. Its code stands for one place only, and is never given twice."""

    def do(w: Work) -> Done | Refusal:
        seq = w.begin("resource", on)
        if queries("places").place_any(w.conn, code=made.code) is not None:
            return Refusal(
                rule="resource.code.taken",
                basis=Basis.OURS,
                message=say("The code {code} stands for another place already.", code=made.code),
                missing=(say("a code nobody has used"),),
                next=(Next("resource", say("See the codes there are."), "toshima resource list"),),
            )
        w.add(
            ResourceRow(
                seq=seq,
                on_date=on,
                code=made.code,
                name=made.name,
                owner=made.owner,
                place=made.place,
                offers=made.offers,
            )
        )
        return Done(
            sentence=say("Resource {code} added: {name}.", code=made.code, name=made.name),
            number=made.code,
            data={
                "resource": made.code,
                "name": made.name,
                "owner": made.owner,
                "place": made.place,
                "offers": made.offers,
            },
            next=(
                Next(
                    "refer", say("Tell a household of it."), f"toshima route CASE --to {made.code} --ground none_shared"
                ),
            ),
        )

    return store.work("resource add", do)
