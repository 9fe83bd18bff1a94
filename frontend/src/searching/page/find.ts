import { plain } from "../../search/match";
import type { Family, FilterHelp } from "../wire";

/** The families with only those filters that speak of all the words: in a keyword, a value, or what is said of them. */
export function filtersAbout(families: readonly Family[], words: string): Family[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  if (!wanted.length) return [...families];
  return families
    .map((family) => ({
      ...family,
      filters: family.filters.filter((filter) => {
        const text = spoken(filter, family);
        return wanted.every((word) => text.includes(word));
      }),
    }))
    .filter((family) => family.filters.length);
}

export const countOf = (families: readonly Family[]) => families.reduce((sum, family) => sum + family.filters.length, 0);

function spoken({ keywords, values = [], overloads = {}, stat_names = [], help }: FilterHelp, family: Family): string {
  const said = typeof help === "string" ? [help] : Object.values(help);
  return plain([family.title, ...keywords, ...values, ...Object.keys(overloads), ...stat_names, ...said].join("\n"));
}

/** How a filter is written, by its first keyword and form: what a press puts into the field. */
export function writtenAs(keyword: string, format: string): string {
  return format === "simple" ? `is:${keyword}` : `${keyword}:`;
}
