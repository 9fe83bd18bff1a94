import type { QueryClient } from "@tanstack/react-query";
import { profileQuery } from "../api/profile";

/**
 * What is said of items stands in the profile: it is asked for anew, also on pages where nobody but the frame looks at it, which
 * a refetch would pass over. One that is not there yet comes with all of it anyway. Never rejects: the next look mends it.
 */
export async function readAgain(client: QueryClient): Promise<void> {
  if (!client.getQueryData(profileQuery.queryKey)) return;
  await client.fetchQuery({ ...profileQuery, staleTime: 0 }).catch(() => undefined);
}
