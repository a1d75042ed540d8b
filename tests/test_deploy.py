"""What runs the server elsewhere is well made: linters of container, compose and unit files find nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import learncities
from corpus.settings import Settings

ROOT = Path(learncities.__file__).parent
BIN = Path(sys.executable).parent
ANALYZE = shutil.which("systemd-analyze")
UNIT = ROOT / "deploy" / "learncities.service"
# systemd's own measure of what a service may still do, from 0 to 10; most services are above 9.
MOST_EXPOSED = 2.0


def found_by(*command: object) -> str:
    """What a linter prints, which must be content."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_container_file_is_in_order() -> None:
    assert found_by(BIN / "hadolint", "--failure-threshold", "style", "Dockerfile") == ""


def test_the_container_runs_without_root_and_takes_only_what_it_needs() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = text[text.rindex("FROM ") :]
    assert re.search(r"^USER \d+:\d+$", last, re.MULTILINE)
    copied = set(re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE))
    named = {name.rstrip("/") for line in copied for name in line.split()}
    taken = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert named == taken
    assert all((ROOT / name).exists() for name in taken)


def test_the_compose_file_holds_to_its_schema_and_every_service_is_confined() -> None:
    found_by(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml")
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["mem_limit"]
    assert services["site"]["volumes"] == ["knowledge:/data:ro"]


@pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze")
def test_the_unit_is_in_order_and_may_do_little(tmp_path: Path) -> None:
    # The program is not installed here; the linter wants one that exists.
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/learncities/bin/learncities", "/bin/true"))
    assert found_by(ANALYZE, "verify", "--man=no", unit) == ""
    assessed = found_by(ANALYZE, "security", "--offline=true", "--no-pager", unit)
    exposure = re.search(r"Overall exposure level.*: ([\d.]+)", assessed)
    assert exposure is not None
    assert float(exposure[1]) < MOST_EXPOSED


def test_every_setting_is_explained_to_operators() -> None:
    text = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    assert explained == set(Settings.model_fields)
