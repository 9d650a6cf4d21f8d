"""Whatever is promised in the outbox is heard by somebody, on a queue that somebody works."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.conf import settings

from portal.celery import schedule
from portal.demo import supervisor
from services.casework import workflow
from services.outbox import registry
from tests.architecture import source

# Messages whose only purpose is that others, outside of this portal or later, may hear of them.
UNHEARD_ON_PURPOSE: frozenset[str] = frozenset()


def published() -> dict[str, str]:
    """Every topic that code publishes, each with one place that does."""
    found: dict[str, str] = {}
    for path in source.python_files():
        for call, inside in source.calls(path, "publish"):
            for topic in topics_of(path, call, inside):
                found[topic] = f"{source.name(path)}:{call.lineno}"
    return found


def topics_of(path: Path, call: ast.Call, inside: ast.FunctionDef | None) -> Iterator[str]:
    argument = call.args[0]
    match argument:
        case ast.Constant(value=str(topic)):
            yield topic
        case ast.Attribute(attr="event"):
            yield from (transition.event for known in workflow.every() for transition in known.transitions)
        case ast.Name(id=name) if inside and name in (names := [given.arg for given in inside.args.args]):
            for elsewhere in [path] if inside.name.startswith("_") else source.python_files():
                for caller, around in source.calls(elsewhere, inside.name):
                    if len(caller.args) > names.index(name):
                        told = ast.Call(caller.func, [caller.args[names.index(name)]], [])
                        yield from topics_of(elsewhere, told, around)
        case ast.Name(id=name):
            yield getattr(importlib.import_module(source.module(path)), name)
        case _:
            raise AssertionError(f"{source.name(path)}:{call.lineno} publishes a topic that cannot be read")


def test_every_published_topic_has_a_subscriber() -> None:
    topics = published()

    assert len(topics) > 10
    assert {
        topic: place for topic, place in topics.items() if topic not in registry.topics()
    } == dict.fromkeys(UNHEARD_ON_PURPOSE)


def test_every_subscription_is_to_a_topic_that_is_published() -> None:
    assert registry.topics() - published().keys() == set()


def test_every_queue_has_a_worker_in_production() -> None:
    compose = yaml.safe_load((source.ROOT / "docker-compose.yml").read_text())
    commands = [str(service.get("command", "")) for service in compose["services"].values()]
    worked = {
        queue
        for command in commands
        if "celery" in command and "worker" in command
        for found in re.findall(r"--queues (\S+)", command)
        for queue in found.split(",")
    }

    assert worked == set(settings.CELERY_TASK_QUEUES)


def test_every_queue_has_a_worker_in_the_demo() -> None:
    assert set(supervisor.QUEUES.split(",")) == set(settings.CELERY_TASK_QUEUES)


def test_every_subscriber_is_on_a_queue_that_exists() -> None:
    queues = {heard.queue for topic in registry.topics() for heard in registry.subscribers_of(topic)}

    assert queues <= set(settings.CELERY_TASK_QUEUES)


def test_every_periodic_task_exists_and_is_on_a_queue_that_exists() -> None:
    from portal.celery import app  # noqa: PLC0415 (its tasks are found when it is finalized)

    app.loader.import_default_modules()
    entries = schedule()

    assert len(entries) > 3
    for entry in entries.values():
        assert entry["task"] in app.tasks
        assert entry.get("options", {}).get("queue", "default") in settings.CELERY_TASK_QUEUES
