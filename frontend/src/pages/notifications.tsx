/** /notifications: what a person was told, where it went, and why not. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { Problem, sentenceOf } from "../api/client";
import { useNow } from "../freshness/clock";
import { messagesQuery } from "../notifications/asking";
import { Entry } from "../notifications/Entry";
import { pageMessages as messages } from "../notifications/messages";
import { Waiting } from "../notifications/Waiting";
import { daysOf } from "../notifications/words";
import "../styles/notifications.scss";
import { Icon } from "../ui/Icon";
import { Mid } from "../ui/Mid";

export default function NotificationsPage() {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(messagesQuery);
  const now = useNow(60);
  const told = data?.pages.flat() ?? [];
  return (
    <div className="page npage">
      <div className="page-h">
        <div>
          <h1>{messages.title}</h1>
          <p>{messages.lead}</p>
        </div>
        <Link className="btn btn-quiet" to="/settings#notifications">
          <Icon name="settings" />
          {messages.settings}
        </Link>
      </div>
      <section className="panel" aria-label={messages.title}>
        {daysOf(told, now).map((day) => (
          <section key={day.title} aria-label={day.title}>
            <h2 className="nday">{day.title}</h2>
            <ol className="nlist">
              {day.messages.map((each) => (
                <Entry key={each.id} message={each} now={now} />
              ))}
            </ol>
          </section>
        ))}
        {error ? (
          <Mid
            icon="alert-triangle"
            tone="bad"
            title={messages.failed}
            reference={error instanceof Problem ? error.reference : undefined}
            actions={
              <button type="button" className="btn btn-quiet" onClick={() => void refetch()}>
                {messages.again}
              </button>
            }
          >
            <p>{sentenceOf(error)}</p>
          </Mid>
        ) : isPending ? (
          <Waiting label={messages.reading} />
        ) : told.length === 0 ? (
          <Mid
            icon="bell"
            title={messages.emptyTitle}
            actions={
              <Link className="btn btn-quiet" to="/settings#notifications">
                {messages.toSettings}
              </Link>
            }
          >
            <p>{messages.emptyWhy}</p>
          </Mid>
        ) : (
          <More has={hasNextPage} busy={isFetchingNextPage} onMore={() => void (isFetchingNextPage || fetchNextPage())} />
        )}
      </section>
    </div>
  );
}

/** Comes by itself when its button comes into sight. */
function More({ has, busy, onMore }: { has: boolean; busy: boolean; onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(onMore);
  useEffect(() => {
    latest.current = onMore;
  });
  useEffect(() => {
    if (!has || !button.current) return;
    const observer = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && latest.current(), {
      rootMargin: "400px",
    });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [has, busy]);
  if (!has) return <p className="nend">{messages.end}</p>;
  return (
    <div className="nend">
      <button type="button" className="btn btn-quiet btn-sm" ref={button} aria-disabled={busy} onClick={onMore}>
        {busy && <Icon name="loader-2" extra="i-14 spin" />}
        {messages.more}
      </button>
    </div>
  );
}
