"""The content security policy: strict for everyone, with the two allowances that Unfold's Alpine needs in the admin."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ADMIN_PREFIX = "/admin/"
ADMIN_ALLOWANCES = {"script-src": ["'unsafe-eval'"], "style-src-attr": ["'unsafe-inline'"]}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Adds the admin's allowances to its pages and to no others."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Write the header, after the allowances were added where they are due."""
        if request.path_info.startswith(ADMIN_PREFIX):
            response._csp_update = ADMIN_ALLOWANCES  # type: ignore[attr-defined]  # noqa: SLF001 (what django-csp's decorators set)
        return super().process_response(request, response)
