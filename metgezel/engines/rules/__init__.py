"""The rules engine: facts and law packs in, one plan with dates and reasons out."""

from .case_check import check_case
from .case_reader import CaseErrors, read_case
from .cases import Case, Event, Member, PersonFacts
from .law import LawBook, Rule
from .law_reader import LawErrors, read_lawbook
from .planner import plan
from .problems import CaseProblem
from .render import render_plan, render_step
from .steps import Notice, Plan, Question, Reason, State, Step, state_of

__all__ = [
    "Case",
    "CaseErrors",
    "CaseProblem",
    "Event",
    "LawBook",
    "LawErrors",
    "Member",
    "Notice",
    "PersonFacts",
    "Plan",
    "Question",
    "Reason",
    "Rule",
    "State",
    "Step",
    "check_case",
    "plan",
    "read_case",
    "read_lawbook",
    "render_plan",
    "render_step",
    "state_of",
]
