"""The outbox at the desk: what waits, and what was parked and may be tried again."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action, display

from services.foundation import clock
from services.foundation.admin import ShownAdmin
from services.foundation.pages import BoundedPaginator
from services.outbox import operations, queries, registry
from services.outbox.models import Message


class StateFilter(admin.SimpleListFilter):
    """Parked first: it is what a person has to look at."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the three states; parked is what the list opens with."""
        return [("waiting", gettext_lazy("Waiting")), ("done", gettext_lazy("Done"))]

    def choices(self, changelist: Any) -> Any:
        """Call the first choice by its name, since without a choice the list shows what is parked."""
        everything, *others = super().choices(changelist)
        yield {**everything, "display": gettext_lazy("Parked")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        """Narrow the list to one state."""
        if self.value() == "waiting":
            return queryset.filter(done_at__isnull=True, parked_at__isnull=True)
        if self.value() == "done":
            return queryset.filter(done_at__isnull=False)
        return queryset.filter(parked_at__isnull=False)


@admin.register(Message)
class MessageAdmin(ShownAdmin):
    """Messages, read only; "try again" is the one thing to do."""

    list_display = ("topic", "subscriber_name", "state", "attempts", "created_at", "due_at", "error")
    list_filter = (StateFilter,)
    list_filter_submit = False
    ordering = ("-id",)
    paginator = BoundedPaginator
    list_per_page = 50
    fields = (
        "topic",
        "subscriber",
        "queue",
        "payload",
        "dedupe_key",
        "attempts",
        "created_at",
        "due_at",
        "done_at",
        "parked_at",
        "last_error",
    )
    readonly_fields = fields
    actions = ("try_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        """Show all but what must leave no trace; where that was given up, a person has to look, and sees no content."""
        unseen = Q(topic__in=registry.traceless_topics(), parked_at__isnull=True)
        found: QuerySet[Message] = super().get_queryset(request).exclude(unseen)
        return found

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Ask for the right to try again."""
        return request.user.has_perm("outbox.retry_message")

    @display(description=gettext_lazy("subscriber"))
    def subscriber_name(self, message: Message) -> str:
        """Show the function's name; its whole path stands on the message's own page."""
        return message.subscriber.rpartition(".")[2]

    @display(
        description=gettext_lazy("state"),
        label={"parked": "danger", "done": "success", "waiting": "warning"},
    )
    def state(self, message: Message) -> tuple[str, str]:
        """Show the state as a word on a colour."""
        if message.parked_at:
            return "parked", _("Parked")
        return ("done", _("Done")) if message.done_at else ("waiting", _("Waiting"))

    @display(description=gettext_lazy("last error"))
    def error(self, message: Message) -> str:
        """Show the head of the last error."""
        return message.last_error[:80]

    @action(description=gettext_lazy("Try again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        """Try the chosen parked messages again from the start."""
        at, count = clock.now(), 0
        for message in queryset.filter(id__in=queries.parked()):
            operations.retry_message(message, by=cast(Any, request.user).pseudonym, at=at)
            count += 1
        text = ngettext("%(count)d message is tried again.", "%(count)d messages are tried again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
