"""What a certificate says of how much was forgotten."""

BAND = 10


def band(count: int) -> str:
    """A count to the next ten: "none", "1 to 10", "11 to 20". An exact one, less the lines of the edition, would
    say for good how many points were kept confidential (R5)."""
    if count == 0:
        return "none"
    highest = -(-count // BAND) * BAND
    return f"{highest - BAND + 1} to {highest}"
