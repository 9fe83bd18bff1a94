import { keepPreviousData, queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";
import { ask, Problem, type Answer } from "./client";
import { newerOf } from "../freshness/order";
import { noteServerTime, serverNow } from "../freshness/clock";
import type { Asked } from "../freshness/reader";
import { atSearch, useAt } from "../past/at";
import type { PastProfile } from "../past/types";
import type { Profile, Refresh } from "./types";

const KEY = ["profile"];

let heldEtag: string | undefined;

/** When the server made the answer that a profile came with; milliseconds on its clock. */
const answered = new WeakMap<Profile, number>();
export const answeredAt = (profile: Profile): number => answered.get(profile) ?? 0;

/** Takes an answer in, unless what is held is newer or the very same: then the held object stays and nothing is drawn anew. */
function take(client: QueryClient, answer: Answer<Profile>): Profile {
  if (answer.date !== undefined) noteServerTime(answer.date);
  const held = client.getQueryData<Profile>(KEY);
  const same = held && answer.etag !== undefined && answer.etag === heldEtag;
  const newer = same ? held : newerOf(held, answer.data);
  if (newer === answer.data) heldEtag = answer.etag;
  if (same || newer === answer.data) answered.set(newer, answer.date ?? serverNow());
  return newer;
}

export const profileQuery = queryOptions({
  queryKey: KEY,
  queryFn: async ({ client }) => take(client, await ask<Profile>("/profile")),
  staleTime: Infinity,
  gcTime: Infinity,
});

const STAYS = 60_000;

/** The account as it was at a moment. While another moment is asked for, the one before stays. */
export const pastQuery = (at: string) =>
  queryOptions({
    queryKey: ["past", at],
    queryFn: async () => (await ask<PastProfile>(`/profile${atSearch(at)}`)).data,
    staleTime: STAYS,
    placeholderData: keepPreviousData,
  });

/** The account as it was at the moment of the address, once it is there. */
export function usePast(): PastProfile | undefined {
  const at = useAt();
  const { data } = useQuery({ ...pastQuery(at ?? ""), enabled: !!at });
  return at ? data : undefined;
}

const askAgain = async (client: QueryClient) => client.setQueryData(KEY, take(client, await ask<Profile>("/profile")));

/** Asks the server how the account stands, by hand to ask Bungie now; takes what it then has. */
export async function refreshProfile(client: QueryClient, byHand: boolean): Promise<Asked> {
  const { data } = await ask<Refresh>(`/profile/refresh${byHand ? "?forced=true" : ""}`, "POST").catch(
    async (problem: unknown) => {
      // Bungie is away, the server may be not: what was done on another device is shown all the same.
      if (problem instanceof Problem && problem.status >= 500) await askAgain(client).catch(() => {});
      throw problem;
    },
  );
  const held = client.getQueryData<Profile>(KEY);
  const other = data.tag !== undefined && !heldEtag?.includes(data.tag);
  if (data.changed || other || !held || (data.minted ?? data.read) !== (held.minted ?? held.read)) await askAgain(client);
  return {
    checked: Date.parse(data.checked),
    wait: data.wait === undefined ? undefined : data.wait * 1000,
    next: data.next === undefined ? undefined : Date.parse(data.next),
  };
}

/** Shows at once what was changed here; the next answer of the server is taken whatever it says. */
export function patchProfile(client: QueryClient, change: (held: Profile) => Profile): void {
  const held = client.getQueryData<Profile>(KEY);
  if (!held) return;
  const next = change(held);
  heldEtag = undefined;
  answered.set(next, answeredAt(held));
  client.setQueryData(KEY, next);
}

export const nameCharacter = (id: string, nickname: string) => ask<unknown>(`/characters/${id}`, "PATCH", { nickname });
