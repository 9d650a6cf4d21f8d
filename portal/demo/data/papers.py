"""Pictures of papers for the demo. Each says in large letters that it is an example."""

from datetime import datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from services.accounts.models import User
from services.documents import operations as documents
from services.documents.models import Document

SIZE = (900, 570)


def picture(title: str, holder: str) -> bytes:
    """A JPEG of an invented paper."""
    image = Image.new("RGB", SIZE, "#eef4f5")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, SIZE[0] - 20, SIZE[1] - 20), outline="#0b5563", width=4)
    draw.text((60, 60), title.upper(), fill="#0b5563", font=ImageFont.load_default(44))
    draw.text((60, 190), holder, fill="#1d2a2e", font=ImageFont.load_default(34))
    for row in range(4):
        draw.rectangle((60, 260 + row * 48, 560 - row * 40, 282 + row * 48), fill="#c9d9dc")
    draw.text((60, 480), "CONTOH UNTUK DEMO · EXAMPLE", fill="#a3402f", font=ImageFont.load_default(34))
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def send_paper(owner: User, title: str, *, holder: str = "", at: datetime) -> Document:
    """Upload such a paper as its owner would, in the name of `holder` where it is another's; the outbox joins it and draws its pictures."""
    document = documents.start_document(owner=owner, title=title, at=at)
    upload = SimpleUploadedFile(
        "foto.jpg", picture(title, holder or owner.person.name), content_type="image/jpeg"
    )
    documents.add_sheet(document, upload=upload, at=at)
    return documents.finish_document(document, at=at)
