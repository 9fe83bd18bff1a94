/** What is asked of the server about wish lists. */

import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { ask, NO_ANSWER, Problem, problemOf } from "../api/client";
import { refuseLarger } from "../api/sizes";
import { readAgain } from "../curation/again";
import { serverNow } from "../freshness/clock";
import { isAwaited } from "./awaited";
import { messages } from "./messages";
import type { Overview, OwnRoll, UnreadLines, Wish, WishList } from "./wire";

const LISTS = "/wish_lists";
const OWN = `${LISTS}/own/rolls`;
/** Milliseconds between two looks at a list that is being read. */
const SOON = 1_500;
const STAYS = 60_000;
/** Characters of a list that are shown; the longest lists have millions. */
export const SHOWN = 200_000;

/** Megabytes of one list. */
const LARGEST = 20;

const pathOf = (id: string) => `${LISTS}/${encodeURIComponent(id)}`;

export const overviewQuery = queryOptions({
  queryKey: ["wish-lists"],
  queryFn: async () => (await ask<Overview>(LISTS)).data,
  refetchInterval: ({ state }) => (state.data?.lists.some((each) => isAwaited(each, serverNow())) ? SOON : false),
});

export const ownRollsQuery = queryOptions({
  queryKey: ["own-rolls"],
  queryFn: async () => (await ask<{ rolls: OwnRoll[] }>(OWN)).data.rolls,
  staleTime: STAYS,
});

export const addByAddress = async (url: string) => (await ask<Added>(LISTS, "POST", { url })).data.lists;
/** It goes as a file does, of which more is taken. */
export const addText = (title: string, text: string) => addFile(title, new Blob([text]));

export const addFile = async (title: string, file: Blob) => {
  refuseLarger(file, LARGEST, messages.split);
  const headers = { "Content-Type": "text/plain" };
  return (await ask<Added>(`${LISTS}/upload?${new URLSearchParams({ title })}`, "POST", file, { headers })).data.lists;
};

interface Added {
  lists: WishList[];
}

export const changeList = async (id: string, change: { title?: string; on?: boolean; place?: number }) =>
  (await ask<WishList>(pathOf(id), "PATCH", change)).data;
export const removeList = (id: string) => ask<void>(pathOf(id), "DELETE");
export const readNow = (id: string) => ask<WishList>(`${pathOf(id)}/refresh`, "POST");

export const wish = (roll: Wish) => ask<WishList>(OWN, "POST", roll);
export const unwish = ({ hash, perks, unwanted }: Wish) => ask<WishList>(OWN, "DELETE", { hash, perks, unwanted });

/** After a change of the lists: what they say of items stands in the profile. */
export const refresh = (client: QueryClient) =>
  Promise.all([client.invalidateQueries(overviewQuery), client.invalidateQueries(ownRollsQuery), readAgain(client)]);

/** Asked anew once the list was read again. */
export const unreadQuery = ({ id, read, wrong_lines: wrong }: WishList) =>
  queryOptions({
    queryKey: ["wish-list-unread", id, read, wrong],
    queryFn: async () => (await ask<UnreadLines>(`${pathOf(id)}/unread_lines`)).data,
    staleTime: STAYS,
  });

/** The whole of it as a file. */
export const fileOf = (id: string) => `/api/v1${pathOf(id)}/text`;

export const textQuery = (id: string) =>
  queryOptions({
    queryKey: ["wish-list-text", id],
    queryFn: ({ signal }) => beginning(fileOf(id), signal),
    gcTime: 0,
  });

export interface Beginning {
  text: string;
  /** There is more of it. */
  cut: boolean;
}

/** As much of a text as is shown; of the rest nothing is fetched. */
async function beginning(address: string, signal: AbortSignal): Promise<Beginning> {
  const response = await fetch(address, { signal }).catch(() => undefined);
  if (!response) throw new Problem(NO_ANSWER, "Vault Raider does not answer. Look whether it is running.");
  if (!response.ok) throw await problemOf(response);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (text.length <= SHOWN) {
    const { done, value } = await reader.read();
    if (done) return { text, cut: false };
    text += value;
  }
  void reader.cancel();
  return { text: text.slice(0, text.lastIndexOf("\n", SHOWN) + 1 || SHOWN), cut: true };
}
