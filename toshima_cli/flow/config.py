"""What the office sets for itself: its days, its inhabitants, its targets. Every value stays on record with its day."""

from datetime import date

from toshima_cli import places
from toshima_cli.db import Store, Work
from toshima_cli.domain.verdict import Done, Refusal, Value, say
from toshima_cli.office_tables import SettingChangeRow


def change(store: Store, key: str, value: str | None, on: date) -> Done | Refusal:
    """Another value for a setting; None: as it was shipped, or none at all."""

    def do(w: Work) -> Done | Refusal:
        before = places.settings(w.conn).get(key)
        w.begin("config", on)
        w.add(SettingChangeRow(seq=w.seq, on_date=on, setting=key, value=value))
        after = places.settings(w.conn).get(key)
        none: Value = say("not set")
        return Done(
            sentence=say("{key}: {after} (before: {before})", key=key, after=after or none, before=before or none),
            number=key,
            data={"key": key, "value": after, "before": before},
            next=(),
        )

    return store.work("config", do)
