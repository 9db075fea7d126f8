"""What the worker does with a list: read it, bring people in, take them out again. Each may be killed at any time."""
