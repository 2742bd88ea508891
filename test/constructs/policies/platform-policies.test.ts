import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { PlatformPolicies, type PlatformPoliciesProps } from "../../../constructs/policies/platform-policies";
import { resources, synthStack } from "../../support/synth";

const props: PlatformPoliciesProps = {
  queues: {
    flavors: {
      l4: { gpu: "l4", provisioning: "on-demand" },
      "h100-dws": { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued" },
    },
    teams: {
      research: { projects: ["vision"], cpu: 64, memoryGib: 256, gpus: { l4: 2, "h100-dws": 8 } },
      product: { projects: ["search"], cpu: 64, memoryGib: 256 },
    },
    priorities: { production: 1000 },
  },
  domains: ["development", "production"],
  flyteNamespace: "flyte",
  chart: "assets/manifests",
  network: {
    access: "port-forward",
    apiServerCidr: "10.0.0.0/20",
    databaseCidr: "10.0.0.5/32",
    internet: true,
    allow: {},
  },
  admission: { mode: "enforce", registries: ["ghcr.io/acme/"] },
};

const synth = (changes: Partial<PlatformPoliciesProps> = {}) => {
  const json = synthStack((stack) => {
    new HelmProvider(stack, "helm");
    new PlatformPolicies(stack, "policies", { ...props, ...changes });
  });
  return Object.fromEntries(
    Object.values(resources(json, "helm_release")).map(({ name, values }) => [
      name as string,
      JSON.parse(values[0]).manifests as { kind: string; metadata: { namespace: string }; data: object }[],
    ]),
  );
};

describe("the platform's policies", () => {
  test("are three releases; the walls stay where the other two are off", () => {
    expect(Object.keys(synth()).sort()).toEqual(["admission-policies", "network-policies", "walls"]);
    expect(Object.keys(synth({ network: undefined, admission: undefined }))).toEqual(["walls"]);
  });

  test("have the same walls whatever becomes of the matters of taste", () => {
    const { walls } = synth();
    expect(synth({ admission: undefined }).walls).toEqual(walls);
    expect(synth({ admission: { mode: "audit", registries: [] } }).walls).toEqual(walls);
  });

  test("know every project-domain, and the queues that its team has", () => {
    const { "network-policies": network, walls } = synth();
    expect(network!.map(({ metadata }) => metadata.namespace)).toEqual([
      "vision-development",
      "vision-production",
      "search-development",
      "search-production",
      "flyte",
    ]);
    const [queues, priorities] = walls!.filter(({ kind }) => kind === "ConfigMap");
    expect(queues).toMatchObject({
      metadata: { name: "queues-of-namespaces", namespace: "flyte" },
      data: {
        "vision-development": "tasks,h100-dws",
        "vision-production": "tasks,h100-dws",
        "search-development": "tasks",
        "search-production": "tasks",
      },
    });
    // Those of a domain without a number too, and of no other domain.
    expect(priorities!.data).toMatchObject({
      "vision-development": "development,development-batch,development-interactive",
      "vision-production": "production,production-batch,production-interactive",
    });
  });

  test("know the classes of the ladders, whose nodes have GPUs", () => {
    const ladder = {
      "any-h100": { gpu: "h100-80gb", provisioning: "ladder", ladder: ["on-demand", "spot"] },
    } as const;
    const queues = { ...props.queues, flavors: { ...props.queues.flavors, ...ladder } };
    expect(JSON.stringify(synth({ queues }).walls)).toContain('in [\\"any-h100\\"]');
    expect(JSON.stringify(synth().walls)).not.toContain("any-h100");
  });

  test("know the run limits of flex-start, whose PodTemplates carry them; the others have theirs elsewhere", () => {
    const flex = {
      "h100-flex": { gpu: "h100-80gb", provisioning: "flex-start", maxRunDuration: "12h" },
    } as const;
    const queues = { ...props.queues, flavors: { ...props.queues.flavors, ...flex } };
    expect(JSON.stringify(synth({ queues }).walls)).toContain('in [\\"nvidia-h100-80gb 43200\\"]');
    expect(JSON.stringify(synth().walls)).not.toContain("nvidia-h100-80gb 43200");
  });

  test("fail for a registry that another's name could begin with", () => {
    expect(() => synth({ admission: { mode: "audit", registries: ["ghcr.io/acme"] } })).toThrow(
      new Error(
        'test/policies has 1 problem:\n- admission.registries must each end in a slash, got "ghcr.io/acme"; a project whose name begins the same would be let in',
      ),
    );
  });
});
