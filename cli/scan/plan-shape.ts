type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Block = Readonly<Record<string, Json>>;

/** Resources of a synthesised stack: by type, then by Terraform's id. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** Arguments that are maps of the user's own keys; every other object is a block. */
const maps = new Set([
  "labels",
  "user_labels",
  "resource_labels",
  "annotations",
  "match_labels",
  "attribute_mapping",
]);

/**
 * A synthesised stack in the shape of `terraform show -json <plan>`, which checkov reads best: of CDKTF's own JSON it
 * refuses files with a `required_version`, loses the types of resources, and crashes on database flags.
 *
 * What a plan would have and a synthesis has not are computed values; no check that we rely on reads one.
 */
export function planShape(resources: Resources): object {
  const entries = Object.entries(resources).flatMap(([type, byId]) =>
    Object.entries(byId).map(([name, block]) => ({ type, name, block })),
  );
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {
      root_module: {
        resources: entries.map((entry) => ({ ...headOf(entry), values: valuesOf(entry.block) })),
      },
    },
    resource_changes: entries.map((entry) => ({
      ...headOf(entry),
      change: { actions: ["create"], before: null, after: valuesOf(entry.block), after_unknown: {} },
    })),
    configuration: {
      root_module: {
        resources: entries.map((entry) => ({ ...headOf(entry), expressions: expressionsOf(entry.block) })),
      },
    },
  };
}

function headOf({ type, name }: { type: string; name: string }) {
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: `registry.terraform.io/hashicorp/${type.split("_")[0]}`,
  };
}

/** CDKTF's metadata and the order of creation are no arguments. */
function valuesOf(block: Block): Block {
  const { "//": _metadata, depends_on: _order, ...args } = block;
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, valueOf(value, maps.has(key))]));
}

/** In a plan a block is a list, even where there can be only one. */
function valueOf(value: Json, map: boolean): Json {
  if (Array.isArray(value)) return value.map((each: Json) => (isBlock(each) ? valuesOf(each) : each));
  if (!isBlock(value)) return value;
  return map ? value : [valuesOf(value)];
}

function isBlock(value: Json): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What an argument refers to: how checkov sees that a firewall belongs to a network. */
function expressionsOf(block: Block): Record<string, { references: string[] }> {
  const references = Object.entries(valuesOf(block)).map(([key, value]) => {
    const found = JSON.stringify(value).matchAll(/\$\{((?:data\.)?\w+\.[\w-]+)\.(\w+)/g);
    return [
      key,
      { references: [...found].flatMap(([, address, part]) => [`${address}.${part}`, String(address)]) },
    ] as const;
  });
  return Object.fromEntries(references.filter(([, { references: to }]) => to.length > 0));
}
