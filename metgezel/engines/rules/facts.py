"""Facts a rule may read, worked out from the case as seen from one trigger."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from .cases import Case, Event, Member, PersonFacts
from .steps import Reason
from .vocabulary import Value, Vocabulary

PACT = date(2026, 6, 12)
APPLICATION_KINDS = ("asylum.lodged", "asylum.registered", "asylum.made")
PROTECTION = ("refugee", "subsidiary")


def age_on(birth: date | None, day: date | None) -> int | None:
    """Full years on a day; who was born on 29 February turns older on 1 March of other years.

    None when unknown or before birth.
    """
    if birth is None or day is None or day < birth:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


class Timeline:
    """A case's events in order, by kind; the same whatever their order in the file."""

    def __init__(self, case: Case, vocabulary: Vocabulary, on: date) -> None:
        self.case = case
        self.vocabulary = vocabulary
        events = [event for event in case.events if event.on <= on]
        if len({event.key for event in events}) < len(events):
            events.sort(key=_attributes)  # dear, so only where keys do not tell events apart
        self.events = sorted(events, key=_order)
        self.by_kind: dict[str, list[Event]] = {}
        for event in self.events:
            self.by_kind.setdefault(event.kind, []).append(event)
        self.has = self.by_kind.__contains__  # whether an event of a kind is in the file
        self.members = {member.id: member for member in case.household}

    def latest(self, kind: str, day: date) -> Event | None:
        """The latest event of a kind up to a day."""
        events = self.by_kind.get(kind)
        if not events:
            return None
        if events[-1].on <= day:
            return events[-1]
        index = bisect_right(events, day, key=lambda event: event.on)
        return events[index - 1] if index else None

    def applied(self, day: date) -> date | None:
        """The day of the application a day belongs to: lodged, else registered, else made."""
        for kind in APPLICATION_KINDS:
            if event := self.latest(kind, day):
                return event.on
        return None

    def status(self, day: date) -> str | None:
        """Protection held: refugee, subsidiary or none; None when the file does not say.

        Who applied holds nothing before the decision; after one of which the outcome is not
        recorded, nobody knows.
        """
        applied = any(kind in self.by_kind for kind in APPLICATION_KINDS)
        held: str | None = "none" if applied else None
        for decision in self.by_kind.get("asylum.decision", ()):
            if decision.on > day:
                break
            outcome = decision.attributes.get("outcome")
            if outcome in PROTECTION or outcome is None:
                held = str(outcome) if outcome else None
            elif outcome == "withdrawn" or held is None:
                held = "none"
        return held


def happened(event: Event) -> Reason:
    """An event as a reason."""
    return Reason(event.kind, event.on)


def _order(event: Event) -> tuple[date, str, str]:
    return event.on, event.kind, event.key


def _attributes(event: Event) -> str:
    return repr(sorted(event.attributes.items()))


class TriggerScope(dict[str, Value | None]):
    """Facts as seen from one trigger (or from the day of the plan), for one member or none.

    A dictionary of the facts asked so far: all rules of a trigger share it, and each fact is
    worked out once.
    """

    __slots__ = (
        "about",
        "applied",
        "day",
        "event",
        "has",
        "member",
        "reasons",
        "timeline",
        "until",
    )

    def __init__(
        self,
        timeline: Timeline,
        day: date,
        event: Event | None = None,
        member: Member | None = None,
        later: Sequence[Event] = (),
    ) -> None:
        self.timeline = timeline
        self.day = day
        self.event = event
        self.member = member
        self.about = member.id if member else None
        self.has = timeline.has
        self.applied = timeline.applied(day)
        self.reasons: dict[tuple[str, ...], tuple[Reason, ...]] = {}
        self.until = self._next(later) if later else None

    value = dict.__getitem__  # the value of a fact; None when unknown

    def __missing__(self, name: str) -> Value | None:
        """Work out a fact that nobody asked before."""
        found = self[name] = self._find(name)
        return found

    def _next(self, later: Sequence[Event]) -> date | None:
        """The day of the next trigger of the same kind, about the same member."""
        return min((e.on for e in later if e.on > self.day and self.concerns(e)), default=None)

    def concerns(self, event: Event) -> bool:
        """Whether an event is about the same member, or about nobody in particular."""
        return self.about is None or event.member in (None, self.about)

    def _find(self, name: str) -> Value | None:
        if name.startswith("event.") and self.event is not None:
            return self._attribute(self.event, name.removeprefix("event."))
        if (derive := DERIVED.get(name)) is not None:
            return derive(self)
        kind, attribute = self.timeline.vocabulary.split(name)
        event = self.timeline.latest(kind, self.day)
        return None if event is None else self._attribute(event, attribute)

    def _attribute(self, event: Event, name: str) -> Value | None:
        if name == "on":
            return event.on
        if name in event.attributes:
            return event.attributes[name]
        attribute = self.timeline.vocabulary.attribute(event.kind, name)
        return attribute.default if attribute else None

    def because(self, names: tuple[str, ...]) -> tuple[Reason, ...]:
        """The trigger and those of the named facts that are known; nothing without a trigger."""
        if self.event is None:
            return ()
        reasons = self.reasons.get(names)
        if reasons is None:
            facts = [
                Reason("", None, name.removeprefix("event."), value)
                for name in names
                if (value := self[name]) is not None
            ]
            reasons = self.reasons[names] = (happened(self.event), *facts)
        return reasons

    @property
    def person(self) -> PersonFacts:
        """Who the case is about."""
        return self.timeline.case.person

    @property
    def regime(self) -> str | None:
        """pre_pact or pact; before 12 June 2026 nothing else existed, so no date is needed."""
        applied = self.applied
        if applied is None:
            return "pre_pact" if self.day < PACT else None
        return "pre_pact" if applied < PACT else "pact"

    @property
    def transitional(self) -> bool | None:
        """An old application, and something that happened under the new law."""
        if self.day < PACT:
            return False
        regime = self.regime
        return None if regime is None else regime == "pre_pact"

    def member_age(self, day: date | None) -> int | None:
        """The member's age on a day."""
        return age_on(self.member.birth_date, day) if self.member else None

    def whereabouts(self) -> str | None:
        """Where the member is; 'unknown' is unknown."""
        if self.member is None or self.member.whereabouts == "unknown":
            return None
        return self.member.whereabouts

    def extension_months(self) -> int:
        """Months added to the decision term by every extension letter since the application."""
        letters = self.timeline.by_kind.get("asylum.term_extended", ())
        since = self.applied
        found = 0
        for letter in letters:
            months = letter.attributes.get("months")
            if isinstance(months, int) and (since is None or letter.on >= since):
                found += months
        return found


def scopes_of(timeline: Timeline, events: Sequence[Event], each: bool) -> list[TriggerScope]:
    """Scopes of a kind's events: one per household member, or one for whom each is about."""
    found = []
    for number, event in enumerate(events, 1):
        own = timeline.members.get(event.member) if event.member else None
        members = timeline.case.household if each else (own,)
        later = events[number:]
        found += [TriggerScope(timeline, event.on, event, member, later) for member in members]
    return found


DERIVED: Mapping[str, Callable[[TriggerScope], Value | None]] = {
    "person.age": lambda s: age_on(s.person.birth_date, s.day),
    "person.nationality": lambda s: s.person.nationality,
    "person.unaccompanied_minor": lambda s: s.person.unaccompanied_minor,
    "member.relation": lambda s: s.member.relation if s.member else None,
    "member.age": lambda s: s.member_age(s.day),
    "member.age_at_application": lambda s: s.member_age(s.applied),
    "member.whereabouts": lambda s: s.whereabouts(),
    "member.family_at_entry": lambda s: s.member.family_at_entry if s.member else None,
    "asylum.applied": lambda s: s.applied,
    "asylum.regime": lambda s: s.regime,
    "asylum.transitional": lambda s: s.transitional,
    "asylum.status": lambda s: s.timeline.status(s.day),
    "asylum.age_at_application": lambda s: age_on(s.person.birth_date, s.applied),
    "asylum.extension_months": lambda s: s.extension_months(),
}
