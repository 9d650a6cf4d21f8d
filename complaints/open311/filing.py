"""A report that a program sends for somebody: who may send, what is said, and the key by which a repeated call is known."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints import passphrases
from complaints.models import ApiKey, Category, Visibility
from complaints.open311 import refusals, shapes
from complaints.open311.endpoint import require_own_jurisdiction, require_within
from complaints.open311.refusals import BAD_REQUEST, FORBIDDEN, Refusal
from complaints.operations import LONGEST_WORDS, Report, UnableToReport, keys
from complaints.queries import open311 as exchange
from services.foundation import clock, texts
from services.foundation.forms import PhoneField
from services.government import queries as government
from services.government.models import District
from services.notifications.models import Channel

CONTENT_TYPE: Final = "application/x-www-form-urlencoded"
#: By one address, whatever key it brings; and by one key, from wherever.
RATE_OF_ADDRESS, RATE_OF_KEY = "30/m/ip", "60/m/key"
ATTRIBUTE: Final = re.compile(r"attribute\[([^\]]*)\](?:\[\])?")
#: As random as a UUID, so that nobody meets somebody else's.
IDEMPOTENCY_KEY: Final = re.compile(r"[\x21-\x7e]{16,200}")
#: What the standard lets a program send, and we have no place for.
NOT_KEPT: Final = ("first_name", "last_name", "account_id", "device_id", "address_id", "media_url")
#: What a mangled encoding leaves behind.
MANGLED: Final = "\ufffd"


class RequestForm(forms.Form):
    """The fields of a request besides its service and its attributes. A place is a point or an address."""

    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    long = forms.FloatField(required=False, min_value=-180, max_value=180)
    address_string = forms.CharField(required=False, max_length=300)
    description = forms.CharField(required=False, max_length=LONGEST_WORDS)
    email = forms.EmailField(required=False)
    phone = PhoneField(required=False)
    media_url = forms.URLField(required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """Both numbers of a point or none, and some place."""
        said: dict[str, Any] = super().clean() or {}
        has_lat, has_long = (said.get(name) is not None for name in ("lat", "long"))
        if self.errors.keys() & {"lat", "long", "address_string"}:
            return said
        if has_lat != has_long:
            missing = "long" if has_lat else "lat"
            self.add_error(missing, gettext_lazy("A point needs both lat and long."))
        elif not has_lat and not said.get("address_string"):
            self.add_error(
                "address_string", gettext_lazy("Say where it is: lat and long, or address_string.")
            )
        return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A report as it was sent: what it says, the key of the call, and the passphrase that opens it."""

    report: Report
    submission_key: str
    passphrase: str
    not_kept: tuple[str, ...]


def program_of(request: HttpRequest) -> ApiKey | None:
    """The program that sends, by the key in its form; None where no key is needed. Counts the call."""
    require_within(request, action="open311.file", rate=RATE_OF_ADDRESS)
    if request.content_type != CONTENT_TYPE:
        message = _("Send the fields as %(type)s.") % {"type": CONTENT_TYPE}
        raise Refusal(BAD_REQUEST, message)
    secret = request.POST.get("api_key", "").strip()
    if not secret and not settings.OPEN311_KEY_REQUIRED:
        return None
    if not secret:
        raise Refusal(FORBIDDEN, _("api_key: is missing. discovery.json says where to ask for one."))
    try:
        key = keys.use_key(secret=secret, at=clock.now())
    except keys.UnableToUseKey as refusal:
        raise Refusal(FORBIDDEN, f"api_key: {refusal.message}") from refusal
    require_within(request, action="open311.file", rate=RATE_OF_KEY, key=str(key.pk))
    return key


def read_filing(request: HttpRequest, *, program: ApiKey | None) -> Filing:
    """What is reported. Raises Refusal with every mistake, in the standard's words for the fields."""
    require_own_jurisdiction(request.POST)
    category = _category(request)
    form = RequestForm(request.POST)
    mistakes = [f"{field}: {' '.join(map(str, told))}" for field, told in form.errors.items()]
    attributes = _attributes(request, mistakes)
    district, visibility = _district(attributes, mistakes), _visibility(attributes, mistakes)
    mistakes += [
        _("%(field)s: is not UTF-8.") % {"field": name}
        for name, value in request.POST.items()
        if MANGLED in value
    ]
    submission_key, passphrase = _keys_of_call(request, program, mistakes)
    if mistakes:
        raise Refusal(BAD_REQUEST, *mistakes)
    return Filing(
        report=_report(form.cleaned_data, category=category, district=district, visibility=visibility),
        submission_key=submission_key,
        passphrase=passphrase,
        not_kept=_not_kept(request, form.cleaned_data),
    )


def refusal_of(refusal: UnableToReport) -> Refusal:
    """What the operation refused, in the standard's form."""
    field = {"category": "service_code", "words": "description"}.get(refusal.field, refusal.field)
    return Refusal(BAD_REQUEST, f"{field}: {refusal.message}" if field else refusal.message)


def _category(request: HttpRequest) -> Category:
    code = request.POST.get("service_code", "").strip()
    if not code:
        message = _("service_code: is missing. The codes that can be used are in services.json.")
        raise Refusal(BAD_REQUEST, message)
    category = exchange.offered(code)
    if category is None:
        raise refusals.unknown_service(code)
    return category


def _report(
    said: dict[str, Any], *, category: Category, district: District | None, visibility: str
) -> Report:
    """Without words it says what its category says. E-mail costs nothing, so it comes before the phone."""
    lat, long = said["lat"], said["long"]
    contact = (Channel.EMAIL, said["email"]) if said["email"] else (Channel.SMS, said["phone"])
    return Report(
        category=category,
        words=said["description"].replace("\r\n", "\n") or texts.local(category.name),
        place=said["address_string"],
        district=district,
        latitude=lat,
        longitude=long,
        is_outside=lat is not None and not government.is_inside(lat, long),
        visibility=visibility,
        contact_channel=contact[0] if contact[1] else "",
        contact_address=contact[1],
    )


def _not_kept(request: HttpRequest, said: dict[str, Any]) -> tuple[str, ...]:
    """The fields that were sent and have no place here; a phone beside an e-mail address is one of them."""
    unplaced = [name for name in NOT_KEPT if request.POST.get(name, "").strip()]
    return (*unplaced, "phone") if said["email"] and said["phone"] else tuple(unplaced)


def _attributes(request: HttpRequest, mistakes: list[str]) -> dict[str, str]:
    """attribute[code]=value: each code that a definition names, with one value."""
    said: dict[str, str] = {}
    for name in request.POST:
        found = ATTRIBUTE.fullmatch(name)
        if found is None:
            continue
        values = {value.strip() for value in request.POST.getlist(name)} - {""}
        if found[1] not in {shapes.DISTRICT, shapes.VISIBILITY}:
            mistakes.append(_("%(field)s: no service has such an attribute.") % {"field": name[:60]})
        elif len(values) > 1:
            mistakes.append(_("%(field)s: only one value may be chosen.") % {"field": name})
        elif values:
            said[found[1]] = values.pop()
    return said


def _district(attributes: dict[str, str], mistakes: list[str]) -> District | None:
    code = attributes.get(shapes.DISTRICT, "")
    district = (
        government.smallest_districts().filter(code=code).first() if code.isprintable() and code else None
    )
    if code and district is None:
        mistakes.append(_unknown_value(shapes.DISTRICT, code))
    return district


def _visibility(attributes: dict[str, str], mistakes: list[str]) -> str:
    """Everybody may read it unless something else is chosen; a category that is always confidential has the last word."""
    chosen = attributes.get(shapes.VISIBILITY, Visibility.PUBLIC)
    if chosen not in Visibility.values:
        mistakes.append(_unknown_value(shapes.VISIBILITY, chosen))
    return chosen


def _unknown_value(code: str, given: str) -> str:
    message = _("attribute[%(code)s]: “%(given)s” is not one of the keys in the definition of the service.")
    return message % {"code": code, "given": given[:40]}


def _keys_of_call(request: HttpRequest, program: ApiKey | None, mistakes: list[str]) -> tuple[str, str]:
    """By what a repeated call is known, and its passphrase, which a repeated call gets again although nobody keeps it.

    The same Idempotency-Key with other words is another report: nothing of it is lost.
    """
    given = request.headers.get("Idempotency-Key", "")
    if not given:
        return f"open311-{uuid4().hex}", passphrases.new()
    if not IDEMPOTENCY_KEY.fullmatch(given):
        mistakes.append(_("Idempotency-Key: 16 to 200 letters and digits, for instance a UUID."))
    call = f"{program.pk if program else ''}\x00{given}\x00".encode() + request.body
    seed = hmac.digest(settings.SECRET_KEY.encode(), b"complaints.open311\x00" + call, hashlib.sha256)
    return f"open311-{hashlib.sha256(call).hexdigest()[:40]}", passphrases.drawn_from(seed)
