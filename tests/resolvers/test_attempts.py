"""How often somebody may try (SPEC 11.4)."""

from contextlib import suppress

import pytest

from resolvers.attempts import Attempts, TooManyAttempts, network

HERE, THERE = "192.0.2.1", "192.0.2.2"


async def tried(attempts: Attempts, times: int, login: str = "ann@kith.example", address: str = HERE) -> int:
    """How many of so many attempts were let through."""
    let = 0
    for _ in range(times):
        with suppress(TooManyAttempts):
            await attempts.sign_in(login, address)
            let += 1
    return let


@pytest.mark.parametrize(("limits", "longest"), [({"per_login": 1}, 15 * 60), ({"per_address": 1}, 60)])
async def test_it_is_told_when_to_come_again(limits: dict[str, int], longest: int) -> None:
    attempts = Attempts(**limits)
    assert await tried(attempts, 1) == 1
    with pytest.raises(TooManyAttempts) as many:
        await attempts.sign_in("ann@kith.example", HERE)
    assert longest - 60 <= many.value.seconds <= longest
    assert str(many.value) == f"Too many attempts; try again in {many.value.seconds} seconds."


async def test_a_login_is_counted_with_the_address_so_that_nobody_locks_out_another() -> None:
    attempts = Attempts(per_login=3, per_address=100)
    assert await tried(attempts, 10) == 3
    assert await tried(attempts, 10, " ANN@kith.example") == 0
    assert await tried(attempts, 10, address=THERE) == 3
    assert await tried(attempts, 10, "bea@kith.example") == 3


async def test_an_address_is_counted_with_whatever_login() -> None:
    attempts = Attempts(per_login=3, per_address=5)
    assert sum([await tried(attempts, 1, f"{n}@kith.example") for n in range(20)]) == 5
    assert await tried(attempts, 1, address=THERE) == 1


async def test_who_has_signed_in_may_do_so_again() -> None:
    attempts = Attempts(per_login=2, per_address=100)
    for _ in range(10):
        assert await tried(attempts, 1) == 1
        await attempts.signed_in("Ann@kith.example", HERE)


async def test_refreshing_is_counted_by_the_address_alone_and_ten_times_as_much() -> None:
    attempts = Attempts(per_login=1, per_address=2)
    for _ in range(20):
        await attempts.refresh(HERE)
    with pytest.raises(TooManyAttempts):
        await attempts.refresh(HERE)
    await attempts.refresh(THERE)


async def test_nothing_of_whoever_tries_is_kept_as_it_is() -> None:
    attempts = Attempts()
    await tried(attempts, 2)
    kept = repr(vars(attempts._limiter.storage))
    assert "ann" not in kept
    assert HERE not in kept


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_address_of_ipv6_is_counted_as_its_network(address: str, counted: str) -> None:
    assert network(address) == counted
