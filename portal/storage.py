"""Static files under names that carry a hash of their content."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """WhiteNoise's storage, which also hashes the names in JavaScript's import statements."""

    support_js_module_import_aggregation = True


class CollectedStaticFiles(StaticFilesConfig):
    """Leaves out the extensions that come with htmx: they import by bare names, which no hash can follow."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "hx-*.js", "htmx-*compat*.js"]
