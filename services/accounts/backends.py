"""Who someone is, and which Django permissions their hats of today give. There is no other source of permissions."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery

from services.accounts import permissions
from services.accounts.models import Membership, Person, User
from services.foundation import clock
from services.government.models import Agency


class HatBackend(AuthenticationBackend):
    """allauth's sign-in by phone or e-mail and password; permissions by hat instead of by group and superuser."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, with what every request asks in the same query: a hat, a second factor, a name."""
        worn = Membership.objects.in_force(at=clock.now()).filter(user=OuterRef("pk"))
        users = User.objects.annotate(
            has_hat=Exists(worn),
            inspects=Exists(worn.filter(agency__role=Agency.Role.INSPECTORATE)),
            has_totp=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)),
            name_said=Subquery(Person.objects.filter(user=OuterRef("pk"), is_own=True).values("name")[:1]),
        )
        user = users.filter(pk=user_id, is_active=True).first()
        if user:
            user.wears_a_hat, user.has_second_factor = user.has_hat, user.has_totp
            user.is_at_inspectorate = user.inspects
            user.own_name = user.name_said or ""
        return user

    def _authenticate_by_phone(self, phone: str, password: str) -> User | None:
        """Let an owner of a number that is not confirmed yet in, as far as the page that asks for the code."""
        user = User.objects.filter(phone=phone).first() if phone else None
        checked: User | None = self._check_password(user, password)
        return checked

    def get_user_permissions(self, user_obj: User, obj: Model | None = None) -> set[str]:
        """None: nobody has permissions of their own."""
        return set()

    def get_group_permissions(self, user_obj: User, obj: Model | None = None) -> set[str]:
        """None: there are no groups."""
        return set()

    def get_all_permissions(self, user_obj: User, obj: Model | None = None) -> set[str]:
        """The permissions of the hats worn today; none for one object, which policies decide."""
        if obj is not None or not user_obj.is_staff:
            return set()
        return set(permissions.of_hats(user_obj.hats_today))

    def with_perm(self, *args: Any, **kwargs: Any) -> QuerySet[User]:
        """Nobody: ask `queries.users_with` for the wearers of a hat."""
        return User.objects.none()
