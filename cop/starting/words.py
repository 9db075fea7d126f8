"""What is said of each trouble with mail: what it is, and what to do next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cop.starting.rules.posting import Trouble

SENTENCES: dict[Trouble, Promise] = {
    Trouble.NO_SUCH_HOST: _("No mail server has this name. Look at the host in EMAIL_URL for a typing error."),
    Trouble.NOBODY_LISTENS: _(
        "The machine answers, but no mail server listens on this port. Look at the port in EMAIL_URL: 587 with "
        "tls=True is the usual one, 465 with ssl=True the other."
    ),
    Trouble.SILENCE: _(
        "Nothing answered in time. Many hosting companies block the mail ports: ask yours to open the port, or use "
        "another one of your provider, such as 2525."
    ),
    Trouble.UNREACHABLE: _("The mail server cannot be reached from here. Look at the network and the firewall."),
    Trouble.CERTIFICATE: _(
        "The mail server's certificate is not for this name, or nobody vouches for it. Use the name that the provider "
        "gives, not a number, and see that the server's clock is right."
    ),
    Trouble.NOT_TLS: _(
        "The mail server does not speak TLS in this way. Port 587 wants tls=True in EMAIL_URL, port 465 wants ssl=True."
    ),
    Trouble.NOT_OFFERED: _(
        "The mail server does not offer what EMAIL_URL asks for: TLS, or signing in. Look at the port, and at tls=True "
        "and ssl=True."
    ),
    Trouble.PASSWORD: _(
        "The mail server does not take this user name and password. Signs such as @ and / in them must be written as "
        "%40 and %2F in EMAIL_URL; some providers want a password for applications or a key."
    ),
    Trouble.SIGN_IN_FIRST: _(
        "The mail server wants somebody to sign in first. Give user name and password in EMAIL_URL."
    ),
    Trouble.SENDER: _(
        "The mail server does not send from this address. Have the address or its domain confirmed with your provider, "
        "or set MAIL_FROM to one that is."
    ),
    Trouble.RECIPIENT: _(
        "The mail server does not take letters to your address. Look at the address you gave; a new account with a "
        "provider may only write to confirmed addresses at first."
    ),
    Trouble.CONTENT: _("The mail server took the addresses and then refused the letter. What it said is below."),
    Trouble.HUNG_UP: _(
        "The mail server ended the connection without a word. Often the port and the kind of TLS do not belong "
        "together: 587 wants tls=True, 465 wants ssl=True."
    ),
    Trouble.OTHER: _("The mail server did not take the letter. What it said is below."),
}
