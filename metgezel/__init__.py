"""Metgezel: one plan that a refugee, the companion and the association share."""

__version__ = "0.1.0"
