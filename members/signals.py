"""What happened to members, for higher storeys to hear."""

from django.dispatch import Signal

# Somebody has become an active member. Sent inside the transaction, with `membership`.
joined = Signal()

# About once a minute, by `manage.py tick` or the worker, with `now`. Whoever hears it must be safe to call at any time.
ticked = Signal()
