"""Tags and notes: said in bulk, undone, kept in versions, carried from one id to the next.

``Annotations`` is what the doors call; ``held`` what is in memory, ``settling`` what each read of an account brings about.
"""

from __future__ import annotations

from vaultraider.services.annotations.annotations import Annotations, Said
from vaultraider.services.annotations.held import HeldAnnotations
from vaultraider.services.annotations.settling import Settling

__all__ = ["Annotations", "HeldAnnotations", "Said", "Settling"]
