"""What the leak check answers with."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["block", "ask"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place in the text that gives a participant away, or may.

    `start` and `end` are code point offsets into the text as typed; `participant` is a `Participant.key`, "" where
    the speaker gives themselves away without saying who they are. A *block* stops circulation, an *ask* waits for
    an organiser's answer. `reason` says why, in a sentence; `suggestion` is what could be written instead.
    """

    start: int
    end: int
    participant: str
    kind: str
    severity: Severity
    suggestion: str
    reason: str = ""
