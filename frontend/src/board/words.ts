/** The board in words and figures. */

import { ago } from "../freshness/words";
import { messages } from "./messages";
import { pieces, rangeOf, type Trace } from "./trace";
import type { Board, Input, Level } from "./wire";

export const nameOf = ({ name, channel }: Pick<Input, "name" | "channel">): string => name || messages.input(channel);

/** As many digits after the point as the board can tell apart, at most four. */
export function digitsOf({ reference, bits }: Pick<Board, "reference" | "bits">): number {
  if (!reference || !bits) return 3;
  return Math.min(4, Math.max(1, Math.ceil(-Math.log10(reference / 2 ** bits))));
}

/** A number that people chose: as short as it is. */
export const plain = (volts: number): string => String(Number(volts.toFixed(4)));

/** "163 of 4,095". */
export function rawOf(raw: number, { bits }: Pick<Board, "bits">): string {
  const words = raw.toLocaleString("en");
  return bits ? messages.of(words, (2 ** bits - 1).toLocaleString("en")) : words;
}

/** What sort of board it is, as far as it was ever there to say so. */
export function aboutOf(board: Board): string {
  if (!board.name || !board.bits || !board.reference) return messages.unknown;
  return messages.about(
    board.name,
    board.inputs.length,
    board.bits,
    plain(board.reference),
    messages.often(Number(board.rate.toFixed(1))),
  );
}

/** "10 s", "1 min". */
export const every = (milliseconds: number): string =>
  milliseconds < 60_000 ? `${Math.round(milliseconds / 1000)} s` : `${Math.round(milliseconds / 60_000)} min`;

/** "above 3 V", "below 1 V": what has been set. */
export function levelsOf({ above, below }: Pick<Level, "above" | "below">): string[] {
  return [
    ...(above !== undefined ? [messages.isAbove(plain(above))] : []),
    ...(below !== undefined ? [messages.isBelow(plain(below))] : []),
  ];
}

/** "Above 3 V", while it is. */
export function crossedWords({ level }: Input): string | undefined {
  if (level?.crossed === "above" && level.above !== undefined) return messages.above(plain(level.above));
  if (level?.crossed === "below" && level.below !== undefined) return messages.below(plain(level.below));
  return undefined;
}

/** What there is to say aloud when an input's side of its levels became another. */
export function crossingSaid(input: Input): string {
  const { level } = input;
  if (level?.crossed === "above" && level.above !== undefined) return messages.crossedAbove(nameOf(input), plain(level.above));
  if (level?.crossed === "below" && level.below !== undefined) return messages.crossedBelow(nameOf(input), plain(level.below));
  return messages.crossedNot(nameOf(input));
}

/** The whole of a chart in a sentence. */
export function chartSaid(name: string, trace: Trace, now: number, digits: number, live: boolean): string {
  const range = rangeOf(trace, now);
  if (!range) return messages.chart(name, messages.chartNone);
  const gaps = pieces(trace, now).length - 1;
  const words = [
    messages.chartRange(range[0].toFixed(digits), range[1].toFixed(digits)),
    live && messages.chartNow(trace.at(-1)!.volts.toFixed(digits)),
    gaps > 0 && messages.chartGaps(gaps),
  ];
  return messages.chart(name, words.filter(Boolean).join(", "));
}

export const ageOf = ({ at }: Input, now: number): string =>
  at ? messages.lastRead(ago(Date.parse(at), now)) : messages.noValue;
