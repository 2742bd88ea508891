/** A Kubernetes object, as plain data. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly [field: string]: unknown;
}

export type Labels = Readonly<Record<string, string>>;

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule";
}

export interface Toleration {
  readonly key: string;
  readonly operator: "Equal" | "Exists";
  readonly value?: string;
  readonly effect: "NoSchedule";
}

/** Entries of a map in the order of their names, so that the order in an environment file changes nothing. */
export function byName<T>(map: Readonly<Record<string, T>>): [name: string, value: T][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}
