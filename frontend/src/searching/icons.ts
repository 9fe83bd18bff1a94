/** Outline glyphs that only searching and tagging need. From Tabler Icons (MIT, copyright Paweł Kuna). */
export const SEARCH_ICONS = {
  bookmark: "M18 7v14l-6 -4l-6 4v-14a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4",
  filter: "M4 4h16v2.172a2 2 0 0 1 -.586 1.414l-4.414 4.414v7l-6 2v-8.5l-4.48 -4.928a2 2 0 0 1 -.52 -1.345v-2.227",
} as const;
