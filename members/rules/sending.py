"""What a mail server's answer means for a letter, and how long to wait before trying again."""

from dataclasses import dataclass
from datetime import timedelta

from members.rules.bouncing import Verdict

UNREACHABLE = "The mail server could not be reached."
BROKEN_OFF = "The connection to the mail server broke off."
GONE = "What this letter was about is no longer there."
UNWRITABLE = "The letter could not be written; the log says which kind of error it was."
BAD_ADDRESS = "No mail server accepts an address of this form."
ABANDONED = "The worker stopped while sending, again and again."

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a letter did not go out, in a sentence without the address, and whether trying again is useless.

    `of_mailbox` is what that says about the recipient's mailbox.
    """

    sentence: str
    final: bool = False
    of_mailbox: Verdict = Verdict.NOTHING


def pause_after(tries: int) -> timedelta:
    """How long a letter waits after its `tries`-th try (1 or more) failed for a passing reason."""
    return PAUSES[min(tries, len(PAUSES)) - 1]


def is_final(reply_code: int) -> bool:
    """Whether trying again is useless: RFC 5321 §4.2.1, "5yz Permanent Negative Completion reply"."""
    return 500 <= reply_code <= 599


def problem(reply_code: int) -> str:
    """A sentence for organisers. It never quotes the server, whose words may hold the address."""
    if is_final(reply_code):
        return f"The recipient's mail server refused the letter for good (reply {reply_code})."
    return f"The mail server asked us to try again later (reply {reply_code})."


def not_taken(reply_code: int) -> str:
    """The sentence where a mail server refused us rather than the recipient."""
    return f"The mail server did not take us as a sender (reply {reply_code})."
