"""Every setting, in one place: defaults, then the settings file, then the environment (``VAULTRAIDER_*``), strongest last."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_type_hints
from urllib.parse import urlsplit

import msgspec
import platformdirs

PREFIX = "VAULTRAIDER_"


def default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("vaultraider", appauthor=False))


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What can be set. Secrets are read here and handed to the one adapter that needs them; ``repr`` hides them."""

    data_dir: Path = msgspec.field(default_factory=default_data_dir)
    database_url: str = ""
    """SQLAlchemy address; empty: SQLite in ``data_dir``."""
    redis_url: str = ""
    """Celery's broker; empty: in this process's memory."""

    bungie_www: str = "https://www.bungie.net"
    bungie_stats: str = "https://stats.bungie.net"
    api_key: str = ""
    client_id: str = ""
    client_secret: str = ""
    redirect_url: str = ""
    contact: str = ""
    """Goes into the User-Agent, as Bungie asks: an address or e-mail of the server's owner."""

    encryption_keys: list[str] = msgspec.field(default_factory=list)
    """Fernet keys, newest first; empty: one is made in ``data_dir`` at first start."""
    allow: list[str] = msgspec.field(default_factory=list)
    """Bungie names ("Marrow#4417") or bungie.net membership ids that may sign in without an invitation."""
    open_sign_in: bool = False
    """Anybody may sign in: the demo. Never set it on a server that others can reach."""

    allow_private_targets: list[str] = msgspec.field(default_factory=list)
    """Host names and networks ("home.lan", "192.168.1.0/24") of the server's own network that people may have messages sent to,
    and files fetched from."""
    smtp_host: str = ""
    """The mail server that takes our e-mail; empty: people name their own, or get none."""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_from: str = ""
    """Whom e-mail is from: an address that the mail server lets us write as."""

    language: str = "en"
    manifest_seconds: int = 300
    """Seconds between two looks for new definitions."""
    host: str = "127.0.0.1"
    port: int = 8321
    debug: bool = False
    trusted_proxies: int = 0
    """How many proxies in front set X-Forwarded-* headers that we may believe."""
    tls_certificate: str = ""
    tls_key: str = ""
    threads: int = 32

    backup_dir: str = ""
    """Where backups go; empty: ``backups`` in ``data_dir``."""
    backup_daily: int = 14
    backup_weekly: int = 8
    backup_before_migration: bool = True
    """Tables change only after a backup was made."""

    history_days: int = 0
    """How many days of the past are kept; 0: for ever."""

    board: str = ""
    """What reads analogue inputs: "simulated", "iio", "iio:<name of the device>", "mcp3008", "replay:<file>"; empty: no board."""
    board_iio_root: str = "/sys/bus/iio/devices"
    """Where Linux shows its converters."""
    board_rate: int = 10
    """Readings a second."""
    board_streams: int = 4
    """How many may watch the board live at once; never more than a quarter of ``threads``."""
    board_public: bool = False
    """Whether people who have not signed in may look at the board."""
    board_quiet: int = 60
    """Seconds after which a board counts as stuck whose inputs all stay the same; 0: never."""

    def __repr__(self) -> str:
        return f"Settings(data_dir={str(self.data_dir)!r}, bungie_www={self.bungie_www!r}, host={self.host!r}, port={self.port})"

    @property
    def backups(self) -> Path:
        return Path(self.backup_dir).expanduser() if self.backup_dir else self.data_dir / "backups"

    @property
    def site(self) -> str:
        """Our public address, without a slash at its end: where Bungie sends people back to is where they reach us."""
        parts = urlsplit(self.redirect_url)
        if parts.scheme and parts.netloc:
            return f"{parts.scheme}://{parts.netloc}"
        return f"http{'s' if self.tls_certificate else ''}://localhost:{self.port}"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'vaultraider.sqlite3').as_posix()}"


class SettingsError(Exception):
    """A setting is wrong; the message names it and says what it takes."""


def load_settings(
    file: Path | None = None, environ: Mapping[str, str] | None = None, *, read_file: bool = True, **overrides: Any
) -> Settings:
    """Reads the settings.

    ``file``: TOML; by default ``VAULTRAIDER_SETTINGS``, else ``settings.toml`` in the data folder, and none is fine.
    ``read_file``: False takes no file at all. ``overrides``: from the command line; None means not given.
    Raises SettingsError naming the field.
    """
    env = dict(os.environ) if environ is None else environ
    data_dir = Path(overrides.get("data_dir") or env.get(PREFIX + "DATA_DIR") or default_data_dir())
    path = file or settings_path(env, data_dir)
    values: dict[str, Any] = {}
    if not read_file:
        pass
    elif path.exists():
        try:
            values |= tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"The settings file {path} cannot be read: {error}") from error
    elif file or env.get(PREFIX + "SETTINGS"):
        raise SettingsError(f"There is no settings file at {path}.")
    values |= _from_environment(env)
    values["data_dir"] = data_dir if overrides.get("data_dir") else values.get("data_dir", data_dir)
    values |= {name: value for name, value in overrides.items() if value is not None}
    values["data_dir"] = str(values["data_dir"])
    unknown = sorted(set(values) - set(Settings.__struct_fields__))
    if unknown:
        raise SettingsError(f"There is no setting named {unknown[0]}.")
    try:
        settings = msgspec.convert(values, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise SettingsError(_name_the_field(error)) from None
    _check(settings)
    return settings


def _name_the_field(error: msgspec.ValidationError) -> str:
    """msgspec says "Expected `int` - at `$.port`"; the value stays out of it, as it may be a secret."""
    what, _, where = str(error).partition(" - at `$.")
    field = where.rstrip("`").partition("[")[0]
    return f"The setting {field} is wrong: {what[:1].lower()}{what[1:]}." if where else f"A setting is wrong: {what}."


def _check(settings: Settings) -> None:
    """What the types cannot say. Raises SettingsError."""
    if not 0 <= settings.port <= 65535:
        raise SettingsError("The setting port is wrong: it is a number from 0 to 65535.")
    if not 1 <= settings.threads <= 512:
        raise SettingsError("The setting threads is wrong: it is a number from 1 to 512.")
    if not 30 <= settings.manifest_seconds <= 86_400:
        raise SettingsError("The setting manifest_seconds is wrong: it is a number from 30 to 86400 (a day).")
    for name in ("backup_daily", "backup_weekly"):
        if not 0 <= getattr(settings, name) <= 1000:
            raise SettingsError(f"The setting {name} is wrong: it is a number from 0 to 1000.")
    if not 0 <= settings.history_days <= 36_500:
        raise SettingsError("The setting history_days is wrong: it is a number of days up to 36500, 0 for ever.")
    _check_board(settings)
    if settings.trusted_proxies < 0:
        raise SettingsError("The setting trusted_proxies is wrong: it is the number of proxies in front, 0 for none.")
    if not 1 <= settings.smtp_port <= 65535:
        raise SettingsError("The setting smtp_port is wrong: it is a number from 1 to 65535.")
    if settings.smtp_host and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", settings.smtp_from):
        raise SettingsError("The setting smtp_host needs smtp_from beside it: the e-mail address that messages are from.")
    if settings.allow_private_targets:
        from vaultraider.outbound.addresses import Allowed

        try:
            Allowed(settings.allow_private_targets)
        except ValueError as error:
            raise SettingsError(f"The setting allow_private_targets is wrong: {error}.") from None
    if settings.tls_key and not settings.tls_certificate:
        raise SettingsError("The setting tls_key needs tls_certificate beside it.")
    for name in ("bungie_www", "bungie_stats", "redirect_url"):
        address = getattr(settings, name)
        if address and not address.startswith(("https://", "http://")):
            raise SettingsError(f"The setting {name} is wrong: it is an address that begins with https://.")
    # A broker that cannot be reached is waited for; one that cannot be one would be waited for without end.
    if settings.redis_url and not settings.redis_url.startswith(("redis://", "rediss://")):
        raise SettingsError("The setting redis_url is wrong: it is an address that begins with redis:// or rediss://.")
    if settings.redis_url and not _is_redis_address(settings.redis_url):
        raise SettingsError(
            "The setting redis_url is wrong: it is redis://[[user]:password@]host[:port][/number of the database]. "
            "What is special in a password is written in percents, / as %2F."
        )


def _check_board(settings: Settings) -> None:
    from vaultraider.board.source import SourceUnknown
    from vaultraider.board.sources import check

    for name, least, most in (("board_rate", 1, 50), ("board_streams", 1, 128), ("board_quiet", 0, 86_400)):
        if not least <= getattr(settings, name) <= most:
            raise SettingsError(f"The setting {name} is wrong: it is a number from {least} to {most}.")
    try:
        if settings.board:
            check(settings.board)
    except SourceUnknown as error:
        raise SettingsError(f"The setting board is wrong: {error.sentence}") from None


def _is_redis_address(address: str) -> bool:
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:  # its text holds part of the password when that has a / in it
        return False
    return port != 0 and re.fullmatch(r"(/\d*)?", parts.path) is not None and not parts.fragment


def settings_path(environ: Mapping[str, str], data_dir: Path) -> Path:
    """Where the settings file is looked for when none is named."""
    return Path(environ.get(PREFIX + "SETTINGS") or data_dir / "settings.toml")


def _from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    hints = get_type_hints(Settings)
    found: dict[str, Any] = {}
    for name in Settings.__struct_fields__:
        text = env.get(PREFIX + name.upper())
        if text is None:
            continue
        is_list = hints[name] == list[str]
        found[name] = [part.strip() for part in text.split(",") if part.strip()] if is_list else text
    for name in ("redis_url", "database_url", "port"):
        # The usual names of hosting platforms, weaker than our own.
        if name not in found and env.get(name.upper()):
            found[name] = env[name.upper()]
    return found


def _decode(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(str(value)).expanduser()
    raise NotImplementedError(kind)
