"""Copies of an edition to take along. Pure: what is on the paper in, bytes out; the same bytes for the same paper."""
