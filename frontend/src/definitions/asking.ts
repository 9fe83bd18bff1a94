/** The game's definitions and their update, as the server tells of them. */

import { queryOptions } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { components } from "../api/schema";

export type Manifest = components["schemas"]["ManifestOverview"];

/** Milliseconds. An update takes some ten seconds, and may begin at any time. */
const RUNNING = 1_000;
const CALM = 5_000;

export const manifestQuery = queryOptions({
  queryKey: ["manifest"],
  queryFn: async () => (await ask<Manifest>("/manifest")).data,
  refetchInterval: (query) => (query.state.data?.running ? RUNNING : CALM),
});

/** Has the server look for new definitions now; the number of the run. For admins. */
export const update = async () => (await ask<{ job: string }>("/manifest/update", "POST")).data.job;
