import type { Profile } from "../api/types";
import { widest } from "../search/match";
import { setQuery, useQueryText } from "../search/query";
import { Mid } from "../ui/Mid";

const messages = {
  title: "Nothing matches",
  without: (query: string, count: number) =>
    `With “${query}” alone ${count.toLocaleString("en")} ${count === 1 ? "item matches" : "items match"}.`,
  none: "No item has these words in its name, type or perks.",
  drop: (query: string) => `Search for “${query}”`,
  clear: "Clear the search",
};

/** Names the part of the search that can be dropped. */
export function NoMatch({ profile }: { profile: Profile }) {
  const text = useQueryText();
  const wider = widest(profile, text);
  return (
    <Mid
      icon="search"
      title={messages.title}
      actions={
        <button type="button" className="btn btn-quiet" onClick={() => setQuery(wider?.query ?? "")}>
          {wider ? messages.drop(wider.query) : messages.clear}
        </button>
      }
    >
      <p>
        <span className="mono">{text}</span>
        <br />
        {wider ? messages.without(wider.query, wider.count) : messages.none}
      </p>
    </Mid>
  );
}
