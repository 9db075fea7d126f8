"""The first hour of a real installation: who owns it, its first network, and whether its letters arrive (B90)."""
