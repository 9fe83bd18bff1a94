import { useEffect, useState, useSyncExternalStore } from "react";
import { useOnline, useVisible } from "../freshness/presence";
import { listen, look } from "./asking";
import { Following } from "./following";
import { BoardStore, type Seen } from "./store";

/** There are few streams: a page that nobody has looked at for so long gives its own back. Milliseconds. */
const GRACE = 15_000;

interface Board {
  seen: Seen;
  store: BoardStore;
  again: () => void;
}

/** The board, live as long as somebody may be looking. */
export function useBoard(): Board {
  const [{ store, following }] = useState(made);
  const watched = useVisible();
  const online = useOnline();
  const seen = useSyncExternalStore(store.subscribe, store.current);
  useEffect(() => {
    if (!online) return following.stop();
    if (watched) return following.start();
    const timer = setTimeout(() => following.stop(), GRACE);
    return () => clearTimeout(timer);
  }, [following, watched, online]);
  useEffect(() => {
    store.start();
    return () => {
      following.stop();
      store.stop();
    };
  }, [following, store]);
  const again = () => {
    following.stop();
    following.start();
  };
  return { seen, store, again };
}

function made() {
  const store = new BoardStore();
  return { store, following: new Following({ look, listen, take: store.take, hear: store.hear, become: store.follow }) };
}
