"""Kinds of questions that need several fields: an address, a point on the earth."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from services.applications import rules
from services.applications.fields import CoordinateField, DigitsField, WordsField
from services.applications.kinds.base import ELSEWHERE, Surroundings, fill_in
from services.catalogue.definition import Question


class Address:
    """Street, RT and RW, district of the list, postcode."""

    def fields(self, question: Question, around: Surroundings, kept: Any) -> dict[str, forms.Field]:
        """Five fields; street and district are needed."""
        key, required = question.key, question.required
        near = around.within(question.within)
        choices = [("", _("Choose from the list")), *near.districts]
        if near.elsewhere:
            choices.append((ELSEWHERE, _("Elsewhere (write the town with the street)")))
        street, district = _("Street and house number"), _district_label(near)
        return {
            f"{key}__street": WordsField(
                label=street,
                required=required,
                max_length=rules.TEXT_LENGTH,
                error_messages=_required(street),
            ),
            f"{key}__rt": DigitsField(
                label="RT",
                required=False,
                pattern=r"\d{1,3}",
                width=3,
                message=_("RT has up to 3 digits, such as 004"),
            ),
            f"{key}__rw": DigitsField(
                label="RW",
                required=False,
                pattern=r"\d{1,3}",
                width=3,
                message=_("RW has up to 3 digits, such as 012"),
            ),
            f"{key}__district": forms.ChoiceField(
                label=district, required=required, choices=choices, error_messages=_required(district)
            ),
            f"{key}__postcode": DigitsField(
                label=_("Postcode"),
                required=False,
                pattern=r"\d{5}",
                width=5,
                message=_("A postcode has 5 digits"),
            ),
        }

    def value(self, question: Question, cleaned: Mapping[str, Any], around: Surroundings, kept: Any) -> Any:
        """All parts, with the district's name as it is today."""
        parts = {
            name: cleaned.get(f"{question.key}__{name}") or "" for name in ("street", "rt", "rw", "postcode")
        }
        code = cleaned.get(f"{question.key}__district") or ""
        if not code and not any(parts.values()):
            return None
        place = "" if code == ELSEWHERE else code
        return {**parts, "district": place, "district_name": around.district_names.get(place, "")}

    def initial(self, question: Question, kept: Any) -> dict[str, Any]:
        """The stored parts."""
        if not kept:
            return {}
        shown = {f"{question.key}__{name}": kept[name] for name in ("street", "rt", "rw", "postcode")}
        return {**shown, f"{question.key}__district": kept["district"] or ELSEWHERE}

    def lacking(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, str]:
        """Street and district, once any part was typed."""
        if not any(
            cleaned.get(f"{question.key}__{name}") for name in ("street", "rt", "rw", "district", "postcode")
        ):
            return {}
        needed = {"street": _("Street and house number"), "district": _("District (kecamatan)")}
        return {
            f"{question.key}__{name}": fill_in(label)
            for name, label in needed.items()
            if not cleaned.get(f"{question.key}__{name}")
        }


class Point:
    """A place by its degrees, typed or taken from the map."""

    def fields(self, question: Question, around: Surroundings, kept: Any) -> dict[str, forms.Field]:
        """Two fields."""
        latitude, longitude = _("Latitude"), _("Longitude")
        return {
            f"{question.key}__latitude": CoordinateField(
                label=latitude,
                least=-11,
                most=6,
                example=f"{around.centre[0]:.4f}",
                required=question.required,
                error_messages=_required(latitude),
            ),
            f"{question.key}__longitude": CoordinateField(
                label=longitude,
                least=95,
                most=141,
                example=f"{around.centre[1]:.4f}",
                required=question.required,
                error_messages=_required(longitude),
            ),
        }

    def value(self, question: Question, cleaned: Mapping[str, Any], around: Surroundings, kept: Any) -> Any:
        """Both degrees, or nothing."""
        degrees = {name: cleaned.get(f"{question.key}__{name}") for name in ("latitude", "longitude")}
        return None if None in degrees.values() else degrees

    def initial(self, question: Question, kept: Any) -> dict[str, Any]:
        """The stored degrees."""
        return {f"{question.key}__{name}": kept[name] for name in ("latitude", "longitude")} if kept else {}

    def lacking(self, question: Question, cleaned: Mapping[str, Any]) -> dict[str, str]:
        """The other half of half a point."""
        missing = {
            f"{question.key}__{name}": fill_in(label)
            for name, label in (("latitude", _("Latitude")), ("longitude", _("Longitude")))
            if cleaned.get(f"{question.key}__{name}") is None
        }
        return missing if len(missing) == 1 else {}


def _district_label(around: Surroundings) -> str:
    """What the list of districts is called: in a province it has regencies and cities too."""
    return _("Regency or city, and district") if around.has_two_levels else _("District (kecamatan)")


def _required(label: str) -> dict[str, str]:
    return {
        "required": fill_in(label),
        "invalid_choice": _("Choose from the answers of the list."),
    }
