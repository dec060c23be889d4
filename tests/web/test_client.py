"""The client that checks pages finds what it is there to find."""

from __future__ import annotations

import pytest

from tests.web.client import faults_of
from tests.web.world import World

GOOD = (
    '<!DOCTYPE html><html lang="en"><head><title>Page</title></head><body><main id="main"><h1>Page</h1>'
    '<form method="post" action="/sign-out"><input type="hidden" name="csrf_token" value="x">'
    '<label for="a">Name</label><input id="a" name="a"><button>Go</button></form><a href="/demo">People</a>'
    "</main></body></html>"
)

BAD = {
    "no language": (' lang="en"', ""),
    "no title": ("<title>Page</title>", "<title> </title>"),
    "2 main headings": ("<h1>Page</h1>", "<h1>Page</h1><h1>Again</h1>"),
    "skips a level": ("<h1>Page</h1>", "<h1>Page</h1><h3>Deep</h3>"),
    "the id a stands twice": ("<button>", '<button id="a">'),
    "the control a has no label": ('<label for="a">Name</label>', ""),
    "aria-describedby names nothing": ('name="a"', 'name="a" aria-describedby="nothing"'),
    "a style attribute": ("<h1>", '<h1 style="color:red">'),
    "an inline <script> without a nonce": ("<h1>", "<script>1</script><h1>"),
    "a script in the attribute onclick": ("<button>", '<button onclick="x()">'),
    "has no token": ('name="csrf_token"', 'name="other"'),
    "leads to POST /nowhere": ("/sign-out", "/nowhere"),
    "leads to /nowhere": ("/demo", "/nowhere"),
    "leads to #nothing": ("/demo", "#nothing"),
    "a button without a name": ("Go", ""),
    "do not agree": ("<title>", "<title>Error: "),
    "not valid HTML": ("</label>", "</label></p></section>"),
}


def test_a_page_in_order_has_no_faults(world: World) -> None:
    assert list(faults_of(world.app, "/", GOOD)) == []


@pytest.mark.parametrize("fault", BAD)
def test_a_fault_is_found(world: World, fault: str) -> None:
    assert BAD[fault][0] in GOOD
    text = GOOD.replace(*BAD[fault], 1)
    assert any(fault in found for found in faults_of(world.app, "/", text))
