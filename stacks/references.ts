/** What of a synthesised stack matters here: `{ resource: { type: { id: … } }, data: …, ephemeral: … }`. */
export type Synthesised = Readonly<Record<string, unknown>>;

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * What a stack refers to and does not hold: `["google_storage_bucket.data", …]`, sorted, each once.
 *
 * It is what a value taken from another stack's resource comes to. Terraform would say so when it plans.
 */
export function strangers(stack: Synthesised): string[] {
  const held = (kind: string) => (stack[kind] ?? {}) as Blocks;
  const kinds = { resource: held("resource"), data: held("data"), ephemeral: held("ephemeral") };
  const found = new Set<string>();
  for (const [expression] of JSON.stringify(Object.values(kinds)).matchAll(EXPRESSION))
    for (const [address, prefix, type = "", id = ""] of expression.matchAll(ADDRESS)) {
      const kind = (prefix?.slice(0, -1) ?? "resource") as keyof typeof kinds;
      if (!kinds[kind][type]?.[id]) found.add(address);
    }
  return [...found].sort();
}

/** `${…}`, but not `$${…}`, which is text. */
const EXPRESSION = /(?<!\$)\$\{[^}]*\}/g;
/** `type.id`, of our providers, perhaps after `data.` or `ephemeral.`. */
const ADDRESS = /\b(data\.|ephemeral\.)?((?:google|kubernetes|helm|random)_\w+)\.([\w-]+)/g;
