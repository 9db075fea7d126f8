"""What the domain that letters come from should say in the DNS, so that mail programs believe it.

SPF: RFC 7208. DKIM: RFC 6376. DMARC: RFC 7489. Large providers refuse much mail, or put it with junk, without them.
"""

from dataclasses import dataclass

# What a provider asks to have included, by the end of its server's name; from the providers' own manuals.
INCLUDES = {
    "google.com": "_spf.google.com",
    "gmail.com": "_spf.google.com",
    "office365.com": "spf.protection.outlook.com",
    "outlook.com": "spf.protection.outlook.com",
    "amazonaws.com": "amazonses.com",
    "mailgun.org": "mailgun.org",
    "sendgrid.net": "sendgrid.net",
    "mailjet.com": "spf.mailjet.com",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A TXT record: `kind` is spf, dkim or dmarc; without a `value` only the provider knows it."""

    kind: str
    name: str
    value: str


def records_for(domain: str, *, server: str, reports_to: str) -> tuple[Record, ...]:
    """The three records for mail from `domain` that goes out through `server`; DMARC reports go to `reports_to`."""
    include = next((word for end, word in INCLUDES.items() if server == end or server.endswith(f".{end}")), "")
    sends = f"include:{include}" if include else f"a:{server}" if server else "mx"
    return (
        Record("spf", domain, f"v=spf1 {sends} ~all"),
        Record("dkim", f"selector._domainkey.{domain}", ""),
        Record("dmarc", f"_dmarc.{domain}", f"v=DMARC1; p=quarantine; rua=mailto:{reports_to}"),
    )
