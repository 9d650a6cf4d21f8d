"""What the office wrote to whoever applied, outside the letters."""

from services.casework.models import Case, Message
from services.casework.queries import name_of


def told_by_office(case: Case) -> list[Message]:
    """What the office wrote to whoever applied, the newest first, each with its writer's name for officers' eyes."""
    written = case.messages.filter(side=Message.Side.OFFICE)
    return list(written.annotate(writer=name_of("author")).order_by("-written_at", "-id"))
