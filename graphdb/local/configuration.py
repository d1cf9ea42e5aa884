"""What a local Neo4j is told before it starts: neo4j.conf, java's command line, the first password.

Nothing of it is secret but the password, which stands in a file of mode 0600 and never on a command line.
"""

import hashlib
import secrets
from pathlib import Path

from graphdb.local import private
from graphdb.local.failures import StartFailed
from graphdb.local.tuning import Tuning

USER = "neo4j"

_SETTINGS = {
    # Heard on this machine only, and calling nobody: fleet discovery would broadcast on the network.
    "server.default_listen_address": "127.0.0.1",
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "server.fleet_discovery.enabled": "false",
    "dbms.fleet_manager.enabled": "false",
    "dbms.usage_report.enabled": "false",
    # LOAD CSV would read any file of this user and any address of the inner network.
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    "dbms.security.auth_enabled": "true",
    "server.config.strict_validation.enabled": "true",
    # The query log has every value of every statement.
    "db.logs.query.enabled": "OFF",
    # Both are unlimited by default; the second alone ends the wait of a commit for a lock.
    "db.transaction.timeout": "60s",
    "db.lock.acquisition.timeout": "10s",
    # A small store: no 256 MB of log files made beforehand, none kept longer than recovery needs them.
    "db.tx_log.preallocate": "false",
    "db.tx_log.rotation.size": "64m",
    "db.tx_log.rotation.retention_policy": "false",
    # A stop takes half a second, not ten.
    "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
    "internal.server.bolt.thread_pool_shutdown_wait_time": "1s",
}

_MAIN_CLASS = "org.neo4j.server.Neo4jCommunity"
JVM = (  # what every java needs that runs a part of Neo4j
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-UsePerfData",
    "-Xss1m",
    "-Dfile.encoding=UTF-8",
    "-Dlog4j2.disable.jmx=true",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)


def write_settings(home: Path, port: int, tuning: Tuning) -> None:
    """Write `conf/neo4j.conf` for a Neo4j that listens on `port` of 127.0.0.1."""
    settings = _SETTINGS | {
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.memory.heap.max_size": tuning.heap,
        "server.memory.pagecache.size": tuning.page_cache,
        "db.memory.transaction.max": tuning.transaction,
        "server.memory.query_cache.per_db_cache_num_entries": str(tuning.plans),
        "dbms.cypher.min_replan_interval": tuning.replan,
    }
    private.make_folder(home / "conf")
    private.write(home / "conf" / "neo4j.conf", "".join(f"{name}={value}\n" for name, value in settings.items()))


def command(java: Path, jars: Path, home: Path, tuning: Tuning) -> list[str]:
    """The command line that starts Neo4j in `home`; native libraries are unpacked there too, not in a common folder."""
    return [
        str(java),
        f"-Xmx{tuning.heap}",
        *tuning.jvm,
        *JVM,
        f"-Djava.io.tmpdir={home / 'tmp'}",
        f"-Djna.tmpdir={home / 'tmp'}",
        "-cp",
        f"{jars}/*",
        _MAIN_CLASS,
        f"--home-dir={home}",
        f"--config-dir={home / 'conf'}",
    ]


def password(home: Path) -> str:
    """The password of the store in `home`, random, made once and kept beside it in the file `password`.

    Until the store exists Neo4j reads it from `auth.ini`, where it is written here, with no second JVM; later that file
    counts no more. Raises StartFailed if there is a store and its password is gone.
    """
    file = home / "password"
    if (home / "data" / "databases" / "system").exists():
        if not file.exists():
            raise StartFailed(f"The password of the data in {home} is gone: it stood in the file {file}.")
        return file.read_text()
    if not file.exists():
        private.write(file, secrets.token_urlsafe(24))
    private.make_folder(home / "data")
    private.make_folder(home / "data" / "dbms")
    private.write(home / "data" / "dbms" / "auth.ini", _credential(file.read_text()))
    return file.read_text()


def _credential(word: str) -> str:
    """A line of `auth.ini`: user, salted SHA-256 iterated 1024 times, salt."""
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + word.encode()).digest()
    for _ in range(1023):
        digest = hashlib.sha256(digest).digest()
    return f"{USER}:SHA-256,{digest.hex()},{salt.hex()},1024:\n"
