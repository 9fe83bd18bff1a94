/** What the memory answers, by the names that the pages use. */

import type { Profile } from "../api/types";
import type { components } from "../api/schema";

type Schemas = components["schemas"];

/** The account as it was at `at`: first seen so at `observed.since`, and otherwise from `observed.until` on. */
export type PastProfile = Profile & Required<Pick<Profile, "at" | "observed" | "past">>;
export type Happening = Schemas["HistoryEvent"];
export type HappeningPage = Schemas["EventPage"];
export type Difference = Schemas["Difference"];
export type DiffItem = Difference["found"][number];
export type DiffChange = Difference["changed"][number]["changes"][number];
export type Gap = Schemas["GapSpan"];
