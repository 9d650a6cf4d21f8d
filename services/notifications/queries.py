"""What somebody was told, what they have not read, and through which channels they can be reached."""

from django.db.models import QuerySet

from services.accounts import queries as accounts
from services.accounts.models import Person, User
from services.notifications import channels
from services.notifications.models import Channel, Delivery, Notice, Preference

ORDER = ("-created_at", "-id")


def notices_of(user: User) -> QuerySet[Notice]:
    """A reader's notices, newest first."""
    return Notice.objects.filter(recipient=user).order_by(*ORDER)


def notice_of(user: User, notice_id: int) -> Notice | None:
    """One notice of this reader; None for anybody else's."""
    return Notice.objects.filter(recipient=user, id=notice_id).first()


def unread_count(user: User) -> int:
    """How many notices a reader has not opened: one query over a partial index."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True).count()


def wanted_channels(user: User) -> dict[Channel, bool]:
    """For each channel whether the person wants notices through it."""
    chosen = dict(Preference.objects.filter(user=user).values_list("channel", "enabled"))
    return {channel: chosen.get(channel, Preference.DEFAULTS[channel]) for channel in Channel}


def addresses_of(user: User | None, person: Person | None) -> dict[Channel, str]:
    """Where a reader can be reached, for each channel that this installation has."""
    phone = person.contact_phone if person else ""
    if not phone and user and user.phone_verified_at:
        phone = user.phone or ""
    found = {
        Channel.SMS: phone,
        Channel.EMAIL: (accounts.verified_email_of(user) or "") if user else "",
        Channel.WHATSAPP: phone,
    }
    return {channel: address for channel, address in found.items() if address and channels.exists(channel)}


def channels_to(user: User | None, person: Person | None, *, at_least_one: bool) -> dict[Channel, str]:
    """The channels to use and their addresses: those wanted, else (`at_least_one`) the first that reaches the reader."""
    reachable = addresses_of(user, person)
    wanted = wanted_channels(user) if user else Preference.DEFAULTS
    chosen = {channel: address for channel, address in reachable.items() if wanted[channel]}
    if not chosen and at_least_one:
        return dict(list(reachable.items())[:1])
    return chosen


def newest_deliveries() -> QuerySet[Delivery]:
    """Every delivery, newest first."""
    return Delivery.objects.order_by(*ORDER)
