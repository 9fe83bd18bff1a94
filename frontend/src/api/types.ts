/** What the API says. `schema.ts` is generated from its OpenAPI document; these are the names by which the page calls it. */

export type Tier = "exotic" | "legendary" | "rare" | "uncommon" | "common" | "unknown";
export type ClassName = "titan" | "hunter" | "warlock";
export type Element = "kinetic" | "arc" | "solar" | "void" | "stasis" | "strand";
export type BucketGroup = "weapons" | "armor" | "general" | "inventory" | "postmaster" | "other";
export type Place = "equipped" | "inventory" | "vault" | "postmaster";

export interface User {
  id: string | number;
  name: string;
  role: "admin" | "member";
  sign_in: "ok" | "ended";
}

export interface Session {
  signed_in: boolean;
  csrf_token: string;
  user?: User;
  demo: boolean;
  version: string;
}

export interface Character {
  id: string;
  nickname?: string;
  class: ClassName | "unknown";
  class_name: string;
  race: string;
  gender: string;
  title?: string;
  clan?: string;
  light: number;
  max_power?: number;
  max_power_items?: string[];
  drop_power?: number;
  /** [stat hash, value] */
  stats: [number, number][];
  emblem: string;
  background: string;
  color?: string;
  last_played: string;
  minutes_played: number;
  current: boolean;
  playing: boolean;
  postmaster: { used: number; capacity: number };
}

export interface Bucket {
  hash: number;
  name: string;
  group: BucketGroup;
  capacity?: number;
  account?: boolean;
  vault?: boolean;
}

export interface ItemDefinition {
  name: string;
  type: string;
  tier: Tier;
  kind: string;
  class?: ClassName;
  ammo?: "primary" | "special" | "heavy";
  element?: string;
  icon: string;
  classified?: boolean;
  missing?: boolean;
}

export interface Plug {
  name: string;
  icon?: string;
  type?: string;
}

export interface Stat {
  name: string;
  maximum?: number;
  number?: boolean;
  smaller_is_better?: boolean;
}

export interface Item {
  id: string;
  hash: number;
  /** Where it belongs (its definition's slot), or where it lies when the definition is missing. */
  bucket: number;
  /** A character's id, "vault" or "account". */
  store: string;
  place: Place;
  quantity?: number;
  power?: number;
  element?: Element;
  state?: number;
  locked?: boolean;
  tracked?: boolean;
  masterwork?: boolean;
  crafted?: boolean;
  gear_tier?: number;
  energy?: number;
  stuck?: string;
  /** [stat hash, value, base] */
  stats?: [number, number, number][];
  plugs?: number[];
}

export interface Profile {
  account: { type: number; id: string; name: string };
  minted?: string;
  read: string;
  manifest?: { version: string; language: string; key: string };
  incomplete?: { component: string; reason: "absent" | "private" | "disabled" }[];
  characters: Character[];
  vault: { used: number; capacity: number };
  buckets: Bucket[];
  currencies: { hash: number; quantity: number }[];
  definitions: Record<string, ItemDefinition>;
  plugs: Record<string, Plug>;
  stats: Record<string, Stat>;
  items: Item[];
}

export interface SheetStat {
  hash: number;
  name: string;
  value: number;
  base: number;
  masterwork?: number;
  mods?: number;
  maximum?: number;
  number?: boolean;
  smaller_is_better?: boolean;
}

export interface SheetPlug {
  hash: number;
  name: string;
  description?: string;
  icon?: string;
  plugged?: boolean;
  enabled?: boolean;
}

export interface SheetSocket {
  category: string;
  category_hash: number;
  label?: string;
  plugs: SheetPlug[];
}

export interface Objective {
  name: string;
  progress: number;
  completion: number;
  complete: boolean;
}

export interface ItemDetails extends Omit<Item, "stats" | "plugs"> {
  name: string;
  type: string;
  tier: Tier;
  kind: string;
  description?: string;
  icon: string;
  bucket_name?: string;
  store_name?: string;
  stats?: SheetStat[];
  sockets?: SheetSocket[];
  objectives?: Objective[];
  copies?: string[];
  transferability: { can_move: boolean; reason?: string; sentence?: string };
}

export interface Alert {
  level: string;
  html: string;
  text: string;
  link?: string;
  time: string;
}

export type BungieState = "up" | "maintenance" | "unreachable" | "throttled" | "unknown";

export interface Status {
  version: string;
  bungie: { state: BungieState; since?: string; sentence?: string };
  alerts: Alert[];
  manifest: {
    state: "missing" | "fetching" | "ready";
    version?: string;
    language?: string;
    key?: string;
    step?: string;
    percent?: number;
    sentence?: string;
    updated?: string;
  };
  profile?: { minted?: string; read: string };
}

export interface DestinyAccount {
  type: number;
  id: string;
  name: string;
  platforms: string[];
  last_played?: string;
  selected: boolean;
  problem?: string;
}
