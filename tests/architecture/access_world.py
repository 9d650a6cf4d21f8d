"""The world in which every address is tried: one owner, eight hats at home, eight elsewhere, and things to ask for."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.test import Client

from complaints.operations import keys
from licensing.operations import invite_member
from oversight import operations as oversight
from permits import operations as permits
from services.accounts.models import Hat, Membership, User
from services.casework.models import Case
from services.casework.operations import attach_document
from services.documents.models import Document
from services.foundation import clock
from services.integrity import tokens
from services.integrity.conflicts.operations import declare_interest
from services.notifications.models import Notice
from services.outbox.models import Message
from tests.factories import (
    accounts,
    applications,
    casework,
    documents,
    inspections,
    licensing,
    machine,
    mandates,
    notifications,
    outages,
    signing,
)
from tests.factories import complaints as reports
from tests.factories.applying import Applicant

HOME, ELSEWHERE = "dpmptsp", "dishub"
HATS = tuple(Hat.values)
#: Those that end at the door of their agency.
DESK_HATS = tuple(hat for hat in HATS if hat not in {Hat.AUDITOR, Hat.ADMINISTRATOR})


@dataclass
class World:
    """Everything is made once; every request is undone."""

    owner: User = field(default_factory=lambda: accounts.signed_up("Budi Pemilik"))
    stranger: User = field(default_factory=lambda: accounts.signed_up("Joko Asing"))

    def __post_init__(self) -> None:
        self.home = {hat: accounts.officer(f"{hat} Rumah", hat, agency_code=HOME) for hat in HATS}
        self.elsewhere = {hat: accounts.officer(f"{hat} Luar", hat, agency_code=ELSEWHERE) for hat in HATS}
        self.at_desks_elsewhere = accounts.officer("Semua Topi Luar", DESK_HATS[0], agency_code=ELSEWHERE)
        for hat in DESK_HATS[1:]:
            accounts.wearing(self.at_desks_elsewhere, hat, agency_code=ELSEWHERE)
        self.sessions: dict[int, str] = {}
        applications.full_service()
        reports.ready()
        self.key, _secret = keys.make_key(name="Warga", contact="a@b.example", made_by=None, at=clock.now())
        self.draft = Applicant(self.owner).complete().case
        self.photos = documents.photographed_document(self.owner)
        attach_document(self.draft, actor=self.owner, slot="letter", document=self.photos, at=clock.now())
        intake, reviewer, approver = (self.home[hat] for hat in ("INTAKE", "REVIEWER", "APPROVER"))
        self.report = reports.verified_report(intake, photos=1)
        self.sent = casework.accepted_application(self.owner, intake)
        self.granted = casework.granted_application(self.owner, intake, reviewer, approver)
        self.certificate = documents.signed_certificate(reference=self.granted.reference)
        self.to_sign = signing.to_sign(self.owner, intake, reviewer, approver)
        self.own_licence()
        self.by_machine = machine.granted(accounts.signed_up("Siti Mesin"))
        self.mandate = mandates.given(self.home["INSPECTOR"], by=self.home["SUPERVISOR"])
        self.outage = outages.declared(outages.administrator(), begins_at=clock.now())
        self.interest = declare_interest(user=intake, kind="COMPANY", name="Warung Wulan", at=clock.now())
        self.visited = casework.accepted_application(
            self.owner, intake, version=inspections.inspected_service()
        )
        inspector = self.home["INSPECTOR"]
        inspections.appointed(inspector, inspections.taken(inspector, self.visited))
        self.notice: Notice = notifications.notice_to(self.owner)
        sent = casework.submitted_application(self.owner)
        self.ended = permits.withdraw_application(sent, actor=self.owner, at=clock.now())
        oversight.refresh_figures(at=clock.now())

    def own_licence(self) -> None:
        """The owner's business with its code under way, a draft in its name, and a licence that is renewed."""
        applications.full_service(slug="izin-usaha-uji", kind="LICENCE", risk="low", holder="business")
        self.business = licensing.business(self.owner)
        phone = "+6281234567890"
        self.invitation = invite_member(self.business, actor=self.owner, phone=phone, at=clock.now())
        applying = Applicant(self.owner, slug="izin-usaha-uji", namespace="licensing").complete()
        self.licence_draft = applying.case
        photos = documents.photographed_document(self.owner)
        attach_document(self.licence_draft, actor=self.owner, slot="letter", document=photos, at=clock.now())
        self.licence_sheet = photos.sheets.get(position=1).pk
        officers = (self.home[hat] for hat in ("INTAKE", "REVIEWER", "APPROVER"))
        self.licence = licensing.issued(self.owner, *officers)

    def client(self, user: User | None) -> Client:
        """A fresh browser of this person, always with the same session."""
        client = Client(raise_request_exception=False)
        if user is None:
            return client
        if user.pk not in self.sessions:
            client.force_login(user)
            self.sessions[user.pk] = client.cookies["sessionid"].value
        client.cookies["sessionid"] = self.sessions[user.pk]
        return client

    def arguments(self, route: str) -> dict[str, Any]:  # noqa: PLR0911 (one return for each kind of route)
        """What stands for the parameters of a route."""
        asked = {"group": "team", "number": 1, "slot": "letter"}
        if route.startswith("permits/apply/"):
            sheet = self.photos.sheets.get(position=1).pk
            return {**asked, "slug": applications.SLUG, "reference": self.draft.reference, "sheet": sheet}
        if route.startswith("licensing/apply/"):
            draft = self.licence_draft
            slug = draft.service_version.service.slug
            return {**asked, "slug": slug, "reference": draft.reference, "sheet": self.licence_sheet}
        if route.startswith("licensing/"):
            return {
                "reference": self.licence.case.reference,
                "business_id": self.business.pk,
                "number": self.business.members.get().pk,
                "invitation_id": self.invitation.pk,
            }
        if route.startswith("gift/"):
            return {"reference": self.ended.reference, "token": tokens.gift_token(self.ended.reference)}
        if route.startswith("complaints/integrity/"):
            return {"name": "matter", "number": 1}
        if route.startswith("complaints/"):
            photo = self.report.documents.get().document_id
            return {"reference": self.report.reference, "document_id": photo, "token": "A" * 12}
        if route.startswith("open311/"):
            public = self.report.reference
            return {"code": "street-lights", "form": "json", "reference": public, "rest": "nowhere"}
        case = self.case_of(route)
        is_visited = case == self.visited
        return {
            "reference": case.reference,
            "document_id": document_of(case).pk,
            "page": 1,
            "number": self.photos.pk if "photos/" in route else 1,
            "name": "recommend",
            "slug": applications.SLUG,
            "code": self.certificate.code,
            "key": "visit" if is_visited else "services",
            "notice_id": self.notice.pk,
            "officer": self.home["INTAKE"].pk,
            "mandate": self.mandate.pk,
            "outage": self.outage.pk,
            "pk": self.pk_of(route),
            "content_type_id": ContentType.objects.get_for_model(Case).pk,
            "object_id": self.object_of(route),
            "app_label": "casework",
            "url": "nowhere",
        }

    def case_of(self, route: str) -> Case:
        """The case that a page of the desk or of its owner shows."""
        if "inspections/" in route or "reviews/<slug:key>/" in route:
            return self.visited
        if route.endswith("again/"):
            return self.by_machine
        if route.endswith("/sign/"):
            return self.to_sign
        return self.granted if "certificate" in route else self.sent

    def pk_of(self, route: str) -> int:
        """The number of what a page of the desk shows."""
        if "integrity/interest" in route:
            return self.interest.pk
        return self.key.pk if "apikey" in route else Membership.objects.get(user=self.home["INTAKE"]).pk

    def object_of(self, route: str) -> Any:
        """A row of the model whose admin page it is."""
        if "notifications/delivery" in route:
            return self.notice.deliveries.values_list("pk", flat=True)[0]
        if "outbox/message" in route:
            return Message.objects.values_list("pk", flat=True)[0]
        if "licensing/licence" in route:
            return self.licence.pk
        return self.sent.pk


def document_of(case: Case) -> Document:
    return case.documents.get(slot="drawing", replaced_at=None).document
