"""What a public service is, as data: the shapes a pack is validated against and a published version is read back into.

The fourteen components follow UU 25/2009 article 21 and PermenPANRB 15/2014: six are published, eight are internal.
"""

from services.catalogue.definition.deadline import DeadlineDefinition
from services.catalogue.definition.form import (
    Choice,
    Condition,
    Limit,
    Question,
    QuestionGroup,
    QuestionKind,
    RequiredDocument,
)
from services.catalogue.definition.keys import Code, Key, Slug
from services.catalogue.definition.outcome import CertificateWording, ReasonCode, UrgentClass, Validity
from services.catalogue.definition.review import ChecklistItem, Finding, ReviewDefinition
from services.catalogue.definition.service import ServiceDefinition
from services.catalogue.definition.standard import Duration, Fee, InternalStandard, PublicStandard, Step
from services.catalogue.definition.triage import TriageAnswer, TriageOutcome, TriageQuestion
from services.foundation.packs import Shape, Text

__all__ = [
    "CertificateWording",
    "ChecklistItem",
    "Choice",
    "Code",
    "Condition",
    "DeadlineDefinition",
    "Duration",
    "Fee",
    "Finding",
    "InternalStandard",
    "Key",
    "Limit",
    "PublicStandard",
    "Question",
    "QuestionGroup",
    "QuestionKind",
    "ReasonCode",
    "RequiredDocument",
    "ReviewDefinition",
    "ServiceDefinition",
    "Shape",
    "Slug",
    "Step",
    "Text",
    "TriageAnswer",
    "TriageOutcome",
    "TriageQuestion",
    "UrgentClass",
    "Validity",
]
