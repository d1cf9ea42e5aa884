"""Settings: environment variables with the prefix KITH_, or a file .env; `python -m kith settings` lists them."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson
from pydantic import AfterValidator, BeforeValidator, DirectoryPath, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from domain import contacts
from domain.claims import EMAIL, Policy
from domain.internal_users import Role
from domain.texts import filled
from domain.values import Invalid
from kith.discovery import is_safe

PREFIX = "KITH_"


TOGETHER = (
    ("neo4j_uri", "neo4j_password"),
    ("oidc_issuer", "oidc_audience"),
    ("oidc_roles", "oidc_roles_claim"),
    ("smtp_host", "mail_from"),
    ("smtp_host", "business_name"),
    ("smtp_user", "smtp_password"),
)
"""Settings that need another."""


class WrongSetting(Exception):
    """A setting that cannot be; the message is one line that names it."""


def known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("is no time zone, such as Europe/Vienna") from error
    return name


def known_country(code: str) -> str:
    try:
        return contacts.country(code)
    except Invalid as error:
        raise ValueError(error.reason) from error


def neo4j_address(uri: str) -> str:
    if not uri.startswith(("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")):
        raise ValueError("must begin with bolt:// or neo4j://")
    return uri


def safe_address(url: str) -> str:
    if not is_safe(url):
        raise ValueError("must begin with https://, or be on this machine")
    return url


def known_roles(text: object) -> object:
    """Roles by the values of a claim, as JSON: {"staff": ["AGENT", "RELATIONSHIP_AGENT"], "chiefs": "MANAGER"}."""
    given = orjson.loads(text) if isinstance(text, str) else text
    if not isinstance(given, dict):
        raise ValueError("must be a JSON object")
    roles = {value: [names] if isinstance(names, str) else names for value, names in given.items()}
    known = [role.value for role in Role]
    if not all(isinstance(names, list) and all(name in known for name in names) for names in roles.values()):
        raise ValueError(f"each value must be one of {', '.join(known)}, or a list of them")
    return roles


def mail_address(text: str) -> str:
    try:
        return contacts.email(text)
    except Invalid as error:
        raise ValueError(error.reason) from error


def one_line(text: str) -> str:
    try:
        return filled(text, 100)
    except Invalid as error:
        raise ValueError(error.reason) from error


class Settings(BaseSettings):
    """All that can be set; descriptions are what `python -m kith settings` shows."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", env_ignore_empty=True)

    host: str = Field(default="127.0.0.1", description="Address that HTTP is served on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port that HTTP is served on; 0: any free one.")
    data: Path = Field(default=Path(".kith"), description="Folder of the local server's store and of Kith's secret.")
    cache: Path = Field(
        default=Path("~/.cache/kith"), description="Folder that Neo4j is fetched into, shared by all checkouts."
    )
    neo4j_uri: Annotated[str, AfterValidator(neo4j_address)] | None = Field(
        default=None, description="Address of a Neo4j; unset: a local server is started."
    )
    neo4j_user: str = Field(default="neo4j", description="Who signs in at that address.")
    neo4j_password: SecretStr | None = Field(default=None, description="That user's password.")
    neo4j_database: str | None = Field(default=None, description="Database there; unset: the user's home database.")
    time_zone: Annotated[str, AfterValidator(known_zone)] = Field(
        default="UTC", description="The business's; tells what day it is."
    )
    country: Annotated[str, AfterValidator(known_country)] = Field(
        default="US", description="Country of phone numbers without a country code and address."
    )
    undo_days: int = Field(default=365, ge=0, description="How many days after it was done an operation can be undone.")
    documents: DirectoryPath | None = Field(
        default=None, description="Folder of GraphQL documents whose queries are planned when the service starts."
    )
    demo: bool | None = Field(
        default=None, description="Whether the demo is loaded into an empty store; unset: by `make run` only."
    )
    secret: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="What the keys that sign tokens follow from; unset: made once, kept in the data folder.",
    )
    token_minutes: int = Field(default=10, ge=1, le=60, description="How long an access token is good.")
    session_days: int = Field(default=30, ge=1, le=365, description="How long a session lasts that is refreshed.")
    browser_hours: int = Field(default=12, ge=1, le=24 * 30, description="How long a browser stays signed in.")
    login_attempts: int = Field(
        default=10, ge=1, description="Attempts to sign in with one login from one address, in 15 minutes."
    )
    address_attempts: int = Field(default=60, ge=1, description="Attempts to sign in from one address, a minute.")
    proxies: str = Field(
        default="127.0.0.1",
        description="Addresses and networks of proxies that are believed from where a request came, by commas.",
    )

    oidc_issuer: Annotated[str, AfterValidator(safe_address)] | None = Field(
        default=None, description="OpenID Connect issuer whose tokens staff may come with, exactly as it names itself."
    )
    oidc_audience: str | None = Field(default=None, description="What those tokens must be for.")
    oidc_login_claim: str = Field(default=EMAIL, description="Claim that has the login of whoever it is.")
    oidc_roles_claim: str | None = Field(
        default=None, description="Claim that has the roles, a path with points; unset: Kith's own records have them."
    )
    oidc_roles: Annotated[dict[str, list[str]], NoDecode, BeforeValidator(known_roles)] | None = Field(
        default=None, description="Roles of each value of that claim, as JSON; unset: values are names of roles."
    )
    smtp_host: str | None = Field(default=None, description="Mail server; unset: no mail is sent.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How mail is kept from others on its way there: starttls, tls from the start."
    )
    smtp_user: str | None = Field(default=None, description="Who signs in there; unset: nobody does.")
    smtp_password: SecretStr | None = Field(default=None, description="That user's password.")
    mail_from: Annotated[str, AfterValidator(mail_address)] | None = Field(
        default=None, description="Address that mail comes from."
    )
    business_name: Annotated[str, AfterValidator(one_line)] | None = Field(
        default=None, description="What customers know the business by."
    )

    @property
    def issuer(self) -> Policy | None:
        """What tokens of the issuer must be, and how they are read; None where there is no issuer."""
        if self.oidc_issuer is None or self.oidc_audience is None:
            return None
        roles: dict[str, tuple[Role, ...]] | None = None
        if self.oidc_roles is not None:
            roles = {value: tuple(map(Role, names)) for value, names in self.oidc_roles.items()}
        return Policy(self.oidc_issuer, self.oidc_audience, self.oidc_login_claim, self.oidc_roles_claim, roles)

    def today(self, now: datetime) -> date:
        """The business's day at a moment."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()


def load() -> Settings:
    """The settings of this process; raises WrongSetting."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{first['loc'][0]}".upper()
        raise WrongSetting(f"{name}: {first['msg'].removeprefix('Value error, ')}") from error
    for one, other in TOGETHER:
        if getattr(settings, one) is not None and getattr(settings, other) is None:
            raise WrongSetting(f"{PREFIX}{other.upper()}: must be set together with {PREFIX}{one.upper()}")
    if settings.smtp_user and settings.smtp_tls == "none":
        raise WrongSetting(f"{PREFIX}SMTP_TLS: must not be none where a password is sent")
    return settings
