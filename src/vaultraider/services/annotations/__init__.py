"""Tags and notes: said in bulk, undone, kept in versions, carried from one id to the next, in and out.

``Annotations`` is what the doors call; ``held`` what is in memory, ``settling`` what each read of an account brings about.
``Curation`` takes files in and gives them out.
"""

from __future__ import annotations

from vaultraider.services.annotations.annotations import Annotations, Said
from vaultraider.services.annotations.curation import Curation
from vaultraider.services.annotations.exporting import Exporting
from vaultraider.services.annotations.held import HeldAnnotations
from vaultraider.services.annotations.importing import Importing, TakenIn
from vaultraider.services.annotations.settling import Settling

__all__ = ["Annotations", "Curation", "Exporting", "HeldAnnotations", "Importing", "Said", "Settling", "TakenIn"]
