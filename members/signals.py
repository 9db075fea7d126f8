"""What happened to members, for higher storeys to hear."""

from django.dispatch import Signal

# Somebody has become an active member. Sent inside the transaction, with `membership`.
joined = Signal()

# Somebody has left a network. Sent inside the transaction, with `membership`.
left = Signal()

# About once a minute, by `manage.py tick` or the worker, with `now`. Whoever hears it must be safe to call at any time.
ticked = Signal()

# A network may be put to rest, with `network` and `at`: what is in the way? A receiver answers with sentences, each of
# what has to be decided before.
asking_for_rest = Signal()

# Somebody is about to be erased, with `email`, `user` (none where they have no account) and `at`. Inside the
# transaction, while everything that says who they are is still there.
erasing = Signal()

# They are gone, with `email` and `at`; what is known by the address alone goes now. Inside the transaction.
erased = Signal()

# Somebody wants all that is known of them, with `user`. A receiver answers with its parts (a list of
# `members.formats.own_data.Part`), of this person and nobody else.
gathering_own_data = Signal()

# Somebody is new to a network, with `network` and `at`: what comes next? A receiver answers with its dates (a list of
# `members.formats.upcoming.Upcoming`), soonest first, such as everybody may know of.
gathering_dates = Signal()
