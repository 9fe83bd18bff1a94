/** /timeline/lost: what is gone, each with its last place. */

import "../../styles/past_pages.scss";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Profile } from "../../api/types";
import { serverNow, useNow } from "../../freshness/clock";
import { useFeed } from "../../freshness/feed";
import { goneQuery } from "../../past/asking";
import { daysOf } from "../../past/days";
import { GoneRow } from "../../past/GoneRow";
import { messages, RANGES, type Range } from "../../past/messages";
import { storeNames } from "../../past/stores";
import type { Happening } from "../../past/types";
import { useAsked, useWords } from "../../past/useAddress";
import { Up } from "../../past/Up";
import { Waiting } from "../../past/Waiting";
import { day } from "../../past/words";
import { ListEnd } from "../../ui/ListEnd";
import { Mid } from "../../ui/Mid";
import { SearchBox } from "../../ui/SearchBox";
import { Segments } from "../../ui/Segments";
import { Trouble } from "../../ui/Trouble";

const DAY = 86_400_000;
const DEFAULT: Range = "30d";

export default function LostPage() {
  const { profile } = useFeed();
  const [asked, setAsked] = useAsked();
  const [text, setText, words] = useWords("q");
  const range = RANGES.find((each) => each.value === asked("range"))?.value ?? DEFAULT;
  const since = useSince(range);
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    goneQuery(since, words, profile && (profile.minted ?? profile.read)),
  );
  const gone = data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <div className="page">
      <Up />
      <div className="page-h past-h">
        <div>
          <h1>{messages.lostTitle}</h1>
          <p>{messages.lostLead}</p>
        </div>
        <Segments
          label={messages.range}
          value={range}
          choices={RANGES}
          onChoose={(next) => setAsked("range", next === DEFAULT ? undefined : next)}
        />
      </div>
      <section className="panel" aria-label={messages.lostList}>
        <div className="panel-h past-find">
          <SearchBox text={text} onText={setText} label={messages.search} clear={messages.clear} />
          <span className="t-12 t-2 nowrap" role="status">
            {data && messages.counted(gone.length, hasNextPage)}
          </span>
        </div>
        {gone.length > 0 && <Gone gone={gone} profile={profile} stale={isPlaceholderData} />}
        {error ? (
          <Trouble title={messages.lostFailed} error={error} onRetry={() => void refetch()} />
        ) : isPending ? (
          <div className="panel-b">
            <Waiting label={messages.lostReading} />
          </div>
        ) : gone.length ? (
          <ListEnd
            has={hasNextPage}
            busy={isFetchingNextPage}
            onMore={() => void (isFetchingNextPage || fetchNextPage())}
            more={messages.loadMore}
            end={messages.end}
          />
        ) : (
          <Nothing words={words} since={since} onClear={() => setText("")} />
        )}
      </section>
    </div>
  );
}

/** To the day: the same question for as long as it is the same day. */
function useSince(range: Range): string | undefined {
  return useMemo(() => {
    const { days } = RANGES.find((each) => each.value === range)!;
    return days && new Date(serverNow() - days * DAY).toISOString().slice(0, "2026-11-15".length);
  }, [range]) as string | undefined;
}

function Gone({ gone, profile, stale }: { gone: Happening[]; profile?: Profile; stale: boolean }) {
  const now = useNow(60);
  const nameOf = useMemo(() => storeNames(profile), [profile]);
  return (
    <div className={stale ? "past-stale" : undefined} aria-busy={stale}>
      {daysOf(gone, now).map((each) => (
        <section key={each.title} aria-label={each.title}>
          <h2 className="past-day">{each.title}</h2>
          <ul className="past-rows">
            {each.events.map((event) => (
              <GoneRow key={event.id} event={event} nameOf={nameOf} now={now} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Nothing({ words, since, onClear }: { words: string; since?: string; onClear: () => void }) {
  const now = useNow(60);
  return words ? (
    <Mid
      icon="search"
      title={messages.noMatch}
      actions={
        <button type="button" className="btn btn-quiet" onClick={onClear}>
          {messages.clear}
        </button>
      }
    >
      <p>{messages.noMatchWhy(words)}</p>
    </Mid>
  ) : (
    <Mid icon="circle-check" title={messages.nothingLost}>
      <p>{since ? messages.nothingLostWhy(day(since, now)) : messages.nothingLostEver}</p>
    </Mid>
  );
}
