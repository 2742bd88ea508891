import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { parse } from "yaml";
import type { Manifest } from "../../../constructs/kubernetes/manifest";
import { gkeQueueObjects, queueObjects } from "../../../constructs/kueue/objects/queue-objects";
import { tenantObjects } from "../../../constructs/kueue/objects/tenant-objects";
import type { Queues } from "../../../constructs/kueue/types";
import { cpuOnly, domains, everyMode, type Loose } from "./queues";

// The real CRDs of Kueue 0.19.2 and of GKE lie beside the repository where it is developed, not in it.
const folder = join(__dirname, "../../../../shared/data/crds");
const present = existsSync(folder);

/** Every optional field that the configuration can bring about. */
const everyField: Queues = {
  ...everyMode,
  flavors: {
    ...everyMode.flavors,
    dws: {
      gpu: "a100-80gb",
      provisioning: "queued",
      validUntil: "6h",
      retry: { limit: 0, baseSeconds: 1, maxSeconds: 2 },
      pinToRequest: true,
    },
  },
  teams: {
    ...everyMode.teams,
    research: {
      ...everyMode.teams["research"]!,
      gpus: { ...everyMode.teams["research"]!.gpus, dws: 1 },
      cpu: 0.5,
      memoryGib: 1.5,
      weight: 0.1,
      preemption: "lower-priority",
      order: "usage",
      stopPolicy: "HoldAndDrain",
    },
  },
};

function objectsOf(queues: Queues): readonly Manifest[] {
  const tenants = Object.entries(queues.teams).flatMap(([team, { projects }]) =>
    projects.flatMap((project) =>
      domains.flatMap((domain) => tenantObjects({ queues, domains, team, project, domain })),
    ),
  );
  return [...queueObjects({ queues, domains }), ...gkeQueueObjects({ queues }), ...tenants];
}

/** The CRDs of what is produced here; that of Workloads is a megabyte, and not among them. */
const files = {
  AdmissionCheck: "kueue-0.19.2-admissionchecks.yaml",
  ClusterQueue: "kueue-0.19.2-clusterqueues.yaml",
  Cohort: "kueue-0.19.2-cohorts.yaml",
  ComputeClass: "cloud.google.com_computeclasses.yaml",
  LocalQueue: "kueue-0.19.2-localqueues.yaml",
  ProvisioningRequestConfig: "kueue-0.19.2-provisioningrequestconfigs.yaml",
  ResourceFlavor: "kueue-0.19.2-resourceflavors.yaml",
  WorkloadPriorityClass: "kueue-0.19.2-workloadpriorityclasses.yaml",
};

/** Validators by "<apiVersion> <kind>". */
function readValidators(): Map<string, ValidateFunction> {
  // Go's "(?i)" at the start of a pattern is a flag in JavaScript.
  const regExp = Object.assign(
    (pattern: string, flags: string) =>
      pattern.includes("(?i)")
        ? new RegExp(pattern.replace("(?i)", ""), `${flags}i`)
        : new RegExp(pattern, flags),
    { code: "undefined" },
  );
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, code: { regExp } });
  const crds = Object.values(files).map((file) => parse(readFileSync(join(folder, file), "utf8")) as Loose);
  return new Map(
    crds.flatMap(({ spec }) =>
      (spec.versions as Loose[])
        .filter(({ storage }) => storage)
        .map((version) => [
          `${spec.group}/${version["name"]} ${spec.names.kind}`,
          ajv.compile(closed(version["schema"].openAPIV3Schema)),
        ]),
    ),
  );
}

/** A CRD drops fields that it does not know; here they are errors. */
function closed(schema: Loose): Loose {
  const { properties, items, additionalProperties, ...rest } = schema;
  if (schema["x-kubernetes-int-or-string"]) return { anyOf: [{ type: "integer" }, { type: "string" }] };
  const open = additionalProperties ?? schema["x-kubernetes-preserve-unknown-fields"] ?? !properties;
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties as Loose).map(([name, inner]) => [
          name,
          // The schema leaves metadata to Kubernetes.
          name === "metadata" && !inner.properties ? inner : closed(inner),
        ]),
      ),
    }),
    ...(items && { items: closed(items) }),
    ...(schema["type"] === "object" && {
      additionalProperties: typeof open === "object" ? closed(open) : open === true,
    }),
  };
}

describe("against the real CRDs", () => {
  if (!present) {
    test.skip(`nothing is checked: ${folder} is not there`, () => undefined);
    return;
  }

  const validators = readValidators();
  const errorsOf = (manifest: Loose) => {
    const validate = validators.get(`${manifest["apiVersion"]} ${manifest["kind"]}`);
    if (!validate) throw new Error(`no CRD for ${manifest["apiVersion"]} ${manifest["kind"]}`);
    validate(manifest);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
  const core = ["v1", "networking.k8s.io/v1"];

  test.each([
    ["every mode", everyMode],
    ["every field", everyField],
    ["CPU only", cpuOnly],
  ])("%s: all objects are valid, without a field that the API does not know", (_, queues) => {
    const custom = objectsOf(queues).filter(({ apiVersion }) => !core.includes(apiVersion));
    expect(custom.length).toBeGreaterThan(5);
    for (const manifest of custom)
      expect([`${manifest.kind}/${manifest.metadata.name}`, errorsOf(manifest)]).toEqual([
        `${manifest.kind}/${manifest.metadata.name}`,
        [],
      ]);
  });

  test("every kind of object is among those checked", () => {
    const kinds = new Set(objectsOf(everyField).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      [...Object.keys(files), "Namespace", "NetworkPolicy", "PodTemplate"].sort(),
    );
  });

  test("fails for what v1beta2 has dropped, and for a value outside an enumeration", () => {
    const [queue] = queueObjects({ queues: cpuOnly, domains }).filter(({ kind }) => kind === "ClusterQueue");
    const spec = (queue as Loose)["spec"];
    expect(errorsOf({ ...queue, spec: { ...spec, admissionChecks: ["dws"] } })).toEqual([
      '/spec must NOT have additional properties {"additionalProperty":"admissionChecks"}',
    ]);
    expect(errorsOf({ ...queue, spec: { ...spec, stopPolicy: "Stop" } })[0]).toContain(
      "/spec/stopPolicy must be equal to one of the allowed values",
    );
  });
});
