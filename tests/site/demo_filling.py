"""Filling a test database with the demo, as the command does but without its words."""

from datetime import date

from django.db import transaction

from metgezel.site.demo.generate import fill


def filled(people: int, seed: int, today: date) -> None:
    """Store so many invented people."""
    with transaction.atomic():
        fill(people, seed, today, lambda done: None)
