"""What Bungie says of the game: its definitions, how they are renewed, and the pictures that they name."""

from __future__ import annotations

from dataclasses import dataclass

from vaultraider.bootstrap.ground import Ground
from vaultraider.database.manifest_versions import ManifestVersions
from vaultraider.manifest.shelf import ManifestShelf
from vaultraider.pictures import PictureFolder
from vaultraider.ports import Teller
from vaultraider.services.manifest import ManifestService
from vaultraider.services.manifest_overview import ManifestOverviews
from vaultraider.services.pictures import Pictures


@dataclass(frozen=True, kw_only=True)
class Defined:
    """``folder`` is where ``pictures`` keeps what was fetched; to be closed."""

    shelf: ManifestShelf
    manifest: ManifestService
    overviews: ManifestOverviews
    folder: PictureFolder
    pictures: Pictures


def join_definitions(ground: Ground, teller: Teller) -> Defined:
    settings, clock = ground.settings, ground.clock
    shelf = ManifestShelf(settings.data_dir / "manifest", settings.language, clock)
    history = ManifestVersions(ground.database)
    manifest = ManifestService(
        source=ground.bungie.manifest,
        store=shelf,
        history=history,
        leases=ground.leases,
        clock=clock,
        origin=settings.bungie_www,
        language=settings.language,
        teller=teller,
    )
    overviews = ManifestOverviews(
        manifest=manifest,
        store=shelf,
        history=history,
        jobs=ground.jobs,
        origin=settings.bungie_www,
        language=settings.language,
    )
    folder = PictureFolder(settings.data_dir / "pictures", ground.bungie.pictures, clock)
    return Defined(shelf=shelf, manifest=manifest, overviews=overviews, folder=folder, pictures=Pictures(shelf, folder))
