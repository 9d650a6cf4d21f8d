"""The stages of signing in that differ from allauth's."""

from typing import Any

from allauth.account.stages import EmailVerificationStage


class ContactVerificationStage(EmailVerificationStage):
    """One confirmed contact suffices: whoever comes in by a confirmed phone is not asked for an e-mail address."""

    def handle(self) -> tuple[Any, bool]:
        """Let a confirmed phone pass; an address that somebody came in by is confirmed first, as allauth does."""
        user, email = self.login.user, self.login.email or ""
        if user and user.phone_verified_at and "@" not in email:
            return None, True
        result: tuple[Any, bool] = super().handle()
        return result
