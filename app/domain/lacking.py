"""Who lacks a value that the text needs: counted before a campaign is sent, and refused unless somebody decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.errors import BadInput
from app.domain.replies import Language
from app.domain.templates import Hole


@dataclass(frozen=True, slots=True)
class Lack:
    """So many people have no value for a field that their text, the one in `language`, needs."""

    language: Language
    hole: Hole
    people: int

    @property
    def sentence(self) -> str:
        """Who lacks what, and where the text needs it."""
        who = "1 person has" if self.people == 1 else f"{self.people:,} people have"
        hole = self.hole
        return (
            f"{who} no value for {hole.field}, which the text in {self.language} needs at line {hole.line}, "
            f"column {hole.column}"
        )

    @property
    def remedy(self) -> str:
        """The two ways out."""
        hole = self.hole
        return f"write {hole.with_default} there, or leave them out with --leave-out {hole.field}"


def refuse_lacking(lacks: Sequence[Lack], leaves_out: Collection[str]) -> None:
    """Raises BadInput where somebody lacks a value and nobody has decided to leave such people out."""
    undecided = [lack for lack in lacks if lack.hole.field not in leaves_out]
    if undecided:
        raise BadInput("; ".join(f"{lack.sentence}: {lack.remedy}" for lack in undecided))
