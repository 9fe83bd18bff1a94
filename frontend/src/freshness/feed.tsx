/** Keeps the profile fresh: by hand, by itself while somebody plays, and on coming back to the page. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { isPassing, Problem } from "../api/client";
import { profileQuery, refreshProfile } from "../api/profile";
import { sessionQuery } from "../api/session";
import { statusQuery } from "../api/status";
import type { Profile, Status } from "../api/types";
import { AT_MOST_EVERY, nextRead, readOnReturn, RETRY, seemsPlayed } from "./cadence";
import { serverNow } from "./clock";
import { useOnline, useVisible } from "./presence";

export interface Feed {
  profile?: Profile;
  status?: Status;
  /** Why there is no profile at all, or why the last read failed. */
  problem?: Problem;
  reading: boolean;
  online: boolean;
  /** Bungie no longer lets us read: the person must sign in again. */
  ended: boolean;
  /** When we last asked and when we ask next, on the server's clock, in milliseconds. */
  asked?: number;
  next?: number;
  /** When the server last asked Bungie and heard nothing newer; milliseconds. */
  checked?: number;
  refresh: () => void;
}

const FeedContext = createContext<Feed | undefined>(undefined);

export function useFeed(): Feed {
  const feed = useContext(FeedContext);
  if (!feed) throw new Error("useFeed outside FeedProvider");
  return feed;
}

const asProblem = (error: unknown) =>
  error instanceof Problem ? error : error ? new Problem("broken", String(error)) : undefined;

export function FeedProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useQuery(sessionQuery);
  const first = useQuery(profileQuery);
  const status = useQuery({ ...statusQuery, enabled: !first.isPending });
  const online = useOnline();
  const visible = useVisible();
  const [reading, setReading] = useState(false);
  const [failed, setFailed] = useState<Problem>();
  const [asked, setAsked] = useState<number>();
  const [next, setNext] = useState<number>();
  const [checked, setChecked] = useState<number>();
  const busy = useRef(false);

  const profile = first.data;
  const problem = failed ?? asProblem(first.error);
  const ended = session.data?.user?.sign_in === "ended" || problem?.code === "sign-in-ended";
  const definitions = status.data?.manifest.state;
  const refetch = first.refetch;

  useEffect(() => {
    if (first.dataUpdatedAt || first.errorUpdatedAt) setAsked((before) => before ?? serverNow());
  }, [first.dataUpdatedAt, first.errorUpdatedAt]);

  const read = useCallback(async () => {
    if (busy.current || !navigator.onLine) return;
    busy.current = true;
    setReading(true);
    setAsked(serverNow());
    try {
      setChecked(await refreshProfile(client));
      setFailed(undefined);
    } catch (error) {
      setFailed(asProblem(error));
    } finally {
      busy.current = false;
      setReading(false);
      void client.invalidateQueries({ queryKey: statusQuery.queryKey });
    }
  }, [client]);

  // The definitions came while the page waited for them: go on.
  const waitsForDefinitions = first.error instanceof Problem && first.error.code === "definitions-missing";
  useEffect(() => {
    if (waitsForDefinitions && definitions === "ready") void refetch();
  }, [waitsForDefinitions, definitions, refetch]);

  // The clock: one timer for the next read.
  useEffect(() => {
    if (asked === undefined || reading) return;
    const now = serverNow();
    const waiting = problem && isPassing(problem) && problem.code !== "definitions-missing";
    const at = nextRead({
      now,
      lastAttempt: asked,
      playing: seemsPlayed(profile, now),
      visible,
      online,
      signedIn: !ended && problem?.status !== 401,
      retryAt: waiting ? asked + Math.max(AT_MOST_EVERY, (problem.retryAfter ?? RETRY / 1000) * 1000) : undefined,
    });
    setNext(at);
    if (at === undefined) return;
    const timer = setTimeout(() => void (profile ? read() : refetch().finally(() => setAsked(serverNow()))), at - now);
    return () => clearTimeout(timer);
  }, [asked, reading, profile, problem, visible, online, ended, read, refetch]);

  // Coming back: the page was hidden or offline and is not any more.
  const away = useRef(false);
  useEffect(() => {
    const here = visible && online;
    if (here && away.current && !ended && readOnReturn(serverNow(), asked ?? 0)) void read();
    away.current = !here;
  }, [visible, online, ended, asked, read]);

  const feed = useMemo<Feed>(
    () => ({ profile, status: status.data, problem, reading, online, ended, asked, next, checked, refresh: () => void read() }),
    [profile, status.data, problem, reading, online, ended, asked, next, checked, read],
  );
  return <FeedContext value={feed}>{children}</FeedContext>;
}
