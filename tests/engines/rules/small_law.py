"""A law book with one rule, in which a test changes one thing."""

from metgezel.companion.journeys.lawbook import DEFAULT_LAW

RULE = """\
pack: small
title: {nl: Klein, en: Small}
rules:
  - id: appeal
    track: asylum
    kind: deadline
    title: {nl: Beroep, en: Appeal}
    what: {nl: Stel beroep in, en: Appeal}
    who: lawyer
    on: asylum.decision
    when: event.outcome == unfounded
    term: {weeks: 2}
    done_by: [court.appeal_filed]
    lapse: right_lost
    loss: 5
    confidence: V1
    examples:
      - events: [{kind: asylum.decision, on: 2026-12-11, outcome: unfounded}]
        expect: {due: 2026-12-28}
      - events: [{kind: asylum.decision, on: 2026-12-10, outcome: unfounded}]
        expect: {due: 2026-12-24}
"""


def files(pack: str = RULE, **more: str) -> dict[str, str]:
    """Texts of a law directory with this pack; `more` adds or replaces `NAME.yaml`."""
    tables = ("vocabulary", "calendar", "amounts", "rights")
    found = {f"{n}.yaml": (DEFAULT_LAW / f"{n}.yaml").read_text("utf-8") for n in tables}
    found["small.yaml"] = pack
    found.update({f"{name}.yaml": text for name, text in more.items()})
    return found


def changed(old: str, new: str) -> str:
    """The pack with one text replaced once."""
    assert old in RULE
    return RULE.replace(old, new, 1)
