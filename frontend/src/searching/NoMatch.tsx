import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Profile } from "../api/types";
import { foundNow, hasFilters } from "../search/found";
import { setQuery, useQueryText } from "../search/query";
import { Mid } from "../ui/Mid";
import { searchQuery } from "./asking";
import { messages } from "./messages";
import { shorter } from "./tokens";
import { widest } from "./widest";

/** How many shorter searches are tried at most. */
const TRIES = 6;

/** Names the part of the search that can be dropped. */
export default function NoMatch({ profile }: { profile: Profile }) {
  const text = useQueryText();
  const wider = useWider(profile, text);
  return (
    <Mid
      icon="search"
      title={messages.noMatch}
      actions={
        <>
          {wider && (
            <button type="button" className="btn btn-quiet" onClick={() => setQuery(wider.query)}>
              {messages.drop(wider.query)}
            </button>
          )}
          <button type="button" className={`btn ${wider ? "btn-ghost" : "btn-quiet"}`} onClick={() => setQuery("")}>
            {messages.clear}
          </button>
        </>
      }
    >
      <p>
        <span className="mono">{text}</span>
        <br />
        {wider ? messages.without(wider.query, wider.count) : !hasFilters(text) && messages.none}
      </p>
    </Mid>
  );
}

/** The longest beginning of the search that still finds something: from the server, or of plain words here. */
function useWider(profile: Profile, text: string): { query: string; count: number } | undefined {
  const client = useQueryClient();
  const asks = !profile.at && !!foundNow();
  const { data } = useQuery({
    queryKey: ["wider", text, profile.read],
    queryFn: async () => {
      let tried = shorter(text);
      for (let tries = 0; tried && tries < TRIES; tries++) {
        const answer = await client.fetchQuery(searchQuery(tried, profile));
        if (answer.valid && answer.count) return { query: tried, count: answer.count };
        tried = shorter(tried);
      }
      return null;
    },
    enabled: asks,
    retry: false,
  });
  if (asks) return data ?? undefined;
  return hasFilters(text) ? undefined : widest(profile, text);
}
