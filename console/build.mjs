// Bundles src/ into the folder named by the first argument: main.js and main.css for the page, a file for each of
// Monaco's workers, and the chunks, fonts and images that they load.
import * as esbuild from "esbuild";
import { createHash } from "node:crypto";
import { cp } from "node:fs/promises";

const [out] = process.argv.slice(2);

// Style sheets of the packages carry fonts and images as data: addresses, which `default-src 'self'` forbids.
const embeddedFiles = {
  name: "embedded-files",
  setup(build) {
    const data = /^data:(?<type>[a-z]+\/[a-z0-9+.-]+)(?<base64>;base64)?,(?<content>.*)$/s;
    const extensions = {
      "font/ttf": "ttf",
      "font/woff": "woff",
      "font/woff2": "woff2",
      "image/png": "png",
      "image/svg+xml": "svg",
    };
    build.onResolve({ filter: /^data:/ }, ({ path, kind }) => {
      if (kind !== "url-token") return undefined;
      const { type, base64, content } = data.exec(path).groups;
      const contents = base64 ? Buffer.from(content, "base64") : Buffer.from(decodeURIComponent(content));
      const name = createHash("sha256").update(contents).digest("hex").slice(0, 16);
      return { path: `${name}.${extensions[type]}`, namespace: "embedded", pluginData: contents };
    });
    build.onLoad({ filter: /.*/, namespace: "embedded" }, ({ pluginData }) => ({ contents: pluginData, loader: "file" }));
  },
};

const common = { bundle: true, minify: true, outdir: out, target: "es2022", legalComments: "none", logLevel: "warning" };

await Promise.all([
  esbuild.build({
    ...common,
    entryPoints: ["src/main.tsx"],
    format: "esm",
    splitting: true,
    assetNames: "[name]",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".ttf": "file" },
    // GraphiQL names these by their old names, behind which stand CommonJS files without named exports.
    alias: {
      "prettier/parser-babel": "prettier/plugins/babel",
      "prettier/parser-graphql": "prettier/plugins/graphql",
    },
    plugins: [embeddedFiles],
  }),
  esbuild.build({
    ...common,
    entryPoints: {
      "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
      "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
      "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
    },
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
  }),
  cp("src/icon.svg", `${out}/icon.svg`),
]);
