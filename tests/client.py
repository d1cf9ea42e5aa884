"""A client of the service, as a front-end is one: documents over HTTP, answers as JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

URL = "/graphql"


class Client:
    """Sends documents with a token; what goes wrong is an assertion unless it is asked for."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.http = http
        self.headers = {"authorization": f"Bearer {token}"}

    def signed_in(self, token: str) -> "Client":
        """A client of the same service with another token."""
        return Client(self.http, token)

    async def send(self, document: str, **variables: Any) -> httpx.Response:
        """The response to a document."""
        return await self.send_body(json.dumps({"query": document, "variables": variables}))

    async def send_body(self, body: str) -> httpx.Response:
        """The response to a request of this body, which may be no JSON at all."""
        return await self.http.post(URL, content=body, headers={"content-type": "application/json", **self.headers})

    async def answer(self, document: str, **variables: Any) -> dict[str, Any]:
        """The whole answer: data and errors."""
        response = await self.send(document, **variables)
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    async def ask(self, document: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        found = await self.answer(document, **variables)
        assert "errors" not in found, found["errors"]
        return found["data"]

    async def codes(self, document: str, **variables: Any) -> list[tuple[str, list[str | int]]]:
        """Code and path of each error of an answer."""
        found = (await self.send(document, **variables)).json()
        return [(error["extensions"]["code"], error.get("path", [])) for error in found.get("errors", [])]

    async def do(self, mutation: str, given: Mapping[str, Any], selection: str = "__typename") -> Any:
        """What a mutation answers, of which the typename is always told; refusals with all that they say."""
        name = mutation[0].upper() + mutation[1:]
        document = f"""mutation($input: {name}Input!) {{ {mutation}(input: $input) {{
            __typename {selection} ... on Refused {{ refusals {{ {REFUSAL} }} }} }} }}"""
        return (await self.ask(document, input=given))[mutation]

    async def refusals(self, mutation: str, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        """All that a mutation refuses, without the sentences for people."""
        found = await self.do(mutation, given)
        assert found["__typename"] == "Refused", found
        assert all(refusal.pop("message") for refusal in found["refusals"])
        return [dict(refusal) for refusal in found["refusals"]]

    async def node(self, id: str, selection: str) -> Any:
        """What is selected of the record of an id."""
        return (await self.ask(f"query($id: ID!) {{ node(id: $id) {{ {selection} }} }}", id=id))["node"]

    async def consumer(self, given_name: str = "Ann", **fields: Any) -> str:
        """The id of a new consumer."""
        made = await self.do(
            "createConsumer", {"givenName": given_name, **fields}, "... on ConsumerCreated { consumer { id } }"
        )
        return str(made["consumer"]["id"])

    async def account(self, legal_name: str = "Ost Ltd", **fields: Any) -> str:
        """The id of a new account."""
        made = await self.do(
            "createAccount", {"legalName": legal_name, **fields}, "... on AccountCreated { account { id } }"
        )
        return str(made["account"]["id"])

    async def household(self, name: str = "The Osts", **fields: Any) -> str:
        """The id of a new household."""
        made = await self.do(
            "createHousehold", {"name": name, **fields}, "... on HouseholdCreated { household { id } }"
        )
        return str(made["household"]["id"])

    async def user(self, login: str = "sam@kith.example", **fields: Any) -> str:
        """The id of a new member of the staff, who can be given responsibilities unless told otherwise."""
        given = {"name": "Sam", "login": login, "roles": ["RELATIONSHIP_AGENT"], **fields}
        made = await self.do("createInternalUser", given, "... on InternalUserCreated { internalUser { id } }")
        return str(made["internalUser"]["id"])

    async def group(self, members: Sequence[Mapping[str, Any]], **fields: Any) -> str:
        """The id of a new family account."""
        given = {"type": "FAMILY_ACCOUNT", "name": "Osts", "members": members, **fields}
        made = await self.do("createGroup", given, "... on GroupCreated { group { id } }")
        return str(made["group"]["id"])

    async def define(self, code: str, **fields: Any) -> str:
        """The code of a new relationship type, one between accounts unless told otherwise."""
        given = {
            "code": code,
            "name": code.capitalize(),
            "label": "is over",
            "reverseLabel": "is under",
            "category": "HIERARCHY",
            "sourceKinds": ["ACCOUNT"],
            "targetKinds": ["ACCOUNT"],
            **fields,
        }
        made = await self.do("defineRelationshipType", given)
        assert made["__typename"] == "RelationshipTypeDefined", made
        return code

    async def responsibility(self, code: str, **fields: Any) -> str:
        """The id of a new responsibility, of staff for accounts unless told otherwise."""
        given = {"code": code, "name": code.capitalize(), **fields}
        given = {"holderKinds": ["INTERNAL_USER"], "subjectKinds": ["ACCOUNT"], **given}
        made = await self.do("defineResponsibility", given, "... on ResponsibilityDefined { responsibility { id } }")
        assert made["__typename"] == "ResponsibilityDefined", made
        return str(made["responsibility"]["id"])

    async def points_type(self, code: str = "BONUS", **fields: Any) -> str:
        """The id of a new points type."""
        given = {"code": code, "name": code.capitalize(), **fields}
        made = await self.do("definePointsType", given, "... on PointsTypeDefined { pointsType { id } }")
        return str(made["pointsType"]["id"])

    async def points(self, customer: str, amount: int, type: str = "BONUS", reason: str = "a gift") -> str:
        """The id of a new adjustment of points."""
        given = {"customer": customer, "pointsType": type, "amount": amount, "reason": reason}
        made = await self.do("adjustPoints", given, "... on PointsAdjusted { entry { id } }")
        assert made["__typename"] == "PointsAdjusted", made
        return str(made["entry"]["id"])

    async def open_case(self, customer: str, subject: str = "A question", **fields: Any) -> str:
        """The id of a new case."""
        given = {"customer": customer, "subject": subject, **fields}
        made = await self.do("createCase", given, "... on CaseCreated { case { id } }")
        assert made["__typename"] == "CaseCreated", made
        return str(made["case"]["id"])

    async def merge_plan(self, survivor: str, merged: str, **more: Any) -> Any:
        """The token and the warnings of a plan that merges two customers."""
        document = """query($input: MergePlanInput!) { mergePlan(input: $input) { __typename
            ... on MergePlan { token warnings blockers { __typename path } } } }"""
        given = {"survivor": survivor, "merged": merged, **more}
        plan = (await self.ask(document, input=given))["mergePlan"]
        assert plan["__typename"] == "MergePlan", plan
        return plan

    async def merge(self, survivor: str, merged: str, **more: Any) -> str:
        """The operation that merges two customers, whatever it warns of."""
        plan = await self.merge_plan(survivor, merged, **more)
        given = {"token": plan["token"], "confirmed": plan["warnings"]}
        made = await self.do("merge", given, "... on CustomersMerged { operation { id } }")
        assert made["__typename"] == "CustomersMerged", (made, plan)
        return str(made["operation"]["id"])

    async def app(self, *scopes: str, name: str = "Trees") -> str:
        """The id of a new partner app, of all scopes unless some are named."""
        given = {"name": name, "scopes": scopes or ["PROFILE", "CONTACT", "FAMILY", "HOUSEHOLDS"]}
        made = await self.do("createPartnerApp", given, "... on PartnerAppCreated { app { id } }")
        return str(made["app"]["id"])

    async def key(self, app: str, **fields: Any) -> str:
        """A new key of a partner app, as the app sends it."""
        given = {"app": app, "name": "server", **fields}
        made = await self.do("issueApiKey", given, "... on ApiKeyIssued { secret }")
        return str(made["secret"])

    async def consent(self, consumer: str, app: str, *scopes: str) -> str:
        """The id of the viewer's consent for a consumer, to all scopes of an app unless some are named."""
        given = {"consumer": consumer, "app": app, **({"scopes": scopes} if scopes else {})}
        made = await self.do("giveConsent", given, "... on ConsentGiven { consent { id } }")
        assert made["__typename"] == "ConsentGiven", made
        return str(made["consent"]["id"])

    async def member(self, group: str, party: str, **more: Any) -> str:
        """The id of a new membership, which is its relationship's."""
        given = {"group": group, "party": party, **more}
        made = await self.do("addMember", given, "... on MemberAdded { membership { relationship { id } } }")
        return str(made["membership"]["relationship"]["id"])

    async def relate(self, type: str, source: str, target: str, **more: Any) -> str:
        """The id of a new relationship."""
        (id,) = await self.relate_all([{"type": type, "source": source, "target": target, **more}])
        return id

    async def relate_all(self, relationships: Sequence[Mapping[str, Any]]) -> list[str]:
        """The ids of new relationships, made at once."""
        made = await self.do("relate", {"relationships": relationships}, "... on Related { relationships { id } }")
        assert made["__typename"] == "Related", made
        return [relationship["id"] for relationship in made["relationships"]]


REFUSAL = """
    __typename message path
    ... on NotAllowed { missing }
    ... on StaleVersion { currentVersion current { id version } }
    ... on AlreadyTaken { by { id } }
    ... on UnknownRelationshipType { code }
    ... on InactiveRelationshipType { type { code } }
    ... on WrongKind { kinds: allowed }
    ... on DuplicateRelationship { existing { id } }
    ... on WouldMakeCycle { cycle { id } }
    ... on TooMany { limit present: existing { id } }
    ... on WrongResponsibility { codes: allowed }
    ... on InactiveResponsibility { responsibility { code } }
    ... on MissingRole { role }
    ... on WouldNotFit { count examples { id } }
    ... on ActionNotAvailable { action available }
    ... on MergedAway { survivor { id } }
    ... on NotConfirmed { warnings }
    ... on LaterMerge { operation { id } }
    ... on ResetUnderWay { until }
    ... on UnknownPointsType { code }
    ... on InactivePointsType { pointsType: type { code } }
    ... on NotEnoughPoints { balance }
    ... on WrongCaseStatus { status }
    ... on PlanChanged { plan { token } }
    ... on AlreadyConsented { consent: existing { id } }
    ... on DeletePlanChanged { deletePlan: plan { token } }
    ... on NotUnderWay { state }
    ... on OpenCases { open: count cases { id } }
    ... on StillUsed { used: count users: examples { id } }
"""
