/** What the API says of Xûr, by the names this page uses. */

import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type Xur = Schemas["Xur"];
export type Visit = Schemas["VisitOnRecord"];
export type Ware = Schemas["Ware"];
export type Price = Schemas["Price"];
export type Perk = Schemas["Perk"];
export type PerkColumn = Schemas["PerkColumn"];
