"""Each government has a demo of its own: its data stands in a folder of its name, and nothing is shared."""

import os
import subprocess
import sys

import pytest

from portal.demo import environment
from tests.architecture.source import ROOT


def run(*arguments: str, pack: str) -> subprocess.CompletedProcess[str]:
    variables = {"PATH": os.environ["PATH"], "PACK": pack}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("pack", ["surabaya", "bengkulu"])
def test_database_uploads_and_keys_stand_in_the_folder_of_the_government(pack: str) -> None:
    statement = "from portal.demo import environment as e; print(e.DIRECTORY); print(e.pack())"
    folder, source = run("-c", statement, pack=pack).stdout.split()
    assert folder == str(environment.VAR / pack)
    assert source == str(ROOT / "packs" / pack)


@pytest.mark.parametrize("pack", ["atlantis", "../packs"])
def test_a_government_that_is_not_there_is_refused_with_those_that_are(pack: str) -> None:
    result = run("-m", "portal.demo.supervisor", pack=pack)
    assert result.returncode == 1
    assert (
        result.stderr == f"There is no government called {pack}. Those in packs/ are: bengkulu, surabaya.\n"
    )
    assert not (environment.VAR / pack / "demo.lock").exists()


def test_a_reset_of_a_demo_that_never_was_says_so() -> None:
    result = run("-m", "portal.demo.reset", pack="atlantis")
    assert result.returncode == 0
    assert result.stdout == "There is no demo of atlantis.\n"
