import "../styles/past.scss";
import { useQuery } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import { Link, useLocation } from "react-router";
import { Problem, sentenceOf } from "../api/client";
import { pastQuery } from "../api/profile";
import type { Profile } from "../api/types";
import { useNow } from "../freshness/clock";
import { clearSelection } from "../moving/selection";
import { Mid } from "../ui/Mid";
import { Skeleton } from "../vault/Skeleton";
import { momentQuery } from "./asking";
import { atSearch } from "./at";
import { messages } from "./messages";
import { when } from "./words";

/** Shows a page as it was at that moment. Nothing of what moves items is there. */
export function PastGate({ at, children }: { at: string; children: (profile: Profile) => ReactNode }) {
  const { data, error, refetch } = useQuery(pastQuery(at));
  useEffect(clearSelection, []);
  useEffect(() => {
    document.body.dataset.past = "";
    return () => void delete document.body.dataset.past;
  }, []);
  if (error) return <None error={error} onRetry={() => void refetch()} />;
  return data ? children(data) : <Skeleton />;
}

/** Nothing is remembered of then, or it could not be read. */
function None({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { pathname } = useLocation();
  const none = error instanceof Problem && (error.status === 404 || error.status === 400);
  return (
    <Mid
      heading="h1"
      icon={none ? "history" : "alert-triangle"}
      tone={none ? undefined : "bad"}
      title={none ? messages.noneTitle : messages.failed}
      reference={error instanceof Problem && !none ? error.reference : undefined}
      actions={
        <>
          {none ? (
            <First />
          ) : (
            <button type="button" className="btn btn-quiet" onClick={onRetry}>
              {messages.again}
            </button>
          )}
          <Link className="btn btn-ghost" to={pathname}>
            {messages.now}
          </Link>
        </>
      }
    >
      <p>{sentenceOf(error)}</p>
    </Mid>
  );
}

/** The way to the first moment that is remembered. */
function First() {
  const { pathname } = useLocation();
  const now = useNow(60);
  const first = useQuery(momentQuery(new Date(now).toISOString())).data?.first;
  if (!first) return null;
  return (
    <Link className="btn btn-quiet" to={pathname + atSearch(first)} replace>
      {messages.firstMoment(when(first, now))}
    </Link>
  );
}
