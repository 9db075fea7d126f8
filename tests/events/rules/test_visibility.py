import pytest

from events.rules.visibility import is_wider, narrowest, open_to


def test_members_see_what_is_for_everybody_too() -> None:
    assert open_to(is_member=True) == ("public", "members")
    assert open_to(is_member=False) == ("public",)


@pytest.mark.parametrize(
    ("said", "narrow"),
    [
        (["public", "public"], "public"),
        (["public", "members"], "members"),
        (["members", "nobody", "public"], "nobody"),
        (["public", ""], "nobody"),
        (["public", "everybody"], "nobody"),
        ([], "public"),
    ],
)
def test_of_several_wishes_the_narrowest_holds_and_silence_is_no(said: list[str], narrow: str) -> None:
    """B45."""
    assert narrowest(said) == narrow


def test_wider_is_what_more_people_see() -> None:
    assert is_wider("public", "members")
    assert is_wider("members", "")
    assert not is_wider("members", "members")
    assert not is_wider("", "nobody")
