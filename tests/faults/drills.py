"""The faults that happen to a whole installation: killed, disk full, database away, wrong key."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.disk import small_disk
from tests.faults.figures import Figure
from tests.faults.installation import Installation
from tests.faults.writers import Crowd, Writer

AT_ONCE = 200


def killed_while_saving(place: Installation, saved: int) -> Figure:
    """SIGKILL to all of the web server while two hundred people save, when so much is saved."""
    figure = Figure("kill -9 during 200 concurrent writes", "nothing acknowledged is lost")
    filled = place.inside("fill", AT_ONCE)
    with place.serving() as server:
        crowd = crowd_of(filled, server.port)
        crowd.begin()
        wait_until(lambda: len(crowd.told) >= saved)
        server.kill()
        crowd.end()
    judge(figure, crowd, place.inside("look"))
    with place.serving() as server:
        after = Writer(filled["files"][0], filled["session"], server.port)
        after.version = 1
        figure.held(after.save("after") in {"saved", "422"}, "after the restart nothing is saved")
    return figure


def wait_until(happened: Callable[[], bool], seconds: float = 120) -> None:
    """Go on when it happened, or when it takes too long: then the figure tells."""
    give_up = time.monotonic() + seconds
    while not happened() and time.monotonic() < give_up:
        time.sleep(0.02)


def crowd_of(filled: dict[str, Any], port: int, gives_up: bool = True) -> Crowd:
    """A writer for each file."""
    session = filled["session"]
    return Crowd([Writer(file, session, port, gives_up=gives_up) for file in filled["files"]])


def judge(figure: Figure, crowd: Crowd, found: dict[str, Any]) -> None:
    """Hold what people were told against what is stored."""
    stored, told = set(found["letters"]), crowd.told
    for letter in sorted(told):
        figure.held(letter in stored, f"{letter} was acknowledged and is gone")
    figure.held(bool(told), f"nothing was saved at all: {crowd.answers()}")
    figure.held(not found["plans that differ"], f"plans differ: {found['plans that differ']}")
    figure.held(not found["journal"], f"journal: {found['journal'][:3]}")
    figure.held(len(found["letters"]) == len(stored), "a letter is stored twice")
    figure.saw = (
        f"{len(told)} acknowledged, {len(told - stored)} lost, {len(stored - told)} stored without"
        f" an answer; all plans agree; {found['lines']} lines of the journal whole"
    )


def database_gone(
    place: Installation, stop: Callable[[], None], start: Callable[[], None]
) -> Figure:
    """PostgreSQL stopped for ten seconds while people save, and started again."""
    figure = Figure("PostgreSQL gone for 10 s under load", "503 with a sentence, nothing lost")
    filled = place.inside("fill", 20)
    with place.serving() as server:
        crowd = crowd_of(filled, server.port, gives_up=False)
        crowd.begin()
        wait_until(lambda: len(crowd.told) >= 40)
        stop()
        time.sleep(10)
        start()
        before, back = len(crowd.told), time.monotonic()
        wait_until(lambda: len(crowd.told) > before)
        waited = time.monotonic() - back
        time.sleep(3)
        crowd.end()
    judge(figure, crowd, place.inside("look"))
    answers = crowd.answers()
    figure.held(set(answers) <= {"saved", "503 with the sentence"}, f"other answers: {answers}")
    figure.held(answers.get("503 with the sentence", 0) > 0, f"nobody was told: {answers}")
    figure.saw += f"; answers {answers}; saving again {waited:.1f} s after it was back"
    return figure


def disk_full(place: Installation) -> Figure:
    """The disk of the embedded database fills up while people save; then there is room again."""
    figure = Figure("full disk (embedded database)", "503 with a sentence, nothing lost")
    filled = place.inside("fill", 20)
    with small_disk(place.folder) as make_room, place.serving() as server:
        crowd = crowd_of(filled, server.port, gives_up=False)
        crowd.begin()
        wait_until(lambda: "503 with the sentence" in crowd.answers())
        time.sleep(2)
        make_room()
        before = len(crowd.told)
        time.sleep(4)
        crowd.end()
        figure.held(len(crowd.told) > before, "with room again nothing is saved")
        server.kill()
        judge(figure, crowd, place.inside("look"))
    answers = crowd.answers()
    figure.held(set(answers) <= {"saved", "503 with the sentence"}, f"other answers: {answers}")
    figure.held(answers.get("503 with the sentence", 0) > 0, f"the disk did not fill: {answers}")
    figure.saw += f"; answers {answers}"
    return figure


def wrong_key(place: Installation, elsewhere: Path) -> Figure:
    """The same database with the keys of another installation."""
    figure = Figure("started with another installation's keys", "one sentence, no start")
    place.inside("fill", 1)
    other = Installation(elsewhere)
    keys = {"METGEZEL_KEYS": str(other.folder / "keys.json")}
    wrong = Installation(place.folder, place.url, keys)
    done = wrong.run("metgezel.site.cli", "migrate")
    refused = done.returncode == 2 and "do not belong to this database" in done.stderr
    figure.held(refused, f"migrate: {done.returncode} {done.stderr[-300:]}")
    try:
        with wrong.serving():
            figure.held(False, "the web server started")
    except RuntimeError as said:
        figure.held("do not belong to this database" in str(said), f"it said: {said}")
    figure.held(not place.inside("look")["journal"], "something was changed")
    figure.saw = "the server and `migrate` refuse in one sentence; nothing was changed"
    return figure


def old_backup(place: Installation, elsewhere: Path) -> Figure:
    """A backup from before the last events, restored: it must say what is missing."""
    figure = Figure("an old backup restored", "says how many lines of the journal came after it")
    filled = place.inside("fill", 5)
    elsewhere.mkdir(parents=True)
    key, backup, anchors = elsewhere / "key", elsewhere / "backup", elsewhere / "anchors"
    cli = "metgezel.site.cli"
    place.run(cli, "backup", "--new-key", key)
    before = place.inside("look")["lines"]
    made = place.run(cli, "backup", "--out", backup, "--key", key)
    figure.held(made.returncode == 0, made.stderr[-300:])
    with place.serving() as server:
        crowd = crowd_of(filled, server.port)
        crowd.begin()
        wait_until(lambda: len(crowd.told) >= 10)
        crowd.end()
    place.run(cli, "audit", "anchor", "--out", anchors)
    later = place.inside("look")["lines"] - before
    target = elsewhere / "restored"
    words = ["--key", key, "--into", target, "--anchor", anchors]
    done = Installation(elsewhere / "no-data").run(cli, "restore", backup, *words)
    said = " ".join(done.stderr.split())
    figure.held(done.returncode == 0, said[-300:])
    figure.held("This backup is from before" in said, f"it does not say so: {said[-300:]}")
    restored = Installation(target)
    figure.held(not restored.inside("look")["journal"], "the restored journal is not whole")
    shutil.rmtree(elsewhere)
    figure.saw = f"{later} later lines; the restore says so; the restored journal is whole"
    return figure
