"""The addresses of cases for citizens and for everybody. The desk's are the admin's own."""

from django.urls import path

from services.casework.views import citizen, gifts, papers, public

app_name = "casework"

urlpatterns = [
    path("cases/", citizen.cases, name="cases"),
    path("cases/<str:reference>/", citizen.case, name="case"),
    path("cases/<str:reference>/now/", citizen.now, name="now"),
    path("cases/<str:reference>/answer/", citizen.answer, name="answer"),
    path("cases/<str:reference>/withdraw/", citizen.withdraw, name="withdraw"),
    path("cases/<str:reference>/documents/<uuid:document_id>/", papers.document, name="document"),
    path(
        "cases/<str:reference>/documents/<uuid:document_id>/pages/<int:page>/",
        papers.page_picture,
        name="page_picture",
    ),
    path("cases/<str:reference>/certificate/", papers.certificate, name="certificate"),
    path("cases/<str:reference>/certificate/letter/", papers.certificate_letter, name="certificate_letter"),
    path("gift/<str:reference>/<str:token>/", gifts.gift, name="gift"),
    path("track/", public.track, name="track"),
    path("track/<str:reference>/", public.tracking, name="tracking"),
]
