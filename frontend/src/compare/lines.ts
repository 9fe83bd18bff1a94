/** What is compared, line by line. Pure. */

import type { Profile } from "../api/types";
import { byKeyword, sharedTotal, type CustomStat } from "../customstats/totals";
import { elementOf, ELEMENTS } from "../items/words";
import { dayOf } from "../organizer/columns";
import type { Row } from "../organizer/rows";
import { statName, statsOf, statValue, TOTAL, type Basis } from "../organizer/stats";
import type { Category, Perks } from "../organizer/wire";
import { messages } from "./messages";

export interface Cell {
  words: string;
  value?: number;
  /** Against the first item's. */
  by?: number;
  mark?: "best" | "worst";
  /** Percent of the bar. */
  part?: number;
}

export interface Line {
  key: string;
  title: string;
  /** Whether the items are not all the same in it. */
  differs: boolean;
  cells: Cell[];
}

const SCALE = 100;
/** What is a matter of taste. */
const NEUTRAL = new Set(["rpm", "zoom", "recoildirection"]);
/** The six together. */
const TOTAL_SCALE = 100;

/** In the order of the rows given, the first of which the others are compared with. */
export function linesOf(
  rows: readonly Row[],
  profile: Profile,
  category: Category,
  basis: Basis,
  own: readonly CustomStat[] = [],
): Line[] {
  const lines = [...about(rows, profile), ...stats(rows, profile, category, basis, own), ...history(rows)];
  return lines.filter(({ cells }) => cells.some(({ words }) => words));
}

function line(key: string, title: string, rows: readonly Row[], read: (row: Row) => string | undefined): Line {
  const cells = rows.map((row) => ({ words: read(row) ?? "" }));
  return { key, title, cells, differs: new Set(cells.map(({ words }) => words)).size > 1 };
}

function about(rows: readonly Row[], profile: Profile): Line[] {
  const { lines } = messages;
  const perk = (key: Exclude<keyof Perks, "traits">) => line(key, lines[key], rows, ({ facts }) => facts?.columns?.[key]);
  const stat = (hash: number | undefined) => (hash === undefined ? undefined : profile.stats[hash]?.name);
  return [
    line("element", lines.element, rows, ({ item, definition }) => ELEMENTS[elementOf(item, definition)!]),
    line("frame", lines.frame, rows, ({ facts }) => facts?.frame),
    line("archetype", lines.archetype, rows, ({ facts }) => facts?.archetype),
    line("set", lines.set, rows, ({ facts }) => facts?.set),
    line("tuned", lines.tuned, rows, ({ facts }) => stat(facts?.tuned)),
    ...(["barrel", "magazine", "trait1", "trait2", "origin", "mod", "catalyst"] as const).map(perk),
    line("masterwork", lines.masterwork, rows, ({ facts }) => {
      const name = stat(facts?.mw?.stat);
      return name && `${name} ${facts?.mw?.tier ?? ""}`.trim();
    }),
    line("energy", lines.energy, rows, ({ item }) => item.energy?.toLocaleString("en")),
  ];
}

function history(rows: readonly Row[]): Line[] {
  const { lines } = messages;
  const kills = (row: Row) => Object.values(row.facts?.kills ?? {}).reduce((sum, each) => sum + each, 0);
  return [
    line("level", lines.level, rows, ({ facts }) => facts?.level?.toLocaleString("en")),
    line("kills", lines.kills, rows, (row) => kills(row).toLocaleString("en").replace(/^0$/, "")),
    line("loadouts", lines.loadouts, rows, ({ facts }) => facts?.loadouts?.join(", ")),
    line("season", lines.season, rows, ({ facts }) => facts?.season?.toLocaleString("en")),
    line("source", lines.source, rows, ({ facts }) => facts?.source),
    line("found", lines.found, rows, ({ facts }) => dayOf(facts?.found)),
    line("notes", lines.notes, rows, ({ said }) => said?.notes),
  ];
}

function stats(rows: readonly Row[], profile: Profile, category: Category, basis: Basis, own: readonly CustomStat[]): Line[] {
  const there = new Set(rows.flatMap(({ item }) => item.stats?.map(([hash]) => hash) ?? []));
  const found = statsOf(category)
    .filter(({ hash }) => there.has(hash))
    .map((stat) => {
      const facts = profile.stats[stat.hash];
      const values = rows.map((row) => statValue(row.item, row.facts, stat.hash, basis));
      return statLine(`stat-${stat.word}`, statName(profile, stat), values, {
        less: !!facts?.smaller_is_better,
        neutral: NEUTRAL.has(stat.word),
        scale: facts?.number ? undefined : (facts?.maximum ?? SCALE),
      });
    });
  if (category !== "armor" || !found.length) return found;
  const sums = rows.map((row) => statValue(row.item, row.facts, TOTAL, basis));
  return [...found, statLine("stat-total", messages.total, sums, { scale: TOTAL_SCALE }), ...totals(rows, basis, own)];
}

/** One's own totals. What they may come to hangs on their weights, so they have no bar. */
function totals(rows: readonly Row[], basis: Basis, own: readonly CustomStat[]): Line[] {
  return byKeyword(own).map((shared) => {
    const values = rows.map(({ item, facts, definition }) =>
      sharedTotal(shared, definition.class, (hash) => statValue(item, facts, hash, basis)),
    );
    return statLine(`own-${shared.keyword}`, shared.label, values, {});
  });
}

interface Kind {
  /** Less is better. */
  less?: boolean;
  /** More is neither better nor worse. */
  neutral?: boolean;
  /** What fills the bar; without one there is none. */
  scale?: number;
}

/** Best and worst are marked where not all are the same; a stat that only some have is no worse in the others. */
export function statLine(
  key: string,
  title: string,
  values: readonly (number | undefined)[],
  { less, neutral, scale }: Kind,
): Line {
  const known = values.filter((value) => value !== undefined);
  const most = Math.max(...known);
  const least = Math.min(...known);
  const [best, worst] = less ? [least, most] : [most, least];
  const differs = most !== least || known.length < values.length;
  const [first] = values;
  const cells = values.map((value): Cell => {
    if (value === undefined) return { words: "" };
    const mark = neutral || most === least ? undefined : value === best ? "best" : value === worst ? "worst" : undefined;
    return {
      words: value.toLocaleString("en"),
      value,
      by: first === undefined ? undefined : value - first,
      mark,
      part: scale ? Math.max(0, Math.min(SCALE, (value / scale) * SCALE)) : undefined,
    };
  });
  return { key, title, cells, differs };
}
