import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { ask } from "../api/client";
import { XurIcon } from "./icons";
import { messages } from "./messages";

const KIND = "xur-arrived";
const KEPT = 60_000;

export interface Choices {
  kinds: { name: string; timing: "at-once" | "digest" | "off"; channels?: string[] }[];
}
export interface Channels {
  channels: { id: string; title: string; enabled: boolean }[];
}

const choicesQuery = queryOptions({
  queryKey: ["notification-choices"],
  queryFn: async () => (await ask<Choices>("/notification-choices")).data,
  staleTime: KEPT,
});
const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: async () => (await ask<Channels>("/channels")).data,
  staleTime: KEPT,
});

/** Whether the person is told when he comes, and where; it leads to where that is chosen. */
export function Alerts() {
  const choices = useQuery(choicesQuery);
  const channels = useQuery(channelsQuery);
  if (choices.isPending || channels.isPending) return <span className="xact-wait" aria-hidden="true" />;
  const told = choices.data && channels.data ? toldBy(choices.data, channels.data) : undefined;
  const digest = choices.data?.kinds.some((each) => each.name === KIND && each.timing === "digest");
  const how = digest ? messages.alertsDigest : messages.alertsHow;
  return (
    <>
      <Link className={`btn ${told?.length ? "btn-quiet is-on" : "btn-primary"}`} to="/settings#notifications">
        <XurIcon name={told?.length ? "bell-ringing" : "bell-plus"} />
        {told?.length ? messages.alertsOn : messages.alertMe}
      </Link>
      {told && <div className="t-12 t-2">{told.length ? how(listed(told)) : messages.alertsNowhere}</div>}
    </>
  );
}

/** The titles of the channels that tell of him; none where the person wants none, or has none. */
export function toldBy({ kinds }: Choices, { channels }: Channels): string[] {
  const kind = kinds.find((each) => each.name === KIND);
  if (!kind || kind.timing === "off") return [];
  return channels.filter((each) => each.enabled && (!kind.channels || kind.channels.includes(each.id))).map((each) => each.title);
}

/** "Discord", "Discord and e-mail", "Discord, e-mail and ntfy". */
export function listed(names: string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? names.slice(0, -1).join(", ") + messages.and + last : last;
}
