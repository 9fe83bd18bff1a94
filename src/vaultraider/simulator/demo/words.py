"""The demo's words in its three languages. Proper names stay as they are; kinds, stats and slots are translated."""

from __future__ import annotations

from typing import Any

LANGUAGES = ("en", "de", "fr")

# English | German | French
_TABLE = """
Auto Rifle|Automatikgewehr|Fusil automatique
Scout Rifle|Scoutgewehr|Fusil d'éclaireur
Pulse Rifle|Impulsgewehr|Fusil à impulsion
Submachine Gun|Maschinenpistole|Pistolet-mitrailleur
Sidearm|Pistole|Pistolet
Hand Cannon|Handfeuerwaffe|Revolver
Combat Bow|Kampfbogen|Arc de combat
Shotgun|Schrotflinte|Fusil à pompe
Sniper Rifle|Scharfschützengewehr|Fusil de précision
Fusion Rifle|Fusionsgewehr|Fusil à fusion
Trace Rifle|Strahlengewehr|Fusil à rayon
Linear Fusion Rifle|Linear-Fusionsgewehr|Fusil à fusion linéaire
Grenade Launcher|Granatwerfer|Lance-grenades
Rocket Launcher|Raketenwerfer|Lance-roquettes
Machine Gun|Maschinengewehr|Mitrailleuse
Sword|Schwert|Épée
Glaive|Glefe|Glaive
Helmet|Helm|Casque
Gauntlets|Handschuhe|Gantelets
Chest Armor|Brustschutz|Plastron
Leg Armor|Beinschutz|Jambières
Class Armor|Klassenrüstung|Objet de classe
Titan Mark|Titanenzeichen|Marque de Titan
Hunter Cloak|Jägerumhang|Cape de Chasseur
Warlock Bond|Warlockband|Brassard d'Arcaniste
Ghost Shell|Geisthülle|Coque de Spectre
Ghost|Geist|Spectre
Vehicle|Fahrzeug|Véhicule
Ship|Schiff|Vaisseau
Ships|Schiffe|Vaisseaux
Emblem|Emblem|Emblème
Emblems|Embleme|Emblèmes
Consumable|Verbrauchsgegenstand|Consommable
Consumables|Verbrauchsgegenstände|Consommables
Material|Material|Matériau
Materials|Materialien|Matériaux
Modifications|Modifikationen|Modifications
Currency|Währung|Monnaie
Engram|Engramm|Engramme
Engrams|Engramme|Engrammes
Quest Step|Quest-Schritt|Étape de quête
Quests|Quests|Quêtes
Bounty|Beutezug|Contrat
Subclass|Fokus|Doctrine
Finisher|Todesstoß|Coup de grâce
Finishers|Todesstöße|Coups de grâce
Shader|Shader|Revêtement
Shaders|Shader|Revêtements
Emotes|Gesten|Interactions
Clan Banners|Clan-Banner|Bannières de clan
Artifacts|Artefakte|Artéfacts
Lost Items|Verlorene Gegenstände|Objets perdus
Special Orders|Sonderbestellungen|Commandes spéciales
Messages|Nachrichten|Messages
Kinetic Weapons|Kinetische Waffen|Armes cinétiques
Energy Weapons|Energiewaffen|Armes à énergie
Power Weapons|Powerwaffen|Armes puissantes
General|Allgemein|Général
Glimmer|Glimmer|Lumen
Bright Dust|Glanzstaub|Poussière étincelante
Silver|Silber|Argentum
Common|Gewöhnlich|Commun
Rare|Selten|Rare
Legendary|Legendär|Légendaire
Exotic|Exotisch|Exotique
Titan|Titan|Titan
Hunter|Jäger|Chasseur
Warlock|Warlock|Arcaniste
Human|Mensch|Humain
Awoken|Erwachter|Éveillé
Exo|Exo|Exo
Kinetic|Kinetisch|Cinétique
Arc|Arkus|Cryo-électrique
Solar|Solar|Solaire
Void|Leere|Abyssal
Stasis|Stasis|Stase
Strand|Strang|Filobscur
Power|Power|Puissance
Attack|Angriff|Attaque
Defense|Verteidigung|Défense
Weapons|Waffen|Armes
Health|Gesundheit|Santé
Class|Klasse|Classe
Melee|Nahkampf|Mêlée
Grenade|Granate|Grenade
Super|Super|Super
Rounds Per Minute|Schuss pro Minute|Coups par minute
Impact|Wucht|Impact
Range|Reichweite|Portée
Accuracy|Präzision|Précision
Charge Time|Ladezeit|Temps de charge
Velocity|Geschwindigkeit|Vélocité
Blast Radius|Explosionsradius|Rayon d'explosion
Stability|Stabilität|Stabilité
Magazine|Magazin|Chargeur
Ammo Generation|Munitionserzeugung|Génération de munitions
Handling|Handhabung|Maniement
Reload Speed|Nachladetempo|Vitesse de rechargement
Aim Assistance|Zielhilfe|Aide à la visée
Recoil Direction|Rückstoßrichtung|Direction du recul
Zoom|Zoom|Zoom
Swing Speed|Schwungtempo|Vitesse de frappe
Airborne Effectiveness|Wirksamkeit in der Luft|Efficacité aérienne
Draw Time|Spannzeit|Temps d'armement
Intrinsic|Intrinsisch|Intrinsèque
Trait|Eigenschaft|Attribut
Enhanced Trait|Verbesserte Eigenschaft|Attribut amélioré
Origin Trait|Herkunftseigenschaft|Attribut d'origine
Barrel|Lauf|Canon
Weapon Mod|Waffen-Mod|Mod d'arme
Weapon Perks|Waffen-Perks|Attributs d'arme
Weapon Mods|Waffen-Mods|Mods d'arme
Weapon Cosmetics|Waffen-Kosmetik|Cosmétiques d'arme
Armor Mods|Rüstungs-Mods|Mods d'armure
Armor Perks|Rüstungs-Perks|Attributs d'armure
Armor Cosmetics|Rüstungs-Kosmetik|Cosmétiques d'armure
Masterwork|Meisterwerk|Chef-d'œuvre
Classified|Geheim|Confidentiel
Vault|Tresor|Coffre
"""
_LINES = [line.split("|") for line in _TABLE.strip().splitlines()]
_INTO = {language: {line[0]: line[place] for line in _LINES} for place, language in enumerate(LANGUAGES)}
_TRANSLATED = frozenset(
    {"name", "itemTypeDisplayName", "itemTypeAndTierDisplayName", "tierTypeName", "Male", "Female", "3111576190", "2204441813"}
)


def translated(value: Any, language: str) -> Any:
    """The row in that language: a copy with the texts that are words replaced."""
    if language == LANGUAGES[0]:
        return value
    return _walk(value, _INTO[language])


def _walk(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {
            key: _phrase(child, words) if isinstance(child, str) and key in _TRANSLATED else _walk(child, words)
            for key, child in value.items()
        }
    if isinstance(value, list):
        return [_walk(child, words) for child in value]
    return value


def _phrase(text: str, words: dict[str, str]) -> str:
    if text in words:
        return words[text]
    tier, _, kind = text.partition(" ")
    return f"{words[kind]} ({words[tier]})" if tier in words and kind in words else text
