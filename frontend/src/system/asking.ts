/** What the server tells of itself to those who run it, and what they can ask of it. */

import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ask } from "../api/client";
import type { Changes, Job, Member, Run, System } from "./wire";

const BUSY = 1_500;
const CALM = 15_000;
const SLOW = 60_000;

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: async () => (await ask<{ jobs: Job[] }>("/jobs")).data.jobs,
  refetchInterval: (query) => (query.state.data?.some((each) => each.running) ? BUSY : CALM),
});

export const runsQuery = (name: string) =>
  queryOptions({
    queryKey: ["runs", name],
    queryFn: async () => (await ask<{ runs: Run[] }>(`/jobs/runs?name=${encodeURIComponent(name)}&limit=50`)).data.runs,
    refetchInterval: (query) => (query.state.data?.some((each) => !each.finished) ? BUSY : CALM),
  });

export const systemQuery = queryOptions({
  queryKey: ["system"],
  queryFn: async () => (await ask<System>("/system")).data,
  refetchInterval: SLOW,
});

export const membersQuery = queryOptions({
  queryKey: ["members"],
  queryFn: async () => (await ask<{ members: Member[] }>("/members")).data.members,
});

export const changesQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ["manifest", "changes", from, to],
    queryFn: async () =>
      (await ask<Changes>(`/manifest/changes?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`)).data,
    staleTime: Infinity,
  });

export const runNow = async (name: string) => (await ask<Run>(`/jobs/${encodeURIComponent(name)}`, "POST")).data.id;
export const backUp = async () => (await ask<{ job: string }>("/backups", "POST")).data.job;
export const giveRole = (id: string, role: Member["role"]) => ask<unknown>(`/members/${id}`, "PATCH", { role });
export const removeMember = (id: string) => ask<void>(`/members/${id}`, "DELETE");

/** Work that is begun here: asked for, looked after, and what came of it. `begin` answers the number of the run. */
export function useWork(name: string, begin: () => Promise<string>) {
  const client = useQueryClient();
  const starting = useMutation({
    mutationFn: begin,
    onSuccess: () => Promise.all([client.invalidateQueries(jobsQuery), client.invalidateQueries({ queryKey: ["runs", name] })]),
  });
  const id = starting.data;
  const { data: runs } = useQuery({ ...runsQuery(name), enabled: id !== undefined });
  const run = runs?.find((each) => each.id === id);
  const ended = run?.finished;
  useEffect(() => {
    if (ended) for (const key of ["jobs", "system", "manifest"]) void client.invalidateQueries({ queryKey: [key] });
  }, [ended, client]);
  return {
    start: () => starting.mutate(),
    busy: starting.isPending || (id !== undefined && !ended),
    run,
    error: starting.error,
  };
}
