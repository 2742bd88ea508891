import type { KubernetesObject, ObjectList } from "../doctor/queues";
import { GoogleError } from "../google/client";
import type { KubernetesClient } from "../google/kubernetes";

/** Objects per answer: a cluster that has run for months keeps thousands of ended pods. */
const PAGE = 500;

interface Page<T> extends ObjectList {
  readonly items?: readonly (KubernetesObject & T)[];
  readonly metadata?: { readonly continue?: string };
}

/** All objects of a list, page by page. An API that is not served, or not any more, has none. */
export async function listAll<T = unknown>(
  kubernetes: KubernetesClient,
  path: string,
): Promise<readonly (KubernetesObject & T)[]> {
  const items: (KubernetesObject & T)[] = [];
  try {
    for (let rest = ""; ;) {
      const more = rest && `&continue=${encodeURIComponent(rest)}`;
      const page = await kubernetes.get<Page<T>>(`${path}?limit=${PAGE}${more}`);
      items.push(...(page.items ?? []));
      rest = page.metadata?.continue ?? "";
      if (rest === "") return items;
    }
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return items;
    throw error;
  }
}
