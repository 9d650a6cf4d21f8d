"""A city in small, for programs that ask what can be reported there."""

from typing import Any

from complaints import operations
from complaints.definition import ComplaintsDefinition
from complaints.models import Category
from services.foundation import clock
from services.government.models import District, Government
from tests.factories import accounts
from tests.factories.catalogue import said as both

CATEGORIES: dict[str, dict[str, Any]] = {
    "street-lights": {
        "name": both("Lampu jalan mati", "Street light is out"),
        "search_words": ["lampu", "street light"],
        "agency": "dishub",
        "settlement": "settlement",
    },
    "trees": {
        "name": both("Pohon", "Trees"),
        "search_words": ["pohon"],
        "agency": "dlh",
        "settlement": "settlement",
    },
    "levy": {
        "name": both("Pungutan liar", "Illegal levy"),
        "search_words": ["pungli"],
        "agency": "inspektorat",
        "settlement": "settlement",
        "confidential": True,
    },
}


def small_city() -> None:
    """A government with two districts and three kinds of reports, one of them confidential."""
    Government.objects.create(
        code="surabaya",
        name=both("Kota Uji", "City of Trial"),
        short_name=both("Uji"),
        contact={"phone": "(031) 1234", "email": "api@uji.example"},
    )
    for code, name in (("35.78.03", "Rungkut"), ("35.78.07", "Genteng")):
        District.objects.create(code=code, name=name, latitude=-7.3, longitude=112.7)
    categories()


def categories() -> None:
    """The kinds of reports alone, unless a pack has brought its own."""
    if Category.objects.exists():
        return
    for code in ("dpmptsp", "dishub", "dlh", "inspektorat"):
        accounts.agency(code)
    rows = [{"code": code, **said} for code, said in CATEGORIES.items()]
    shape = {
        "office": "dpmptsp",
        "service": "pengaduan",
        "danger": {"number": "112", "words": ["kebakaran", "fire"]},
        "groups": [{"code": "street", "name": both("Jalan", "Streets"), "categories": rows}],
    }
    operations.describe_reports(definition=ComplaintsDefinition.model_validate(shape), at=clock.now())
