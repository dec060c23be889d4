"""How a page looks to those who see it otherwise: enlarged fourfold, in a few colours of their own, or on paper."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, ViewportSize

ENLARGED: ViewportSize = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
PAPER: ViewportSize = {"width": 718, "height": 1000}  # what is left of A4 within margins of a centimetre
# Drawn by their colours alone: what they say is still there in forced colours.
MARKS = ("main progress:not([value='0'])", "main svg.chart")

TOO_WIDE = """() => {
  const [wide, asked] = [document.documentElement.clientWidth, document.documentElement.scrollWidth];
  const out = each => each.getBoundingClientRect().left + Math.max(each.offsetWidth, each.scrollWidth) > wide + 1;
  return asked <= wide ? [] : [asked + " px", ...[...document.querySelectorAll("body *")].filter(out)
    .map(each => each.outerHTML.slice(0, 120)).slice(-3)];
}"""

# What stays in view while the rest scrolls leaves the most of a small window to read in.
IN_THE_WAY = """() => [...document.querySelectorAll("body *")]
  .filter(each => ["sticky", "fixed"].includes(getComputedStyle(each).position))
  .filter(each => each.getBoundingClientRect().height > innerHeight / 3)
  .map(each => each.outerHTML.slice(0, 120))"""

# Nothing may be told by a background alone, or by a shadow: both are taken away. One of each class is looked at, since
# what a class looks like is the same everywhere. Where the page has set the focus it is left alone.
LOST_IN_FORCED_COLOURS = """() => {
  const drawn = (style, side) => style[side + "Style"] !== "none" && parseFloat(style[side + "Width"]) > 0;
  const framed = (each, pseudo) => ["borderTop", "borderBottom", "borderLeft", "outline"]
    .some(side => drawn(getComputedStyle(each, pseudo), side));
  const told = each => framed(each) || each.innerText.trim() || each.getAttribute("aria-label")
    || each.querySelector("svg, img") || each.type === "file";
  const shown = each => each.checkVisibility({visibilityProperty: true}) && each.getClientRects().length;
  const label = each => (each.matches("[type=radio], [type=checkbox]") && each.labels[0]) || null;
  const one = new Map();
  for (const each of document.querySelectorAll(
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")) {
    const kind = [each.tagName, each.type, each.className, each.parentElement.className].join();
    if (shown(each) && !one.has(kind)) one.set(kind, each);
  }
  const lost = [];
  const tell = (each, what) => lost.push(what + ": " + each.outerHTML.slice(0, 160));
  const free = [document.body, null].includes(document.activeElement);
  for (const each of one.values()) {
    const face = label(each);
    if (!(face ? framed(face, "::before") : told(each))) tell(each, "no boundary and no text");
    if (!free) continue;
    each.focus({preventScroll: true});
    const marked = drawn(getComputedStyle(each), "outline")
      || (face && drawn(getComputedStyle(face, "::before"), "outline"));
    if (document.activeElement === each && !marked) tell(each, "no mark of the focus");
    each.blur();
  }
  for (const key of document.querySelectorAll(".key")) {
    const swatches = [...key.querySelectorAll(".swatch")].map(each => getComputedStyle(each).backgroundColor);
    if (new Set(swatches).size < swatches.length) tell(key, "the same colour twice");
  }
  return lost;
}"""

# On paper nothing can be pressed, and what scrolls on a screen is cut off.
WRONG_ON_PAPER = """() => {
  const wrong = [];
  const shown = each => each.checkVisibility({visibilityProperty: true}) && each.getBoundingClientRect().width > 1;
  const tell = (each, what) => wrong.push(what + ": " + each.outerHTML.slice(0, 160));
  for (const each of document.querySelectorAll(`button, [role=button], [type=submit], .govuk-skip-link,
      nav:not([aria-label=Sections]), .govuk-back-link, .app-signed-in, header, footer, [type=search]`))
    if (shown(each)) tell(each, "of no use");
  for (const each of document.querySelectorAll("main, main *:not(input, textarea, select, svg *)"))
    if (shown(each) && getComputedStyle(each).overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1)
      tell(each, "cut off");
  const main = document.querySelector("main");
  const kept = [...document.querySelectorAll("main :is(h1, h2, p, td, li, dd)")].filter(each => each.innerText.trim());
  if (!shown(main.querySelector("h1"))) tell(main, "without its heading");
  if (!kept.some(shown)) tell(main, "nothing is left");
  return wrong;
}"""


def shortcomings(page: Page) -> dict[str, list[str]]:
    """What is wrong with the page enlarged, in forced colours and on paper; the page is then as it was."""
    page.set_viewport_size(ENLARGED)
    found = {"too wide enlarged": page.evaluate(TOO_WIDE), "in the way": page.evaluate(IN_THE_WAY)}
    page.emulate_media(forced_colors="active")
    found["in forced colours"] = [*page.evaluate(LOST_IN_FORCED_COLOURS), *_vanished(page)]
    page.emulate_media(forced_colors="none", media="print")
    page.set_viewport_size(PAPER)
    found |= {"too wide on paper": page.evaluate(TOO_WIDE), "on paper": page.evaluate(WRONG_ON_PAPER)}
    page.emulate_media(media="screen")
    return {where: what for where, what in found.items() if what}


def _vanished(page: Page) -> list[str]:
    """The marks of which forced colours leave an empty frame or nothing, by the first of each."""
    marks = [mark for mark in MARKS if page.locator(mark).count()]
    return [f"vanishes: {mark}" for mark in marks if not _inked(page.locator(mark).first.screenshot())]


def _inked(picture: bytes) -> bool:
    """Whether a good part of a picture is not white, its frame left out."""
    with Image.open(BytesIO(picture)) as image:
        inner = image.convert("L").crop((2, 2, image.width - 2, image.height - 2))
    return sum(inner.histogram()[:250]) > inner.width * inner.height / 200
