"""What a mail server's answer means for a letter, and how long to wait before trying again."""

from datetime import timedelta

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


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
