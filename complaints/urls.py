"""The addresses of reports about the city."""

from django.urls import include, path

from complaints.views import public, reporter
from complaints.views.new import sending, steps

app_name = "complaints"

urlpatterns = [
    path("integrity/", include("complaints.integrity.urls")),
    path("", public.reports, name="list"),
    path("new/", steps.what, name="new"),
    path("new/subject/", steps.subject, name="new_subject"),
    path("new/where/", steps.where, name="new_where"),
    path("new/photos/", steps.photos, name="new_photos"),
    path("new/photos/<uuid:document_id>/", steps.photo, name="new_photo"),
    path("new/photos/<uuid:document_id>/remove/", steps.remove_photo, name="new_remove_photo"),
    path("new/readers/", steps.readers, name="new_readers"),
    path("new/contact/", steps.contact, name="new_contact"),
    path("new/check/", sending.check, name="new_check"),
    path("new/sent/", sending.receipt, name="new_receipt"),
    path("open/", reporter.find, name="open"),
    path("close/", reporter.leave, name="leave"),
    path("<str:reference>/", public.report, name="report"),
    path("<str:reference>/photos/<uuid:document_id>/", public.photo, name="photo"),
    path("<str:reference>/a/<str:token>/", reporter.say, name="say"),
    path("<str:reference>/dialogue/", reporter.dialogue, name="dialogue"),
    path("<str:reference>/dialogue/message/", reporter.write, name="dialogue_message"),
    path("<str:reference>/dialogue/solved/", reporter.solved, name="dialogue_solved"),
    path("<str:reference>/dialogue/not-solved/", reporter.not_solved, name="dialogue_not_solved"),
    path("<str:reference>/dialogue/photos/<uuid:document_id>/", reporter.photo, name="dialogue_photo"),
]
