"""Which browser it is, in words that people know."""

from __future__ import annotations

import pytest

from a2p.web.browsers import browser_in_words

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (f"{WINDOWS} Gecko/20100101 Firefox/144.0", "Firefox on Windows"),
        (f"{WINDOWS} {CHROME}", "Chrome on Windows"),
        (f"{WINDOWS} {CHROME} Edg/141.0.0.0", "Edge on Windows"),
        (f"{MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "Safari on Mac"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        (f"Mozilla/5.0 (Linux; Android 15; SM-S921B) SamsungBrowser/27.0 {CHROME}", "Samsung Internet on Android"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} OPR/120.0", "Opera on Linux"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME}", "Chrome on ChromeOS"),
        ("Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer on Windows"),
        ("curl/8.0", "A browser"),
        ("something (Windows)", "A browser on Windows"),
        ("", "A browser"),
        ("<b>" * 1000, "A browser"),
    ],
)
def test_a_browser_is_told_by_what_it_says_of_itself(said: str, words: str) -> None:
    assert browser_in_words(said) == words
