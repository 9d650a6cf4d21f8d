"""The roads between statuses, where the database's triggers read them."""

from typing import ClassVar

from django.db import models


class TransitionRow(models.Model):
    """The same roads as in `workflow`, where the database's triggers read them. Filled by migrations only."""

    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30)
    #: Taken only to undo a step, while its window is open.
    undoes = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "casework_transition"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "source", "target"], name="transition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source or '*'} → {self.target}"
