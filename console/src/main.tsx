import "./workers";
// GraphiQL loads Monaco later and by itself; named here, its style sheet becomes part of ours.
import "monaco-graphql/esm/monaco-editor.js";
import "./main.css";

import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

import { defaultTabs } from "./tabs";

const url = new URL("/graphql", location.href);
const socket = new URL(url);
socket.protocol = url.protocol === "https:" ? "wss:" : "ws:";

const fetcher = createGraphiQLFetcher({ url: url.href, subscriptionUrl: socket.href });

createRoot(document.getElementById("graphiql")!).render(
  <GraphiQL fetcher={fetcher} defaultTabs={defaultTabs()} defaultEditorToolsVisibility="variables">
    <GraphiQL.Logo>Kith</GraphiQL.Logo>
  </GraphiQL>,
);
