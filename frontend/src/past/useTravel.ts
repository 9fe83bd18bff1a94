import { useCallback } from "react";
import { useLocation, useNavigate } from "react-router";
import { atSearch } from "./at";

/** Goes to another moment on the same page, or back to now. Steps in the past take each other's place in the browser's history. */
export function useTravel(): (at: string | undefined) => void {
  const navigate = useNavigate();
  const { pathname, hash } = useLocation();
  return useCallback(
    // Where an open sheet was opened from lies at another moment now: closing it must not lead back there.
    (at) => void navigate({ pathname, hash, search: atSearch(at) }, { replace: at !== undefined }),
    [navigate, pathname, hash],
  );
}
