"""Settings that hold for every test."""

import os

from hypothesis import HealthCheck, settings

# No deadline: a busy machine must not fail a test. On CI the same examples every time, elsewhere new ones.
settings.register_profile(
    "a2p",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("a2p")
