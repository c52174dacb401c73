"""What goes out of the program goes through named doors: connections, and tables to take along."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from metgezel.screens.spreadsheet import csv_file, safe

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "metgezel").rglob("*.py"))

#: Modules that can reach another machine or start another program, and the files that may import
#: them, with the reason. Mail goes through django.core.mail, the database through Django.
REACHES_OUT = {
    "aiohttp", "asyncio", "ftplib", "http.client", "httpx", "imaplib", "multiprocessing", "poplib",
    "requests", "smtplib", "socket", "socketserver", "ssl", "subprocess", "telnetlib",
    "urllib.request", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip
MAY_REACH_OUT = {
    "metgezel/companion/papers/keeping.py": {"subprocess"},  # opens papers in a process apart
    "metgezel/companion/papers/scanning.py": {"socket"},  # ClamAV, at the address in the settings
}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
READS_ANYTHING = {"pickle", "shelve", "marshal", "xml", "lxml", "dill", "jsonpickle"}


def imported(tree: ast.AST) -> Iterator[str]:
    """The names of all modules a file imports, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def among(names: Iterator[str], modules: set[str]) -> set[str]:
    return {m for name in names for m in modules if name == m or name.startswith(f"{m}.")}


def tree_of(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_reaches_out_runs_text_or_unpacks_objects_only_where_it_is_named(path):
    tree = tree_of(path)
    allowed = MAY_REACH_OUT.get(str(path.relative_to(ROOT)), set())
    assert among(imported(tree), REACHES_OUT) == allowed
    assert not among(imported(tree), READS_ANYTHING)
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & RUNS_TEXT


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "from urllib import request",
        "import http.client as h",
        "import requests.api",
    ],
)
def test_a_way_out_is_noticed(line):
    assert among(imported(ast.parse(line)), REACHES_OUT)


def test_reading_an_address_is_no_way_out():
    assert not among(imported(ast.parse("from urllib.parse import urlsplit")), REACHES_OUT)


# ── Tables to take along ─────────────────────────────────────────────────────────────────────


def test_there_is_one_writer_of_tables_to_take_along():
    writers = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"writer", "DictWriter"}
        and isinstance(node.value, ast.Name) and node.value.id == "csv"
    ]  # fmt: skip
    assert writers == ["metgezel/screens/spreadsheet.py"]
    for path in SOURCES:
        assert not among(imported(tree_of(path)), {"csv.writer", "openpyxl", "xlsxwriter"}), path


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"), ("+31612345678", "'+31612345678"), ("-2+3", "'-2+3"), ("@SUM", "'@SUM"),
        ("\t=1", "'\t'=1"), ("\r=1", "'\r'=1"), ("＝1", "'＝1"), ("  =1", "'  =1"),
        ('"=1', "'\"=1"), ("Amal;=1+1", "Amal;'=1+1"), ("a\n@b", "a\n'@b"), ("\tx", "'\tx"),
        ("Sint-Jan", "Sint-Jan"), ("noor@example.org", "noor@example.org"), ("1+1=2", "1+1=2"),
        (-3, "-3"), (None, ""), ("a\0=1", "a=1"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula_in_any_spreadsheet(value, written):
    assert safe(value) == written


def test_a_table_is_a_file_to_save_that_cannot_act_on_our_pages():
    answer = csv_file("people", ["name"], [["Amal; de 'eerste'"], ['zei "ja"']])
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="people-')
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == ['"name"', "\"Amal; de 'eerste'\"", '"zei ""ja"""']
