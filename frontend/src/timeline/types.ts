/** What the API says of the past, by the names this page uses. */

import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type HistoryEvent = Schemas["HistoryEvent"];
export type EventPage = Schemas["EventPage"];
export type EventKind = HistoryEvent["kind"];
export type Group = HistoryEvent["group"];
export type Gap = Schemas["GapSpan"];
