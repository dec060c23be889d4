"""The committed assets are ours to serve: no typeface, crown or crest of another, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from a2p.web.page import STATIC
from tests.web.world import World

TEXTS = sorted(path for path in STATIC.iterdir() if path.suffix in {".css", ".js", ".svg"})


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_asset_holds_the_typeface_or_the_arms(path: Path) -> None:
    text = path.read_text("utf-8").lower()
    for forbidden in ("gds transport", "@font-face", "crown", "crest"):
        assert forbidden not in text


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_asset_fetches_anything(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.findall(r"url\((?!['\"]?data:)[^)]*\)|@import|sourceMappingURL", text)


def test_the_licence_of_the_foreign_files_stands_beside_them() -> None:
    licence = (STATIC / "LICENCE-govuk-frontend.txt").read_text("utf-8")
    assert "MIT License" in licence
    assert "govuk-frontend.min.css" in licence


def test_assets_are_kept_for_a_year_under_an_address_that_changes_with_them(world: World) -> None:
    client = world.client()
    page = client.page("/demo")
    sheets = [str(link["href"]) for link in page.find_all("link", rel="stylesheet")]
    assert any("app.css" in address for address in sheets)
    for address in sheets:
        assert re.search(r"\?v=[0-9a-f]{12}$", address)
        with client.get(address) as response:
            assert "max-age=31536000" in response.headers["Cache-Control"]
