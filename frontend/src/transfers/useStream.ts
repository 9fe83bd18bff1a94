import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { profileQuery } from "../api/profile";
import { sessionQuery } from "../api/session";
import { CHANGES, latestTransfers } from "../api/transfers";
import { useOnline, useVisible } from "../freshness/presence";
import { transfers } from "./live";
import { Settling, tellsDone } from "./settling";
import { Sharing, type Channel, type Locks } from "./sharing";
import { hasEnded } from "./store";
import { Wire } from "./wire";

/** What a tray shows at most, and a little more. */
const LATEST = 25;

interface Line {
  sharing: Sharing;
  stop: () => void;
}

let line: Line | undefined;

/** Keeps the list of transfers as it is on the server, and the profile with it, as long as this is on the page. */
export function useStream(): void {
  const client = useQueryClient();
  const visible = useVisible();
  const online = useOnline();
  useEffect(() => {
    line = connected(client);
    return () => {
      line?.stop();
      line = undefined;
    };
  }, [client]);
  useEffect(() => line?.sharing.see(visible && online, !online), [visible, online]);
}

function connected(client: QueryClient): Line {
  let etag: string | undefined;
  const wire = new Wire({
    open: () => new EventSource(CHANGES),
    fetch: async () => {
      const answer = await latestTransfers(LATEST);
      if (etag !== undefined && answer.etag === etag) return undefined;
      etag = answer.etag;
      return answer.data.transfers;
    },
    take: (came) => {
      transfers.take(came);
      sharing.tell(came);
    },
    busy: () => transfers.current().some((each) => !each.unsent && (!hasEnded(each) || each.confirmed === "pending")),
    signedOut: () => {
      // The profile's answer says what to do, in the band.
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      void client.refetchQueries(profileQuery);
    },
  });
  const sharing = new Sharing({
    locks: (navigator as { locks?: Locks }).locks,
    channel: "BroadcastChannel" in window ? (name) => new BroadcastChannel(name) as unknown as Channel : undefined,
    wire,
    take: transfers.take,
    known: () => transfers.current().filter((each) => !each.unsent),
  });
  const settling = new Settling(() => void client.refetchQueries(profileQuery));
  const unwatch = transfers.subscribe((now, before) => {
    if (tellsDone(now, before)) settling.ask();
    // A follower's question is the leader's to answer; the leader's own stream may be a proxy's to hold back.
    if (now.length !== before.length) wire.nudge();
  });
  // Each tab looks once for itself: it shows what is under way before it is known who holds the stream.
  void wire.ask();
  return {
    sharing,
    stop: () => {
      unwatch();
      settling.stop();
      sharing.stop();
    },
  };
}
