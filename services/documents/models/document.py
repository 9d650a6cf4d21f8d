"""A document someone sends: its sheets as they came, one PDF joined of them, and pictures of its pages."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.documents.storage import document_path, preview_path, private_storage, sheet_path


class Document(models.Model):
    """One document of one owner, made of one or more sheets. It may serve several applications."""

    class State(models.TextChoices):
        """Where the making of the one PDF stands."""

        DRAFT = "DRAFT", _("Being put together")
        JOINING = "JOINING", _("Being prepared")
        READY = "READY", _("Ready")
        REFUSED = "REFUSED", _("Not usable")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    page_count = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(storage=private_storage, upload_to=document_path, max_length=120, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    refusal = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                name="a_ready_document_has_its_file_and_pages",
                condition=~Q(state="READY")
                | Q(page_count__gte=1, size__gte=1, ready_at__isnull=False) & ~Q(file="") & ~Q(sha256=""),
            ),
            models.CheckConstraint(
                name="a_refused_document_says_why",
                condition=Q(state="REFUSED") & ~Q(refusal="") | ~Q(state="REFUSED") & Q(refusal=""),
            ),
            models.CheckConstraint(
                name="a_document_is_finished_before_it_is_joined",
                condition=Q(state="DRAFT") | Q(finished_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "-ready_at"], name="reusable_documents", condition=Q(state="READY")
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.id)

    @property
    def is_draft(self) -> bool:
        """Whether sheets may still come and go."""
        return self.state == self.State.DRAFT

    @property
    def is_ready(self) -> bool:
        """Whether the one PDF and its pictures exist."""
        return self.state == self.State.READY


class Sheet(models.Model):
    """One file as it was accepted: a photo without its metadata, or a PDF. `pixels` is 0 for a PDF."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    file = models.FileField(storage=private_storage, upload_to=sheet_path, max_length=120)
    picture = models.FileField(storage=private_storage, upload_to=preview_path, max_length=120, blank=True)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    pixels = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sheet")
        verbose_name_plural = _("sheets")
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "position"],
                name="one_sheet_at_each_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="a_sheet_is_not_empty", condition=Q(size__gte=1, pages__gte=1)),
            models.CheckConstraint(
                name="a_sheet_is_a_photo_or_a_pdf",
                condition=Q(content_type="image/jpeg", pixels__gte=1, pages=1)
                | Q(content_type="application/pdf", pixels=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        """Whether the sheet is a photo, as against a PDF."""
        return self.content_type == "image/jpeg"


class Preview(models.Model):
    """A picture of one page of a ready document, made by us; the only thing of a document shown in a page."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="previews")
    page = models.PositiveSmallIntegerField()
    image = models.FileField(storage=private_storage, upload_to=preview_path, max_length=120)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        ordering = ["document", "page"]
        constraints = [
            models.UniqueConstraint(fields=["document", "page"], name="one_preview_a_page"),
            models.CheckConstraint(name="pages_count_from_one", condition=Q(page__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.page}"
