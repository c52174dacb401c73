"""The 342 municipalities as facts: code, name, province, a point, inhabitants. See data/ORIGIN.md.

Not a database table: they change once a year, by a new version of the file.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality. Coordinates in degrees (WGS 84); inhabitants on 1 January 2026."""

    gm_code: str
    name: str
    province_code: str
    province: str
    latitude: float
    longitude: float
    inhabitants: int


@cache
def municipalities() -> Mapping[str, Municipality]:
    """All municipalities by CBS code (``GM0344``), in the order of their names."""
    text = (files(__package__) / "data" / "municipalities.csv").read_text(encoding="utf-8")
    read = (
        Municipality(
            row["gm_code"],
            row["name"],
            row["province_code"],
            row["province"],
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["inhabitants"]),
        )
        for row in csv.DictReader(text.splitlines())
    )
    by_name = sorted(read, key=lambda place: place.name.lstrip("'s- ").casefold())
    return MappingProxyType({place.gm_code: place for place in by_name})


def municipality_name(gm_code: str) -> str:
    """The name of a municipality; an unknown or blank code gives the code back."""
    place = municipalities().get(gm_code)
    return place.name if place else gm_code


def municipality_choices() -> list[tuple[str, str]]:
    """(code, name) of all municipalities for a pick list, in the order of their names."""
    return [(place.gm_code, place.name) for place in municipalities().values()]
