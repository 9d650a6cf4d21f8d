"""The reader's pages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from services.accounts.models import User
from services.foundation import clock
from services.notifications import context, operations, queries
from services.notifications.models import Channel, Notice
from tests.factories.notifications import notice_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(citizen: User, client: Client) -> Notice:
    """A notice to a citizen who reads English and is signed in."""
    citizen.language = "en"
    citizen.save()
    client.force_login(citizen)
    return notice_to(citizen)


def test_the_list_shows_what_is_new(notice: Notice, client: Client) -> None:
    page = client.get("/notifications/").content.decode()
    assert notice.title in page
    assert "New" in page
    assert "Mark all as read" in page


def test_opening_a_notice_reads_it(notice: Notice, citizen: User, client: Client) -> None:
    page = client.get(f"/notifications/{notice.id}/").content.decode()
    assert notice.page_html in page
    assert 'href="/cases/P-7K3F9-QXM2E/"' in page
    assert queries.unread_count(citizen) == 0
    notice.refresh_from_db()
    first = notice.read_at
    client.get(f"/notifications/{notice.id}/")
    notice.refresh_from_db()
    assert notice.read_at == first


def test_all_are_read_at_once(notice: Notice, citizen: User, client: Client) -> None:
    notice_to(citizen, key="2")
    assert client.post("/notifications/read/").status_code == 302
    assert queries.unread_count(citizen) == 0


def test_many_notices_come_in_pages(notice: Notice, citizen: User, client: Client) -> None:
    for number in range(2, 25):
        notice_to(citizen, key=str(number))
    response = client.get("/notifications/")
    assert len(response.context["notices"]) == 20
    rest = client.get(response.context["next_url"])
    assert len(rest.context["notices"]) == 4
    assert rest.context["next_url"] == ""
    assert rest.context["first_url"] == "/notifications/"


def test_the_list_takes_the_same_few_queries_for_one_notice_and_for_many(
    notice: Notice, citizen: User, client: Client, django_assert_max_num_queries: object
) -> None:
    client.get("/notifications/")
    for number in range(2, 15):
        notice_to(citizen, key=str(number))
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/notifications/")


def test_nobody_told_anything_is_told_what_will_come(stranger: User, client: Client) -> None:
    stranger.language = "en"
    stranger.save()
    client.force_login(stranger)
    page = client.get("/notifications/").content.decode()
    assert "No notices yet" in page


def test_channels_are_chosen(notice: Notice, citizen: User, client: Client) -> None:
    page = client.get("/notifications/channels/").content.decode()
    assert page.count(" checked") == 2
    response = client.post("/notifications/channels/", {"channels": ["EMAIL"]}, follow=True)
    assert "Your choice is saved" in response.content.decode()
    assert queries.wanted_channels(citizen) == {
        Channel.SMS: False,
        Channel.EMAIL: True,
        Channel.WHATSAPP: False,
    }


def test_a_channel_that_does_not_exist_is_refused(notice: Notice, citizen: User, client: Client) -> None:
    response = client.post("/notifications/channels/", {"channels": ["PIGEON"]})
    assert response.status_code == 200
    assert "govuk-error-summary" in response.content.decode()
    assert queries.wanted_channels(citizen)[Channel.SMS]


def test_no_channel_at_all_may_be_chosen(notice: Notice, citizen: User, client: Client) -> None:
    client.post("/notifications/channels/", {})
    assert not any(queries.wanted_channels(citizen).values())


@pytest.mark.parametrize(
    "who", ["stranger", "intake", "reviewer", "approver", "supervisor", "auditor", "administrator"]
)
def test_anybody_elses_notice_is_not_there(
    notice: Notice, who: str, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"/notifications/{notice.id}/").status_code in {302, 404}
    assert notice.title not in client.get("/notifications/").content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize("path", ["", "1/", "channels/"])
def test_whoever_is_not_signed_in_is_asked_to_sign_in(path: str, client: Client) -> None:
    response = client.get(f"/notifications/{path}")
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]


def test_the_headers_number_costs_one_query_and_none_where_it_is_not_printed(
    citizen: User, rf: RequestFactory, django_assert_num_queries: object
) -> None:
    notice_to(citizen)
    request = rf.get("/")
    request.user = citizen
    with django_assert_num_queries(0):  # type: ignore[operator]
        unread = context.unread(request)["unread_notices"]
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert (unread(), unread()) == (1, 1)  # type: ignore[operator]
    request.user = AnonymousUser()
    assert context.unread(request)["unread_notices"]() == 0  # type: ignore[operator]


def test_a_notice_cannot_be_read_before_it_was_written(citizen: User) -> None:
    notice = notice_to(citizen)
    before = notice.created_at
    operations.read_notice(notice, at=before.replace(year=before.year - 1))
    assert notice.read_at == before
    assert clock.now() >= before
