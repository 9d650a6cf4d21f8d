"""How users are made and found. Nothing here makes a superuser."""

from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from django.contrib.auth.base_user import BaseUserManager

from services.foundation import clock

if TYPE_CHECKING:
    from services.accounts.models import User


class UserManager(BaseUserManager["User"]):
    """The manager of users who have no username: they are known by phone or e-mail."""

    def create_user(
        self,
        *,
        phone: str | None = None,
        email: str | None = None,
        password: str | None = None,
        **fields: Any,
    ) -> "User":
        """Make a user. `phone` is E.164; `email` is lowered; without a password only codes sign them in."""
        fields.setdefault("created_at", clock.now())
        user = self.model(phone=phone or None, email=email.lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: rights come from hats, and a first administrator from `make_first_administrators`."""
        raise NotImplementedError("Nobody is a superuser here. Use `manage.py make_first_administrators`.")

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this pseudonym, which stands where Django expects a username."""
        return self.get(pseudonym=UUID(str(username)))
