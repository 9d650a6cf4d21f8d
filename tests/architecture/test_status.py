"""The status of a case is written in one place."""

import ast
from collections.abc import Iterator

from tests.architecture import source

WRITER = "services/casework/transitions.py"
CASE_CODE = (
    "services/casework/",
    "services/applications/",
    "permits/",
    "licensing/",
    "complaints/",
    "portal/",
)


def writings(tree: ast.AST) -> Iterator[int]:
    """The lines that assign a `.status`, or give a status to `update` or to `setattr`."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) and assigns(node):
            yield node.lineno
        if isinstance(node, ast.Call) and passes(node):
            yield node.lineno


def assigns(node: ast.Assign | ast.AugAssign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    parts = (part for target in targets for part in ast.walk(target))
    return any(isinstance(part, ast.Attribute) and part.attr == "status" for part in parts)


def passes(node: ast.Call) -> bool:
    match source.last_name(node.func):
        case "update" | "update_or_create":
            return any(keyword.arg == "status" for keyword in node.keywords)
        case "setattr":
            return any(isinstance(value, ast.Constant) and value.value == "status" for value in node.args)
        case _:
            return False


def test_only_the_transitions_write_a_status() -> None:
    strays = [
        f"{source.name(path)}:{line}"
        for path in source.python_files()
        if source.name(path).startswith(CASE_CODE) and source.name(path) != WRITER
        for line in writings(source.tree(path))
    ]

    assert strays == []


def test_the_guard_sees_a_writer() -> None:
    assert list(writings(source.tree(source.ROOT / WRITER)))
    assert list(writings(ast.parse("cases.update(status='GRANTED')"))) == [1]
    assert list(writings(ast.parse("setattr(case, 'status', 'GRANTED')"))) == [1]
