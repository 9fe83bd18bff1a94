/** /notifications: what a person was told, where it went, and why not. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useNow } from "../freshness/clock";
import { messagesQuery } from "../notifications/asking";
import { Entry } from "../notifications/Entry";
import { pageMessages as messages } from "../notifications/messages";
import { Waiting } from "../ui/Waiting";
import { daysOf } from "../notifications/words";
import "../styles/notifications.scss";
import { Icon } from "../ui/Icon";
import { Mid } from "../ui/Mid";
import { Trouble } from "../ui/Trouble";
import { ListEnd } from "../ui/ListEnd";

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
          <Trouble title={messages.failed} error={error} onRetry={() => void refetch()} />
        ) : isPending ? (
          <Waiting className="nwait" label={messages.reading} widths={[60, 80, 45, 70]} />
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
          <ListEnd
            has={hasNextPage}
            busy={isFetchingNextPage}
            onMore={() => void (isFetchingNextPage || fetchNextPage())}
            more={messages.more}
            end={messages.end}
          />
        )}
      </section>
    </div>
  );
}
