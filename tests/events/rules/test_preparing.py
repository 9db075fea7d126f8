from dataclasses import replace

from events.rules.preparing import Given, Missing, missing

ALL = Given(
    abstract="What juries do.",
    role="Chair",
    organisation="",
    biography="Has chaired.",
    has_photo=True,
    has_slides=True,
    name_choice="public",
    slides_choice="members",
    recording_choice="nobody",
)


def test_nothing_is_missing_where_all_is_given_and_a_no_is_an_answer() -> None:
    assert missing(ALL) == ()


def test_everything_is_asked_for_in_the_order_of_the_page() -> None:
    """B46."""
    nothing = Given(
        abstract=" ",
        role="",
        organisation="",
        biography="",
        has_photo=False,
        has_slides=False,
        name_choice="",
        slides_choice="",
        recording_choice="",
    )
    assert missing(nothing) == tuple(Missing)


def test_who_is_not_to_be_named_is_not_asked_who_they_are() -> None:
    assert missing(replace(ALL, role="", biography="", has_photo=False, name_choice="nobody")) == ()
    named = replace(ALL, role="", biography="", has_photo=False, name_choice="members")
    assert missing(named) == (Missing.ROLE, Missing.BIOGRAPHY, Missing.PHOTO)


def test_slides_for_nobody_need_not_be_there() -> None:
    assert missing(replace(ALL, has_slides=False, slides_choice="nobody")) == ()
    assert missing(replace(ALL, has_slides=False)) == (Missing.SLIDES,)
