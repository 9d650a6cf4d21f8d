"""Pages about oneself: who I am, how I come in, who looked at my NIK, whom I took over."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from services.accounts import operations, profile, queries
from services.accounts.forms import ClaimForm, DetailsForm, LanguageForm
from services.accounts.http import CitizenRequest, following, with_refusal
from services.foundation import clock


def own_profile(request: CitizenRequest) -> HttpResponse:
    """Everything the account holds about its owner, each with the way to change it."""
    context = {"cards": profile.cards(request.user, at=clock.now()), "lookers": profile.lookers(request.user)}
    return render(request, "accounts/profile.html", context)


def details(request: CitizenRequest) -> HttpResponse:
    """Who somebody is: asked after sign-up, changed later. Then on to where they were going."""
    person = queries.person_of(request.user)
    initial = {"name": person.name, "district": person.district}
    form = DetailsForm(request.POST or None, initial=initial, person=person)
    if form.is_valid():
        values = {"name": form.cleaned_data["name"], "district": form.cleaned_data["district"]}
        try:
            operations.save_details(
                request.user, **values, nik=form.cleaned_data.get("nik", ""), at=clock.now()
            )
        except operations.UnableToKeepNik as refusal:
            with_refusal(form, refusal)
        else:
            return redirect(following(request, default="accounts:profile"))
    context = {
        "form": form,
        "person": person,
        "is_new": not person.name,
        "next": following(request, default=""),
    }
    return render(request, "accounts/details.html", context)


def language(request: CitizenRequest) -> HttpResponse:
    """In which language pages, mails and short messages come."""
    form = LanguageForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        operations.choose_language(request.user, language=form.cleaned_data["language"])
        return redirect("accounts:profile")
    return render(request, "accounts/language.html", {"form": form})


def claim(request: CitizenRequest) -> HttpResponse:
    """Take over the applications that somebody filled in for me, by the code on their receipt."""
    form = ClaimForm(request.POST or None)
    if form.is_valid():
        if not ratelimit.consume(request, action="claim_person", user=request.user):
            form.add_error("code", get_adapter().validation_error("too_many_login_attempts"))
        elif _claim(request, form):
            return redirect("/cases/")
    return render(request, "accounts/claim.html", {"form": form})


def _claim(request: CitizenRequest, form: ClaimForm) -> bool:
    try:
        operations.claim_person(request.user, code=form.cleaned_data["code"], at=clock.now())
    except operations.UnableToClaim as refusal:
        with_refusal(form, refusal)
        return False
    messages.success(request, _("The application is yours now. You find it below."))
    return True


def account_root(request: HttpRequest) -> HttpResponse:
    """The address people type."""
    return redirect("accounts:profile")
