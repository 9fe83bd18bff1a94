"""What ``vaultraider doctor`` looks at. Each check yields findings and changes nothing."""

from __future__ import annotations

import shutil
import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import httpx2
import msgspec
from cryptography import x509
from msgspec import structs
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from vaultraider.bell import make_celery
from vaultraider.board.source import Places, SourceError, SourceUnknown
from vaultraider.board.sources import open_source
from vaultraider.bootstrap import Services, build_services
from vaultraider.bungie import scopes
from vaultraider.cli._registry import sentence
from vaultraider.database import schema
from vaultraider.database.engine import Database
from vaultraider.domain.errors import BungieMaintenance, BungieUnavailable, OperatorMistake, SignInEnded, VaultRaiderError
from vaultraider.keys import KEY_FILE, encryption_keys, open_to_others
from vaultraider.logs import redact
from vaultraider.settings import Settings

SKEW_NOTICED = 5.0
SKEW_BAD = 60.0
"""Seconds between Bungie's clock and ours. Tokens and freshness are judged by ours."""
DISK_LOW = 2_000_000_000
DISK_FULL = 500_000_000
"""Bytes. Fetching new definitions needs about this much for a moment, beside those in use."""
CERTIFICATE_SOON = timedelta(days=30)


class Finding(msgspec.Struct, frozen=True):
    """``bad`` makes the doctor's exit code 1."""

    name: str
    state: Literal["good", "notice", "bad"]
    sentence: str


def examine(settings: Settings, settings_file: Path) -> Iterator[Finding]:
    """Every check. One that breaks is a finding itself."""
    checks: list[Callable[[], Iterator[Finding]]] = [
        lambda: _settings(settings, settings_file),
        lambda: _redirect(settings),
        lambda: _key(settings),
        lambda: _disk(settings),
        lambda: _certificate(settings),
        lambda: _database(settings),
        lambda: _broker(settings),
        lambda: _board(settings),
        lambda: _bungie(settings),
        lambda: _clock(settings),
    ]
    for check in checks:
        try:
            yield from check()
        except Exception as error:
            yield Finding("doctor", "bad", sentence(error))


def _settings(settings: Settings, file: Path) -> Iterator[Finding]:
    if not file.exists():
        yield Finding("settings", "notice", f"There is no settings file at {file}; `vaultraider init` writes one.")
    elif open_to_others(file):
        yield Finding("settings", "bad", f"Others on this machine can read {file} and the secrets in it. Run: chmod 600 {file}")
    else:
        yield Finding("settings", "good", f"Read from {file}.")
    missing = [name for name in ("api_key", "client_id", "client_secret") if not getattr(settings, name)]
    if missing:
        yield Finding("application", "bad", f"{', '.join(missing)} not set. `vaultraider init` leads through it.")
    if not settings.contact:
        yield Finding("contact", "notice", "Bungie asks who calls: set contact to your address or e-mail.")


def _redirect(settings: Settings) -> Iterator[Finding]:
    parts = urlsplit(settings.redirect_url)
    if not settings.redirect_url:
        yield Finding("redirect", "bad", "redirect_url is not set: Bungie would not know where to send people back to.")
    elif parts.path != "/callback/bungie":
        yield Finding("redirect", "bad", f"redirect_url ends in {parts.path or '/'}; Vault Raider answers at /callback/bungie.")
    elif parts.scheme != "https" and urlsplit(settings.bungie_www).hostname in ("www.bungie.net", "bungie.net"):
        yield Finding("redirect", "bad", "redirect_url is not https, and Bungie accepts no other.")
    else:
        yield Finding("redirect", "good", f"People come back to {settings.redirect_url}.")


def _key(settings: Settings) -> Iterator[Finding]:
    file = settings.data_dir / KEY_FILE
    if settings.encryption_keys:
        yield Finding("encryption key", "good", f"{len(encryption_keys(settings))} from the settings.")
    elif not file.exists():
        yield Finding("encryption key", "notice", "There is none yet; the first start makes it.")
    elif open_to_others(file):
        yield Finding("encryption key", "bad", f"Others on this machine can read {file}. Run: chmod 600 {file}")
    else:
        yield Finding("encryption key", "good", f"{len(encryption_keys(settings))} in {file}, readable by you alone.")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    told = f"{free / 1e9:.1f} GB free for {settings.data_dir}."
    if free < DISK_FULL:
        yield Finding("disk", "bad", f"{told} New definitions will not fit: free some space.")
    elif free < DISK_LOW:
        yield Finding("disk", "notice", f"{told} That is little.")
    else:
        yield Finding("disk", "good", told)


def _certificate(settings: Settings) -> Iterator[Finding]:
    if not settings.tls_certificate:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(settings.tls_certificate, settings.tls_key or None)
        certificate = x509.load_pem_x509_certificate(Path(settings.tls_certificate).read_bytes())
    except (OSError, ValueError) as error:
        yield Finding("certificate", "bad", f"{settings.tls_certificate} and its key cannot be used: {error}.")
        return
    ends = certificate.not_valid_after_utc
    if ends < datetime.now(UTC):
        yield Finding("certificate", "bad", f"It ended on {ends:%Y-%m-%d}. `vaultraider init` makes a new one.")
    elif ends < datetime.now(UTC) + CERTIFICATE_SOON:
        yield Finding("certificate", "notice", f"It ends on {ends:%Y-%m-%d}. `vaultraider init` makes a new one.")
    else:
        yield Finding("certificate", "good", f"Good until {ends:%Y-%m-%d}.")


def _database(settings: Settings) -> Iterator[Finding]:
    url = make_url(settings.database)
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        yield Finding("database", "notice", "There is none yet; the first start makes it.")
        return
    database = Database(settings.database)
    try:
        at, newest = schema.revision(database), schema.head()
        if at == newest:
            yield Finding("database", "good", f"{shown}, tables at revision {at}.")
            yield from _manifest(settings)
        elif at is None or schema.is_known(at):
            yield Finding("database", "notice", f"{shown}, tables at {at or 'nothing'}; the next start brings them to {newest}.")
        else:
            yield Finding("database", "bad", f"{shown}: {schema.SchemaTooNew.default}")
    except SQLAlchemyError as error:
        yield Finding("database", "bad", f"{shown}: {sentence(error)}")
    finally:
        database.close()


def _manifest(settings: Settings) -> Iterator[Finding]:
    services = build_services(settings)
    try:
        report = services.manifest.report()
    finally:
        services.close()
    if report.active is None:
        yield Finding("manifest", "notice", "There are no definitions yet; they are fetched once Vault Raider runs.")
        return
    about = f"Version {report.active.ref.version} ({report.active.ref.language}), since {report.active.installed:%Y-%m-%d %H:%M}."
    if report.failures:
        yield Finding("manifest", "notice", f"{about} The last {report.failures} looks failed: {report.sentence}")
    else:
        yield Finding("manifest", "good", about)


def _broker(settings: Settings) -> Iterator[Finding]:
    if not settings.redis_url:
        return
    parts = urlsplit(settings.redis_url)
    place = f"{parts.hostname or 'localhost'}:{parts.port or 6379}, database {parts.path.strip('/') or 0}"
    try:
        with make_celery(settings.redis_url).connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=3)  # signs in, chooses the database, pings
    except Exception as error:  # whatever the broker's library raises
        told = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Finding("redis", "bad", f"{place}: it cannot be used ({redact(told)}). Work waits in the database meanwhile.")
    else:
        yield Finding("redis", "good", f"Connected to {place}.")


def _board(settings: Settings) -> Iterator[Finding]:
    if not settings.board:
        return
    try:
        source = open_source(settings.board, Places(iio_root=settings.board_iio_root))
    except SourceUnknown as error:
        yield Finding("board", "bad", error.sentence)
        return
    except SourceError as error:
        where = f" Looked for in {settings.board_iio_root}." if settings.board.startswith("iio") else ""
        yield Finding("board", "notice", f"{error.sentence}{where}")
        return
    about = f"{source.name}: {len(source.channels)} inputs, {source.bits} bits, {source.reference:.2f} V."
    try:
        read = ", ".join(f"{channel}: {source.read(channel).volts:.2f} V" for channel in source.channels)
    except SourceError as error:
        yield Finding("board", "notice", f"{about} {error.sentence}")
    else:
        yield Finding("board", "good", f"{about} They read {read}.")
    finally:
        source.close()


def _bungie(settings: Settings) -> Iterator[Finding]:
    if not settings.api_key:
        return
    with _apart(settings) as services:
        try:
            services.bungie.platform.settings()
        except BungieMaintenance as error:
            yield Finding("bungie", "notice", error.sentence)
        except VaultRaiderError as error:
            yield Finding("bungie", "bad", error.sentence)
            return
        else:
            yield Finding("bungie", "good", f"{settings.bungie_www} answers, and accepts the API key.")
        yield Finding("scopes", "good", f"The application needs these at Bungie.net: {', '.join(scopes())}.")
        if not settings.client_id:
            return
        try:
            services.bungie.oauth.exchange("a-code-that-the-doctor-made-up")
        except OperatorMistake as error:
            yield Finding("client", "bad", error.sentence)
        except BungieUnavailable as error:
            yield Finding("client", "notice", f"It could not be checked: {error.sentence}")
        except SignInEnded:  # it read our id and secret, and refused only the code
            yield Finding("client", "good", "Bungie accepts the client id and secret.")
        except VaultRaiderError as error:
            yield Finding("client", "notice", f"It could not be told whether Bungie accepts them: {error.sentence}")


def _clock(settings: Settings) -> Iterator[Finding]:
    try:
        answer = httpx2.get(f"{settings.bungie_www}/Platform/Settings/", headers={"X-API-Key": settings.api_key}, timeout=10)
        skew = (datetime.now(UTC) - parsedate_to_datetime(answer.headers["Date"])).total_seconds()
    except (httpx2.HTTPError, KeyError, ValueError):
        yield Finding("clock", "notice", "Bungie did not tell its time, so ours could not be compared.")
        return
    told = f"Ours is {abs(skew):.0f} seconds {'ahead of' if skew > 0 else 'behind'} Bungie's."
    if abs(skew) > SKEW_BAD:
        yield Finding("clock", "bad", f"{told} Set this machine's clock: sign-ins are judged by it.")
    elif abs(skew) > SKEW_NOTICED:
        yield Finding("clock", "notice", told)
    else:
        yield Finding("clock", "good", "It agrees with Bungie's.")


@contextmanager
def _apart(settings: Settings) -> Iterator[Services]:
    """Services on an empty folder, to ask Bungie without touching what is kept."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        services = build_services(structs.replace(settings, data_dir=Path(folder), database_url="", redis_url=""))
        try:
            schema.upgrade(services.database)
            yield services
        finally:
            services.close()
