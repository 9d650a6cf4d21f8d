"""Documents that came in, certificates that went out."""

from services.documents.models.certificate import Certificate, NumberSeries, in_force
from services.documents.models.document import Document, Preview, Sheet

__all__ = ["Certificate", "Document", "NumberSeries", "Preview", "Sheet", "in_force"]
