import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { tenantObjects } from "../../../constructs/kueue/objects/tenant-objects";
import { Tenants, type TenantsProps } from "../../../constructs/kueue/tenants";
import type { Queues } from "../../../constructs/kueue/types";
import { resources, synthStack } from "../../support/synth";
import { domains, everyMode, withTeam } from "./queues";

function stackOf(queues: Queues, more: Partial<TenantsProps> = {}) {
  return synthStack((scope) => {
    new HelmProvider(scope, "helm");
    new Tenants(scope, "tenants", { queues, domains, releaseNamespace: "flyte", chart: "./chart", ...more });
  });
}

const synth = (...args: Parameters<typeof stackOf>) => resources(stackOf(...args), "helm_release");

describe("Tenants", () => {
  const releases = Object.values(synth(everyMode));

  test("are a release for each project-domain, in the namespace that is there before them", () => {
    expect(releases.map(({ name }) => name).sort()).toEqual(
      ["nlp", "search", "vision"].flatMap((project) =>
        ["development", "production", "staging"].map((domain) => `tenant-${project}-${domain}`),
      ),
    );
    for (const { namespace } of releases) expect(namespace).toBe("flyte");
  });

  test("hold the objects of their namespace", () => {
    const { values } = releases.find(({ name }) => name === "tenant-nlp-staging")!;
    expect(JSON.parse(values[0]).manifests).toEqual(
      tenantObjects({ queues: everyMode, domains, team: "research", project: "nlp", domain: "staging" }),
    );
  });

  test("take over a namespace that Flyte has made", () => {
    for (const { take_ownership } of releases) expect(take_ownership).toBe(true);
  });

  test("have addresses by project and domain: another project moves none", () => {
    const { research, product } = everyMode.teams;
    const before = synth({ ...everyMode, teams: { product: product!, research: research! } });
    const after = synth({
      ...everyMode,
      teams: { research: { ...research!, projects: ["audio", ...research!.projects] }, product: product! },
    });
    expect(after).toEqual(expect.objectContaining(before));
    expect(Object.keys(after)).toHaveLength(Object.keys(before).length + domains.length);
  });

  test("are installed anew when their project moves to another team: a LocalQueue's ClusterQueue is immutable", () => {
    const stack = stackOf(everyMode);
    const owners = resources(stack, "terraform_data");
    expect(Object.values(owners).map(({ triggers_replace }) => triggers_replace)).toEqual([
      "research",
      "product",
      "research",
    ]);
    for (const { name, lifecycle } of Object.values(resources(stack, "helm_release"))) {
      const [, project] = /^tenant-([a-z]+)-/.exec(name)!;
      const [owner] = Object.keys(owners).filter((id) => id.startsWith(`tenants_owners_${project}_`));
      // The bare address: CDKTF's own reference is one that Terraform refuses here.
      expect(lifecycle).toEqual({ replace_triggered_by: [`terraform_data.${owner}`] });
    }
  });

  test("fails with the path of the construct", () => {
    expect(() => synth(withTeam({ cpu: 0 }))).toThrow(
      "test/tenants has 1 problem:\n- queues.teams.team.cpu must be a number above 0, got 0",
    );
  });
});
