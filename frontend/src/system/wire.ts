/** What the API says of the server, by the names that the system page uses. */

import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type Run = Schemas["Run"];
export type Job = Schemas["Job"];
export type Manifest = Schemas["ManifestOverview"];
export type Version = Schemas["ManifestVersion"];
export type Changes = Schemas["Differences"];
export type Change = "added" | "changed" | "removed" | "unclassified";
export type System = Schemas["SystemReport"];
export type Backups = NonNullable<System["backups"]>;
export type Member = Schemas["Person"];
