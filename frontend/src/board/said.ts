/** What somebody types of an input's name and levels, and what of it can be. */

import { messages } from "./messages";
import type { Board, Change, Input } from "./wire";
import { plain } from "./words";

export interface Said {
  name: string;
  above: string;
  below: string;
  hysteresis: string;
  on: boolean;
}

/** By field. */
export type Flaws = Partial<Record<keyof Said, string>>;

const USUAL = 0.1;

export function saidOf({ name = "", level }: Input): Said {
  const words = (volts: number | undefined) => (volts === undefined ? "" : plain(volts));
  return {
    name,
    above: words(level?.above),
    below: words(level?.below),
    hysteresis: words(level?.hysteresis ?? USUAL),
    on: level?.on ?? true,
  };
}

/** With a comma or a point. Undefined: nothing is written; NaN: it is no number. */
function volts(text: string): number | undefined {
  const written = text.trim().replace(",", ".");
  if (!written) return undefined;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : NaN;
}

/** What goes to the server, or what is wrong. Without a level there are none. */
export function changeOf(said: Said, { reference }: Pick<Board, "reference">): { change: Change } | { flaws: Flaws } {
  const [above, below] = [volts(said.above), volts(said.below)];
  const hysteresis = volts(said.hysteresis) ?? USUAL;
  const flaws: Flaws = {};
  for (const [field, value] of [["above", above], ["below", below], ["hysteresis", hysteresis]] as const) {
    if (Number.isNaN(value)) flaws[field] = messages.notNumber;
    else if (value !== undefined && reference && value > reference) flaws[field] = messages.outside(plain(reference));
  }
  if (hysteresis <= 0) flaws.hysteresis = messages.tooLow;
  if (above !== undefined && below !== undefined && above - below <= hysteresis) flaws.above ??= messages.crossing;
  if (Object.keys(flaws).length) return { flaws };
  const level = above === undefined && below === undefined ? null : { above, below, hysteresis, on: said.on };
  return { change: { name: said.name.trim(), level } };
} // prettier-ignore
