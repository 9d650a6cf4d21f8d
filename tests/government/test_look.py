"""The look of a government: colours that can be read, drawings that only draw."""

from pathlib import Path

import pytest
from django.test import Client

from services.foundation.packs import BrokenPackError
from services.government import look
from services.government.definition import Tokens
from tests.architecture.source import ROOT
from tests.factories import government

GOOD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="8" height="8">{}</svg>'


def with_drawings(folder: Path, band: str, pattern: str = GOOD.format('<path d="M0 0h8v8z"/>')) -> Path:
    (folder / "look").mkdir()
    (folder / "look" / "band.svg").write_text(band)
    (folder / "look" / "pattern.svg").write_text(pattern)
    return folder


def problem_of(folder: Path, band: str) -> str:
    with pytest.raises(BrokenPackError) as caught:
        look.read_drawings(with_drawings(folder, band))
    return str(caught.value)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54), ("#123456", "#123456", 1)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert look.contrast(one, other) == look.contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    tokens = (ROOT / "static/css/tokens.css").read_text()
    for declaration in ("--paper: #fff;", f"--paper: {look.NIGHT};", f"--ink: {look.INK};"):
        assert declaration in tokens


@pytest.mark.parametrize(
    ("scheme", "colours", "said"),
    [
        (
            "light",
            {"water": "#5aa9e6"},
            "its contrast with #ffffff is 2.5 : 1, it needs 7 : 1; take a darker one",
        ),
        ("dark", {"water": "#1f3a93"}, "take a lighter one"),
        ("light", {"accent": "#333333"}, "it needs 4.5 : 1; take a lighter one"),
        ("dark", {"accent": "#8a1c1c"}, "it needs 4.5 : 1; take a lighter one"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_with_advice(
    scheme: str, colours: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match="contrast") as caught:
        Tokens.model_validate({"light": {}, "dark": {}} | {scheme: colours})
    assert said in str(caught.value)


def test_drawings_are_read_with_a_version_of_their_own(tmp_path: Path) -> None:
    first = look.read_drawings(with_drawings(tmp_path, GOOD.format('<circle r="3"/>')))
    (tmp_path / "look" / "band.svg").write_text(GOOD.format('<circle r="4"/>'))
    assert look.read_drawings(tmp_path)["version"] != first["version"]


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (GOOD.format("<script>alert(1)</script>"), "look/band.svg:1: no <script> here; shapes only"),
        (GOOD.format('<path onload="alert(1)"/>'), "look/band.svg:1: no onload here"),
        (GOOD.format('\n<path href="https://example.org"/>'), "look/band.svg:2: no href here"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + GOOD.format(""), "leave out comments and declarations"),
        (GOOD.format("<path>"), "look/band.svg:1: not SVG: mismatched tag"),
        ("", "look/band.svg:1: not SVG: no element found"),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>',
            "look/band.svg:1: <svg> needs viewBox",
        ),
        (GOOD.format('<path d="M0 0"/>' * 500), "every visitor loads it, so keep it below 6000"),
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(tmp_path: Path, drawing: str, said: str) -> None:
    assert said in problem_of(tmp_path, drawing)


def test_a_missing_drawing_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenPackError, match=r"look/pattern\.svg: the file is missing"):
        look.read_drawings(tmp_path)


@pytest.mark.django_db
@pytest.mark.parametrize("name", look.DRAWINGS)
def test_a_browser_keeps_a_drawing_until_the_pack_changes(client: Client, name: str) -> None:
    government.surabaya()
    page = client.get("/").content.decode()
    address = f"/look/{name}.svg?v={look.read_drawings(government.SURABAYA)['version']}"
    assert f'--{name}:url("{address}")' in page
    kept, other = client.get(address), client.get(f"/look/{name}.svg?v=old")
    assert kept.headers["Content-Type"] == "image/svg+xml"
    assert "immutable" in kept.headers["Cache-Control"]
    assert other.headers["Cache-Control"] == "no-cache"
    assert (
        kept.content == other.content == (government.SURABAYA / "look" / f"{name}.svg").read_bytes().strip()
    )


@pytest.mark.django_db
def test_another_drawing_does_not_exist(client: Client) -> None:
    government.surabaya()
    assert client.get("/look/version.svg").status_code == 404
    assert client.get("/look/coat.svg").status_code == 404
