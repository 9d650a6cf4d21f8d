"""What the reader chooses about their notices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.foundation.forms import Option
from services.notifications import channels
from services.notifications.models import Channel

HINTS = {
    Channel.SMS: _("To your phone number"),
    Channel.EMAIL: _("To your confirmed e-mail address"),
    Channel.WHATSAPP: _("To your phone number, if you use WhatsApp with it"),
}


class ChannelsForm(forms.Form):
    """Which channels carry notices besides this site."""

    channels = forms.MultipleChoiceField(
        label=_("How do you want to hear from us?"),
        help_text=_(
            "Every notice stands on this site. What the law obliges us to tell you always reaches you in at least "
            "one more way."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    heading_field = "channels"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = [channel for channel in Channel if channels.exists(channel)]
        choices = [(channel.value, Option(channel.label, HINTS[channel])) for channel in offered]
        self.fields["channels"].choices = choices  # type: ignore[attr-defined]
