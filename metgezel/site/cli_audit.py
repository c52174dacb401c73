"""`metgezel audit anchor | verify | findings`: proof that the journal is whole."""

import argparse
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metgezel.foundation.audit.chain import Anchor, Fault

BAD_INPUT = 2
MOST_SHOWN = 1000


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `audit` with its three parts."""
    parser = commands.add_parser("audit", help="keep and check the journal of who saw which file")
    parts = parser.add_subparsers(dest="part", required=True)
    anchor = parts.add_parser("anchor", help="store and print the end of each chain")
    anchor.add_argument("--out", type=Path, metavar="FILE", help="also append to this file")
    anchor.add_argument("--mail", metavar="ADDRESS", help="also mail it")
    anchor.set_defaults(run=run_anchor)
    verify = parts.add_parser("verify", help="compute every chain again; exit 1 when one is broken")
    verify.add_argument("--anchor", type=Path, metavar="FILE", help="anchors kept elsewhere")
    verify.set_defaults(run=run_verify)
    findings = parts.add_parser("findings", help="look for striking days, for the privacy officer")
    findings.add_argument("--days", type=int, default=7, help="how many days back (1 to 90)")
    findings.set_defaults(run=run_findings)


def run_anchor(options: argparse.Namespace) -> int:
    """Exit code 0, or 2 when it could not be stored or sent where it was asked to."""
    import django

    django.setup()
    from metgezel.foundation.association.clock import current_day
    from metgezel.foundation.audit.anchors import as_line, make_anchors

    lines = [as_line(anchor) for anchor in make_anchors(current_day())]
    for line in lines:
        print(line)
    text = "".join(f"{line}\n" for line in lines)
    try:
        if options.out:
            with options.out.open("a", encoding="ascii") as file:
                file.write(text)
        if options.mail:
            _mail(options.mail, text)
    except OSError as problem:
        return _refuse(f"The anchor is stored in the database, but not sent on: {problem}.")
    return 0


def _mail(address: str, text: str) -> None:
    from django.core.mail import send_mail

    send_mail("Metgezel: anchor of the journal", text, None, [address])


def run_verify(options: argparse.Namespace) -> int:
    """Exit code 0 when whole, 1 when not, 2 when the anchor file cannot be read."""
    import django

    django.setup()
    from metgezel.foundation.audit.anchors import BadAnchor
    from metgezel.foundation.audit.models import JournalEntry
    from metgezel.foundation.audit.verifying import found_faults, missing_triggers

    try:
        elsewhere = _anchors_in(options.anchor)
    except (BadAnchor, OSError, UnicodeDecodeError) as problem:
        return _refuse(f"{options.anchor}: {problem}")
    broken = [f"The trigger {name} is missing." for name in missing_triggers()]
    broken += [_in_words(fault) for fault in islice(found_faults(elsewhere), MOST_SHOWN)]
    for sentence in broken:
        print(sentence)
    if broken:
        more = " or more" if len(broken) >= MOST_SHOWN else ""
        print(f"The journal is NOT whole. Faults: {len(broken)}{more}.")
        return 1
    print(f"The journal is whole: {JournalEntry.objects.count():,} rows.")
    return 0


def _anchors_in(path: Path | None) -> "list[Anchor]":
    from metgezel.foundation.audit.anchors import from_lines

    if path is None:
        return []
    return list(from_lines(path.read_text(encoding="ascii").splitlines()))


def _in_words(fault: "Fault") -> str:
    """One sentence: which row of which unit, when, and what is wrong."""
    one = fault.first == fault.last
    which = f"row {fault.first}" if one else f"rows {fault.first} to {fault.last}"
    when = f" ({fault.at.isoformat(timespec='seconds')})" if fault.at else ""
    since = f", seen by the anchor of {fault.anchored}" if fault.anchored else ""
    what = {
        "changed": "was changed" if one else "were changed",
        "replaced": "was replaced: the next row, or the kept end, remembers another one",
        "removed": f"{'is' if one else 'are'} gone; the time is that of the next row",
        "truncated": f"{'is' if one else 'are'} cut off the end",
        "inserted": f"{'was' if one else 'were'} put in",
        "rewritten": "and all after it were written anew",
    }[fault.wrong.value]
    return f"Unit {fault.unit}, {which}{when}: {what}{since}."


def run_findings(options: argparse.Namespace) -> int:
    """Exit code 0; prints how many new findings wait for the privacy officer."""
    import django

    django.setup()
    from metgezel.foundation.association.clock import current_day
    from metgezel.foundation.audit.findings import look_back

    if not 1 <= options.days <= 90:
        return _refuse("--days: a number from 1 to 90 is needed.")
    print(f"{look_back(current_day(), options.days)} new findings")
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return BAD_INPUT
