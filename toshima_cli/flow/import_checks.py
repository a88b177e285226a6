"""What has to hold of a record of an export, held against the books as they were known by then. The gate is asked
again, and nothing that is taken in gives leave by itself (`domain/moved.py`)."""

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from toshima_cli import facts
from toshima_cli.db import Work, queries
from toshima_cli.domain import moved, office, public
from toshima_cli.domain import terms as t
from toshima_cli.domain.case import Case
from toshima_cli.domain.verdict import Say, say
from toshima_cli.i18n import known
from toshima_cli.records import fields
from toshima_cli.saying import from_json
from toshima_cli.shapes import CORRECTED, PLAIN, value_fault

STEPS = {act: moved.leads_to(act) for act in t.Act}


class Lost(Exception):
    """It points at a record that has a fault, and is not looked at further."""


class Wrong(Exception):
    def __init__(self, where: str, message: Say) -> None:
        self.found = (where, message)


class Unfounded(Wrong):
    """Nothing among the lines before it gave leave for it."""


class Checks:
    """`case_now`: a case as known by the line that is read; forgotten with every line that may change it."""

    def __init__(self, w: Work) -> None:
        self.w = w
        self.case_now = lru_cache(1)(self._loaded)

    def check(self, name: str, record: Mapping[str, Any], values: dict[str, Any]) -> None:
        match name:
            case "stage_step":
                act, stage = t.Act(record["step"]), t.Stage(record["stage"])
                begun = queries("moving").has_begun(self.w.conn, case_id=values["case_id"]) is not None
                if stage not in STEPS[act] or not (begun or (act, stage) in moved.OPENINGS):
                    raise Wrong("stage", say("No step of that kind leads there."))
            case "secrecy":
                if record["until"] != moved.secrecy_ends(date.fromisoformat(record["on_date"])).isoformat():
                    raise Wrong("until", say("An acknowledgement lasts the fiscal year it was given in."))
            case "item_member" if not record["masked"]:
                self.shown(values["item_id"], record["member"])
            case "meeting_item":
                self._spoken(record["reason"])
            case "referral":
                self._referred(record)
            case "member" if (record["person"] is None) != record["withheld"]:
                raise Wrong("withheld", say("Of who is withheld there is the label and nobody behind it."))
            case "plan":
                labels = [one["member"].rpartition("/")[2] for one in record["people"]]
                case = self.case_now(record["case"])
                if fault := moved.not_planned(case, labels, date.fromisoformat(record["on_date"])):
                    raise Unfounded("people", fault)
            case "correction":
                self._corrected(record)
            case "setting_change" if record["value"] is not None:
                self._set(record["setting"], record["value"])
            case "publication":
                self._published(record)

    def shown(self, item_id: int, member: str) -> None:
        item = queries("moving").item_about(self.w.conn, item_id=item_id)
        number, _, label = member.rpartition("/")
        case = self.case_now(number) if item["number"] == number else None
        fault = moved.not_shared(case, t.ItemKind(item["kind"]), label, date.fromisoformat(item["held_on"]))
        if fault:
            raise Unfounded("member", fault)

    def _spoken(self, reason: Any) -> None:
        """The list of items carries no typed text (rule 3): why an item is there is a sentence of ours."""
        try:
            said = from_json(reason)
        except (KeyError, TypeError, ValueError, AttributeError):
            said = None
        if not isinstance(said, Say) or not _ours(said):
            raise Wrong("reason", say("This is no sentence of this program."))

    def _set(self, key: str, value: str) -> None:
        """A setting takes what `toshima config` takes; targets of figures this version does not know stay."""
        try:
            kept = office.checked(key, value, (office.figure_of(key),))
        except office.BadSetting as error:
            raise Wrong("setting" if error.key else "value", error.message) from None
        if kept != value:
            raise Wrong("value", say("“{value}” does not fit here.", value=value))

    def _published(self, record: Mapping[str, Any]) -> None:
        """What could have been published: of a month that was over, nothing small among what is shown."""
        try:
            found = json.loads(record["cells"])
        except (ValueError, RecursionError):
            found = None
        wrong = public.fault(
            record["report"], record["period"], record["most"], found, date.fromisoformat(record["on_date"])
        )
        if wrong is not None:
            raise Wrong(wrong, say("This cannot have been published so."))

    def _corrected(self, record: Mapping[str, Any]) -> None:
        of = [name for name in CORRECTED if record[name] is not None]
        if not of and record["field"] == "undone":
            return
        target, known = CORRECTED[of[0]] if len(of) == 1 else ("", frozenset[str]())
        if record["field"] not in known:
            raise Wrong("field", say("This is nothing that is corrected there."))
        each = next((one for one in fields(target) if one.column == record["field"]), None)
        for name in ("old_value", "new_value"):
            if each and record[name] is not None and (fault := value_fault(target, each, record[name])):
                raise Wrong(name, fault)

    def _referred(self, record: Mapping[str, Any]) -> None:
        label = (record["member"] or "").rpartition("/")[2] or None
        referral = {
            "ground": t.Ground(record["ground"]),
            "label": label,
            "report_kind": record["report_kind"],
            "to": record["to_code"] or record["to_name"],
            "on": date.fromisoformat(record["on_date"]),
        }
        case = self.case_now(record["case"]) if referral["ground"] in moved.BY_FACTS else None
        fault = moved.permit_fault(record["permit"], record["case"], case, referral)
        if fault:
            raise Unfounded("permit", fault)

    def _loaded(self, number: str) -> Case | None:
        """The case as known by now, through the eyes of somebody who may see it."""
        row = queries("moving").case_id(self.w.conn, number=number)
        holders = list(queries("books").holders(self.w.conn, case_id=row["id"])) if row else []
        try:
            self.w.conn.viewer = holders[0]["staff_code"] if holders else self.w.actor
            return facts.load(self.w.conn, number)
        finally:
            self.w.conn.viewer = self.w.actor


def _ours(said: Say) -> bool:
    """Whether a sentence is one of the program's, and nothing in it was typed."""
    return known(said.text) and all(_bare(value) for _, value in said.values)


def _bare(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(map(_bare, value))
    if isinstance(value, Say):
        return _ours(value)
    return not isinstance(value, str) or isinstance(value, StrEnum) or PLAIN.fullmatch(value) is not None
