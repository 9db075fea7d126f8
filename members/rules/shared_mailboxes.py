"""Telling an office's mailbox from a person's, to ask whose name it is (B28). It is a guess, and may be overruled."""

import re

# One of these words makes a mailbox a shared one; one of those below does only where no other word stands beside it,
# because people are called so too.
_SURELY = frozenset("enquiries enquiry helpdesk inbox info mailbox noreply office secretariat shared team unit".split())
_ALONE = _SURELY | frozenset(
    "admin bookings comms communications consultations contact correspondence data desk events foi group hello help "
    "hr mail media no of policy press reception reply research support the".split()
)
_GROUPS = frozenset("admin department desk directorate enquiries group inbox office secretariat team unit".split())


def is_shared(email: str) -> bool:
    """Whether several people probably read what comes to `email`: "policy-team@", "info@", not "tim.office-smith@"."""
    words = [word for word in re.split(r"[^a-z]+", email.lower().partition("@")[0]) if word]
    surely = any(word in _SURELY for word in words) and len(words) < 3
    return bool(words) and (surely or all(word in _ALONE for word in words))


def is_a_persons(name: str, *, organisation: str = "") -> bool:
    """Whether `name` may be somebody's own: two words or more, none of them a group's, and not the organisation's."""
    words = name.casefold().split()
    return len(words) > 1 and _GROUPS.isdisjoint(words) and words != organisation.casefold().split()
