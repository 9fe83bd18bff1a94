/** The perks of a copy that a roll can name. */

import type { SheetPlug, SheetSocket, Verdict } from "../api/types";

/** DestinySocketCategoryDefinition: intrinsic traits, perks of weapons, of armour and of ghosts. */
const INTRINSIC = 3956125808;
const PERKS = new Set([INTRINSIC, 4241085061, 3154740035, 3301318876]);

export interface Column {
  label: string;
  plugs: SheetPlug[];
}

export const isPerkSocket = (socket: SheetSocket): boolean => PERKS.has(socket.category_hash);

/** Column by column what is in it and what else could be; what has no name, nobody could choose. */
export function columnsOf(sockets: readonly SheetSocket[]): Column[] {
  return sockets
    .filter(isPerkSocket)
    .map(({ label, category, plugs }) => ({ label: label ?? category, plugs: distinct(plugs.filter((plug) => plug.name)) }))
    .filter((column) => column.plugs.length > 0);
}

function distinct(plugs: readonly SheetPlug[]): SheetPlug[] {
  const seen = new Map<number, SheetPlug>();
  for (const plug of plugs) if (!seen.has(plug.hash) || plug.plugged) seen.set(plug.hash, plug);
  return [...seen.values()];
}

const TRAIT = /trait$/i;

/** What is chosen at first: what a list named already, else the traits in use, else all perks in use. */
export function firstChoice(sockets: readonly SheetSocket[], verdict: Verdict | undefined): number[] {
  const columns = columnsOf(sockets);
  const offered = new Set(columns.flatMap(({ plugs }) => plugs.map(({ hash }) => hash)));
  const named = (verdict?.perks ?? []).filter((hash) => offered.has(hash));
  if (named.length) return named;
  const own = columnsOf(sockets.filter((socket) => socket.category_hash !== INTRINSIC));
  const traits = own.filter(({ label }) => TRAIT.test(label));
  return (traits.length ? traits : own).flatMap(({ plugs }) => plugs.filter((plug) => plug.plugged).map(({ hash }) => hash));
}
