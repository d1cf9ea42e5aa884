import type { GraphiQLProps } from "graphiql";

type TabDefinition = NonNullable<GraphiQLProps["defaultTabs"]>[number];

/** A query made ready by the server, as it stands in the page. */
interface ReadyTab {
  title: string;
  query: string;
  variables: Record<string, unknown>;
}

/** What this module keeps in the browser: the server's tabs as last shown. */
const SHOWN = "kith:tabs";
/** What GraphiQL keeps there: all tabs, and what the editors held when the page was left. */
const TABS = "graphiql:tabState";
const QUERY = "graphiql:query";
const VARIABLES = "graphiql:variables";

/**
 * The tabs for a browser that has none stored: the server's, then the reader's own.
 *
 * GraphiQL keeps tabs in the browser and prefers them. When the server's have changed since (its data are new, so
 * the ids in the old ones name nothing), the stored ones are forgotten, but for those that the reader wrote or edited.
 */
export function defaultTabs(): TabDefinition[] | undefined {
  const ready = (JSON.parse(document.getElementById("tabs")!.textContent!) as ReadyTab[]).map(definition);
  const shown = stored(SHOWN) as TabDefinition[] | null;
  if (ready.length === 0) return undefined;
  if (JSON.stringify(ready) === JSON.stringify(shown)) return ready;

  const kept = (stored(TABS) as { tabs: TabDefinition[] } | null)?.tabs ?? [];
  localStorage.removeItem(TABS);
  // GraphiQL takes the query of the first tab into its editor, and its variables only from here.
  localStorage.setItem(QUERY, ready[0].query ?? "");
  localStorage.setItem(VARIABLES, ready[0].variables ?? "");
  localStorage.setItem(SHOWN, JSON.stringify(ready));
  return [...ready, ...kept.filter((tab) => tab.query && !shown?.some((old) => same(old, tab)))];
}

/** GraphiQL names a tab after its operation, so the title stands above the query. */
function definition({ title, query, variables }: ReadyTab): TabDefinition {
  const written = Object.keys(variables).length ? JSON.stringify(variables, null, 2) : "";
  return { query: `# ${title}\n\n${query.trim()}\n`, variables: written };
}

function stored(key: string): unknown {
  return JSON.parse(localStorage.getItem(key) ?? "null");
}

function same(one: TabDefinition, other: TabDefinition): boolean {
  return one.query === other.query && (one.variables ?? "") === (other.variables ?? "");
}
