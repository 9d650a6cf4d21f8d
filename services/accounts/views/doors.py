"""Doors that allauth lacks: begin a sign-up anew, come to the admin by the same door as everybody."""

from allauth.account.internal.stagekit import clear_login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST


@login_not_required
@require_POST
def start_again(request: HttpRequest) -> HttpResponse:
    """Leave a sign-up or sign-in that waits for a code, to use another number or address."""
    clear_login(request)
    door = "account_login" if request.POST.get("door") == "login" else "account_signup"
    following = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}):
        return redirect(door)
    return HttpResponseRedirect(f"{reverse(door)}?{urlencode({'next': following})}")


@login_not_required
@never_cache
def admin_door(request: HttpRequest) -> HttpResponse:
    """The admin's sign-in: the same page as everybody's. Whoever is signed in and wears no hat finds nothing here."""
    following = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}):
        following = reverse("admin:index")
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': following})}")
    if not request.user.is_staff:
        raise Http404
    return HttpResponseRedirect(following)


def admin_password(request: HttpRequest) -> HttpResponse:
    """The admin's change of password: the same page as everybody's."""
    return redirect("account_change_password")
