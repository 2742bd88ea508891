// What holds for the namespaces of tasks by their grants, for whoever must know it before there is a stack.

/**
 * IAM takes 1,500 principals in a bucket's policy, and counts each as often as it is named: three times where a
 * namespace writes below a prefix. The rest is for Flyte's parts and Google's own.
 *
 * @see cloud.google.com/iam/quotas (2026-11)
 */
export const mostNamespaces = 490;

/** Namespaces whose name goes on where another's prefix ends: the one could write what is the other's. */
export function continued(
  namespaces: readonly string[],
): readonly (readonly [longer: string, shorter: string])[] {
  return namespaces.flatMap((shorter) =>
    namespaces.filter((name) => name.startsWith(`${shorter}-`)).map((longer) => [longer, shorter] as const),
  );
}
