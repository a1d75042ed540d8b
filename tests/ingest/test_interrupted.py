"""A run interrupted for real, with the real model: what is stored stays, and the next run ends the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.ingest.published import stored

ROOT = Path(__file__).parent.parent.parent
# Three batches of passages, so that one is stored while others are still to come.
HOUSES = 36
# Seconds that a slow and busy machine may take for a step.
PATIENCE = 300


def ingest(folder: Path, data: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "learncities.py"), "ingest", str(folder), "--data", str(data), "--json"]
    # What a shell starts in the background ignores Ctrl-C, and so would what is started here.
    heed = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, cwd=data.parent
        )
    finally:
        signal.signal(signal.SIGINT, heed)


def test_after_ctrl_c_the_next_run_goes_on_and_ends_with_the_same_snapshot(tmp_path: Path) -> None:
    folder, data = tmp_path / "files", tmp_path / "data"
    folder.mkdir()
    for number in range(HOUSES):
        rooms = "\n\n".join(f"## Room {room}\n\nRoom {number}.{room} is open." for room in range(40))
        (folder / f"{number:02}.md").write_text(f"# House {number}\n\n{rooms}\n")

    running = ingest(folder, data)
    until = time.monotonic() + PATIENCE
    while not stored(data) and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the command and all its children
    _, err = running.communicate(timeout=PATIENCE)
    kept = stored(data)
    assert running.returncode == 130, err
    assert "none of them is published yet; run the same command again" in err
    assert "Traceback" not in err
    assert 0 < kept < HOUSES
    assert not (data / "current").exists()

    out, err = ingest(folder, data).communicate(timeout=PATIENCE)
    resumed = json.loads(out)
    assert resumed["documents"]["unchanged"] == kept
    assert resumed["documents"]["new"] == HOUSES - kept
    out, _ = ingest(folder, tmp_path / "undisturbed").communicate(timeout=PATIENCE)
    assert json.loads(out)["snapshot"] == resumed["snapshot"]
