"""Settings: environment variables with the prefix KITH_, or a file .env; `python -m kith settings` lists them."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, DirectoryPath, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain import contacts
from domain.values import Invalid

PREFIX = "KITH_"


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
    if settings.neo4j_uri and settings.neo4j_password is None:
        raise WrongSetting(f"{PREFIX}NEO4J_PASSWORD: must be set together with {PREFIX}NEO4J_URI")
    return settings
