/** /journal: every write that was ever made for the person. */

import { useEffect, useRef, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useFeed } from "../freshness/feed";
import { messages } from "../journal/messages";
import { useMove } from "../journal/useMove";
import { useWrites } from "../journal/useWrites";
import { Writes } from "../journal/Writes";
import "../styles/journal.scss";
import { useTransfers } from "../transfers/live";
import { Mid } from "../ui/Mid";
import { Trouble } from "../ui/Trouble";
import { ListEnd } from "../ui/ListEnd";
import { SearchBox } from "../ui/SearchBox";
import { Waiting } from "../ui/Waiting";

/** Milliseconds after the last letter. */
const PATIENCE = 250;
const QUERY = "q";

export default function JournalPage() {
  const { profile } = useFeed();
  const [text, setText, query] = useQuery();
  const { writes, error, isPending, isPlaceholderData, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } =
    useWrites(query);
  useFresh(refetch);
  const { problem, show } = useMove();
  const next = () => void (isFetchingNextPage || fetchNextPage());
  return (
    <div className="page">
      <div className="page-h">
        <div>
          <h1>{messages.title}</h1>
          <p>{messages.lead}</p>
        </div>
      </div>
      <section className="panel" aria-label={messages.title}>
        <div className="panel-h jhead">
          <SearchBox text={text} onText={setText} label={messages.search} clear={messages.clear} />
          <span className="t-12 t-2 nowrap" role="status">
            {!isPending && !error && messages.found(writes.length, hasNextPage)}
          </span>
        </div>
        <div className="visually-hidden" role="status">
          {problem}
        </div>
        {problem && <p className="panel-b t-13 t-danger mb-0">{problem}</p>}
        {writes.length > 0 && (
          <div className={isPlaceholderData ? "jstale" : undefined} aria-busy={isPlaceholderData}>
            <Writes writes={writes} profile={profile} onMove={show} />
          </div>
        )}
        {error ? (
          <Trouble title={messages.failed} error={error} onRetry={() => void refetch()} />
        ) : isPending ? (
          <Waiting className="jwait" label={messages.reading} widths={[70, 85, 60, 90, 75, 65]} pictures />
        ) : writes.length === 0 ? (
          <Nothing query={query} onClear={() => setText("")} />
        ) : (
          <ListEnd has={hasNextPage} busy={isFetchingNextPage} onMore={next} more={messages.more} end={messages.end} />
        )}
      </section>
    </div>
  );
}

/** The words as they are typed, and as they are searched for. They stand in the address, so that a search can be kept. */
function useQuery(): [string, (text: string) => void, string] {
  const [asked, ask] = useSearchParams();
  const query = asked.get(QUERY) ?? "";
  const [text, setText] = useState(query);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === query) return;
    const timer = setTimeout(() => ask(wanted ? { [QUERY]: wanted } : {}, { replace: true }), PATIENCE);
    return () => clearTimeout(timer);
  }, [text, query, ask]);
  return [text, setText, query];
}

/** Reads again when a transfer has changed: what is written meanwhile stands at the top. */
function useFresh(refetch: () => Promise<unknown>): void {
  const revisions = useTransfers().reduce((sum, each) => sum + each.revision, 0);
  const before = useRef(revisions);
  useEffect(() => {
    if (before.current === revisions) return;
    const timer = setTimeout(() => {
      before.current = revisions;
      void refetch();
    }, PATIENCE * 4);
    return () => clearTimeout(timer);
  }, [revisions, refetch]);
}

function Nothing({ query, onClear }: { query: string; onClear: () => void }) {
  if (query) {
    return (
      <Mid
        icon="search"
        title={messages.noMatch}
        actions={
          <button type="button" className="btn btn-quiet" onClick={onClear}>
            {messages.clear}
          </button>
        }
      >
        <p>{messages.noMatchWhy(query)}</p>
      </Mid>
    );
  }
  return (
    <Mid
      icon="history"
      title={messages.emptyTitle}
      actions={
        <Link className="btn btn-quiet" to="/vault">
          {messages.toVault}
        </Link>
      }
    >
      <p>{messages.emptyWhy}</p>
    </Mid>
  );
}
