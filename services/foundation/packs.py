"""Reading a pack: YAML files checked against shapes, every problem told with file, line, path and reason."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

Place = Sequence[str | int]


class Shape(BaseModel):
    """Base of every shape: unknown keys are refused, so that a misspelt key in a pack is found at load."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Shape):
    """One text in both languages of the portal."""

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)


class BrokenPackError(Exception):
    """A pack that cannot be loaded. `problems` holds one readable line for each thing to mend."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Source:
    """One file of a pack, which knows the line of each of its values."""

    name: str
    root: yaml.Node

    def problem(self, place: Place, reason: str) -> str:
        """One line: file, line number, path of the value, and what is wrong with it."""
        where = _path(place)
        return f"{self.name}:{self._line(place)}: {where + ': ' if where else ''}{reason}"

    def _line(self, place: Place) -> int:
        node, line = self.root, self.root.start_mark.line
        for part in place:
            found = _child(node, part)
            if found is None:
                break
            node, line = found
        return line + 1


@dataclass(frozen=True)
class Sourced:
    """A value that was read from a pack (of the shape that was asked for), with the file it came from."""

    value: Any
    source: Source


class _Loader(yaml.CSafeLoader):
    """SafeLoader (libyaml's, five times as fast) that takes yes and no for words, and refuses a key written twice."""

    yaml_implicit_resolvers = {
        first: [
            (tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"
        ]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002  PyYAML's own signature
        """The mapping of a node; a doubled key is an error, since YAML would silently keep the last."""
        seen: set[Hashable] = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"key {key!r} is written twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_all(
    folder: Path,
    shapes: Mapping[str, type[Shape]],
    *,
    check: Callable[[Sourced], list[str]] | None = None,
) -> dict[str, Sourced]:
    """The named files of a pack, each as its shape, and `check` run over each.

    Raises BrokenPackError with every problem of every file, so that one run shows all there is to mend.
    """
    files: dict[str, Sourced] = {}
    problems: list[str] = []
    for name, shape in shapes.items():
        try:
            files[name] = read(folder, name, shape)
            problems += check(files[name]) if check else []
        except BrokenPackError as broken:
            problems += broken.problems
    if problems:
        raise BrokenPackError(problems)
    return files


def read(folder: Path, name: str, shape: type[Shape]) -> Sourced:
    """The file `name` of a pack as `shape`. Raises BrokenPackError with one line for each problem."""
    source, data = _parse(folder, name)
    try:
        return Sourced(shape.model_validate(data), source)
    except ValidationError as error:
        problems = [source.problem(found["loc"], _reason(dict(found))) for found in error.errors()]
        raise BrokenPackError(problems) from None


def _parse(folder: Path, name: str) -> tuple[Source, object]:
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BrokenPackError([f"{name}: the file is missing"]) from None
    except UnicodeDecodeError:
        raise BrokenPackError([f"{name}: the file is not UTF-8 text"]) from None
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise BrokenPackError([f"{name}: the file is empty"])
        return Source(name, root), loader.construct_document(root)
    except yaml.YAMLError as error:
        raise BrokenPackError([f"{name}{_mark(error)}: not YAML: {_words(error)}"]) from None
    finally:
        loader.dispose()


def _mark(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f":{mark.line + 1}" if mark else ""


def _words(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or " ".join(str(error).split()))


def _reason(found: dict[str, Any]) -> str:
    kind, message = found["type"], str(found["msg"])
    if kind == "extra_forbidden":
        return "no such key; is it misspelt?"
    if kind == "missing":
        return "is missing"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    given = found.get("input")
    shown = f" (it is {given!r})" if isinstance(given, str | int | float | bool) else ""
    return message[:1].lower() + message[1:] + shown


def _path(place: Place) -> str:
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in place]
    return "".join(parts).removeprefix(".")


def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark.line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return value, key.start_mark.line
    return None
