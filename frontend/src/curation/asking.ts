/** What is asked of the server about tags and notes. */

import { queryOptions } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { components } from "../api/schema";

type Schemas = components["schemas"];

/** What is said of items from now on; what is not given stays as it is, and "" takes it away. */
export interface Saying {
  tag?: string;
  notes?: string;
  /** A hashtag to put into the notes, or to take out of them. */
  add?: string;
  remove?: string;
}

/** `change`: what undoes it; 0 where nothing was changed. */
export type Said = Schemas["ChangedAnnotations"];

/** `key`: the digit that goes with Shift. */
export type Tag = Schemas["TagAnswer"];

const ANNOTATIONS = "/annotations";

/** The tags there are, and the hashtags in use, the most used first. */
export const wordsQuery = queryOptions({
  queryKey: ["annotations"],
  queryFn: async () => (await ask<Schemas["AnnotationsAnswer"]>(ANNOTATIONS)).data,
  staleTime: 60_000,
});

export const say = async (items: readonly string[], saying: Saying) =>
  (await ask<Said>(ANNOTATIONS, "POST", { items, ...saying })).data;

export const unsay = async (change: number) => (await ask<Said>(`${ANNOTATIONS}/undo`, "POST", { change })).data;

export const saveTag = async (name: string, label: string) => (await ask<Tag>("/tags", "PUT", { name, label })).data;
export const dropTag = async (name: string) =>
  (await ask<Schemas["DroppedTag"]>(`/tags?${new URLSearchParams({ name }).toString()}`, "DELETE")).data;
