"""People: signing in, staying signed in at Bungie, choosing an account, inviting others, leaving.

One use case a file; ``Accounts`` holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from vaultraider.ports import (
    BrowserSessions,
    BungieUser,
    Clock,
    Invitations,
    Leases,
    OAuthGateway,
    PersonalData,
    PreferenceStore,
    Tokens,
    Users,
)
from vaultraider.services.accounts.account_data import AccountData
from vaultraider.services.accounts.credentials import Credentials
from vaultraider.services.accounts.destiny import DestinyAccounts
from vaultraider.services.accounts.invitations import InvitationDesk
from vaultraider.services.accounts.members import Member, Members
from vaultraider.services.accounts.preferences import PreferenceKeeper
from vaultraider.services.accounts.sign_in import AccessRules, SignInDesk

__all__ = [
    "AccessRules",
    "AccountData",
    "Accounts",
    "Credentials",
    "DestinyAccounts",
    "InvitationDesk",
    "Member",
    "Members",
    "PreferenceKeeper",
    "SignInDesk",
    "build_accounts",
]


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """Everything about people. ``web_secret`` signs what the pages carry (CSRF tokens)."""

    users: Users
    sessions: BrowserSessions
    sign_in: SignInDesk
    credentials: Credentials
    destiny: DestinyAccounts
    invitations: InvitationDesk
    preferences: PreferenceKeeper
    data: AccountData
    members: Members
    web_secret: bytes = field(repr=False)


def build_accounts(
    *,
    oauth: OAuthGateway,
    bungie_user: BungieUser,
    users: Users,
    tokens: Tokens,
    sessions: BrowserSessions,
    invitations: Invitations,
    preferences: PreferenceStore,
    personal_data: PersonalData,
    leases: Leases,
    clock: Clock,
    rules: AccessRules,
    setup_secret: bytes,
    web_secret: bytes,
) -> Accounts:
    """Joins the use cases. The two secrets follow from the server's key, and not from each other."""
    credentials = Credentials(oauth=oauth, tokens=tokens, users=users, leases=leases, clock=clock)
    destiny = DestinyAccounts(bungie_user=bungie_user, users=users, credentials=credentials, clock=clock)
    sign_in = SignInDesk(
        oauth=oauth,
        bungie_user=bungie_user,
        users=users,
        tokens=tokens,
        invitations=invitations,
        destiny=destiny,
        rules=rules,
        setup_secret=setup_secret,
        clock=clock,
    )
    data = AccountData(personal_data=personal_data, sessions=sessions)
    return Accounts(
        users=users,
        sessions=sessions,
        sign_in=sign_in,
        credentials=credentials,
        destiny=destiny,
        invitations=InvitationDesk(invitations=invitations, clock=clock),
        preferences=PreferenceKeeper(store=preferences, clock=clock),
        data=data,
        members=Members(users=users, sessions=sessions, data=data),
        web_secret=web_secret,
    )
