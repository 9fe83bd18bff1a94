import { lazy, type ComponentType } from "react";

/** Every file of `pages/` is a page at its own name, in its own chunk: to add one is to write one. */
const files = import.meta.glob<{ default: ComponentType }>("../pages/*.tsx");

export const PAGES = Object.entries(files).map(([file, load]) => ({
  path: file.slice(file.lastIndexOf("/") + 1, -".tsx".length),
  Component: lazy(load),
}));
