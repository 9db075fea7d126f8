"""Words as search compares them, and what somebody asked for: pure, on paper."""
