"""SMS and WhatsApp through a generic HTTP gateway.

POST JSON {"channel", "to", "text"} with `Authorization: Bearer …` and `Idempotency-Key`; 2xx answers {"id": "…"}. A gateway
that speaks otherwise gets a small adapter in front of it, not another channel here.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus

import urllib3

from services.notifications.channels.port import Content, PermanentRefusal, TemporaryFailure

CONNECT_SECONDS = 5
READ_SECONDS = 10
# Request Timeout, Conflict (the first request with this key still runs), Too Early, Too Many Requests.
TRY_AGAIN = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)


@dataclass(frozen=True, slots=True)
class GatewayPort:
    """One gateway. A refusal of the caller itself (401, 403) is temporary: the token is put right and it goes out."""

    url: str
    token: str
    channel: str
    read_seconds: float = READ_SECONDS

    def send(self, *, address: str, content: Content, key: str) -> str:
        """Hand over one message; a timeout is a temporary failure, since the key keeps a repetition from being sent twice."""
        try:
            response = urllib3.request(
                "POST",
                self.url,
                json={"channel": self.channel, "to": address, "text": content.text},
                headers={"Authorization": f"Bearer {self.token}", "Idempotency-Key": key},
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=self.read_seconds),
                retries=False,
                redirect=False,
            )
        except urllib3.exceptions.HTTPError as problem:
            raise TemporaryFailure(f"the gateway did not answer: {type(problem).__name__}") from problem
        return self._number(response)

    def _number(self, response: urllib3.BaseHTTPResponse) -> str:
        status = response.status
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return _id_of(response)
        answer = f"the gateway answered {status}: {_said(response)}"
        is_ours_to_mend = status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        is_refusal = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        if is_refusal and status not in TRY_AGAIN and not is_ours_to_mend:
            raise PermanentRefusal(answer)
        raise TemporaryFailure(answer)


def _said(response: urllib3.BaseHTTPResponse) -> str:
    """Return the head of an answer without its digits: gateways like to repeat the number, or the message with its code."""
    return re.sub(r"\d", "•", response.data[:200].decode(errors="replace"))


def _id_of(response: urllib3.BaseHTTPResponse) -> str:
    """Return the provider's number; an answer without one was a success all the same and must not be repeated."""
    try:
        answer = response.json()
    except ValueError:
        return ""
    return str(answer.get("id", ""))[:200] if isinstance(answer, dict) else ""
