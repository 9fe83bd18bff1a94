import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vitest/config";

const DIST = join(import.meta.dirname, "../src/vaultraider/web/static/dist");
const SMALL = 1024;
/** What every page needs, whichever it is. What is fetched when it is asked for stays out; so do Victory and all it stands on. */
const SHARED = new RegExp(
  [
    "node_modules/(@tanstack|react|react-dom|react-router|scheduler|cookie|set-cookie-parser)/",
    "src/(api|freshness|search)/",
    "src/app/(?!KeyHelp|keyList|MoreSheet|Lost|Outside)",
    "src/ui/(Icon|icons|glyphs|silhouettes|Mid|Tips|usePhone|closing)\\.",
    "src/transfers/(Moves|live|store|asking|panel|standing|messages)\\.",
    "src/(settings/preferences|vault/guardian|vault/Skeleton|items/(words|openItem))\\.",
  ].join("|"),
);

/** Lays a .br and a .gz beside each file, so that the server compresses nothing while it serves. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || !/\.(js|css|svg)$/.test(entry.name)) continue;
        const bytes = readFileSync(path);
        if (bytes.length < SMALL) continue;
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  base: "/assets/",
  plugins: [react(), compressed()],
  publicDir: false,
  css: {
    postcss: {
      plugins: [
        {
          postcssPlugin: "without-legends",
          // Bootstrap's `legend + *`, which nothing here needs, has every child added to or taken from the body style all the
          // others anew: 12 ms for a thousand tiles, at each tooltip and each drop.
          Rule: (rule) => void (/^legend *\+ *\*$/.test(rule.selector) && rule.remove()),
        },
      ],
    },
    preprocessorOptions: {
      scss: {
        // Bootstrap 5.3 is written for @import; its own deprecations are not ours to mend.
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
        loadPaths: [join(import.meta.dirname, "node_modules")],
      },
    },
  },
  build: {
    outDir: DIST,
    emptyOutDir: true,
    assetsDir: ".",
    manifest: "manifest.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: {
        app: join(import.meta.dirname, "src/main.tsx"),
        style: join(import.meta.dirname, "src/styles/app.scss"),
        landing: join(import.meta.dirname, "src/styles/landing.scss"),
        theme: join(import.meta.dirname, "src/theme.ts"),
        site: join(import.meta.dirname, "src/site.ts"),
      },
      output: {
        // What each page needs, whichever it is, in one file: many small ones cost more in headers than they hold.
        advancedChunks: {
          groups: [
            { name: "shared", test: SHARED },
            { name: "Vault", test: /src\/(vault\/|moving\/selection|items\/Tile|curation\/annotation)/ },
          ],
        },
      },
    },
  },
  test: { environment: "jsdom", include: ["tests/**/*.test.{ts,tsx}"] },
});
