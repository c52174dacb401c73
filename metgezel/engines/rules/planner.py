"""From a case and a law book to a plan. Pure: the day is given, never read from a clock."""

from datetime import date, timedelta

from .asking import Questions
from .candidates import earliest_candidates, step_order
from .cases import Case, Event
from .closing import closers
from .counting import Term, count_back, count_term
from .effects import effects_of
from .facts import PACT, Timeline, TriggerScope, happened, scopes_of
from .law import Kind, LawBook, Rule, TermCase
from .repeats import without_repeats
from .steps import Notice, Plan, Step, state_of
from .undecided import undecided


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
        self.timeline = Timeline(case, lawbook.vocabulary, on)
        self.steps: list[Step] = []
        self.notices: dict[tuple[str, str], Notice] = {}
        self.questions = Questions(lawbook.vocabulary)

    def run(self) -> Plan:
        """Walk through every trigger, then the rules that need none."""
        for kind, events in self.timeline.by_kind.items():
            if rules := self.lawbook.by_trigger.get(kind):
                self._triggered(rules, events)
        self._untriggered(self.lawbook.without_trigger)
        steps = earliest_candidates(without_repeats(self.steps))
        self._explain(steps)
        return Plan(
            self.on,
            self.lawbook.version,
            tuple(sorted(steps, key=step_order)),
            tuple(sorted(self.notices.values(), key=lambda n: (n.rule.id, n.member or ""))),
            self.questions.in_order(),
        )

    def _triggered(self, rules: tuple[Rule, ...], events: list[Event]) -> None:
        """Every rule that events of one kind set off; they share what is worked out."""
        about = scopes_of(self.timeline, events, each=False)
        every = any(rule.each_member for rule in rules)
        members = scopes_of(self.timeline, events, each=True) if every else []
        for rule in rules:
            for scope in members if rule.each_member else about:
                if _in_force(rule, scope):
                    self._apply(rule, scope)

    def _untriggered(self, rules: tuple[Rule, ...]) -> None:
        """Notices and questions that hang on the state of the file, known for certain."""
        everyone = [TriggerScope(self.timeline, self.on)]
        members = [TriggerScope(self.timeline, self.on, None, m) for m in self.case.household]
        for rule in rules:
            for scope in members if rule.each_member else everyone:
                if _in_force(rule, scope) and (rule.when is None or rule.when.evaluate(scope)):
                    self._give(rule, scope, False)

    def _apply(self, rule: Rule, scope: TriggerScope) -> None:
        holds = True if rule.when is None else rule.when.evaluate(scope)
        assumed = False
        if holds is None and rule.when is not None:
            self.questions.about(rule, scope, undecided(rule.when.node, scope))
            holds = assumed = rule.assume_unknown
        if not holds:
            return
        if scope.applied is None and scope.day >= PACT and rule.validity.by_application:
            self._ask_when_applied(rule, scope)
        self._give(rule, scope, assumed)

    def _give(self, rule: Rule, scope: TriggerScope, assumed: bool) -> None:
        if rule.kind is Kind.NOTICE:
            self._notice(rule, scope)
        elif rule.kind is Kind.QUESTION:
            self.questions.of_rule(rule, scope.about)
        elif scope.event is not None:
            self._date(rule, scope, scope.event, assumed)

    def _ask_when_applied(self, rule: Rule, scope: TriggerScope) -> None:
        """Ask the day of application where the regime of a rule that holds hangs on it."""
        if rule.loss:
            self.questions.about(rule, scope, ("asylum.applied",))

    def _date(self, rule: Rule, scope: TriggerScope, event: Event, assumed: bool) -> None:
        chosen = self._term(rule, scope)
        if chosen is None:
            return
        case, term, base = chosen
        restarts = closers(rule.restart_by, scope, rule.once)
        counted = count_term(restarts[-1].on if restarts else base, term, self.lawbook.calendar)
        if rule.kind is Kind.OPENING:
            starts: date = counted.due + timedelta(days=case.opens_day_after)
            safe = due = raw = None
        else:
            starts, safe, due, raw = counted.starts, counted.safe, counted.due, counted.raw
            if case.opens_before_end:
                starts = count_back(counted.raw, *case.opens_before_end)
        done = closers(rule.done_by, scope, rule.once)
        ended = closers(rule.ended_by, scope, rule.once)
        done_on = done[0].on if done else None
        self.steps.append(
            Step(
                rule,
                event,
                member=scope.about or event.member,
                starts=starts,
                safe=safe,
                due=due,
                raw=raw,
                state=state_of(starts, safe, due, done_on, bool(ended), rule.lapse, self.on),
                done_on=done_on,
                late=bool(done_on and due and done_on > due),
                assumed=assumed,
                because=(
                    *scope.because(rule.facts),
                    *map(happened, (*restarts[-1:], *(done or ended)[:1])),
                ),
                counted=counted,
            )
        )

    def _term(self, rule: Rule, scope: TriggerScope) -> tuple[TermCase, Term, date] | None:
        """The term case that holds, its term and the day it counts from."""
        for case in rule.terms:
            if case.when is not None and not case.when.evaluate(scope):
                continue
            base: date | None = scope.day
            if case.anchor:
                anchor = self.timeline.latest(case.anchor, scope.day)
                base = anchor.on if anchor else None
            term = case.term(scope)
            if term is None or base is None:
                missing = case.amount.names if base else (f"{case.anchor}.on",)
                self.questions.about(rule, scope, missing)
                return None
            return case, term, base
        return None

    def _notice(self, rule: Rule, scope: TriggerScope) -> None:
        if closers(rule.ended_by, scope):
            return
        self.notices[rule.id, scope.about or ""] = Notice(
            rule, scope.about, scope.because(rule.facts)
        )

    def _explain(self, steps: list[Step]) -> None:
        """Add the counting rules that explain how these steps were counted."""
        for effect in {effect for step in steps for effect in effects_of(step, self.lawbook)}:
            rule = self.lawbook.explanations.get(effect)
            if rule is not None and rule.validity.holds(self.on):
                self.notices[rule.id, ""] = Notice(rule, None, ())


def _in_force(rule: Rule, scope: TriggerScope) -> bool:
    validity, applied = rule.validity, scope.applied
    if not validity.by_application or applied is None:
        return validity.holds(scope.day)
    return validity.holds(applied) or (rule.transitional and bool(scope.transitional))
