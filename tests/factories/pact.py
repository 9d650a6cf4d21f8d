"""The integrity pact: the text that the packs publish, and signatures under it."""

from datetime import timedelta

from services.accounts.models import Membership, User
from services.foundation import clock
from services.integrity.models import PactSignature, PactVersion
from services.integrity.pact import operations, queries
from services.integrity.pact.definition import PactDefinition
from services.integrity.pact.pack import read_section
from tests.architecture.source import ROOT

DEFINITION: PactDefinition = read_section(ROOT / "packs" / "surabaya").value


def published() -> PactVersion:
    """The text in force; that of the packs unless a test published another."""
    if (newest := queries.current_version()) is None:
        operations.publish_pact(definition=DEFINITION, at=clock.now())
        newest = PactVersion.objects.get()
    return newest


def signature(worn: Membership, *, days_ago: int = 0) -> PactSignature:
    """The wearer's signature for this hat, so many days ago."""
    at = clock.now() - timedelta(days=days_ago)
    day = clock.local_date(at)
    return PactSignature.objects.create(
        membership=worn,
        version=published(),
        signed_at=at,
        signed_date=day,
        valid_until=operations.year_after(day),
    )


def sign_again(user: User) -> None:
    """Another year's signature for every hat of this user."""
    for worn in user.memberships.all():
        signature(worn)
