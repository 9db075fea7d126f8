"""Search over what a reader may read anyway: meetings, materials and, for members, circulated notes (B60)."""
