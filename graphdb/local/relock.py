"""Makes the lock files anew, a developer's command: `python -m graphdb.local.relock` after a change of VERSION.

It resolves the dependencies of Neo4j Community, leaves out what the service never reaches, downloads the rest (some
140 MB, about two minutes) and writes one line for each jar: group:artifact:version:classifier:packaging, SHA-256, size.
The offline import's, which only benchmarks fetch, stands in a file of its own.
"""

import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jgo.maven import Artifact, MavenContext
from jgo.parse import Coordinate

from graphdb.local.jars import IMPORTER, LOCK, VERSION, sha256_of

_ROOTS = (("org.neo4j", "neo4j"), ("org.neo4j.app", "neo4j-server"))  # the second has the main class
_IMPORTER = "org.neo4j:neo4j-import-tool"  # of CSV; what else it depends on is for other formats
# Bulk import and its formats, the cloud uploader, natives of another system, what asks Windows for its processes, and
# test libraries that the resolver takes for dependencies. The classes of kqueue stay: the start loads them everywhere.
_UNNEEDED = re.compile(
    r"^(org\.neo4j:neo4j-(import-tool|push-to-cloud)"
    r"|org\.apache\.parquet:.*|blue\.strategic\.parquet:.*|org\.apache\.hadoop:.*|org\.xerial\.snappy:.*"
    r"|commons-pool:commons-pool|org\.scala-lang:scala-reflect"
    r"|io\.netty:netty-transport-native-kqueue"
    r"|com\.profesorfalken:WMI4Java|org\.jprocesses:.*"
    r"|junit:.*|org\.mockito:.*|org\.hamcrest:.*|net\.bytebuddy:.*|org\.objenesis:.*|org\.bouncycastle:.*"
    r"|com\.google\.code\.gson:.*|org\.jspecify:.*)$"
)


def relock(lock: Path = LOCK, importer: Path = IMPORTER) -> None:
    """Resolve, download and write the lock files; raises what jgo raises."""
    with tempfile.TemporaryDirectory() as repository, ThreadPoolExecutor(8) as pool:
        found = _resolved(MavenContext(repo_cache=Path(repository), timeout=60))
        needed = [jar for jar in found if not _UNNEEDED.match(_name(jar))]
        for file, jars in ((lock, needed), (importer, [jar for jar in found if _name(jar) == _IMPORTER])):
            file.write_text("".join(sorted(set(pool.map(_line, jars)))))


def _resolved(context: MavenContext) -> list[Artifact]:
    """What would be on the class path."""
    roots = [
        context.create_dependency(Coordinate(group, artifact, version=VERSION, scope="compile"))
        for group, artifact in _ROOTS
    ]
    inputs, transitive = context.resolver.resolve(roots)
    found = [*inputs, *(dependency for dependency in transitive if dependency.scope in ("compile", "runtime"))]
    return [dependency.artifact for dependency in found if dependency.artifact.packaging == "jar"]


def _name(jar: Artifact) -> str:
    return f"{jar.groupId}:{jar.artifactId}"


def _line(jar: Artifact) -> str:
    path = jar.resolve()
    coordinate = ":".join((jar.groupId, jar.artifactId, jar.version, jar.classifier, jar.packaging))
    return f"{coordinate} {sha256_of(path)} {path.stat().st_size}\n"


if __name__ == "__main__":
    relock()
