"""Deliveries at the desk: what was sent, what waits, what failed or was given up, and "send again"."""

from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action, display

from services.accounts.models import User
from services.foundation import clock
from services.foundation.admin import ShownAdmin
from services.foundation.pages import BoundedPaginator
from services.notifications import operations, policies, purposes
from services.notifications.models import Delivery


@admin.register(Delivery)
class DeliveryAdmin(ShownAdmin):
    """Deliveries, read only. Addresses are masked and what was sent is not shown."""

    list_display = (
        "created_at",
        "channel",
        "address_masked",
        "what",
        "state_label",
        "attempts",
        "sent_at",
        "error",
    )
    list_filter = ("state", "channel")
    list_filter_submit = False
    ordering = ("-created_at", "-id")
    paginator = BoundedPaginator
    list_per_page = 50
    fields = (
        "what",
        "channel",
        "address_masked",
        "state",
        "attempts",
        "round",
        "created_at",
        "sent_at",
        "provider_id",
        "last_error",
    )
    readonly_fields = fields
    actions = ("send_again",)

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Ask the policy whether this person sends notices again."""
        return policies.can_send_again(cast(User, request.user), at=clock.now())

    @display(
        description=gettext_lazy("state"),
        label={
            Delivery.State.WAITING: "info",
            Delivery.State.SENDING: "info",
            Delivery.State.SENT: "success",
            Delivery.State.FAILED: "warning",
            Delivery.State.PARKED: "danger",
        },
    )
    def state_label(self, delivery: Delivery) -> tuple[str, str]:
        """Show the state as a word on a colour."""
        return delivery.state, delivery.get_state_display()

    @display(description=gettext_lazy("purpose"))
    def what(self, delivery: Delivery) -> str:
        """Show what it is for, by the name that people use."""
        return purposes.name_of(delivery.purpose)

    @display(description=gettext_lazy("last error"))
    def error(self, delivery: Delivery) -> str:
        """Show the head of the last error."""
        return delivery.last_error[:80]

    @action(description=gettext_lazy("Send again"), permissions=["send"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Send the chosen deliveries again, and say why each of the others was not."""
        at, count = clock.now(), 0
        for delivery in queryset:
            try:
                operations.send_again(delivery, actor=cast(User, request.user), at=at)
            except operations.UnableToSendAgain as refusal:
                self.message_user(request, f"{delivery}: {refusal}", messages.WARNING)
            else:
                count += 1
        text = ngettext("%(count)d delivery is sent again.", "%(count)d deliveries are sent again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
