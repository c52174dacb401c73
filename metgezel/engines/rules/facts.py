"""Facts a rule may read, worked out from the case as seen from one trigger."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date

from .cases import Case, Event, Member, PersonFacts
from .counting import add_months
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
    years = day.year - birth.year
    birthday = add_months(birth, 12 * years)
    if (birth.month, birth.day) == (2, 29) and birthday.day == 28:
        return years - ((day.month, day.day) < (3, 1))
    return years - (day < birthday)


class Timeline:
    """A case's events in order, by kind; the same whatever their order in the file."""

    def __init__(self, case: Case, on: date) -> None:
        self.case = case
        happened = [event for event in case.events if event.on <= on]
        self.events = sorted(happened, key=_order)
        self.by_kind: dict[str, list[Event]] = {}
        for event in self.events:
            self.by_kind.setdefault(event.kind, []).append(event)
        self.members = {member.id: member for member in case.household}

    def latest(self, kind: str, day: date) -> Event | None:
        """The latest event of a kind up to a day."""
        events = self.by_kind.get(kind)
        if not events:
            return None
        index = bisect_right(events, day, key=lambda event: event.on)
        return events[index - 1] if index else None

    def application(self, day: date) -> Event | None:
        """The application a decision of that day is about: lodged, else registered, else made."""
        for kind in APPLICATION_KINDS:
            if event := self.latest(kind, day):
                return event
        return None

    def status(self, day: date) -> str | None:
        """Protection held: refugee, subsidiary or none; None when the file says nothing."""
        held: str | None = None
        for decision in self.by_kind.get("asylum.decision", ()):
            if decision.on > day:
                break
            outcome = decision.attributes.get("outcome")
            if outcome in PROTECTION:
                held = str(outcome)
            elif outcome == "withdrawn" or held is None:
                held = "none"
        if held is None and any(kind in self.by_kind for kind in APPLICATION_KINDS):
            return "none"
        return held


def _order(event: Event) -> tuple[date, str, str, str]:
    return event.on, event.kind, event.key, repr(sorted(event.attributes.items()))


class TriggerScope:
    """Facts as seen from one trigger (or from the day of the plan), for one member or none."""

    __slots__ = ("cache", "day", "event", "member", "timeline", "vocabulary")

    def __init__(
        self,
        timeline: Timeline,
        vocabulary: Vocabulary,
        day: date,
        event: Event | None = None,
        member: Member | None = None,
    ) -> None:
        self.timeline = timeline
        self.vocabulary = vocabulary
        self.day = day
        self.event = event
        self.member = member
        self.cache: dict[str, Value | None] = {}

    def value(self, name: str) -> Value | None:
        """The value of a fact; None when unknown."""
        if name not in self.cache:
            self.cache[name] = self._find(name)
        return self.cache[name]

    def has(self, kind: str) -> bool:
        """Whether an event of this kind is in the file."""
        return kind in self.timeline.by_kind

    def _find(self, name: str) -> Value | None:
        if name.startswith("event.") and self.event is not None:
            return self._attribute(self.event, name.removeprefix("event."))
        if (derive := DERIVED.get(name)) is not None:
            return derive(self)
        kind, attribute = self.vocabulary.split(name)
        event = self.timeline.latest(kind, self.day)
        return None if event is None else self._attribute(event, attribute)

    def _attribute(self, event: Event, name: str) -> Value | None:
        if name == "on":
            return event.on
        if name in event.attributes:
            return event.attributes[name]
        attribute = self.vocabulary.attribute(event.kind, name)
        return attribute.default if attribute else None

    @property
    def person(self) -> PersonFacts:
        """Who the case is about."""
        return self.timeline.case.person

    @property
    def applied(self) -> date | None:
        """The day of the application this trigger belongs to."""
        application = self.timeline.application(self.day)
        return application.on if application else None

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
