"""`metgezel law`: list, show, check and compare rules, and refuse what cannot be read."""

import shutil
from pathlib import Path

import pytest

from metgezel.companion.journeys.lawbook import DEFAULT_LAW
from metgezel.site.cli import main


def copied(tmp_path: Path, name: str = "law") -> Path:
    return Path(shutil.copytree(DEFAULT_LAW, tmp_path / name))


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["law", *arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return code, out, err


def test_the_check_counts_rules_examples_and_problems(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = answered(capsys, "check")
    assert (code, err) == (0, "")
    assert out.startswith("132 rules, ")
    assert out.endswith(" examples, 0 problems\n")


def test_the_list_follows_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    _, before, _ = answered(capsys, "list", "--on", "2026-06-11")
    _, after, _ = answered(capsys, "list", "--on", "2026-06-12")
    assert "asy-pre-appeal-1w" in before
    assert "asy-appeal-2w" not in before
    assert "asy-appeal-2w" in after


def test_a_rule_is_shown_with_its_source_and_examples(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = answered(capsys, "show", "asy-appeal-2w", "--lang", "en")
    assert code == 0
    for part in ("asy-appeal-2w", "Vw 2000", "2026-06-12", "due: 2026-12-28"):
        assert part in out


def test_an_unknown_rule_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = answered(capsys, "show", "asy-nothing")
    assert code == 2
    assert "'asy-nothing' is not a rule" in err


def test_a_law_compared_with_itself_has_no_differences(capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, "diff", str(DEFAULT_LAW), str(DEFAULT_LAW))[:2] == (
        0,
        "No differences.\n",
    )


def test_a_changed_term_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    law = copied(tmp_path)
    pack = law / "integration.yaml"
    pack.write_text(pack.read_text("utf-8").replace("{weeks: 10}", "{weeks: 11}", 1), "utf-8")
    code, out, _ = answered(capsys, "diff", str(DEFAULT_LAW), str(law))
    assert code == 0
    assert out == "wi-pip-10w: term: was 10 weeks (atw); becomes 11 weeks (atw)\n"
    code, out, err = answered(capsys, "check", str(law))
    assert code == 2
    assert "integration.yaml" in err
    assert " 0 problems" not in out


@pytest.mark.parametrize(
    ("pack", "says"),
    [
        ("a: &a [x]\nb: [*a, *a]\n", "evil.yaml, line 1: anchors"),
        ("pack: !!python/object/apply:os.system [x]\n", "evil.yaml, line 1: tags"),
        ("pack: x\npack: y\n", "evil.yaml, line 2: 'pack' stands here twice"),
        ("pack: x\ntitle: {nl: a, en: a}\nrules: []\nextra: 1\n", "unknown field extra"),
        ("pack: x\ntitle: {nl: a, en: a}\nrules: [5]\n", "evil.yaml: fields"),
        ("[" * 9_000, "nested more than 20 deep"),
        ("#" * 2_000_000, "evil.yaml: the file is larger"),
    ],
)
def test_a_hostile_pack_is_one_problem_with_its_place(
    pack: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    law = copied(tmp_path)
    (law / "evil.yaml").write_text(pack, "utf-8")
    code, out, err = answered(capsys, "check", str(law))
    assert code == 2
    assert out == "0 rules, 0 examples, 1 problems\n"
    assert says in err
    assert len(err.splitlines()) == 1


def test_bytes_that_are_no_text_and_missing_directories_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    law = copied(tmp_path)
    (law / "evil.yaml").write_bytes(b"\xff\xfe")
    assert "evil.yaml: is not a text in UTF-8" in answered(capsys, "check", str(law))[2]
    missing = str(tmp_path / "none")
    assert answered(capsys, "check", missing)[0] == 2
    code, out, err = answered(capsys, "diff", str(DEFAULT_LAW), missing)
    assert (code, out) == (2, "")
    assert "is not a directory with law packs" in err
