"""The portal's own source, read as text and as syntax trees, for the guards."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("portal", "permits", "licensing", "complaints", "oversight", "services")


@cache
def python_files() -> tuple[Path, ...]:
    """Every module of the portal, migrations apart."""
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return tuple(sorted(path for path in files if "migrations" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def name(path: Path) -> str:
    """The file as a person names it."""
    return str(path.relative_to(ROOT))


def module(path: Path) -> str:
    """The module as Python imports it."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def calls(path: Path, function: str) -> Iterator[tuple[ast.Call, ast.FunctionDef | None]]:
    """The calls of a function in a module, by its last name, each with the function in which it stands."""
    yield from _calls_in(tree(path), function, None)


def _calls_in(
    node: ast.AST, function: str, inside: ast.FunctionDef | None
) -> Iterator[tuple[ast.Call, ast.FunctionDef | None]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and last_name(child.func) == function:
            yield child, inside
        yield from _calls_in(child, function, child if isinstance(child, ast.FunctionDef) else inside)


def last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
