"""Where files live: the private storage, outside the web root, under names that say nothing."""

from pathlib import PurePosixPath
from uuid import uuid4

from django.core.files.storage import Storage, storages
from django.db import models


def private_storage() -> Storage:
    """The storage behind every file of this app; none of them has a public address."""
    return storages["default"]


def sheet_path(instance: models.Model, filename: str) -> str:
    """A random name for a sheet; of the sender's name only our own choice of suffix is left."""
    return _random_path("sheets", filename)


def document_path(instance: models.Model, filename: str) -> str:
    """A random name for a joined document."""
    return _random_path("documents", filename)


def preview_path(instance: models.Model, filename: str) -> str:
    """A random name for a picture made by us."""
    return _random_path("previews", filename)


def certificate_path(instance: models.Model, filename: str) -> str:
    """A random name for a certificate."""
    return _random_path("certificates", filename)


def _random_path(folder: str, filename: str) -> str:
    name = uuid4().hex
    return f"{folder}/{name[:2]}/{name}{PurePosixPath(filename).suffix}"
