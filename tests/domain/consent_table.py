"""The consent table as the design has it, written down a second time: what the code's own is compared with.

A cell: the next state ("same" if it stays), "+ reply", and "daily" where the reply is given once in 24 hours.
"""

from dataclasses import dataclass
from typing import Final

STATES: Final = ("unknown", "pending", "subscribed", "held", "opted_out")
TABLE: Final = """
stop              | opted_out + goodbye        | opted_out + goodbye           | opted_out + goodbye        | opted_out + goodbye  | same + goodbye daily
start             | subscribed + welcome       | subscribed + welcome          | same + already             | subscribed + welcome | subscribed + welcome
confirm           | same                       | subscribed + welcome          | same                       | same                 | same
help              | same + help                | same + help                   | same + help                | same + help          | same + help
unclear           | same                       | held + clarify                | held + clarify daily       | same                 | same
other             | same                       | same                          | same                       | same                 | same
provider_stop     | opted_out                  | opted_out                     | opted_out                  | opted_out            | same
number_gone       | same                       | opted_out                     | opted_out                  | opted_out            | same
web_opt_in        | pending + ask_to_confirm   | same + ask_to_confirm daily   | same                       | same                 | same
import            | subscribed                 | subscribed                    | same                       | same                 | same
staff_opt_out     | opted_out + goodbye        | opted_out + goodbye           | opted_out + goodbye        | opted_out + goodbye  | same
staff_clears_hold | same                       | same                          | same                       | subscribed           | same
expire            | same                       | unknown                       | same                       | same                 | same
"""  # noqa: E501 - a table is read across


@dataclass(frozen=True)
class Cell:
    """What follows. `reply` "": nothing is said."""

    then: str
    reply: str
    daily: bool


def _cell(text: str, state: str) -> Cell:
    then, _, answer = text.partition("+")
    words = answer.split()
    return Cell(
        state if then.strip() == "same" else then.strip(), words[0] if words else "", words[1:] == ["daily"]
    )


def _expected() -> dict[tuple[str, str], Cell]:
    cells: dict[tuple[str, str], Cell] = {}
    for line in TABLE.strip().splitlines():
        signal, *row = (part.strip() for part in line.split("|"))
        cells |= {(state, signal): _cell(text, state) for state, text in zip(STATES, row, strict=True)}
    return cells


EXPECTED: Final = _expected()
