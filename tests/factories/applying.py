"""Somebody at a browser who applies: opens pages, fills in forms, photographs sheets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from services.accounts.models import User
from services.accounts.operations import choose_language
from services.casework.models import Case
from services.documents.models import Document
from tests.factories import applications, documents

SEEN = re.compile(r'name="seen" value="([0-9a-f]+)"')


@dataclass
class Applicant:
    """A signed-in browser of one person, in English, at work on one application."""

    user: User
    client: Client = field(default_factory=Client)
    slug: str = applications.SLUG
    reference: str = ""
    namespace: str = "permits"

    def __post_init__(self) -> None:
        choose_language(self.user, language="en")
        self.client.force_login(self.user)

    @property
    def case(self) -> Case:
        """The application as it stands in the database."""
        return Case.objects.get(reference=self.reference)

    def url(self, name: str, **more: Any) -> str:
        """The address of a page of the application."""
        if name == "start":
            return reverse(f"{self.namespace}:start", kwargs={"slug": self.slug})
        return reverse(
            f"{self.namespace}:{name}", kwargs={"slug": self.slug, "reference": self.reference, **more}
        )

    def begin(self, for_whom: str = "SELF") -> "Applicant":
        """Begin an application and remember its reference."""
        answer = self.client.post(self.url("start"), {"helper_relation": for_whom})
        assert answer.status_code == 302, answer.content
        self.reference = urlsplit(answer["Location"]).path.split("/")[4]
        return self

    def open(self, name: str, **more: Any) -> Any:
        """Open a page."""
        return self.client.get(self.url(name, **more))

    def send(self, name: str, fields: Mapping[str, Any] | None = None, **more: Any) -> Any:
        """Post to a page, as one that was never opened."""
        return self.client.post(self.url(name, **more), fields or {})

    def fill(self, name: str, fields: Mapping[str, Any], **more: Any) -> Any:
        """Open a page with questions and send it."""
        found = SEEN.search(self.open(name, **more).content.decode())
        assert found, f"{name} has no form of questions"
        return self.client.post(self.url(name, **more), {**fields, "seen": found[1]})

    def name_oneself(self) -> None:
        """Give name and NIK."""
        self.send("identity", {"name": "Budi Santoso", "nik": applications.NIK})

    def answer_everything(self) -> None:
        """Answer every group of the full service."""
        assert self.fill("questions", applications.EVENT, group="event").status_code == 302
        assert self.fill("questions", applications.PLACE, group="place").status_code == 302
        assert self.fill("item", applications.MEMBER, group="team", number=1).status_code == 302

    def add_ready_document(self, slot: str = "ktp") -> Document:
        """Use a document that is ready from before."""
        document = documents.ready_document(owner=self.user)
        assert self.send("reuse", {"document": str(document.pk)}, slot=slot).status_code == 302
        return document

    def complete(self) -> "Applicant":
        """Do everything but send it."""
        self.begin()
        self.name_oneself()
        self.answer_everything()
        self.add_ready_document()
        return self

    def declare_and_send(self, key: str = "") -> Any:
        """Declare and send."""
        return self.send("check", {"declared": "on", "submission_key": key or uuid4().hex})

    def fill_nothing(self, name: str, **more: Any) -> Any:
        """Post an old page, as the browser's back button would."""
        return self.send(name, {"seen": "old"}, **more)
