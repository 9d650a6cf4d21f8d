"""Typed environment variables: one that is missing or malformed stops the start with its name and an example."""

import base64
import binascii
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError
from marshmallow import ValidationError

Value = TypeVar("Value")

KEY_BYTES = 32
env = Env()


def setting(read: Callable[..., Value], name: str, *, example: str, **options: Any) -> Value:
    """The value of the variable `name`, read by a method of `env` such as `env.int`."""
    try:
        return read(name, **options)
    except (EnvError, ValidationError, ValueError) as error:
        message = (
            f"The environment variable {name} is missing or malformed ({error}). Example: {name}={example}"
        )
        raise ImproperlyConfigured(message) from error


def key_bytes(name: str, text: str) -> bytes:
    """The 32 bytes of a key written in base 64."""
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured(
            f"{name}: a key is 32 bytes in base 64, this one is not base 64."
        ) from error
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(
            f"{name}: a key is {KEY_BYTES} bytes in base 64, this one has {len(key)} bytes."
        )
    return key


def origins(address: str) -> list[str]:
    """Where an address leads, as a content security policy names it; `{s}` stands for any name of a host."""
    parts = urlsplit(address.replace("{s}", "*"))
    return [f"{parts.scheme}://{parts.netloc}"] if address else []
