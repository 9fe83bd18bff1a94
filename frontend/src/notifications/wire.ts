/** What the API says of channels, choices and messages, by the names that the page uses. */

import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type FormField = Schemas["ChannelField"];
export type ChannelForm = Schemas["ChannelKind"];
export type Channel = Schemas["ChannelAnswer"];
export type Channels = Schemas["ChannelList"];
export type Value = string | number | boolean | null;
export type Settings = Record<string, Value>;

export type Choices = Schemas["ChoicesAnswer"];
/** `channels` absent: all that are switched on. */
export type KindChoice = Schemas["KindAnswer"];
export type Timing = KindChoice["timing"];

export type Message = Schemas["Notification"];
export type Delivery = Schemas["Delivery"];
export type DeliveryState = Delivery["state"];
