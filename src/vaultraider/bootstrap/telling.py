"""Telling people: the kinds of channels there are here, and the notifications that go through them."""

from __future__ import annotations

from vaultraider.bootstrap.ground import Ground
from vaultraider.channels import Channels, MailServer
from vaultraider.database.cipher import FernetCipher
from vaultraider.database.notification_channels import ChannelRepository
from vaultraider.database.notification_choices import ChoiceRepository
from vaultraider.database.notifications import NotificationRepository
from vaultraider.services.accounts import Accounts
from vaultraider.services.notifications import Notifications


def join_channels(ground: Ground) -> Channels:
    settings = ground.settings
    mail = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        sender=settings.smtp_from,
        user=settings.smtp_user,
        password=settings.smtp_password,
        is_owners=True,
    )
    return Channels(
        clock=ground.clock,
        site=settings.site,
        allow_private=settings.allow_private_targets,
        mail=mail if settings.smtp_host else None,
        demo=settings.open_sign_in,
    )


def join_notifications(ground: Ground, accounts: Accounts, channels: Channels) -> Notifications:
    return Notifications(
        store=NotificationRepository(ground.database),
        channels=ChannelRepository(ground.database, FernetCipher(ground.keys)),
        choices=ChoiceRepository(ground.database),
        kinds=channels,
        users=accounts.users,
        jobs=ground.jobs,
        clock=ground.clock,
    )
