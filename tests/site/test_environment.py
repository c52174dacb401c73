"""What the surroundings say is read strictly, and a public site is never a playground."""

import base64
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from metgezel.site.environment import (
    chosen_keys,
    database,
    fixed_day,
    hosts,
    keys,
    mail_port,
    refuse_play_in_production,
)

KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
GOOD = {"django": "s", "encryption": [{"id": "k1", "key": KEY}], "blind_index": KEY}


def kept(tmp_path: Path, text: str, mode: int = 0o600) -> Path:
    path = tmp_path / "keys.json"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_without_an_address_the_database_is_a_file_in_the_data_folder():
    found = database("", Path("/data"))
    assert found["NAME"] == Path("/data/metgezel.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_addresses_are_taken_apart():
    found = database("postgresql://noor:p%40ss@db.example:5433/metgezel?sslmode=require", Path())
    parts = [found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")]
    options = {"sslmode": "require", "options": "-c jit=off", "connect_timeout": "5"}
    assert parts == ["noor", "p@ss", "db.example", "5433", "metgezel", options]


def test_postgresql_may_be_reached_through_a_socket_folder():
    found = database("postgresql://postgres@/metgezel?host=/run/sockets", Path())
    assert (found["USER"], found["HOST"], found["NAME"]) == (
        "postgres", "/run/sockets", "metgezel",
    )  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["mysql://x/y", "metgezel", "postgresql://host", "postgresql://h:door/x", "postgresql://[x/y"],
)
def test_other_addresses_are_refused_in_one_sentence(address):
    with pytest.raises(ImproperlyConfigured, match="METGEZEL_DATABASE_URL"):
        database(address, Path())


def test_keys_are_read_with_the_writing_key_first(tmp_path):
    second = {"id": "k0", "key": KEY}
    content = {**GOOD, "encryption": [*GOOD["encryption"], second]}
    secret, encryption, index = keys(kept(tmp_path, json.dumps(content)))
    assert (secret, list(encryption), index) == ("s", ["k1", "k0"], b"k" * 32)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        json.dumps({**GOOD, "blind_index": "c2hvcnQ="}),
        json.dumps({"django": "s"}),
        json.dumps({**GOOD, "encryption": []}),
        json.dumps({**GOOD, "encryption": [{"id": "k1", "key": KEY}] * 2}),
        json.dumps({**GOOD, "encryption": [{"id": "k:1", "key": KEY}]}),
        json.dumps({**GOOD, "encryption": [{"id": "k1", "key": 5}]}),
        json.dumps({**GOOD, "django": ""}),
        "\x00",
    ],
)
def test_broken_keys_are_refused(tmp_path, text):
    with pytest.raises(ImproperlyConfigured, match=r"keys\.json"):
        keys(kept(tmp_path, text))


def test_keys_that_others_can_read_are_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        keys(kept(tmp_path, json.dumps(GOOD), 0o644))


def test_keys_may_stand_in_the_surroundings_themselves(tmp_path):
    file, read = chosen_keys({"METGEZEL_KEYS_JSON": json.dumps(GOOD)}, tmp_path)
    assert (file, list(read.encryption)) == (None, ["k1"])
    with pytest.raises(ImproperlyConfigured, match="METGEZEL_KEYS_JSON cannot be read"):
        chosen_keys({"METGEZEL_KEYS_JSON": "{"}, tmp_path)
    with pytest.raises(ImproperlyConfigured, match="both set"):
        chosen_keys({"METGEZEL_KEYS_JSON": "{}", "METGEZEL_KEYS": "x"}, tmp_path)


def test_without_another_word_the_keys_stand_in_the_data_folder(tmp_path):
    path = kept(tmp_path, json.dumps(GOOD))
    assert chosen_keys({}, tmp_path)[0] == path
    assert chosen_keys({"METGEZEL_KEYS": str(path)}, tmp_path / "elsewhere")[0] == path


def test_missing_keys_say_who_makes_them(tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"\./run"):
        keys(tmp_path / "none.json")


@pytest.mark.parametrize("play", [(True, False, None), (False, True, None), (False, False, 1)])
def test_a_public_site_refuses_demo_debug_and_a_stopped_clock(play):
    demo, debug, day = play
    fixed = date(2026, 11, 24) if day else None
    with pytest.raises(ImproperlyConfigured, match="production"):
        refuse_play_in_production(True, demo, debug, fixed)
    refuse_play_in_production(False, demo, debug, fixed)
    refuse_play_in_production(True, False, False, None)


def test_only_this_machine_is_served_unless_hosts_are_named():
    assert "127.0.0.1" in hosts("")
    assert hosts("plan.example.org, www.example.org") == ["plan.example.org", "www.example.org"]


def test_a_fixed_day_is_a_date():
    assert fixed_day("") is None
    assert fixed_day("2026-11-24") == date(2026, 11, 24)
    with pytest.raises(ImproperlyConfigured, match="METGEZEL_TODAY"):
        fixed_day("gisteren")


@pytest.mark.parametrize("text", ["smtp", "0", "65536", "-1", "٣"])
def test_a_port_that_is_none_is_refused_in_one_sentence(text):
    with pytest.raises(ImproperlyConfigured, match="METGEZEL_MAIL_PORT"):
        mail_port(text)
    assert mail_port("587") == 587
