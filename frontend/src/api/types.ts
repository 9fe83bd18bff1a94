/** What the API says, by the names the page uses. The shapes are generated from its OpenAPI document: `npm run types`. */

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Session = Schemas["Session"];
/** `annotations` by `keyOf` the item, `verdicts` by its id; only of what is there. */
export type Profile = Schemas["ProfileAnswer"];
/** What a player says of an item. */
export type Annotation = Schemas["ItemAnnotation"];
/** What wish lists say of a copy: `perks` are the plugs that make it so, `list` is the first list that says it, of `lists`. */
export type Verdict = Schemas["ItemVerdict"];
export type Refresh = Schemas["RefreshAnswer"];
export type Character = Schemas["Character"];
export type Bucket = Schemas["Bucket"];
export type BucketGroup = Bucket["group"];
export type Item = Schemas["Item"];
export type Element = NonNullable<Item["element"]>;
export type ItemDefinition = Schemas["ItemFacts"];
export type Tier = ItemDefinition["tier"];
export type ClassName = NonNullable<ItemDefinition["class"]>;
export type ItemDetails = Schemas["ItemDetails"];
export type Life = Schemas["LifeLine"];
export type SheetStat = Schemas["StatLine"];
export type SheetSocket = Schemas["Socket"];
export type SheetPlug = Schemas["SocketPlug"];
export type Status = Schemas["Status"];
export type BungieState = Status["bungie"]["state"];
export type DestinyAccount = Schemas["Account"];
export type Invitation = Schemas["SentInvitation"];
export type Preferences = Schemas["Preferences"];
export type Transfer = Schemas["Transfer"];
export type TransferState = Transfer["state"];
export type TransferStep = Schemas["TransferStep"];
export type TransferRefusal = Schemas["TransferRefusal"];
export type TransferPlan = Schemas["TransferPlan"];
export type Piece = Schemas["ItemRef"];
export type Write = Schemas["Write"];

/** What has a default there need not be sent. */
type Sent<T, Needed extends keyof T> = Pick<T, Needed> & Partial<T>;

/** What can be asked of `POST /transfers`. */
export type AskedWish =
  | (Omit<Sent<Schemas["Move"], "kind" | "to">, "items"> & { items: Sent<Schemas["Wanted"], "id">[] })
  | Sent<Schemas["Collect"], "kind">
  | Schemas["SetLock"]
  | Schemas["SetTracked"]
  | Sent<Schemas["MakeRoom"], "kind" | "store">;
