"""A job that is cancelled (SPEC 11.7)."""

import pytest

from domain.ids import new_job_id, new_operation_id
from domain.jobs import CANCELLED, Job, JobKind, Part
from domain.returning import OUT_OF_SIGHT, Phase, Stage, cancelled


def job(kind: JobKind, cursor: str = "") -> Job:
    """One that has come up to a cursor."""
    return Job(new_job_id(), kind, new_operation_id(), cursor=cursor)


@pytest.mark.parametrize("phase", Phase)
def test_what_comes_back_goes_again_as_long_as_nobody_sees_it(phase: Phase) -> None:
    """11.7, 8.5: wherever in a phase it is; one that has turned round already isn't cancelled."""
    turned = Part(0, Stage(Phase.AWAY, why=CANCELLED).cursor, why=CANCELLED)
    for after in ("", "7"):
        found = cancelled(job(JobKind.RESTORE, Stage(phase, after).cursor))
        assert found == (turned if phase in OUT_OF_SIGHT else None)
    assert {Phase.TELL, Phase.FORGET, Phase.AWAY, Phase.RELEASE} == set(Phase) - OUT_OF_SIGHT


def test_what_was_not_begun_is_cancelled_too() -> None:
    assert cancelled(job(JobKind.RESTORE)) == Part(0, Stage(Phase.AWAY, why=CANCELLED).cursor, why=CANCELLED)


def test_who_looks_for_duplicates_stops_and_who_deletes_does_not() -> None:
    """11.7: what was noted stays; what is deleted is out of sight already."""
    assert cancelled(job(JobKind.FIND_DUPLICATES, "one:two")) == Part(0, "one:two", over=True, why=CANCELLED)
    assert cancelled(job(JobKind.DELETE, "SERVES|x")) is None
