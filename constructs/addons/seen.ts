/** How people see an add-on: the report draws it and counts what it costs, and the doctor looks after it. */
export interface Seen {
  /** What always runs of it, whether anybody uses it or not. */
  readonly operators: readonly Operator[];
  /** Kinds that the API server must know. */
  readonly served: readonly ServedKind[];
}

/** A Deployment of one pod. */
export interface Operator {
  /** What people call it. */
  readonly title: string;
  /** What it does, in a few words. */
  readonly does: string;
  readonly namespace: string;
  /** Name of its Deployment. */
  readonly deployment: string;
  readonly cpu: number;
  readonly memoryGib: number;
}

export interface ServedKind {
  readonly group: string;
  readonly version: string;
  /** Its plural, as in the path. */
  readonly resource: string;
  /** What to do where it is not served. @default deploy again */
  readonly otherwise?: string;
}

/** Amounts of an operator's only container; Autopilot sets limits to the requests. */
export function amountsOf({ cpu, memoryGib }: Pick<Operator, "cpu" | "memoryGib">) {
  const amounts = {
    cpu: `${cpu * 1000}m`,
    memory: `${memoryGib * 1024}Mi`,
    "ephemeral-storage": "1Gi",
  };
  return { requests: amounts, limits: amounts };
}
