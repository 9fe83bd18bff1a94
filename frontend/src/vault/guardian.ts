import type { Character } from "../api/types";

/** What a guardian is called: the name its player gave, else its class. */
export function callName(character: Character): string {
  return character.nickname || character.class_name;
}

/** "Awoken Titan · female", without what the name says already. */
export function kindOf(character: Character): string {
  const kind = [character.race, character.nickname && character.class_name].filter(Boolean).join(" ");
  return [kind, character.gender.toLowerCase()].filter(Boolean).join(" · ");
}

/** Bungie's own label of who this is: seal title and clan. */
export function standingOf(character: Character): string {
  return [character.title, character.clan].filter(Boolean).join(" · ");
}

/** Max power is a mean over eight slots: shown whole, with the eighths in the long form. */
export const wholePower = (power: number) => Math.floor(power).toLocaleString("en");
export const exactPower = (power: number) => power.toLocaleString("en", { maximumFractionDigits: 3 });

const WARN_LEFT = 5;

export function mailWarns({ used, capacity }: Character["postmaster"]): boolean {
  return capacity - used <= WARN_LEFT;
}
