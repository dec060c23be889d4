"""Which browser it is, in a few words, from what it says of itself: for people to know their own sessions by."""

from __future__ import annotations

# The first that is found counts: nearly every browser also claims to be Chrome, Safari and Mozilla.
_BROWSERS = (
    (("Edg/", "EdgA/", "EdgiOS/"), "Edge"),
    (("OPR/", "Opera"), "Opera"),
    (("SamsungBrowser/",), "Samsung Internet"),
    (("Firefox/", "FxiOS/"), "Firefox"),
    (("Chrome/", "CriOS/", "Chromium/"), "Chrome"),
    (("Safari/",), "Safari"),
    (("Trident/", "MSIE "), "Internet Explorer"),
)
_SYSTEMS = (
    (("iPhone",), "iPhone"),
    (("iPad",), "iPad"),
    (("Android",), "Android"),
    (("CrOS",), "ChromeOS"),
    (("Windows",), "Windows"),
    (("Macintosh", "Mac OS X"), "Mac"),
    (("Linux", "X11"), "Linux"),
)
UNKNOWN = "A browser"


def browser_in_words(user_agent: str) -> str:
    """Such as "Firefox on Windows"; "A browser" for one that can't be told."""
    browser, system = _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or (f"{UNKNOWN} on {system}" if system else UNKNOWN)


def _first(known: tuple[tuple[tuple[str, ...], str], ...], user_agent: str) -> str:
    return next((name for marks, name in known if any(mark in user_agent for mark in marks)), "")
