"""What came of a fault: how often it was tried, what held, and what did not."""

from dataclasses import dataclass, field


@dataclass
class Figure:
    """One row of the table in docs/reliability.md."""

    fault: str
    expected: str
    tried: int = 0
    wrong: list[str] = field(default_factory=list)
    saw: str = ""

    def held(self, right: bool, words: str) -> None:
        """Count one try; `words` name it when it did not hold."""
        self.tried += 1
        if not right:
            self.wrong.append(words)

    def row(self, where: str) -> str:
        """As a row of a Markdown table."""
        wrong = f"**{len(self.wrong)}**: {self.wrong[0][:120]}" if self.wrong else "0"
        return (
            f"| {self.fault} | {where} | {self.tried:,} | {wrong} | {self.saw or self.expected} |"
        )
