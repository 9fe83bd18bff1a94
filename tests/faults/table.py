"""The fault table: what goes wrong, and what a player hears of it. Proven in test_table.py; what always holds is in witness.py.

name          what goes wrong
strike        puts it into the simulator, until it is lifted
code, words   what asking for a newer state answers; no code: it succeeds
state         what the status says of Bungie then
sign_in       "ended" only where the player must sign in again
stranger      the code for who has seen nothing yet; None: the same
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tests.bungie.stub import QUICK
from tests.faults.witness import KNOWN
from tests.wired import WiredHouse

Strike = Callable[[WiredHouse], object]

HOUR = 3600.0
TOKEN = "(?i)oauth/token"
PROFILE = "/Profile/"
INDEX = r"/Destiny2/Manifest/(\?|$)"
FILE = "/common/destiny2_content/sqlite/"


@dataclass(frozen=True, kw_only=True)
class Row:
    name: str
    strike: Strike
    code: str = ""
    words: str = ""
    state: str = "up"
    sign_in: Literal["ok", "ended"] = "ok"
    stranger: str | None = None

    def __str__(self) -> str:
        return self.name


def on(path: str, action: str, **params: Any) -> Strike:
    return lambda house: house.controls.fault(action, count=None, match={"path": path} if path else {}, **params)


def once(path: str, action: str, **params: Any) -> Strike:
    return lambda house: house.controls.fault(action, count=1, match={"path": path}, **params)


def happens(moment: str, **params: Any) -> Strike:
    return lambda house: house.controls.happen(moment, **params)


def hurried(path: str, action: str, **params: Any) -> Strike:
    """For what hangs: with shorter time limits than the real ones."""

    def strike(house: WiredHouse) -> None:
        house.hurry(QUICK)
        house.controls.fault(action, count=None, match={"path": path}, **params)

    return strike


def keeps(name: str, strike: Strike, code: str, state: str = "unreachable", words: str = "") -> Row:
    """A refresh that fails and ends nothing."""
    return Row(name=f"refresh: {name}", strike=strike, code=code, words=words, state=state)


def ends(name: str, **params: Any) -> Row:
    return Row(
        name=f"refresh: {name}",
        strike=on(TOKEN, "token_error", **params),
        code="sign-in-ended",
        words="Sign in with Bungie again; nothing that is kept here was lost.",
        sign_in="ended",
    )


# An hour has passed: the access token must be renewed before anything can be read. bungie-api.md has this table for clients:
# whatever is not certainly the end of the permission leaves the sign-in alone.
REFRESHES = (
    keeps("no connection", on(TOKEN, "reset"), "bungie-garbled"),
    keeps("no answer in time", hurried(TOKEN, "hang", seconds=1), "bungie-unreachable", words="does not answer in time"),
    keeps("HTML 500", on(TOKEN, "refresh_500"), "bungie-garbled"),
    keeps("HTML 503", on(TOKEN, "html_503"), "bungie-unavailable"),
    keeps("HTML 200", on(TOKEN, "html_200"), "bungie-garbled"),
    keeps("HTML 401", on(TOKEN, "html_401"), "bungie-garbled"),
    keeps("block page 403", on(TOKEN, "cf_block_403"), "bungie-unreachable"),
    keeps("Cloudflare 522", on(TOKEN, "cf_522"), "bungie-unreachable"),
    keeps("JSON 502", on(TOKEN, "token_error", description="Nope", http=502), "bungie-unavailable"),
    keeps("envelope 1618", on(TOKEN, "token_error", envelope=1618, http=500), "bungie-unavailable"),
    keeps("400 SystemDisabled", on(TOKEN, "system_disabled"), "bungie-maintenance", "maintenance", "You stay signed in"),
    keeps("envelope SystemDisabled", on(TOKEN, "token_error", envelope=5), "bungie-maintenance", "maintenance"),
    keeps("throttled for 10 s", on(TOKEN, "throttle_ip", seconds=10), "bungie-throttled", "throttled", "slow down"),
    keeps("throttled, nobody says how long", on(TOKEN, "throttle_ip", seconds=0), "bungie-throttled", "throttled"),
    keeps("400 unknown", on(TOKEN, "refresh_400_unknown"), "bungie-refusal", "up", "did not accept the sign-in"),
    keeps("400 RefreshTokenNotYetValid", on(TOKEN, "token_error", description="RefreshTokenNotYetValid"), "bungie-refusal", "up"),
    keeps(
        "wrong client",
        on(TOKEN, "token_error", error="invalid_client", description="x"),
        "operator-mistake",
        "unknown",
        "client id and secret",
    ),
    *[
        ends(f"400 {description}", description=description)
        for description in (
            "AuthorizationCodeInvalid",
            "AuthorizationCodeStale",
            "AuthorizationRecordRevoked",
            "AuthorizationRecordExpired",
            "AuthorizationRecordInvalid",
            "AuthorizationRecordInactiveApiKey",
            "RefreshTokenExpired",
            "ProvidedTokenNotValidRefreshToken",
            "TokenPreviouslyRevoked",
            "Decryption key ID in token envelope is unknown",
        )
    ],
    ends("400 invalid_grant", error="invalid_grant", description="x"),
    ends("401 JSON", description="Whatever", http=401),
    ends("403 JSON", description="Whatever", http=403),
)

# The permission itself: what happened at Bungie, whichever way it is told.
PERMISSIONS = (
    Row(
        name="permission revoked",
        strike=happens("revoke_grant", person=KNOWN),
        code="sign-in-ended",
        sign_in="ended",
        stranger="",
    ),
    Row(name="a year is over", strike=happens("expire_record", person=KNOWN), code="sign-in-ended", sign_in="ended", stranger=""),
    Row(name="Bungie changed its keys", strike=happens("invalidate_all"), code="sign-in-ended", sign_in="ended"),
)

# A read: the profile, with a good access token.
READS = (
    Row(name="access token expired early", strike=happens("expire_access")),
    *[
        Row(name=f"access token refused once: {code} in {http}", strike=once(PROFILE, "error", code=code, http=http))
        for code, http in ((22, 500), (99, 500), (99, 401), (2111, 401), (2115, 500), (2123, 401), (2124, 500))
    ],
    Row(name="access token always refused", strike=on(PROFILE, "error", code=99), code="sign-in-ended"),
    Row(name="access token unreadable: 401 HTML", strike=on(PROFILE, "mangle_bearer"), code="sign-in-ended"),
    Row(name="HTML 503", strike=on("", "html_503"), code="bungie-unavailable", state="unreachable", words="last state"),
    Row(name="HTML 500", strike=on("", "html_500"), code="bungie-garbled", state="unreachable"),
    Row(name="HTML 200", strike=on("", "html_200"), code="bungie-garbled", state="unreachable", words="cannot be read"),
    Row(name="HTML 503 for profiles only", strike=on(PROFILE, "html_503"), code="bungie-unavailable", state="unreachable"),
    Row(
        name="Cloudflare 520", strike=on("", "cf_520"), code="bungie-unreachable", state="unreachable", words="cannot be reached"
    ),
    Row(name="Cloudflare 522", strike=on("", "cf_522"), code="bungie-unreachable", state="unreachable"),
    Row(name="block page 403", strike=on("", "cf_block_403"), code="bungie-unreachable", state="unreachable", words="front door"),
    Row(name="truncated JSON", strike=on(PROFILE, "truncate"), code="bungie-garbled", state="unreachable"),
    Row(name="nothing but a head", strike=on(PROFILE, "truncate", bytes=0), code="bungie-garbled", state="unreachable"),
    Row(name="connection reset", strike=on("", "reset"), code="bungie-garbled", state="unreachable"),
    Row(
        name="hangs", strike=hurried(PROFILE, "hang", seconds=1), code="bungie-unreachable", state="unreachable", words="in time"
    ),
    Row(
        name="slow body",
        strike=hurried(PROFILE, "slow_body", seconds=0.5, piece=64),
        code="bungie-unreachable",
        state="unreachable",
    ),
    Row(name="code 5, everything", strike=happens("systems", off=["global"]), code="bungie-maintenance", state="maintenance"),
    Row(name="code 5, Destiny", strike=happens("systems", off=["Destiny2"]), code="bungie-maintenance", state="maintenance"),
    Row(
        name="code 5, profiles only",
        strike=on(PROFILE, "system_disabled"),
        code="bungie-maintenance",
        state="maintenance",
        words="You stay signed in",
    ),
    Row(
        name="maintenance on a Tuesday",
        strike=lambda house: house.controls.scenario("tuesday-maintenance"),
        code="bungie-maintenance",
        state="maintenance",
    ),
    Row(
        name="throttled for 10 s",
        strike=on("", "throttle_ip", seconds=10),
        code="bungie-throttled",
        state="throttled",
        words="slow down",
    ),
    Row(
        name="throttled, nobody says how long",
        strike=on("", "throttle_ip", seconds=0),
        code="bungie-throttled",
        state="throttled",
    ),
    Row(name="throttled for this player", strike=on(PROFILE, "throttle_user"), code="bungie-throttled", state="throttled"),
    Row(name="throttled by the game", strike=on(PROFILE, "throttle_game"), code="bungie-throttled", state="throttled"),
    Row(name="code 1618", strike=on(PROFILE, "error", code=1618), code="bungie-unavailable", state="unreachable"),
    Row(name="code 3", strike=on(PROFILE, "error", code=3), code="stale-request", words="Refresh and try again"),
    Row(name="code 1601", strike=on(PROFILE, "error", code=1601), code="account-not-found"),
    Row(name="code 1665", strike=on(PROFILE, "error", code=1665), code="profile-private"),
    Row(
        name="API key switched off",
        strike=on("", "error", code=2101),
        code="operator-mistake",
        state="unknown",
        words="vaultraider doctor",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Hole:
    """A part of the profile that does not come."""

    action: str
    component: str
    reason: str

    def __str__(self) -> str:
        return f"{self.component} {self.reason}"


PARTS = (
    "profileInventory",
    "profileCurrencies",
    "characters",
    "characterInventories",
    "characterEquipment",
    "itemComponents.instances",
    "itemComponents.sockets",
)
HOLES = (
    *(Hole(action="drop_component", component=component, reason="absent") for component in PARTS),
    *(
        Hole(action=action, component=component, reason=reason)
        for action, reason in (("disabled_component", "disabled"), ("privacy_without_data", "private"))
        for component in ("profileInventory", "characterInventories", "characterEquipment", "itemComponents.instances")
    ),
    Hole(action="empty_items", component="profileInventory", reason="empty"),
    Hole(action="empty_items", component="characterEquipment", reason="empty"),
)


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """Something wrong with new definitions. ``words``: what the status says of them; ``lift``: what ends it."""

    name: str
    strike: Strike
    words: str
    lift: Strike = lambda house: None

    def __str__(self) -> str:
        return self.name


def bumped(path: str, action: str, **params: Any) -> Strike:
    def strike(house: WiredHouse) -> None:
        house.controls.happen("bump")
        on(path, action, **params)(house)

    return strike


def flawed(moment: str, table: str) -> Strike:
    return happens(moment, table=f"Destiny{table}Definition")


TABLES = ("InventoryItem", "InventoryBucket", "Stat")
FLAWS = (
    Flaw(name="index: HTML 503", strike=bumped(INDEX, "html_503"), words="cannot answer"),
    Flaw(name="index: HTML 200", strike=bumped(INDEX, "html_200"), words="cannot be read"),
    Flaw(name="index: truncated", strike=bumped(INDEX, "truncate"), words="cannot be read"),
    Flaw(name="index: code 5", strike=bumped(INDEX, "system_disabled"), words="maintenance"),
    Flaw(name="index: throttled", strike=bumped(INDEX, "throttle_ip", seconds=10), words="slow down"),
    Flaw(name="file: 404, for every address", strike=bumped(FILE, "path_404", always=True), words="not there yet"),
    Flaw(name="file: truncated", strike=bumped(FILE, "truncated"), words="Something else than the new definitions"),
    Flaw(name="file: truncated, and says so", strike=bumped(FILE, "truncated", honest=True), words="cannot be unpacked"),
    Flaw(name="file: bad zip", strike=bumped(FILE, "bad_zip"), words="cannot be unpacked"),
    Flaw(name="file: wrong md5", strike=bumped(FILE, "wrong_md5"), words="not what their name says"),
    Flaw(name="file: HTML instead", strike=bumped(FILE, "html_instead"), words="Something else"),
    Flaw(name="file: without end", strike=bumped(FILE, "huge"), words="Something else"),
    Flaw(name="file: HTML 503", strike=bumped(FILE, "html_503"), words="cannot answer"),
    Flaw(name="file: connection reset", strike=bumped(FILE, "reset"), words="Something else"),
    *(
        Flaw(name=f"table empty: {table}", strike=flawed("empty_table", table), words=table, lift=happens("bump"))
        for table in TABLES
    ),
    *(
        Flaw(name=f"table missing: {table}", strike=flawed("missing_table", table), words=table, lift=happens("bump"))
        for table in TABLES
    ),
)
FIRST_STARTS = (
    "index: HTML 503",
    "index: code 5",
    "file: 404, for every address",
    "file: bad zip",
    "table missing: InventoryItem",
)
