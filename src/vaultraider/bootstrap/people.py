"""People: who may come in, who they are, and what is sealed for them."""

from __future__ import annotations

from vaultraider.bootstrap.ground import Ground
from vaultraider.database.cipher import FernetCipher, derived_secret
from vaultraider.database.invitations import InvitationRepository
from vaultraider.database.personal_data import PersonalDataRepository
from vaultraider.database.preferences import PreferencesRepository
from vaultraider.database.sessions import BrowserSessionRepository
from vaultraider.database.tokens import TokenRepository
from vaultraider.database.users import UserRepository
from vaultraider.services.accounts import AccessRules, Accounts, build_accounts


def join_accounts(ground: Ground) -> Accounts:
    settings, database, keys = ground.settings, ground.database, ground.keys
    return build_accounts(
        oauth=ground.bungie.oauth,
        bungie_user=ground.bungie.user,
        users=UserRepository(database),
        tokens=TokenRepository(database, FernetCipher(keys)),
        sessions=BrowserSessionRepository(database),
        invitations=InvitationRepository(database),
        preferences=PreferencesRepository(database),
        personal_data=PersonalDataRepository(database),
        leases=ground.leases,
        clock=ground.clock,
        rules=AccessRules(allow=tuple(settings.allow), open_sign_in=settings.open_sign_in),
        setup_secret=derived_secret(keys, "set-up"),
        web_secret=derived_secret(keys, "web"),
    )
