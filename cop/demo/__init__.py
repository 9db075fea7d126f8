"""The demo network: everything in it is made up. Days are counted from today, so that it is never out of date."""
