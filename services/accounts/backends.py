"""Who someone is, and which Django permissions their hats of today give. There is no other source of permissions."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, Model, OuterRef, QuerySet

from services.accounts import permissions, queries
from services.accounts.models import Membership, User
from services.foundation import clock


class HatBackend(AuthenticationBackend):
    """allauth's sign-in by phone or e-mail and password; permissions by hat instead of by group and superuser."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, with what every request asks: do they wear a hat, have they a second factor."""
        users = User.objects.annotate(
            has_hat=Exists(Membership.objects.filter(queries.in_force(at=clock.now()), user=OuterRef("pk"))),
            has_second_factor=Exists(
                Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
            ),
        )
        user = users.filter(pk=user_id, is_active=True).first()
        if user:
            user.wears_a_hat = user.has_hat
        return user

    def _authenticate_by_phone(self, phone: str, password: str) -> User | None:
        """Let an owner of a number that is not confirmed yet in, as far as the page that asks for the code."""
        user = User.objects.filter(phone=phone).first() if phone else None
        return self._check_password(user, password)

    def get_user_permissions(self, user_obj: User, obj: Model | None = None) -> set[str]:
        """None: nobody has permissions of their own."""
        return set()

    def get_group_permissions(self, user_obj: User, obj: Model | None = None) -> set[str]:
        """None: there are no groups."""
        return set()

    def get_all_permissions(self, user_obj: User, obj: Model | None = None) -> set[str]:
        """The permissions of the hats worn today, kept on the instance; none for one object, which policies decide."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None or not user_obj.wears_a_hat:
            return set()
        if not hasattr(user_obj, "_hat_permissions"):
            hats = queries.memberships_of(user_obj, at=clock.now()).values_list("hat", flat=True)
            user_obj._hat_permissions = set(permissions.of_hats(frozenset(hats)))
        return user_obj._hat_permissions

    def with_perm(self, *args: Any, **kwargs: Any) -> QuerySet[User]:
        """Nobody: ask `queries.users_with` for the wearers of a hat."""
        return User.objects.none()
