"""A network's days as instants."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from cop.figures.rules.periods import Period
from members.models import Network


def bounds(network: Network, period: Period) -> tuple[datetime, datetime]:
    """From the first instant of the period to that after its last, where the network is."""
    zone = ZoneInfo(network.time_zone)
    after = period.last + timedelta(days=1)
    return datetime.combine(period.first, time.min, zone), datetime.combine(after, time.min, zone)
