"""The programme's letters, each written when it is sent, and only while it is true."""

from events.letters import announcing, community, organising, registrations, reminding, speakers

__all__ = ["announcing", "community", "organising", "registrations", "reminding", "speakers"]
