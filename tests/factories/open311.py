"""A government in small, for programs that ask what can be reported there."""

from services.government.models import District, Government
from tests.factories import complaints
from tests.factories.catalogue import said as both


def small_city() -> None:
    """A government with two districts and three kinds of reports, one of them confidential."""
    Government.objects.create(
        code="surabaya",
        name=both("Kota Uji", "City of Trial"),
        short_name=both("Uji"),
        contact={"phone": "(031) 1234", "email": "api@uji.example"},
    )
    for code, name in (("35.78.03", "Rungkut"), ("35.78.08", "Gubeng")):
        District.objects.create(code=code, name=name, latitude=-7.3, longitude=112.7)
    complaints.ready()
