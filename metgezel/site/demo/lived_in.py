"""Traces of people at work: wishes, own steps, steps done, set aside, or done by somebody else.

Steps that an event closes are left to events; only what the law never hears of is ticked here.
"""

from datetime import date, timedelta
from random import Random

from metgezel.companion.journeys.models import Doer, DoerChange, Goal, OwnStep, StepOverlay
from metgezel.companion.journeys.plan_index import step_key
from metgezel.engines.rules import Plan, Step

from .invented import Client

WISHES = (
    ("Ik wil weer als verpleegkundige werken.",
     ("Diploma laten waarderen", "Meelopen op een open dag van het ziekenhuis")),
    ("Mijn kinderen moeten goed naar school kunnen.",
     ("Kennismaken met de juf", "Fietsen leren in de buurt")),
    ("Ik wil Nederlands spreken met de buren.",
     ("Taalcafé op woensdag proberen", "Elke week een half uur bellen met mijn taalmaatje")),
    ("Ik wil geen schulden maken.",
     ("Samen de post van deze week openen", "Lijst maken van vaste lasten")),
    ("Ik wil weten waar ik aan toe ben.",
     ("Brief van de advocaat samen lezen", "Vragen opschrijven voor het gesprek")),
    ("Ik wil weer koken voor veel mensen.",
     ("Langsgaan bij de buurtkeuken", "Vragen naar een proefdag bij een restaurant")),
    ("Ik wil slapen zonder nare dromen.",
     ("Naar de huisarts", "Vragen naar een tolk bij het gesprek")),
    ("Ik wil mijn rijbewijs halen.", ("Boek voor de theorie lenen", "Oefenexamen maken")),
)  # fmt: skip
NOT_NEEDED = (
    "Heeft dit al geregeld via de opvang.",
    "Wil dit nu niet; over een half jaar opnieuw vragen.",
    "De advocaat doet dit al.",
)


def add_goals(client: Client) -> None:
    """One or two wishes in the person's own words, with steps people thought of themselves."""
    random, today = client.random, client.today
    for words, titles in random.sample(WISHES, random.choice([1, 1, 2])):
        goal = Goal(
            file=client.file, words=words, created_on=_between(client.file.opened, today, random)
        )
        client.rows.goals.append(goal)
        for title in titles[: random.randint(1, 2)]:
            done = _between(goal.created_on, today, random) if random.random() < 0.35 else None
            due = today + timedelta(days=random.randint(2, 45)) if random.random() < 0.7 else None
            doer = random.choice([Doer.CLIENT, Doer.TOGETHER, Doer.TOGETHER, Doer.COMPANION])
            client.rows.own_steps.append(
                OwnStep(file=client.file, goal=goal, title=title, due=due, doer=doer, done_on=done)
            )


def add_overlays(client: Client, plan: Plan) -> None:
    """What people did to steps of the plan."""
    for step in plan.steps:
        answer = _answer(step, client)
        if answer is None:
            continue
        rule, root, member = step_key(step)
        overlay = StepOverlay(
            file=client.file,
            rule=rule,
            event_root=root,
            member=member,
            changed_by=client.companion,
            **answer,
        )
        client.rows.overlays.append(overlay)
        if overlay.doer:
            _who_did_it_when(client, overlay, step.event.on)


def _answer(step: Step, client: Client) -> dict[str, object] | None:
    """Values of an overlay, or None: nobody touched this step."""
    random, today = client.random, client.today
    mine = step.rule.who in ("client", "companion")
    chance = random.random()
    if step.state.value in ("done", "not_applicable") or not mine:
        return None
    begins = max(step.starts or step.event.on, step.event.on)
    past = (step.safe or begins) <= today
    if not step.rule.done_by and past and begins <= today and chance < 0.6:
        until = min(today, step.due or today)
        return {"done_on": _between(min(begins, until), until, random), "doer": _doer(random)}
    if not step.rule.strict and chance > 0.93:
        return {"not_applicable_reason": random.choice(NOT_NEEDED)}
    return {"doer": _doer(random)} if chance > 0.7 else None


def _doer(random: Random) -> str:
    return random.choice([Doer.CLIENT, Doer.CLIENT, Doer.TOGETHER, Doer.COMPANION]).value


def _who_did_it_when(client: Client, overlay: StepOverlay, since: date) -> None:
    """Often somebody else began: the companion did it first, then together, then alone."""
    order = [Doer.COMPANION, Doer.TOGETHER, Doer.CLIENT]
    last = order.index(Doer(overlay.doer))
    first = 0 if client.random.random() < 0.6 else last
    days = sorted(_between(since, client.today, client.random) for _ in order[first : last + 1])
    client.rows.doer_changes += [
        DoerChange(overlay=overlay, doer=doer, on=day)
        for doer, day in zip(order[first : last + 1], days, strict=True)
    ]


def _between(first: date, last: date, random: Random) -> date:
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))
