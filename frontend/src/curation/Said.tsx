import "./curation.scss";
import { useQuery } from "@tanstack/react-query";
import type { Verdict as Judged } from "../api/types";
import { Glyph } from "../ui/Icon";
import { useAt } from "../past/at";
import { setQuery } from "../search/query";
import { wordsQuery } from "./asking";
import { askFor } from "./asks";
import { LABELS, messages } from "./messages";

/** What a tag is called; one of one's own once that is known. */
export function TagLabel({ name }: { name: string }) {
  const tags = useQuery({ ...wordsQuery, enabled: !(name in LABELS) }).data?.tags;
  return LABELS[name] ?? tags?.find((each) => each.name === name)?.label ?? name;
}

/** What wish lists say of a copy, and why. */
export function Verdict({ verdict: { wanted, notes, list, lists = 1 } }: { verdict: Judged }) {
  return (
    <div className={wanted ? "verdict" : "verdict down"}>
      <Glyph name={wanted ? "thumb-up" : "thumb-down"} extra="g g-16" />
      <span className="grow">
        <b>{wanted ? messages.wants(list, lists) : messages.unwanted(list, lists)}</b>{" "}
        {notes && <span className="t-2">{notes}</span>}
      </span>
    </div>
  );
}

const HASHTAG = /(#[\p{L}\p{N}\p{Emoji_Presentation}_-]+)/u;

/** The player's own words. A hashtag among them finds all that have it. */
export function YourNote({ id, notes }: { id: string; notes?: string }) {
  const past = !!useAt();
  if (!notes) return null;
  return (
    <section className="mb-4" aria-label={messages.yourNote}>
      <div className="row-c between mb-1">
        <h3 className="sec">{messages.yourNote}</h3>
        {!past && (
          <button type="button" className="btn btn-ghost btn-sm" onClick={() => askFor({ kind: "note", ids: [id] })}>
            {messages.change}
          </button>
        )}
      </div>
      <p className="t-13 mb-0 your-note">
        {notes.split(HASHTAG).map((part, index) =>
          index % 2 ? (
            <button key={index} type="button" className="btn-link" onClick={() => setQuery(`notes:${part}`)}>
              {part}
            </button>
          ) : (
            part
          ),
        )}
      </p>
    </section>
  );
}
