"""Gather what is worth asking: each unknown fact once, for the rule with most to lose."""

from collections.abc import Iterable

from .facts import TriggerScope
from .law import Rule
from .steps import Question
from .vocabulary import Vocabulary


class Questions:
    """The questions of one plan."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.found: dict[tuple[str, str], Question] = {}

    def of_rule(self, rule: Rule, member: str | None) -> None:
        """The question a rule of kind `question` puts."""
        question = Question(rule, "", rule.ask, rule.why, member)
        self.found.setdefault((rule.id, member or ""), question)

    def about(self, rule: Rule, scope: TriggerScope, names: Iterable[str]) -> None:
        """Ask each fact that is unknown; the rule with most to lose gives the reason."""
        for name in names:
            if scope.value(name) is not None:
                continue
            member = (scope.about or "") if name.startswith("member.") else ""
            known = self.found.get((name, member))
            if known is None or known.rule.loss < rule.loss:
                ask = self._text(name, scope)
                self.found[name, member] = Question(rule, name, ask, rule.title, member or None)

    def in_order(self) -> tuple[Question, ...]:
        """Most to lose first."""
        return tuple(sorted(self.found.values(), key=lambda q: (-q.rule.loss, q.rule.id, q.fact)))

    def _text(self, name: str, scope: TriggerScope) -> dict[str, str]:
        if fact := self.vocabulary.facts.get(name):
            return dict(fact.ask)
        kind, attribute = self.vocabulary.split(name)
        if kind == "event" and scope.event is not None:
            kind = scope.event.kind
        if found := self.vocabulary.attribute(kind, attribute):
            return dict(found.ask)
        label = self.vocabulary.events[kind].label
        return {"nl": f"Wanneer was dit: {label['nl']}?", "en": f"When was this: {label['en']}?"}
