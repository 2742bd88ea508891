import { planShape } from "../../../cli/scan/plan-shape";

interface Plan {
  planned_values: { root_module: { resources: { address: string; values: unknown }[] } };
  configuration: { root_module: { resources: { expressions: unknown }[] } };
}

const plan = planShape({
  google_compute_firewall: {
    webhooks: {
      "//": { metadata: { path: "x" } },
      network: "${google_compute_network.network.id}",
      allow: [{ protocol: "tcp", ports: ["9443"] }],
      log_config: { metadata: "INCLUDE_ALL_METADATA" },
      labels: { team: "ml" },
      depends_on: ["google_project_service.compute"],
    },
  },
}) as Plan;

describe("a synthesised stack as a plan", () => {
  const [resource] = plan.planned_values.root_module.resources;

  test("keeps the type in the address", () => {
    expect(resource?.address).toBe("google_compute_firewall.webhooks");
  });

  test("makes a list of every block, leaves maps alone, drops what is no argument", () => {
    expect(resource?.values).toEqual({
      network: "${google_compute_network.network.id}",
      allow: [{ protocol: "tcp", ports: ["9443"] }],
      log_config: [{ metadata: "INCLUDE_ALL_METADATA" }],
      labels: { team: "ml" },
    });
  });

  test("says what each argument refers to", () => {
    expect(plan.configuration.root_module.resources[0]?.expressions).toEqual({
      network: { references: ["google_compute_network.network.id", "google_compute_network.network"] },
    });
  });
});
