export const messages = {
  title: "The game's definitions",
  lead: "Names, pictures and stats of every item come from Bungie's manifest. New ones are looked for every few minutes, by themselves; nobody waits for it.",
  now: "Now",
  update: "Update now",
  asked: "Asked for",
  updating: "It is being looked for",
  onlyAdmins: "Only who runs this server can have it look now.",
  system: "Versions and what changed are on the system page",
  failed: "The definitions could not be looked up",
  again: "Look again",
  reading: "Reading how it stands",
};
