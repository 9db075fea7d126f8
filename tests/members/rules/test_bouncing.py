"""What replies and events say of a mailbox: it is left alone only where there is none."""

import pytest
from hypothesis import given, strategies as st

from members.rules.bouncing import Verdict, is_soft, verdict_of_event, verdict_of_reply


@pytest.mark.parametrize(
    ("code", "words", "verdict"),
    [
        (550, b"5.1.1 no such user here", Verdict.HARD),
        (550, b"5.2.1 disabled", Verdict.HARD),
        (553, b"5.1.3 bad address syntax", Verdict.HARD),
        (556, b"5.1.10 null MX", Verdict.HARD),
        (550, b"no such user", Verdict.HARD),
        (551, b"user not local", Verdict.HARD),
        (550, b"5.7.1 your domain is not trusted", Verdict.PASSING),
        (550, b"5.1.8 sender's domain does not exist", Verdict.PASSING),
        (552, b"5.2.2 mailbox full", Verdict.PASSING),
        (552, b"mailbox full", Verdict.PASSING),
        (554, b"transaction failed", Verdict.PASSING),
        (450, b"4.2.1 try later", Verdict.PASSING),
        (421, b"busy", Verdict.PASSING),
    ],
)
def test_reply_to_an_address(code: int, words: bytes, verdict: Verdict) -> None:
    """A refusal that is about us, or about the letter, pauses nobody's mailbox."""
    assert verdict_of_reply(code, words) == verdict


@pytest.mark.parametrize(
    ("event", "reason", "verdict"),
    [
        ("delivered", None, Verdict.ARRIVED),
        ("bounced", "bounced", Verdict.HARD),
        ("bounced", "invalid", Verdict.HARD),
        ("bounced", None, Verdict.HARD),
        ("bounced", "timed_out", Verdict.PASSING),
        ("bounced", "blocked", Verdict.PASSING),
        ("bounced", "spam", Verdict.PASSING),
        ("rejected", "bounced", Verdict.HARD),
        ("rejected", "spam", Verdict.COMPLAINT),
        ("rejected", "unsubscribed", Verdict.COMPLAINT),
        ("rejected", "blocked", Verdict.PASSING),
        ("rejected", None, Verdict.PASSING),
        ("complained", "spam", Verdict.COMPLAINT),
        ("unsubscribed", None, Verdict.COMPLAINT),
        ("deferred", None, Verdict.NOTHING),
        ("opened", None, Verdict.NOTHING),
        ("queued", None, Verdict.NOTHING),
        ("failed", None, Verdict.NOTHING),
        ("unknown", "bounced", Verdict.NOTHING),
    ],
)
def test_event_of_a_provider(event: str, reason: str | None, verdict: Verdict) -> None:
    assert verdict_of_event(event, reason) == verdict


@pytest.mark.parametrize(
    "raw",
    [
        {"RecordType": "Bounce", "Type": "SoftBounce"},
        {"event": "soft_bounce"},
        {"type": "activity.soft_bounced"},
        {"event": "bounce", "hard_bounce": False},
        [{"msys": {"message_event": {"type": "bounce", "bounce_class": "22"}}}],
    ],
)
def test_bounce_for_now_is_told_by_the_providers_own_words(raw: object) -> None:
    assert verdict_of_event("bounced", "bounced", raw) == Verdict.PASSING


@pytest.mark.parametrize(
    "raw",
    [
        {"RecordType": "Bounce", "Type": "HardBounce", "Description": "No soft words here"},
        {"event": "hard_bounce"},
        {"event": "bounce", "hard_bounce": True},
        {"msys": {"message_event": {"type": "bounce", "bounce_class": "10"}}},
        None,
    ],
)
def test_bounce_for_good_is_told_by_them_too(raw: object) -> None:
    assert verdict_of_event("bounced", "bounced", raw) == Verdict.HARD


@given(st.integers(0, 999), st.binary(max_size=60))
def test_mailbox_is_left_alone_only_by_a_final_answer(code: int, words: bytes) -> None:
    if verdict_of_reply(code, words) == Verdict.HARD:
        assert 500 <= code <= 599


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_words_of_a_provider_are_read(raw: object) -> None:
    assert isinstance(is_soft(raw), bool)
