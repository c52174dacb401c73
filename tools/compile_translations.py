"""Compile every .po file that is newer than its .mo; needs no gettext tools."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1] / "metgezel"


def compile_stale(package: Path) -> None:
    """Write the missing and outdated catalogues under `package`."""
    for source in package.glob("**/locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po:
            catalogue = read_po(po, locale=source.parents[1].name)
        with target.open("wb") as mo:
            write_mo(mo, catalogue)


if __name__ == "__main__":
    compile_stale(PACKAGE)
