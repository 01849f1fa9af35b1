"""A checkout of its own for the README's commands: `./dev` runs there as typed, beside no data but its own."""

import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.readme.document import ROOT

COPIED: Final = ("dev", "README.md", "requirements.lock", "pyproject.toml", "Procfile")
SHARED: Final = ("app", "workers", "tests", "bench")
VENV: Final = Path(sys.prefix)
STOP_SECONDS: Final = 30


def check_out(directory: Path) -> Path:
    """Make the checkout, whose environment is the one that these tests run in, already set up."""
    for name in COPIED:
        shutil.copy2(ROOT / name, directory / name)
    for name in SHARED:
        (directory / name).symlink_to(ROOT / name)
    commands = directory / ".venv" / "bin"
    commands.mkdir(parents=True)
    for name in ("python", "stopwoord"):
        (commands / name).symlink_to(VENV / "bin" / name)
    for name in ("lib", "pyvenv.cfg"):
        (directory / ".venv" / name).symlink_to(VENV / name)
    _say_that_it_is_set_up(directory / "dev")
    return directory


def _say_that_it_is_set_up(script: Path) -> None:
    loader = importlib.machinery.SourceFileLoader("dev_of_the_checkout", str(script))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    module.STAMP.write_text(module.wanted())


def environment() -> dict[str, str]:
    """Ours without our settings; the interpreter and the commands of the environment come first."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("STOPWOORD_")}
    # Tests inside a test are nobody's worker.
    own = {name: value for name, value in own.items() if not name.startswith("PYTEST_")}
    return own | {"PATH": f"{VENV / 'bin'}{os.pathsep}{own['PATH']}", "PYTHONDONTWRITEBYTECODE": "1"}


def typed(command: str, directory: Path, seconds: float = 120) -> subprocess.CompletedProcess[str]:
    """Type a command into a shell in that directory; what it said is one text."""
    return subprocess.run(
        ["/bin/bash", "-c", command],
        cwd=directory,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=False,
    )


@contextmanager
def kept_running(command: str, directory: Path) -> Iterator[Path]:
    """Type a command that goes on until Ctrl-C; the file that its output goes to."""
    log = directory / "output"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["/bin/bash", "-c", f"exec {command}"],
            cwd=directory,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield log
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
