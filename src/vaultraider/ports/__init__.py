"""What the services need from the outside. Adapters fit these by shape; nothing here imports an adapter."""

from __future__ import annotations

from vaultraider.ports.bungie import (
    BungieHealth,
    BungieUser,
    MembershipRef,
    OAuthGateway,
    PlatformState,
    ProfileSource,
    ThrottleStore,
    TokenPair,
)
from vaultraider.ports.inventory import KeptSnapshot, Nicknames, SnapshotMark, Snapshots
from vaultraider.ports.manifest import (
    ContentStream,
    DefinitionsSource,
    InstalledManifest,
    ManifestAttempt,
    ManifestCheck,
    ManifestHistory,
    ManifestRef,
    ManifestSource,
    ManifestStore,
    Progress,
)
from vaultraider.ports.people import (
    BrowserSession,
    BrowserSessions,
    Cipher,
    Invitations,
    KeptTokens,
    PersonalData,
    PreferenceStore,
    Tokens,
    Users,
)
from vaultraider.ports.pictures import Picture, PictureCache, PictureSource
from vaultraider.ports.time import Clock
from vaultraider.ports.work import Bell, JobRecord, JobStore, Lease, Leases

__all__ = [
    "Bell",
    "BrowserSession",
    "BrowserSessions",
    "BungieHealth",
    "BungieUser",
    "Cipher",
    "Clock",
    "ContentStream",
    "DefinitionsSource",
    "InstalledManifest",
    "Invitations",
    "JobRecord",
    "JobStore",
    "KeptSnapshot",
    "KeptTokens",
    "Lease",
    "Leases",
    "ManifestAttempt",
    "ManifestCheck",
    "ManifestHistory",
    "ManifestRef",
    "ManifestSource",
    "ManifestStore",
    "MembershipRef",
    "Nicknames",
    "OAuthGateway",
    "PersonalData",
    "Picture",
    "PictureCache",
    "PictureSource",
    "PlatformState",
    "PreferenceStore",
    "ProfileSource",
    "Progress",
    "SnapshotMark",
    "Snapshots",
    "ThrottleStore",
    "TokenPair",
    "Tokens",
    "Users",
]
