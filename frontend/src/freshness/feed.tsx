/** The profile and how fresh it is, for every part of the page. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { Problem } from "../api/client";
import { profileQuery, refreshProfile } from "../api/profile";
import { sessionQuery } from "../api/session";
import { statusQuery } from "../api/status";
import type { Profile, Status } from "../api/types";
import { VISITOR } from "../app/visitor";
import { serverNow } from "./clock";
import { useOnline, useVisible } from "./presence";
import { Reader, type Reading } from "./reader";

export interface Feed extends Reading {
  profile?: Profile;
  status?: Status;
  /** Why there is no profile at all, or why the last read failed. */
  problem?: Problem;
  online: boolean;
  /** Bungie no longer lets us read: the person must sign in again. */
  ended: boolean;
  refresh: () => void;
}

const FeedContext = createContext<Feed | undefined>(undefined);

export function useFeed(): Feed {
  const feed = useContext(FeedContext);
  if (!feed) throw new Error("useFeed outside FeedProvider");
  return feed;
}

export function FeedProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useQuery(sessionQuery).data;
  const { data: profile, error, isPending, refetch } = useQuery({ ...profileQuery, enabled: !VISITOR });
  // Not before the profile: the vault is what is waited for.
  const { data: status } = useQuery({ ...statusQuery, enabled: VISITOR || !isPending });
  const online = useOnline();
  const visible = useVisible();
  const [reader] = useState(
    () =>
      new Reader({
        now: serverNow,
        fetch: () => client.refetchQueries(profileQuery),
        refresh: (byHand) =>
          refreshProfile(client, byHand).finally(() => void client.invalidateQueries({ queryKey: statusQuery.queryKey })),
      }),
  );
  const reading = useSyncExternalStore(reader.subscribe, reader.current);

  const failure = error instanceof Problem ? error : undefined;
  const problem = reading.problem ?? failure;
  const ended = session?.user?.sign_in === "ended" || problem?.code === "sign-in-ended";

  useEffect(() => {
    reader.update({ profile, failure, visible, online, ended });
  }, [reader, profile, failure, visible, online, ended]);
  useEffect(() => () => reader.stop(), [reader]);

  // The definitions came while the page waited for them: go on.
  const goOn = failure?.code === "definitions-missing" && status?.manifest.state === "ready";
  useEffect(() => {
    if (goOn) void refetch();
  }, [goOn, refetch]);

  const feed = useMemo<Feed>(
    () => ({ ...reading, profile, status, problem, online, ended, refresh: reader.byHand }),
    [reading, profile, status, problem, online, ended, reader],
  );
  return <FeedContext value={feed}>{children}</FeedContext>;
}
