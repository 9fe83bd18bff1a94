import { queryOptions } from "@tanstack/react-query";
import { ask } from "./client";
import type { Invitation } from "./types";

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: async () => (await ask<{ invitations: Invitation[] }>("/invitations")).data.invitations,
});

/** The link's path is told this once. */
export const invite = async (note: string) =>
  (await ask<{ invitation: Invitation; path: string }>("/invitations", "POST", { note })).data;

export const withdraw = (id: number) => ask<void>(`/invitations/${id}`, "DELETE");
