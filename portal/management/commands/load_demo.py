"""Fill an empty demo with people and with three months of work."""

import logging
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from oversight import operations as oversight
from portal.demo import people
from portal.demo.data.acting import begin_acting
from portal.demo.data.counter import begin_counter
from portal.demo.data.integrity import answer_about_gifts, begin_integrity_reports
from portal.demo.data.licences import begin_licences
from portal.demo.data.office import Office
from portal.demo.data.reports import begin_reports
from portal.demo.data.silence import begin_silence
from portal.demo.data.stories import Staff
from services.accounts.models import User
from services.catalogue.models import Service, ServiceVersion
from services.foundation import clock
from services.government.models import Agency

#: How long before today the people of the demo signed up.
SIGNED_UP = timedelta(days=100)


class Command(BaseCommand):
    """Make the demo's people and cases, once."""

    help = "Make the demo's people and about 320 cases in every state. Refused outside the demo and where people exist."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse on real data; otherwise people first, then the work of three months."""
        if not settings.DEMO:
            raise CommandError("load_demo invents people: it runs in the demo only.")
        if User.objects.exists():
            raise CommandError("There are people already; `make demo-reset` empties the demo.")
        self._be_quick()
        begun_at = clock.now() - SIGNED_UP
        with transaction.atomic():
            citizens = people.make_people(at=begun_at)
        staff = dict.fromkeys(people.desks().values_list("code", flat=True), self._staff())
        office = Office(citizens=citizens, staff=staff)
        versions = ServiceVersion.objects.filter(retired_at=None, service__kind=Service.Kind.PERMIT)
        reports = begin_reports(
            citizens=citizens,
            staff=self._staff(),
            examiner=User.objects.get(email="inspectorate@demo.example"),
            today=clock.now(),
        )
        told = begin_integrity_reports(
            examiners=self._examiners(), office=people.desks()[0].code, today=clock.now()
        )
        licences = begin_licences(office, citizens=citizens, today=clock.now())
        silence = begin_silence(citizens=citizens, staff=staff, today=clock.now())
        counter = begin_counter(
            served_by=User.objects.get(email="intake@demo.example"),
            colleague=User.objects.get(email="intake2@demo.example"),
            staff=staff,
            today=clock.now(),
        )
        acting = begin_acting(citizens=citizens, staff=staff, today=clock.now())
        further = [*reports, *told, *licences, *silence, *counter, acting]
        made = office.work(list(versions.select_related("service__agency").order_by("id")), further=further)
        answer_about_gifts(today=clock.now())
        people.send_away(at=clock.now())
        oversight.refresh_figures(at=clock.now())
        self.stdout.write(f"{len(citizens)} citizens, {made} cases")

    @staticmethod
    def _be_quick() -> None:
        """Deliver everything here and now: neither a line in the log nor a message to the broker for each of thousands."""
        logging.disable(logging.WARNING)
        current_app.conf.update(broker_url="memory://")

    @staticmethod
    def _examiners() -> dict[str, User]:
        receivers = {Agency.Role.INSPECTORATE: "inspectorate", Agency.Role.COMMISSION: "commission"}
        return {role: User.objects.get(email=f"{name}@demo.example") for role, name in receivers.items()}

    @staticmethod
    def _staff() -> Staff:
        cast = {
            name: User.objects.get(email=f"{name}@demo.example")
            for name in ("intake", "reviewer", "approver", "inspector", "executive")
        }
        cast["partner"] = User.objects.get(email=f"{people.PARTNER}@demo.example")
        return Staff(head=cast.pop("executive"), **cast)
