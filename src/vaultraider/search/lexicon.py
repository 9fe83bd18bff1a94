"""What filters make of one version of the definitions: kept beside the catalogue, for all people whose items it knows."""

from __future__ import annotations

from vaultraider.domain.catalogue import Catalogue
from vaultraider.search.blueprints import Blueprint
from vaultraider.search.folding import fold, has_words, mark_words
from vaultraider.search.plugs import Plug


class Lexicon:
    """Look-ups of unknown hashes answer with something empty, and never raise."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.words = has_words(catalogue.definitions.language)
        self._plugs: dict[int, Plug] = {}
        self._blueprints: dict[int, Blueprint] = {}

    def needle(self, typed: str) -> str:
        """What to look for in its texts to find the words that begin like this."""
        return mark_words(fold(typed)) if self.words else fold(typed)

    def plug(self, hash: int) -> Plug:
        found = self._plugs.get(hash)
        if found is None:
            found = self._plugs[hash] = Plug(hash, self.catalogue.definitions.item(hash), words=self.words)
        return found

    def blueprint(self, hash: int) -> Blueprint:
        found = self._blueprints.get(hash)
        if found is None:
            known = self.catalogue.item(hash)
            found = self._blueprints[hash] = Blueprint(hash, known, self.catalogue.definitions, words=self.words)
        return found


def lexicon_of(catalogue: Catalogue) -> Lexicon:
    """The one that belongs to a catalogue."""
    return catalogue.once("search.lexicon", lambda: Lexicon(catalogue))
