"""The addresses of cases for citizens and for everybody, and of the team. The other ones of the desk are the admin's own."""

from django.urls import path

from services.casework.admin import absence, acting, month, outages, team
from services.casework.admin.access import PERMISSION
from services.casework.views import citizen, clock, gifts, inspections, objections, papers, person, public
from services.foundation.admin import desk_page

app_name = "casework"

urlpatterns = [
    path("cases/", citizen.cases, name="cases"),
    path("cases/<str:reference>/", citizen.case, name="case"),
    path("cases/<str:reference>/now/", citizen.now, name="now"),
    path("cases/<str:reference>/answer/", citizen.answer, name="answer"),
    path("cases/<str:reference>/withdraw/", citizen.withdraw, name="withdraw"),
    path("cases/<str:reference>/documents/<uuid:document_id>/", papers.document, name="document"),
    path("cases/<str:reference>/clock/", clock.evidence, name="clock"),
    path("cases/<str:reference>/objection/", objections.objection, name="objection"),
    path("cases/<str:reference>/person/", person.person, name="person"),
    path(
        "cases/<str:reference>/documents/<uuid:document_id>/pages/<int:page>/",
        papers.page_picture,
        name="page_picture",
    ),
    path("cases/<str:reference>/certificate/", papers.certificate, name="certificate"),
    path("cases/<str:reference>/certificate/letter/", papers.certificate_letter, name="certificate_letter"),
    path(
        "cases/<str:reference>/inspections/<slug:key>/another-time/",
        inspections.another_time,
        name="another_time",
    ),
    path(
        "cases/<str:reference>/inspections/<slug:key>/appointment.ics", inspections.calendar, name="calendar"
    ),
    path("cases/<str:reference>/inspections/<slug:key>/minutes/", inspections.minutes, name="minutes"),
    path(
        "cases/<str:reference>/inspections/<slug:key>/photos/<uuid:number>/",
        inspections.photo,
        name="visit_photo",
    ),
    path("gift/<str:reference>/<str:token>/", gifts.gift, name="gift"),
    path("admin/casework/team/", desk_page(team.PERMISSION, team.page), name="team"),
    path(
        "admin/casework/team/<int:officer>/",
        desk_page(team.PERMISSION, team.member),
        name="team_member",
    ),
    path("admin/casework/month/", desk_page(PERMISSION, month.page), name="month"),
    path("admin/casework/month/sheet.csv", desk_page(PERMISSION, month.sheet), name="month_sheet"),
    path("admin/casework/month/paper/", desk_page(PERMISSION, month.paper), name="month_paper"),
    path(
        "admin/casework/team/<int:officer>/month/",
        desk_page(team.PERMISSION, month.member_page),
        name="member_month",
    ),
    path(
        "admin/casework/team/<int:officer>/month/sheet.csv",
        desk_page(team.PERMISSION, month.member_sheet),
        name="member_month_sheet",
    ),
    path(
        "admin/casework/team/<int:officer>/month/paper/",
        desk_page(team.PERMISSION, month.member_paper),
        name="member_month_paper",
    ),
    path(
        "admin/casework/case/<str:reference>/clock/",
        desk_page(PERMISSION, clock.evidence_for_the_office),
        name="clock_for_the_office",
    ),
    path("admin/casework/absence/", desk_page(PERMISSION, absence.own), name="absence"),
    path(
        "admin/casework/team/<int:officer>/absence/",
        desk_page(team.PERMISSION, absence.of_member),
        name="absence_of",
    ),
    path("admin/casework/acting/", desk_page(acting.PERMISSION, acting.page), name="acting"),
    path("admin/casework/acting/<int:mandate>/", desk_page(acting.PERMISSION, acting.one), name="mandate"),
    path(
        "admin/casework/acting/<int:mandate>/letter/",
        desk_page(acting.PERMISSION, acting.letter),
        name="mandate_letter",
    ),
    path("admin/casework/outages/", desk_page(outages.PERMISSION, outages.page), name="outages"),
    path("admin/casework/outages/<int:outage>/", desk_page(outages.PERMISSION, outages.one), name="outage"),
    path("track/", public.track, name="track"),
    path("track/<str:reference>/", public.tracking, name="tracking"),
]
