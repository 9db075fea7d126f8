"""R5, R11: a certificate of forgetting says how much it was to the next ten, never the number."""

import pytest

from notes.rules.forgetting import band


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "none"), (1, "1 to 10"), (10, "1 to 10"), (11, "11 to 20"), (20, "11 to 20"), (95, "91 to 100")],
)
def test_a_count_is_said_to_the_next_ten(count: int, said: str) -> None:
    assert band(count) == said
