import type { KubernetesObject, ObjectList } from "../doctor/queues";
import { GoogleError } from "./client";
import type { KubernetesClient } from "./kubernetes";

/** Objects per answer: a cluster that has run for months keeps thousands of ended pods. */
const PAGE = 500;

interface Page<T> extends ObjectList {
  readonly items?: readonly (KubernetesObject & T)[];
  readonly metadata?: { readonly continue?: string };
}

/**
 * All objects of a list, page by page. An API that is not served, or not any more, has none.
 *
 * @param query more of it, e.g. a `fieldSelector`
 */
export async function listAll<T = unknown>(
  kubernetes: KubernetesClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly (KubernetesObject & T)[]> {
  const items: (KubernetesObject & T)[] = [];
  try {
    for (let rest = ""; ;) {
      const parts = new URLSearchParams({ ...query, limit: String(PAGE), ...(rest && { continue: rest }) });
      const page = await kubernetes.get<Page<T>>(`${path}?${parts.toString()}`);
      items.push(...(page.items ?? []));
      rest = page.metadata?.continue ?? "";
      if (rest === "") return items;
    }
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return items;
    throw error;
  }
}
