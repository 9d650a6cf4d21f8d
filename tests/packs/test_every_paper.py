"""Every pack's certificate is paper: one page in the pack's own look, tagged, with the signatory or the machine's checks."""

import subprocess
from pathlib import Path

import pytest
from pytest_django import Settings

from portal import governments
from services.documents import rendering
from services.foundation.packs import Text
from tests.factories import documents

pytestmark = pytest.mark.django_db
each_pack = pytest.mark.parametrize("name", governments.known())
CHECKS = [Text(id="NIK sesuai", en="The NIK fits")]


def words_on(pdf: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", str(folder / "paper.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@each_pack
def test_a_decision_of_people_names_its_signatory(name: str, settings: Settings, tmp_path: Path) -> None:
    settings.CERTIFICATE_TEMPLATES = governments.PACKS / name / "templates"
    pdf = rendering.pdf_of(documents.ordered_certificate())
    assert b"/MarkInfo" in pdf
    assert "Sri Pejabat" in words_on(pdf, tmp_path)


@each_pack
def test_a_decision_of_the_machine_names_its_checks(name: str, settings: Settings, tmp_path: Path) -> None:
    settings.CERTIFICATE_TEMPLATES = governments.PACKS / name / "templates"
    certificate = documents.ordered_certificate(content=documents.wording(checks=CHECKS))
    assert "NIK sesuai" in words_on(rendering.pdf_of(certificate), tmp_path)
