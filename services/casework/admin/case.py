"""The case in the admin's registry: nothing of it is added, changed or deleted there; its pages are our own."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path

from services.casework.admin import (
    acts,
    again,
    door,
    escalation,
    expired,
    file,
    inspections,
    keys,
    papers,
    queue,
    requests,
    reviews,
    rulings,
    sign,
    standing,
    undo,
    urgent,
)
from services.casework.admin import kept as saved
from services.casework.admin.access import PERMISSION
from services.casework.models import Case
from services.foundation.admin import ShownAdmin, desk_page

REVIEW = "<str:reference>/reviews/<slug:key>/"


@admin.register(Case)
class CaseAdmin(ShownAdmin):
    """Stands for the desk in the admin: the queue in place of the list, the file in place of the form."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever wears a hat that reads cases; which ones, the queries say."""
        return bool(request.user.has_perm(PERMISSION))

    def get_urls(self) -> list[URLPattern]:
        """The addresses of the desk, in place of the admin's own."""
        pages: list[tuple[str, Any, str]] = [
            ("", queue.queue, "changelist"),
            ("find/", queue.find, "find"),
            ("take-next/", queue.take_next, "take_next"),
            ("views/", saved.save, "view_save"),
            ("views/forget/", saved.forget, "view_forget"),
            ("keys/", keys.page, "keys"),
            ("escalated/", escalation.escalated, "escalated"),
            ("again/", again.queue, "again"),
            ("expired/", expired.page, "expired"),
            ("sign/", sign.page, "sign"),
            ("reviews/", reviews.page, "reviews"),
            ("reviews/take-next/", reviews.take_next, "review_take_next"),
            ("rulings/", rulings.page, "rulings"),
            ("rulings/<int:pk>/", rulings.one, "ruling"),
            ("rulings/<int:pk>/paper/", rulings.paper, "ruling_paper"),
            ("<str:reference>/reviews/<slug:key>/", reviews.review, "review"),
            ("<str:reference>/reviews/<slug:key>/release/", reviews.release, "review_release"),
            (f"{REVIEW}appointment/", inspections.appointment, "appointment"),
            (f"{REVIEW}appointment.ics", inspections.calendar, "appointment_ics"),
            (f"{REVIEW}visit/", inspections.visit, "visit"),
            (f"{REVIEW}visit/note/", inspections.note, "visit_note"),
            (f"{REVIEW}minutes/", inspections.minutes, "minutes"),
            (f"{REVIEW}minutes/paper/", inspections.paper, "minutes_paper"),
            (f"{REVIEW}photos/<uuid:number>/", inspections.photo, "visit_photo"),
            ("<str:reference>/reviews/<slug:key>/take/", reviews.take, "review_take"),
            ("<str:reference>/reviews/<slug:key>/recuse/", reviews.recuse, "review_recuse"),
            (f"{REVIEW}ask/", reviews.ask, "review_ask"),
            (
                f"{REVIEW}requests/<int:number>/withdraw/",
                requests.withdraw_for_review,
                "review_request_withdraw",
            ),
            ("<str:reference>/requests/<int:number>/withdraw/", requests.withdraw, "request_withdraw"),
            ("<str:reference>/requests/<int:number>/release/", requests.release, "request_release"),
            ("<str:reference>/requests/<int:number>/decline/", requests.decline, "request_decline"),
            ("<str:reference>/", file.page, "change"),
            ("<str:reference>/opening/", door.page, "opening"),
            ("<str:reference>/sign/", sign.paper, "paper_to_sign"),
            ("<str:reference>/again/", again.page, "look_again"),
            ("<str:reference>/why/", escalation.why, "why"),
            ("<str:reference>/take/", acts.take, "take"),
            ("<str:reference>/release/", acts.release, "release"),
            ("<str:reference>/undo/", undo.undo, "undo"),
            ("<str:reference>/recuse/", acts.recuse, "recuse"),
            ("<str:reference>/notes/", acts.note, "note"),
            ("<str:reference>/messages/", acts.message, "message"),
            ("<str:reference>/urgent/", urgent.propose_urgency, "urgent"),
            ("<str:reference>/urgent/decide/", urgent.decide_urgency, "urgency"),
            ("<str:reference>/late-defects/", acts.allow_late_defects, "late_defects"),
            *(
                (f"<str:reference>/certificate/{name}/", partial(acts.change_standing, name=name), name)
                for name in standing.WAYS
            ),
            ("<str:reference>/nik/", acts.reveal_nik, "nik"),
            ("<str:reference>/nik/verified/", acts.verify_nik, "nik_verified"),
            ("<str:reference>/act/<slug:name>/", acts.act, "act"),
            ("<str:reference>/documents/<uuid:document_id>/", papers.document, "document"),
            ("<str:reference>/documents/<uuid:document_id>/original/", papers.original, "original"),
            ("<str:reference>/documents/<uuid:document_id>/pages/<int:number>/", papers.picture, "picture"),
        ]
        return [
            path(route, desk_page(PERMISSION, door.asks(view)), name=f"casework_case_{name}")
            for route, view, name in pages
        ]
