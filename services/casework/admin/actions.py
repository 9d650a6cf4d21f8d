"""The actions that a file offers its reader now: those that the transition table allows them, each with its form."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from services.accounts.models import User
from services.casework import branches, handlers, objecting, queries
from services.casework.forms.asking import AskForm
from services.casework.forms.defects import ReturnForm
from services.casework.forms.desk import (
    AcceptForm,
    ConfirmForm,
    ConfirmPaperForm,
    DeskForm,
    GrantForm,
    LiftForm,
    RecommendForm,
    RefuseForm,
    ReplaceForm,
    ReplacePaperForm,
)
from services.casework.handlers import Desk
from services.casework.models import Case, CaseDocument, Defect
from services.casework.queries import Role
from services.casework.workflow import GRANT_FOR_SIGNATURE, Transition
from services.catalogue import rules
from services.foundation import clock

#: How the cases of every service are worked on that people apply for.
APPLICATIONS: Final = Desk(
    forms={
        "return": ReturnForm,
        "accept": AcceptForm,
        "ask": AskForm,
        "recommend": RecommendForm,
        "grant": GrantForm,
        GRANT_FOR_SIGNATURE: GrantForm,
        "refuse": RefuseForm,
        "confirm_decision": ConfirmForm,
        "replace_decision": ReplaceForm,
        "confirm_paper": ConfirmPaperForm,
        "lift_suspension": LiftForm,
        "replace_paper": ReplacePaperForm,
    },
    kinds={
        "accept": "go",
        "recommend": "go",
        "grant": "go",
        GRANT_FOR_SIGNATURE: "go",
        "refuse": "end",
        "confirm_decision": "end",
        "replace_decision": "go",
        "confirm_paper": "end",
        "lift_suspension": "go",
        "replace_paper": "go",
    },
    offered={
        "recommend": lambda case: not branches.unfinished(case),
        "lift_suspension": objecting.is_about_a_suspension,
        "replace_paper": lambda case: not objecting.is_about_a_suspension(case),
    },
    hints={
        "return": _(
            "Tick every defect first: the applicant gets them all at once. You see the letter before it goes."
        ),
        "accept": _(
            "The file is complete. The decision's clock starts now, and its date is told to the applicant."
        ),
    },
    done={
        "return": _("%(reference)s was returned. The applicant will be told everything that must be mended."),
        "accept": _("%(reference)s was accepted as complete. The decision's clock runs."),
        "ask": _("The applicant of %(reference)s will be asked. The clock stands still until the answer."),
        "recommend": _("%(reference)s went to the one who decides."),
        "grant": _("%(reference)s was granted. The certificate is being made."),
        GRANT_FOR_SIGNATURE: _(
            "%(reference)s went to the one who signs. The applicant is told once it is signed."
        ),
        "refuse": _("%(reference)s was refused. The applicant will be told why, and how to object."),
        "confirm_decision": _(
            "The decision on %(reference)s stands. The applicant will be told why, and what is left."
        ),
        "replace_decision": _(
            "%(reference)s was granted after the objection. The certificate is being made."
        ),
        "confirm_paper": _(
            "What was decided about the certificate of %(reference)s stands. The applicant is told why, and what is left."
        ),
        "lift_suspension": _("The suspension of %(reference)s is lifted. The applicant is told."),
        "replace_paper": _("The certificate of %(reference)s is replaced. The new one is being made."),
    },
    has_dialogue=True,
    message_hint=_(
        "The applicant is told and reads it on the page of the case. It stops no clock: to ask for something, ask."
    ),
)


@dataclass(frozen=True, slots=True)
class Action:
    """One action with its form, ready to be drawn."""

    transition: Transition
    form: DeskForm
    address: str
    desk: Desk

    @property
    def name(self) -> str:
        """The name of the transition."""
        return self.transition.name

    @property
    def form_id(self) -> str:
        """The id of the form element, to which fields elsewhere on the page belong."""
        return form_id(self.name)

    @property
    def kind(self) -> str:
        """How its button looks."""
        return self.desk.kinds.get(self.name, "turn")

    @property
    def is_direct(self) -> bool:
        """Whether its form has no fields of its own beside the file, so that one button is enough."""
        return self.name in self.desk.hints

    @property
    def declares(self) -> bool:
        """Whether whoever presses its button declares that they have no conflict of interest."""
        return self.transition.decides or self.transition.reviews_decision

    @property
    def hint(self) -> str:
        """What a direct button does, in a sentence."""
        return str(self.desk.hints.get(self.name, ""))

    @property
    def done(self) -> str:
        """What is said when it is done."""
        return self.form.done or str(self.desk.done[self.name])


def form_id(name: str) -> str:
    """The id of the form element of an action."""
    return f"act-{name}"


def allowed(case: Case, role: Role, reader: User) -> list[Transition]:
    """The transitions that this reader may take now and that the desk has a form for."""
    if not role.signed:
        return []
    found = queries.allowed_transitions(case, reader, at=clock.now(), hats=role.signed)
    return [transition for transition in found if desk_of(case).offers(case, transition.name)]


def desk_of(case: Case) -> Desk:
    """How this kind of case is worked on."""
    return handlers.desk(case) or APPLICATIONS


def action(
    case: Case,
    transition: Transition,
    *,
    attached: Iterable[CaseDocument],
    changed: Iterable[str],
    data: QueryDict | None = None,
    files: MultiValueDict[str, Any] | None = None,
) -> Action:
    """An action with its form, bound to what was sent where there is something."""
    further: dict[str, Any] = {}
    if transition.name == "return":
        further = {"marked": markable(case, attached, changed), "form_id": form_id("return")}
    if transition.name == "ask":
        further = {"slots": {row.slot for row in attached}}
    desk = desk_of(case)
    form = desk.forms[transition.name](
        data,
        files,
        case=case,
        prefix=transition.name,
        initial={"version": case.row_version},
        **further,
    )
    address = reverse("admin:casework_case_act", args=[case.reference, transition.name])
    return Action(transition=transition, form=cast(DeskForm, form), address=address, desk=desk)


def markable(case: Case, attached: Iterable[CaseDocument], changed: Iterable[str]) -> list[tuple[str, str]]:
    """What may be marked with a defect: at a later return only what changed, unless a supervisor allowed more."""
    definition = case.service_version.parsed
    listed = {document.key for document in definition.documents}
    keys = [(Defect.Target.DOCUMENT.value, row.slot) for row in attached if row.slot in listed]
    for asked in rules.asked_groups(definition, case.answers):
        named = {question.key: None for item in asked.items for question in item.questions}
        keys += [(Defect.Target.ANSWER.value, key) for key in named]
    if case.rounds <= 1 or case.late_defects_allowed_by_id:
        return keys
    return [(target, key) for target, key in keys if key in set(changed)]
