"""The addresses of integrity reports, all of them quiet (QUIET_PATHS in the settings)."""

from django.urls import path

from complaints.integrity.views import asked, dialogue, new

urlpatterns = [
    path("about/", new.about, name="integrity_about"),
    path("new/", new.start, name="integrity_new"),
    path("new/check/", new.check, name="integrity_check"),
    path("new/sent/", new.sent, name="integrity_sent"),
    path("new/evidence/<int:number>/remove/", new.remove, name="integrity_remove"),
    path("new/<slug:name>/", new.step, name="integrity_step"),
    path("asked/", asked.asked, name="integrity_asked"),
    path("asked/sent/", asked.sent, name="integrity_asked_sent"),
    path("asked/follow/", asked.follow, name="integrity_asked_follow"),
    path("open/", dialogue.find, name="integrity_open"),
    path("dialogue/", dialogue.dialogue, name="integrity_dialogue"),
    path("leave/", dialogue.leave, name="integrity_leave"),
]
