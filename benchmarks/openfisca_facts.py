"""The facts of our vocabulary as OpenFisca variables: a household of persons, its events, and what
follows from them as seen from each trigger.

One variable holds one value, so of each kind of event there is one: a file with two decisions
cannot be asked of this model.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from openfisca_conditions import UNKNOWN_DAY, Fact, Formula
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from metgezel.engines.rules.cases import RELATIONS
from metgezel.engines.rules.facts import APPLICATION_KINDS, PROTECTION
from metgezel.engines.rules.vocabulary import Type, Vocabulary

NO_DAY = date(1, 1, 1)
TRUTH = ("True", "False")
STATED = ("person.unaccompanied_minor", "member.relation", "member.whereabouts",
          "member.family_at_entry")  # fmt: skip
TODAY = "today"  # stands for the kind of event of rules without a trigger


def name_of(*parts: str) -> str:
    """A name OpenFisca accepts."""
    return "__".join(parts).replace(".", "_").replace("-", "_")


class FactModel:
    """Entities, input variables, and derived facts, which are added when first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.person = Entity("person", "persons", "", "")
        roles = [{"key": "applicant", "plural": "applicants", "max": 1},
                 {"key": "relative", "plural": "relatives"}]  # fmt: skip
        self.household = GroupEntity("household", "households", "", "", roles=roles)
        self.system = TaxBenefitSystem([self.person, self.household])
        self.entities: dict[str, Any] = {}
        self.values: dict[str, Sequence[str] | None] = {}
        self.enums: dict[str, Any] = {}
        self.days: set[str] = set()
        self._inputs()

    def about_member(self, kind: str) -> bool:
        """Whether events of a kind are about one person of the household."""
        return kind != TODAY and "member" in self.vocabulary.events[kind].attributes

    def entity_of(self, kind: str) -> Any:
        """Where events of a kind are kept."""
        return self.person if self.about_member(kind) else self.household

    def add(
        self, name: str, entity: Any, value_type: Any, formula: Formula | None = None,
        values: Sequence[str] | None = None,
    ) -> str:  # fmt: skip
        """Define a variable; `values` makes it an enum with `unknown` before them."""
        content: dict[str, Any] = {
            "value_type": Enum if values else value_type, "entity": entity,
            "definition_period": DateUnit.ETERNITY, "label": name,
        }  # fmt: skip
        if values:
            known = {f"v_{value}": str(value) for value in values}
            enum = Enum(f"E_{name}", {"unknown": "unknown", **known})
            content |= {"possible_values": enum, "default_value": enum.unknown}
            self.enums[name] = enum
        elif value_type is not bool:
            content["default_value"] = NO_DAY if value_type is date else -1
        if formula is not None:
            content["formula"] = _encoded(formula, self.enums[name]) if values else formula
        self.system.add_variable(type(name, (Variable,), content))
        self.entities[name], self.values[name] = entity, values
        if value_type is date and not values:
            self.days.add(name)
        return name

    def _inputs(self) -> None:
        self.add(name_of(TODAY, "on"), self.household, date)
        self.add("birth_date", self.person, date)
        self.add("unaccompanied_minor", self.person, int, values=TRUTH)
        self.add("relation", self.person, str, values=RELATIONS)
        self.add("whereabouts", self.person, str, values=("abroad", "netherlands"))
        self.add("family_at_entry", self.person, int, values=TRUTH)
        for kind, event in self.vocabulary.events.items():
            self.add(name_of(kind, "on"), self.entity_of(kind), date)
            for attribute in event.attributes.values():
                values = tuple(attribute.values) or None
                if attribute.type is Type.BOOL:
                    values = TRUTH
                if attribute.type in (Type.ENUM, Type.BOOL, Type.INT):
                    name = name_of(kind, attribute.name)
                    self.add(name, self.entity_of(kind), int, values=values)

    def fact(self, entity: Any, variable: str) -> Fact:
        """A variable as rows of `entity` read it: their own, or their household's."""
        values, day = self.values[variable], variable in self.days
        if self.entities[variable] is entity:
            return Fact(lambda rows, period: rows(variable, period), values, day)
        return Fact(lambda rows, period: rows.household(variable, period), values, day)

    def seen(self, name: str, kind: str, entity: Any) -> Fact:
        """A fact by our name, as seen from an event of a kind."""
        if name.endswith(".on:any"):
            return self.fact(entity, name_of(name.removesuffix(".on:any"), "on"))
        if name.startswith("event."):
            return self.fact(entity, name_of(kind, name.removeprefix("event.")))
        variable = name_of(name, "at", kind)
        if variable not in self.entities:
            self._derive(name, kind, variable)
        return self.fact(entity, variable)

    def _derive(self, name: str, kind: str, variable: str) -> None:
        """A fact that hangs on the day it is seen from."""
        member = name.startswith("member.")
        entity = self.person if member else self.entity_of(kind)
        trigger = self.fact(entity, name_of(kind, "on")).read
        of_whom = _own if member else _applicants
        short = name.split(".")[1]
        if name in STATED:
            self.add(variable, entity, str, of_whom(short), self.values[short])
        elif short == "age":
            self.add(variable, entity, int, _age(of_whom("birth_date"), trigger))
        elif short == "age_at_application":
            applied = self.seen("asylum.applied", kind, entity).read
            self.add(variable, entity, int, _age(of_whom("birth_date"), applied))
        elif name == "asylum.applied":
            days = [self.fact(entity, name_of(one, "on")).read for one in APPLICATION_KINDS]
            self.add(variable, entity, date, _applied(days, trigger))
        elif name == "asylum.status":
            self.add(variable, entity, str, self._status(entity, trigger), ("none", *PROTECTION))
        elif name == "asylum.extension_months":
            self.add(variable, entity, int, self._extension(kind, entity))
        else:
            self._latest(name, variable, entity, trigger)

    def _latest(self, name: str, variable: str, entity: Any, trigger: Formula) -> None:
        """An attribute of another event, where that had happened by then."""
        other, attribute = self.vocabulary.split(name)
        on = self.fact(entity, name_of(other, "on")).read
        source = name_of(other, attribute)
        value, day = self.fact(entity, source).read, source in self.days
        nothing: Any = UNKNOWN_DAY if day else (0 if self.values[source] else -1)

        def formula(rows: Any, period: Any) -> Any:
            happened = on(rows, period) <= trigger(rows, period)
            return np.where(happened, value(rows, period), nothing)

        self.add(variable, entity, date if day else int, formula, self.values[source])

    def _status(self, entity: Any, trigger: Formula) -> Formula:
        on = self.fact(entity, name_of("asylum.decision", "on")).read
        outcome = self.fact(entity, name_of("asylum.decision", "outcome"))
        applied = [self.fact(entity, name_of(kind, "on")).read for kind in APPLICATION_KINDS]
        # codes of the status by code of the outcome: unknown 0, none 1, refugee 2, subsidiary 3
        values = outcome.values or ()
        codes = [1, *(2 + PROTECTION.index(v) if v in PROTECTION else 1 for v in values)]
        table = np.array(codes)

        def formula(rows: Any, period: Any) -> Any:
            day = on(rows, period)
            decided = (day > UNKNOWN_DAY) & (day <= trigger(rows, period))
            asked = np.maximum.reduce([one(rows, period) for one in applied]) > UNKNOWN_DAY
            return np.where(
                decided, table[np.asarray(outcome.read(rows, period))], np.where(asked, 1, 0)
            )

        return formula

    def _extension(self, kind: str, entity: Any) -> Formula:
        on = self.fact(entity, name_of("asylum.term_extended", "on")).read
        months = self.fact(entity, name_of("asylum.term_extended", "months")).read
        applied = self.seen("asylum.applied", kind, entity).read

        def formula(rows: Any, period: Any) -> Any:
            counts = (on(rows, period) > UNKNOWN_DAY) & (on(rows, period) >= applied(rows, period))
            return np.where(counts, np.maximum(months(rows, period), 0), 0)

        return formula


def _encoded(formula: Formula, enum: Any) -> Formula:
    return lambda rows, period: EnumArray(np.asarray(formula(rows, period)).astype(np.int16), enum)


def _own(variable: str) -> Formula:
    return lambda rows, period: rows(variable, period)


def _applicants(variable: str) -> Formula:
    """Of the person the case is about, whether asked by a household or by one of its persons."""

    def formula(rows: Any, period: Any) -> Any:
        household = getattr(rows, "household", rows)
        return household.applicant(variable, period)

    return formula


def _age(birth: Formula, on: Formula) -> Formula:
    def formula(rows: Any, period: Any) -> Any:
        born, day = birth(rows, period), on(rows, period)
        months = (day.astype("M8[M]") - born.astype("M8[M]")).astype(int)
        in_month = (day - day.astype("M8[M]")) < (born - born.astype("M8[M]"))
        known = (born > UNKNOWN_DAY) & (day >= born)
        return np.where(known, (months - in_month) // 12, -1)

    return formula


def _applied(days: list[Formula], trigger: Formula) -> Formula:
    """Lodged, else registered, else made."""

    def formula(rows: Any, period: Any) -> Any:
        seen, found = trigger(rows, period), UNKNOWN_DAY
        for day in reversed([one(rows, period) for one in days]):
            found = np.where((day > UNKNOWN_DAY) & (day <= seen), day, found)
        return found

    return formula
