from pathlib import Path

import pytest

from graphdb.local.failures import reason

FOLDER = Path("/data")


@pytest.mark.parametrize(
    ("console", "sentence"),
    [
        ("", "Neo4j ended while it was starting: it did not say why."),
        (
            "Failed to start Neo4j on 127.0.0.1:7474.\n"
            "Optional[org.neo4j.io.locker.FileLockException: Lock file has been locked by another process: /x]\n",
            "Another Neo4j has the data in /data open.",
        ),
        ("Terminating due to java.lang.OutOfMemoryError: Java heap space", "There is not enough memory for Neo4j."),
        (
            'Exception in thread "main" java.lang.IllegalArgumentException: Error evaluating a setting.\n'
            "\tat org.neo4j.configuration.Config.evaluateSetting(Config.java:870)\n"
            "Caused by: java.lang.IllegalArgumentException: 'much' is not a valid size.\n"
            "\tat org.neo4j.io.ByteUnit.parse(ByteUnit.java:216)\n"
            "\t... 6 more\n",
            "Neo4j ended while it was starting: 'much' is not a valid size.",
        ),
        (
            "Unrecognized VM option 'Nonsense'\n"
            "Error: Could not create the Java Virtual Machine.\n"
            "Error: A fatal exception has occurred. Program will exit.\n",
            "Neo4j ended while it was starting: Could not create the Java Virtual Machine.",
        ),
    ],
)
def test_what_java_wrote_becomes_one_sentence(console: str, sentence: str) -> None:
    assert reason(console, FOLDER) == sentence
