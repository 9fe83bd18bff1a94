"""Running the server: whether Bungie is there, backups, and how the machine does."""

from __future__ import annotations

from vaultraider.bootstrap.ground import Ground
from vaultraider.database.backups import DatabaseBackups
from vaultraider.database.maintenance import MaintenanceRepository
from vaultraider.database.size import DatabaseSize
from vaultraider.domain.backups import Keeping
from vaultraider.machine import ThisMachine
from vaultraider.ports import Teller
from vaultraider.services.backups import BackupService
from vaultraider.services.maintenance import MaintenanceWatch
from vaultraider.services.manifest import ManifestService
from vaultraider.services.status import StatusService
from vaultraider.services.system import SystemService


def join_maintenance(ground: Ground, teller: Teller) -> MaintenanceWatch:
    return MaintenanceWatch(
        platform=ground.bungie.platform,
        health=ground.bungie.health,
        store=MaintenanceRepository(ground.database),
        teller=teller,
        clock=ground.clock,
    )


def join_status(ground: Ground, manifest: ManifestService, maintenance: MaintenanceWatch) -> StatusService:
    return StatusService(
        platform=ground.bungie.platform,
        health=ground.bungie.health,
        manifest=manifest,
        jobs=ground.jobs,
        maintenance=maintenance,
        clock=ground.clock,
    )


def join_backups(ground: Ground) -> BackupService:
    settings = ground.settings
    return BackupService(
        DatabaseBackups(ground.database),
        ground.clock,
        folder=settings.backups,
        keys=ground.keys,
        keeping=Keeping(daily=settings.backup_daily, weekly=settings.backup_weekly),
        wanted_before_migration=settings.backup_before_migration,
    )


def join_system(ground: Ground, backups: BackupService) -> SystemService:
    settings = ground.settings
    return SystemService(
        machine=ThisMachine(settings.data_dir),
        database=DatabaseSize(ground.database),
        backups=backups,
        jobs=ground.jobs,
        clock=ground.clock,
        mode="demo" if settings.open_sign_in else "many machines" if settings.redis_url else "one machine",
        broker="redis" if settings.redis_url else "embedded",
        folders={"Definitions": "manifest", "Pictures": "pictures"},
    )
