"""`python -m bench.unguarded`: the service, which takes everybody for its administrator without looking."""

from starlette.requests import Request

from kith import service
from kith.progress import console
from kith.settings import load
from kith.signin import SignIn
from resolvers.viewers import ADMINISTRATOR, Caller


class Unguarded(SignIn):
    """Asks nobody who it is."""

    async def caller(self, request: Request) -> Caller | None:
        """The administrator."""
        return ADMINISTRATOR.caller


if __name__ == "__main__":
    vars(service)["SignIn"] = Unguarded
    service.run(load(), False, lambda line: console.print(line, soft_wrap=True, highlight=False))
