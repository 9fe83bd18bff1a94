import { queryOptions } from "@tanstack/react-query";
import { ask, keepCsrfToken } from "./client";
import type { Session } from "./types";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async () => {
    const { data } = await ask<Session>("/session");
    keepCsrfToken(data.csrf_token);
    return data;
  },
  staleTime: Infinity,
});

export const endAllSessions = () => ask<void>("/sessions/end-all", "POST");
