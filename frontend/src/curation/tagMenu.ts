import type { QueryClient } from "@tanstack/react-query";
import type { Profile } from "../api/types";
import { itemOf, whatOf } from "../moving/acts";
import type { Entry, Menu } from "../moving/menu";
import { annotationOf, glyphOfTag, TAGS } from "./annotation";
import { wordsQuery, type Tag } from "./asking";
import { askFor } from "./asks";
import { annotate } from "./deeds";
import { LABELS, messages } from "./messages";

const OWN: Tag[] = TAGS.map((name, index) => ({ name, label: LABELS[name]!, key: index + 1 }));

/** The tags to choose from. Those of one's own come as soon as they are known. */
export function tagMenu(
  client: QueryClient,
  profile: Profile,
  ids: readonly string[],
  at: Menu["at"],
  back?: HTMLElement | null,
): Menu {
  const worn = new Set(ids.map((id) => tagOf(profile, id)));
  const only = worn.size === 1 ? [...worn][0] : undefined;
  const entry = ({ name, label, key }: Tag): Entry => ({
    label,
    ...(only === name ? { icon: "check" as const } : { glyph: glyphOfTag(name) }),
    key: key ? `Shift ${key}` : undefined,
    act: () => void annotate(profile, ids, { tag: name }),
  });
  const tags = client.getQueryData(wordsQuery.queryKey)?.tags ?? OWN;
  return {
    label: messages.tagOf(whatOf(profile, ids)),
    at,
    back: back ?? (at instanceof HTMLElement ? at : undefined),
    parts: [
      tags.filter((each) => !each.custom).map(entry),
      tags.filter((each) => each.custom).map(entry),
      [
        ...(only === ""
          ? []
          : [{ label: messages.noTag, icon: "x" as const, key: "Shift 0", act: () => void annotate(profile, ids, { tag: "" }) }]),
        { label: `${messages.newTag}…`, icon: "plus" as const, act: () => askFor({ kind: "tag", ids }) },
      ],
    ],
  };
}

function tagOf(profile: Profile, id: string): string {
  const item = itemOf(profile, id);
  return (item && annotationOf(profile, item)?.tag) ?? "";
}
