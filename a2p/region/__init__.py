"""Comparing frozen results across partnerships: cohorts, what of them may be shown, support, matching. Pure."""
