"""From a case and a law book to a plan. Pure: the day is given, never read from a clock."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from .candidates import earliest_candidates, step_order
from .cases import Case, Event, Member
from .counting import Term, Unit, add_months, count_term
from .effects import effects_of
from .facts import PACT, Timeline, TriggerScope
from .law import DATED, EventPattern, Kind, LawBook, Rule, TermCase
from .steps import Notice, Plan, Question, Reason, Step, state_of
from .undecided import undecided

EVERYONE: tuple[None] = (None,)


def plan(case: Case, lawbook: LawBook, on: date) -> Plan:
    """Everything the law asks and offers in this case, as seen on day `on`.

    Events after `on` are left out. The order of events in the case does not matter.
    """
    return _Planner(case, lawbook, on).run()


class _Planner:
    def __init__(self, case: Case, lawbook: LawBook, on: date) -> None:
        self.case = case
        self.lawbook = lawbook
        self.on = on
        self.timeline = Timeline(case, on)
        self.steps: list[Step] = []
        self.notices: dict[tuple[str, str], Notice] = {}
        self.questions: dict[tuple[str, str], Question] = {}

    def run(self) -> Plan:
        """Walk through every trigger, then the rules that need none."""
        for kind, events in self.timeline.by_kind.items():
            for rule in self.lawbook.by_trigger.get(kind, ()):
                for index, event in enumerate(events):
                    self._triggered(rule, event, events, index)
        for rule in self.lawbook.without_trigger:
            self._untriggered(rule)
        steps = earliest_candidates(self.steps)
        self._explain(steps)
        return Plan(
            self.on,
            self.lawbook.version,
            tuple(sorted(steps, key=step_order)),
            tuple(sorted(self.notices.values(), key=lambda n: (n.rule.id, n.member or ""))),
            tuple(sorted(self.questions.values(), key=lambda q: (-q.rule.loss, q.rule.id, q.fact))),
        )

    def _scopes(self, rule: Rule, event: Event | None) -> Iterator[TriggerScope]:
        """One scope per member the rule looks at, or one for the person."""
        day = event.on if event else self.on
        members: tuple[Member | None, ...] = EVERYONE
        if rule.each_member:
            members = tuple(self.case.household)
        elif event is not None and event.member is not None:
            members = (self.timeline.members.get(event.member),)
        for member in members:
            yield TriggerScope(self.timeline, self.lawbook.vocabulary, day, event, member)

    def _triggered(self, rule: Rule, event: Event, same_kind: list[Event], index: int) -> None:
        for scope in self._scopes(rule, event):
            if not self._in_force(rule, scope):
                continue
            holds = True if rule.when is None else rule.when.evaluate(scope)
            if holds is None:
                self._ask(rule, scope, undecided(rule.when.node, scope) if rule.when else ())
                holds = rule.assume_unknown
                assumed = True
            else:
                assumed = False
            if not holds:
                continue
            self._ask_when_applied(rule, scope)
            if rule.kind in DATED:
                self._date(rule, scope, event, same_kind[index + 1 :], assumed)
            elif rule.kind is Kind.NOTICE:
                self._notice(rule, scope, event, same_kind[index + 1 :])
            elif rule.kind is Kind.QUESTION:
                self._question(rule, scope)

    def _untriggered(self, rule: Rule) -> None:
        for scope in self._scopes(rule, None):
            if not self._in_force(rule, scope):
                continue
            if rule.when is not None and not rule.when.evaluate(scope):
                continue
            if rule.kind is Kind.QUESTION:
                self._question(rule, scope)
            elif not any(self._closers(rule.ended_by, scope, date.min, ())):
                self._add_notice(rule, scope)

    def _in_force(self, rule: Rule, scope: TriggerScope) -> bool:
        validity = rule.validity
        if not validity.by_application:
            return validity.holds(scope.day)
        applied = scope.applied
        if applied is not None:
            return validity.holds(applied) or (rule.transitional and bool(scope.transitional))
        return validity.holds(scope.day)

    def _ask_when_applied(self, rule: Rule, scope: TriggerScope) -> None:
        """Ask the day of application where the regime of a rule that holds hangs on it."""
        if rule.validity.by_application and scope.day >= PACT and rule.loss:
            self._ask(rule, scope, ("asylum.applied",))

    def _date(
        self, rule: Rule, scope: TriggerScope, event: Event, later: list[Event], assumed: bool
    ) -> None:
        chosen = self._term(rule, scope)
        if chosen is None:
            return
        case, term, base = chosen
        starts_again = list(self._closers(rule.restart_by, scope, event.on, later))
        if starts_again:
            base = starts_again[-1].on
        counted = count_term(base, term, self.lawbook.calendar)
        if rule.kind is Kind.OPENING:
            day = counted.due + timedelta(days=case.opens_day_after)
            starts, safe, due, raw = day, None, None, None
        else:
            starts, safe, due, raw = counted.starts, counted.safe, counted.due, counted.raw
            if case.opens_before_end:
                starts = _before(counted.raw, *case.opens_before_end)
        done = next(self._closers(rule.done_by, scope, event.on, later), None)
        ended = next(self._closers(rule.ended_by, scope, event.on, later), None)
        done_on = done.on if done else None
        state = state_of(starts, safe, due, done_on, ended is not None, rule.lapse, self.on)
        self.steps.append(
            Step(
                rule=rule,
                event=event,
                member=scope.member.id if scope.member else event.member,
                starts=starts,
                safe=safe,
                due=due,
                raw=raw,
                state=state,
                done_on=done_on,
                late=bool(done_on and due and done_on > due),
                assumed=assumed,
                because=self._reasons(rule, scope, event, done or ended, starts_again),
                counted=counted,
            )
        )

    def _term(self, rule: Rule, scope: TriggerScope) -> tuple[TermCase, Term, date] | None:
        """The term case that holds, its term and the day it counts from."""
        for case in rule.terms:
            if case.when is not None and not case.when.evaluate(scope):
                continue
            amount = case.amount.evaluate(scope)
            base: date | None = scope.day
            if case.anchor:
                anchor = self.timeline.latest(case.anchor, scope.day)
                base = anchor.on if anchor else None
            if not isinstance(amount, int) or base is None:
                missing = case.amount.names if base else (f"{case.anchor}.on",)
                self._ask(rule, scope, missing)
                return None
            return case, Term(amount, case.unit, case.count, case.start), base
        return None

    def _closers(
        self,
        patterns: tuple[EventPattern, ...],
        scope: TriggerScope,
        since: date,
        later: list[Event] | tuple[Event, ...],
    ) -> Iterator[Event]:
        """Events that match, from the trigger on and before the next trigger of its kind."""
        if not patterns:
            return iter(())
        member = scope.member.id if scope.member else None
        until = min((e.on for e in later if e.on > since and _same_member(e, member)), default=None)
        found = [
            event
            for pattern in patterns
            for event in self.timeline.by_kind.get(pattern.kind, ())
            if event.on >= since
            and event is not scope.event
            and (until is None or event.on < until or _ends_its_own_kind(event, scope, until))
            and _same_member(event, member)
            and all(event.attributes.get(k) == v for k, v in pattern.attributes.items())
        ]
        return iter(sorted(found, key=lambda event: event.on))

    def _reasons(
        self,
        rule: Rule,
        scope: TriggerScope,
        event: Event,
        closer: Event | None,
        restarts: list[Event],
    ) -> tuple[Reason, ...]:
        reasons = [Reason(event=event.kind, on=event.on)]
        for name in rule.when.names if rule.when else ():
            value = scope.value(name)
            if value is not None:
                reasons.append(Reason(fact=name.removeprefix("event."), value=value))
        reasons += [Reason(event=e.kind, on=e.on) for e in restarts[-1:]]
        if closer is not None:
            reasons.append(Reason(event=closer.kind, on=closer.on))
        return tuple(reasons)

    def _notice(self, rule: Rule, scope: TriggerScope, event: Event, later: list[Event]) -> None:
        if not any(self._closers(rule.ended_by, scope, event.on, later)):
            self._add_notice(rule, scope)

    def _add_notice(self, rule: Rule, scope: TriggerScope) -> None:
        member = scope.member.id if scope.member else None
        because: tuple[Reason, ...] = ()
        if scope.event is not None:
            because = self._reasons(rule, scope, scope.event, None, [])
        self.notices[rule.id, member or ""] = Notice(rule, member, because)

    def _question(self, rule: Rule, scope: TriggerScope) -> None:
        member = scope.member.id if scope.member else None
        self.questions.setdefault(
            (rule.id, member or ""), Question(rule, "", rule.ask, rule.why, member)
        )

    def _ask(self, rule: Rule, scope: TriggerScope, names: Iterable[str]) -> None:
        """Ask each unknown fact once; the rule with most to lose gives the reason."""
        member = scope.member.id if scope.member else ""
        for name in names:
            if scope.value(name) is not None:
                continue
            about = member if name.startswith("member.") else ""
            known = self.questions.get((name, about))
            if known is None or known.rule.loss < rule.loss:
                ask = self._ask_text(name, scope)
                self.questions[name, about] = Question(rule, name, ask, rule.title, about or None)

    def _ask_text(self, name: str, scope: TriggerScope) -> dict[str, str]:
        vocabulary = self.lawbook.vocabulary
        if fact := vocabulary.facts.get(name):
            return dict(fact.ask)
        kind, attribute = vocabulary.split(name)
        if kind == "event" and scope.event is not None:
            kind = scope.event.kind
        if found := vocabulary.attribute(kind, attribute):
            return dict(found.ask)
        label = vocabulary.events[kind].label
        return {"nl": f"Wanneer was dit: {label['nl']}?", "en": f"When was this: {label['en']}?"}

    def _explain(self, steps: list[Step]) -> None:
        """Add the counting rules that explain how these steps were counted."""
        for effect in {effect for step in steps for effect in effects_of(step, self.lawbook)}:
            rule = self.lawbook.explanations.get(effect)
            if rule is not None and rule.validity.holds(self.on):
                self.notices[rule.id, ""] = Notice(rule, None, ())


def _ends_its_own_kind(event: Event, scope: TriggerScope, until: date) -> bool:
    """A later event of the trigger's kind may end its step: a withdrawal ends a permit."""
    return scope.event is not None and event.kind == scope.event.kind and event.on == until


def _same_member(event: Event, member: str | None) -> bool:
    return event.member is None or member is None or event.member == member


def _before(end: date, amount: int, unit: Unit) -> date:
    """A day some time before an end; counted back, so it never rolls (ATW art. 1, 2)."""
    if unit is Unit.MONTHS:
        return add_months(end, -amount)
    if unit is Unit.YEARS:
        return add_months(end, -12 * amount)
    return end - timedelta(days=amount * (7 if unit is Unit.WEEKS else 1))
