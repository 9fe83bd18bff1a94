/** Channels, choices and messages: what is asked of the server. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { Channel, Channels, Choices, Message, Settings } from "./wire";

export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: async () => (await ask<Channels>("/channels")).data,
});

export const addChannel = (given: { kind: string; title: string; settings: Settings }) =>
  ask<Channel>("/channels", "POST", given);

export const changeChannel = (id: string, change: { title?: string; settings?: Settings; enabled?: boolean }) =>
  ask<Channel>(`/channels/${id}`, "PATCH", change);

export const removeChannel = (id: string) => ask<void>(`/channels/${id}`, "DELETE");

/** What the service really answered, in a sentence. */
export const testChannel = async (id: string) =>
  (await ask<{ ok: boolean; sentence: string }>(`/channels/${id}/test`, "POST")).data;

export const choicesQuery = queryOptions({
  queryKey: ["notification-choices"],
  queryFn: async () => (await ask<Choices>("/notification-choices")).data,
});

export const choose = ({ kinds, quiet, digest_at, time_zone }: Choices) =>
  ask<Choices>("/notification-choices", "PUT", {
    kinds: kinds.map(({ name, timing, channels }) => ({ name, timing, channels })),
    quiet,
    digest_at,
    time_zone,
  });

/** How many messages a page brings. */
export const PAGE = 30;
const MOVING = 3_000;
const CALM = 30_000;

const isUnderWay = (message: Message) => message.deliveries.some((each) => each.state === "sending" || each.state === "waiting");

/** What was told, newest first, page by page. */
export const messagesQuery = infiniteQueryOptions({
  queryKey: ["notifications"],
  queryFn: async ({ pageParam }) => {
    const before = pageParam ? `&before=${encodeURIComponent(pageParam)}` : "";
    return (await ask<{ notifications: Message[] }>(`/notifications?limit=${PAGE}${before}`)).data.notifications;
  },
  initialPageParam: "",
  getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.id),
  refetchInterval: (query) => (query.state.data?.pages.flat().some(isUnderWay) ? MOVING : CALM),
});

/** The e-mail as it is sent, a page of its own that may do nothing. */
export const letterOf = (message: Message) => `/api/v1/notifications/${encodeURIComponent(message.id)}/html`;
