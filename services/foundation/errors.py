"""The base of every refusal that a person must be told about."""


class UnableTo(Exception):
    """An operation cannot be done; `message` says in the reader's language what to do about it.

    `code` is stable and for machines, `field` names the form field that the message belongs to ("" for the whole form).
    Each app derives its own: `class UnableToSubmit(UnableTo)`.
    """

    def __init__(self, message: str, *, code: str = "", field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).__name__
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
