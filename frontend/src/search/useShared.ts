import { useEffect } from "react";
import { useLocation, useNavigationType } from "react-router";
import { ASKED, askedIn, query, setQuery, subscribeQuery } from "./query";

/** Milliseconds after the last letter. */
const PATIENCE = 300;

/**
 * Keeps the search in the address of the page that shows what it finds, so that it can be shared. A link that brings one of its own is followed; otherwise the
 * field leads and the address follows, also when somebody goes back: what is searched for does not change by closing a sheet.
 */
export function useShared(): void {
  const { key, pathname, search } = useLocation();
  const linked = useNavigationType() === "PUSH" ? askedIn(search) : undefined;
  const here = pathname === "/vault" || pathname === "/organizer";
  useEffect(() => {
    if (linked !== undefined) setQuery(linked);
  }, [key, linked]);
  useEffect(() => {
    if (!here) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      if (location.pathname !== pathname) return;
      const asked = new URLSearchParams(location.search);
      const text = query().trim();
      if ((asked.get(ASKED) ?? "") === text) return;
      if (text) asked.set(ASKED, text);
      else asked.delete(ASKED);
      const written = asked.toString();
      // Not by the router: nothing on the page depends on it.
      history.replaceState(history.state, "", pathname + (written && `?${written}`) + location.hash);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(write, PATIENCE);
    };
    write();
    const stop = subscribeQuery(later);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [here, key, pathname]);
}
