import type {} from "monaco-editor";

/** Where Monaco's workers are: files beside this one, so that the page's policy needs no exception for them. */
const files: Record<string, string> = { json: "./json.worker.js", graphql: "./graphql.worker.js" };

window.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(new URL(files[label] ?? "./editor.worker.js", import.meta.url)),
};
