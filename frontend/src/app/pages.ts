import { lazy, type ComponentType } from "react";

/** Every file of `pages/` is a page at its own name, in its own chunk: to add one is to write one. In a folder, the folder's comes before. */
const FOLDER = "../pages/";
const files = import.meta.glob<{ default: ComponentType }>("../pages/**/*.tsx");

export const PAGES = Object.entries(files).map(([file, load]) => ({
  path: file.slice(FOLDER.length, -".tsx".length),
  Component: lazy(load),
}));
