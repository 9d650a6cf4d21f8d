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


class AnyNumberField(forms.MultipleChoiceField):
    """Any number of choices. None is an answer too, so the question is not called optional."""

    def validate(self, value: list[str]) -> None:
        """Refuse only what is not offered."""
        for choice in value:
            if not self.valid_value(choice):
                code, wording = "invalid_choice", self.error_messages["invalid_choice"]
                raise forms.ValidationError(wording, code=code, params={"value": choice})


class ChannelsForm(forms.Form):
    """Which channels carry notices besides this site."""

    channels = AnyNumberField(
        label=_("How do you want to hear from us?"),
        help_text=_(
            "Every notice stands on this site. What the law obliges us to tell you always reaches you in at least "
            "one more way."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    heading_field = "channels"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = [channel for channel in Channel if channels.exists(channel)]
        choices = [(channel.value, Option(channel.label, HINTS[channel])) for channel in offered]
        self.fields["channels"].choices = choices  # type: ignore[attr-defined]
