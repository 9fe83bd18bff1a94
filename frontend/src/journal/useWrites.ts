import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { writesPage } from "../api/transfers";

/** How many a page of the journal brings. */
export const PAGE = 60;

/** The writes that match, newest first, page by page. What is shown stays until the next search has answered. */
export function useWrites(query: string) {
  const found = useInfiniteQuery({
    queryKey: ["writes", query],
    queryFn: ({ pageParam }) => writesPage(query, PAGE, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.id),
    placeholderData: keepPreviousData,
  });
  return { ...found, writes: found.data?.pages.flat() ?? [] };
}
