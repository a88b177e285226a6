"""Making the books: the file, its tables, the reference data, and one member of staff so that a desk can start."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from toshima_cli import books, reference
from toshima_cli.db import LOCAL, Store, Work
from toshima_cli.domain.terms import Role
from toshima_cli.domain.verdict import Done, Next, Refusal, say
from toshima_cli.exits import StoreTrouble
from toshima_cli.opening import open_store
from toshima_cli.reference import File
from toshima_cli.sqlite_file import local
from toshima_cli.tables import StaffRow


def init(url: str, windows: File | None, *, actor: str, today: date, replayed: bool, now: Callable[[], str]) -> Done:
    """Create the books where there are none, and load the reference data. Twice is the same as once.

    Raises StoreTrouble for an address of a server, BadInput for a list of windows that cannot be used; a file just
    created is then taken away again.
    """
    path = local(url)
    made = not path.exists()
    if made:
        try:
            books.create(path)
        except FileExistsError:
            pass  # another desk was faster
        except OSError as error:
            raise StoreTrouble(
                say("The database cannot be made: {path}.", path=str(path)),
                why=(say("Its folder cannot be written, or something else is in the way."),),
                do=(say("Name a file in a folder of your own: toshima --db FILE init"),),
            ) from error
    try:
        store = open_store(str(path), actor=LOCAL if made else actor, today=today, replayed=replayed, now=now)
        try:
            return _load(store, path, windows, made=made)
        finally:
            store.close()
    except BaseException:
        if made:
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                path.with_name(name).unlink(missing_ok=True)
        raise


def _load(store: Store, path: Path, windows: File | None, *, made: bool) -> Done:
    def do(w: Work) -> Done | Refusal:
        w.begin("init", w.today)
        counts = reference.load(w.session, windows)
        if w.session.get(StaffRow, LOCAL) is None:
            w.add(StaffRow(code=LOCAL, name=LOCAL, office="-", role=Role.COORDINATOR))
        w.session.flush()
        sentence = (
            say("Created {path}: {windows} windows, {programmes} programmes.", path=str(path), **_two(counts))
            if made
            else say("{path} is there already; its reference data was loaded again.", path=str(path))
        )
        return Done(
            sentence=sentence,
            number=str(path),
            data={"database": str(path), "created": made, **counts},
            next=(
                Next(
                    "staff",
                    say("name the coordinators"),
                    "toshima staff add k01 --name NAME --office OFFICE --window csw --role coordinator",
                ),
                Next("intake", say("take in the first household"), "toshima intake --from FILE.json"),
            ),
        )

    done = store.work("init", do)
    assert isinstance(done, Done)
    return done


def _two(counts: dict[str, int]) -> dict[str, int]:
    return {name: counts[name] for name in ("windows", "programmes")}
