"""The records that a domain needs so that its letters are believed (B90)."""

import pytest

from cop.starting.rules.domains import Record, records_for


def test_three_records_are_named_for_the_domain() -> None:
    assert records_for("voices.example", server="mail.host.example", reports_to="ona@voices.example") == (
        Record("spf", "voices.example", "v=spf1 a:mail.host.example ~all"),
        Record("dkim", "selector._domainkey.voices.example", ""),
        Record("dmarc", "_dmarc.voices.example", "v=DMARC1; p=quarantine; rua=mailto:ona@voices.example"),
    )


@pytest.mark.parametrize(
    ("server", "sends"),
    [
        ("smtp-relay.gmail.com", "include:_spf.google.com"),
        ("email-smtp.eu-west-2.amazonaws.com", "include:amazonses.com"),
        ("notgmail.com", "a:notgmail.com"),
        ("", "mx"),
    ],
)
def test_a_known_provider_is_included(server: str, sends: str) -> None:
    assert records_for("v.example", server=server, reports_to="a@v.example")[0].value == f"v=spf1 {sends} ~all"
