"""Somebody else may act for a business: by a code that went to their phone, from that day, until it is ended."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from licensing import operations, queries
from licensing.models import Business, BusinessMember, Invitation
from licensing.views import businesses
from services.accounts.models import User
from services.accounts.operations import choose_language
from services.foundation import clock
from tests.accounts.messages import sent
from tests.factories import licensing

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture
def business(citizen: User) -> Business:
    """A business of one person."""
    return licensing.business(citizen)


def invite(business: Business, actor: User, **to: str) -> str:
    operations.invite_member(business, actor=actor, at=clock.now(), **to or {"phone": "+6281234567890"})
    found = CODE.search(sent()[-1]["text"])
    assert found
    return found[0]


def members(business: Business) -> list[str]:
    return [member.person.name for member in queries.members_of(business, at=clock.now())]


@pytest.mark.parametrize("to", [{"phone": "+6281234567890"}, {"email": "ratna@example.com"}])
def test_a_code_goes_out_and_is_kept_only_as_a_hash(
    business: Business, citizen: User, to: dict[str, str]
) -> None:
    code = invite(business, citizen, **to)
    invitation = Invitation.objects.get()
    assert code.replace("-", "").encode() not in bytes(invitation.code_hash)
    assert "81234567" not in invitation.sent_to
    assert "ratna@" not in invitation.sent_to


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", " ")])
def test_whoever_types_it_acts_for_the_business(
    business: Business, citizen: User, citizen2: User, typed: object
) -> None:
    code = typed(invite(business, citizen))  # type: ignore[operator]
    assert operations.join_business(citizen2, code=code, at=clock.now()) == business
    assert members(business) == ["Budi Santoso", "Ratna Dewi"]


def test_it_works_once(business: Business, citizen: User, citizen2: User, stranger: User) -> None:
    code = invite(business, citizen)
    operations.join_business(citizen2, code=code, at=clock.now())
    with pytest.raises(operations.UnableToJoin) as told:
        operations.join_business(stranger, code=code, at=clock.now())
    assert (told.value.code, told.value.field) == ("used", "code")


def test_it_works_for_seven_days(business: Business, citizen: User, citizen2: User) -> None:
    code = invite(business, citizen)
    with pytest.raises(operations.UnableToJoin) as told:
        operations.join_business(citizen2, code=code, at=clock.now() + timedelta(days=8))
    assert told.value.code == "expired"


def test_a_withdrawn_code_is_as_one_that_never_was(business: Business, citizen: User, citizen2: User) -> None:
    code = invite(business, citizen)
    operations.withdraw_invitation(Invitation.objects.get(), actor=citizen, at=clock.now())
    for typed in (code, "0000-0000-0000", "", "' OR 1=1"):
        with pytest.raises(operations.UnableToJoin) as told:
            operations.join_business(citizen2, code=typed, at=clock.now())
        assert told.value.code == "unknown"


def test_who_acts_for_it_already_is_told(business: Business, citizen: User) -> None:
    code = invite(business, citizen)
    with pytest.raises(operations.UnableToJoin) as told:
        operations.join_business(citizen, code=code, at=clock.now())
    assert told.value.code == "member"


def test_ten_codes_a_day_are_enough(business: Business, citizen: User) -> None:
    for _number in range(10):
        invite(business, citizen)
    with pytest.raises(operations.UnableToJoin) as told:
        invite(business, citizen)
    assert told.value.code == "too_many"


def test_a_right_to_act_is_ended_with_its_day_and_kept(
    business: Business, citizen: User, citizen2: User
) -> None:
    operations.join_business(citizen2, code=invite(business, citizen), at=clock.now())
    clock.move(timedelta(days=3))
    member = BusinessMember.objects.get(person=citizen2.person)
    operations.end_membership(member, actor=citizen, at=clock.now())
    assert members(business) == ["Budi Santoso"]
    assert list(queries.businesses_of(citizen2, at=clock.now())) == []
    member.refresh_from_db()
    assert member.valid_until == clock.today()


def test_the_last_one_stays(business: Business, citizen: User) -> None:
    with pytest.raises(operations.UnableToJoin) as told:
        operations.end_membership(BusinessMember.objects.get(), actor=citizen, at=clock.now())
    assert told.value.code == "last"


def test_the_pages_do_all_of_it(client: Client, business: Business, citizen: User, citizen2: User) -> None:
    for person in (citizen, citizen2):
        choose_language(person, language="en")
    client.force_login(citizen)
    people = f"/licensing/businesses/{business.pk}/people/"
    assert "End" not in re.findall(r"<dl.*?</dl>", client.get(people).content.decode(), re.DOTALL)[0]
    page = client.post(people, {"contact": "0812 3456 7890"}, follow=True).content.decode()
    assert "The code was sent" in page
    assert "+62" in page
    found = CODE.search(sent()[-1]["text"])
    assert found
    client.force_login(citizen2)
    page = client.post("/licensing/businesses/join/", {"code": found[0]}, follow=True).content.decode()
    assert "You may act for Bakso Pak Slamet from now on." in page
    assert "Who acts for it" in page
    member = BusinessMember.objects.get(person=citizen2.person)
    client.force_login(citizen)
    assert "no longer act" in client.get(f"{people}{member.pk}/end/").content.decode()
    page = client.post(f"{people}{member.pk}/end/", follow=True).content.decode()
    assert "Ratna Dewi no longer acts for this business." in page


def test_a_contact_that_is_none_is_refused_beside_its_field(reader: Client, business: Business) -> None:
    page = reader.post(f"/licensing/businesses/{business.pk}/people/", {"contact": "Ratna"}).content.decode()
    assert "Type a phone number such as" in page
    assert 'value="Ratna"' in page


def test_who_guesses_codes_waits(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(businesses, "JOIN_RATE", "3/h/user")
    answers = [reader.post("/licensing/businesses/join/", {"code": f"GUESS{n}"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Too many codes were tried" in answers[-1].content.decode()
