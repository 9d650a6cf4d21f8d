"""What holds for every endpoint for machines."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class Denied(BasePermission):
    """The default: nobody, until an endpoint says who may."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Refuse."""
        return False
