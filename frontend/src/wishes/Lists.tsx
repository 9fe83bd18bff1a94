import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { readAgain } from "../curation/again";
import { ASKED } from "../search/query";
import { Glyph, Icon } from "../ui/Icon";
import { Mid } from "../ui/Mid";
import { Trouble } from "../ui/Trouble";
import { Waiting } from "../ui/Waiting";
import { Add } from "./Add";
import { overviewQuery } from "./asking";
import { ListRow } from "./ListRow";
import { messages } from "./messages";
import type { Overview } from "./wire";

/** All lists in their order, how many items they speak of, and a new one. */
export function Lists() {
  const { data, error, refetch } = useQuery(overviewQuery);
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState("");
  useProfileAfter(data);
  if (!data && error) return <Trouble title={messages.failed} error={error} onRetry={() => void refetch()} />;
  const lists = data?.lists;
  return (
    <>
      {data && lists!.length > 0 && <Matched {...data.matched} />}
      <section className="panel" aria-labelledby="w-lists">
        <div className="panel-h">
          <h2 id="w-lists" className="grow">
            {messages.lists}
          </h2>
          <button type="button" className="btn btn-quiet btn-sm" aria-expanded={adding} onClick={() => setAdding(!adding)}>
            <Icon name="plus" extra="i-16" />
            {messages.add}
          </button>
        </div>
        {adding && (
          <Add
            onDone={(count) => {
              setAdding(false);
              if (count) setTold(messages.added(count));
            }}
          />
        )}
        {!lists && <Waiting className="panel-b stack-2 wwait" label={messages.reading} widths={[60, 85, 45]} />}
        {lists?.length === 0 && !adding && (
          <Mid icon="circle-check" heading="h3" title={messages.none}>
            <p>{messages.noneWhy}</p>
          </Mid>
        )}
        {!!lists?.length && (
          <ol className="wlist">
            {lists.map((each) => (
              <ListRow key={each.id} list={each} of={lists.length} onTold={setTold} />
            ))}
          </ol>
        )}
        <p className="visually-hidden" role="status">
          {told}
        </p>
      </section>
    </>
  );
}

/** The thumbs of the vault follow the lists: also those that were read behind everybody's back. */
function useProfileAfter(data: Overview | undefined) {
  const client = useQueryClient();
  const before = useRef<string>(undefined);
  const now = data && data.lists.map(({ id, on, rolls, trash, title }) => [id, on, rolls, trash, title].join()).join(" ");
  useEffect(() => {
    if (before.current !== undefined && now !== before.current) void readAgain(client);
    before.current = now;
  }, [client, now]);
}

function Matched({ wanted, unwanted }: Overview["matched"]) {
  return (
    <div className="wmatched" role="group" aria-label={messages.matched}>
      <Found query="is:wishlist" words={messages.wanted(wanted)} thumb="thumb-up" />
      <Found query="is:trashlist" words={messages.unwanted(unwanted)} thumb="thumb-down" />
    </div>
  );
}

function Found({ query, words, thumb }: { query: string; words: string; thumb: "thumb-up" | "thumb-down" }) {
  return (
    <Link className="panel wfound" to={`/vault?${new URLSearchParams({ [ASKED]: query }).toString()}`}>
      <Glyph name={thumb} extra={`g g-18 ${thumb === "thumb-up" ? "t-accent" : "t-danger"}`} />
      <span className="grow">
        <b>{words}</b>
        <span className="t-12 t-3 mono d-block">{query}</span>
      </span>
      <Icon name="chevron-right" extra="i-16 t-3" />
    </Link>
  );
}
