import type { Queues } from "../../../../constructs/kueue/types";
import { cpuOnly, everyMode, warnings, withFlavor, withTeam } from "../queues";

test("says nothing of what is meant", () => {
  expect(warnings(everyMode)).toEqual([]);
  expect(warnings(cpuOnly)).toEqual([]);
});

describe("an unconfirmed figure of the catalogue", () => {
  test("warns and does not refuse", () => {
    expect(warnings(withFlavor({ gpu: "t4", provisioning: "flex-start" }))).toEqual([
      'flavors.x.provisioning may not exist: Google\'s pages do not settle whether 1 × gpu "t4" comes as "flex-start"; try one task first',
    ]);
    expect(warnings(withFlavor({ gpu: "t4", provisioning: "spot" }))).toEqual([]);
  });

  test("warns of a step of a ladder", () => {
    expect(
      warnings(withFlavor({ gpu: "rtx-pro-6000", provisioning: "ladder", ladder: ["flex-start", "spot"] })),
    ).toEqual([
      'flavors.x.provisioning may not exist: Google\'s pages do not settle whether 1 × gpu "rtx-pro-6000" comes as "flex-start"; try one task first',
    ]);
  });
});

test("a flavor without a team is of no use", () => {
  expect(warnings(withFlavor({ gpu: "l4", provisioning: "spot" }, {}))).toEqual([
    "flavors.x is of no use: no team has quota of it, so no namespace has its PodTemplate",
  ]);
});

describe("quota beside nodes", () => {
  const eight = (quota: number | { nominal: number; borrowing?: number }) =>
    warnings(withFlavor({ gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued" }, { x: quota }));

  test.each([8, 16])("%d of nodes with 8 GPUs is fine", (nominal) => {
    expect(eight(nominal)).toEqual([]);
  });

  test("12 leaves 4 for smaller tasks", () => {
    expect(eight(12)).toEqual([
      "teams.team.gpus.x is no multiple of the flavor's 8 GPUs a node: the last 4 of 12 can serve smaller tasks only",
    ]);
  });

  test.each([0, { nominal: 0, borrowing: 0 }])("%j admits no task of a node where nobody lends", (quota) => {
    expect(eight(quota)).toEqual([
      "teams.team.gpus.x never admits a task of 8 GPUs, a node of this flavor: its own and what others lend make 0",
    ]);
  });

  test.each([
    [{ nominal: 8, lending: 8 }, undefined, undefined],
    [{ nominal: 16, lending: 8 }, 8, undefined],
    [{ nominal: 8, lending: 7 }, undefined, 7],
    [16, 7, 7],
  ])(
    "a team without quota of its own, when the other has %j and it borrows at most %s",
    (lent, borrowing, most) => {
      const { flavors, teams } = withFlavor(
        { gpu: "h100-80gb", gpusPerNode: 8, provisioning: "queued" },
        { x: { nominal: 0, borrowing } },
      );
      const lender = { projects: ["q"], cpu: 10, memoryGib: 40, gpus: { x: lent } };
      expect(warnings({ flavors, teams: { ...teams, lender }, priorities: {} })).toEqual(
        most === undefined
          ? []
          : [
              `teams.team.gpus.x never admits a task of 8 GPUs, a node of this flavor: its own and what others lend make ${most}`,
            ],
      );
    },
  );
});

describe("provisioning requests of a region", () => {
  const ways =
    "the others wait although their quota is reserved; raise gpusPerNode, use flex-start for tasks of one node, or ask Google for more of the quota and state it as activeResizeRequests";
  const dws = (
    quotas: readonly number[],
    gpusPerNode: number | undefined,
    activeResizeRequests?: number,
  ): Queues => ({
    flavors: { dws: { gpu: "h100-80gb", gpusPerNode, provisioning: "queued" } },
    teams: Object.fromEntries(
      quotas.map((nominal, index) => [
        `t${index}`,
        { projects: [`p${index}`], cpu: 10, memoryGib: 40, gpus: { dws: nominal } },
      ]),
    ),
    priorities: {},
    activeResizeRequests,
  });

  test.each([
    [[100], 1],
    [[800], 8],
    [[50, 50], 1],
  ])("%p GPUs in nodes of %d are fine", (quotas, gpusPerNode) => {
    expect(warnings(dws(quotas, gpusPerNode))).toEqual([]);
  });

  test("one team over the quota", () => {
    expect(warnings(dws([101, 1], 1))).toEqual([
      `teams.t0.gpus can make 101 provisioning requests at a time, and the region takes 100 (active_resize_requests): ${ways}`,
    ]);
    expect(warnings(dws([101], 1, 101))).toEqual([]);
  });

  test("a flavor that does not say how large its nodes are has one GPU in each", () => {
    expect(warnings(dws([101, 1], undefined))).toEqual([
      `teams.t0.gpus can make 101 provisioning requests at a time, and the region takes 100 (active_resize_requests): ${ways}`,
    ]);
  });

  test("all teams together over the quota", () => {
    expect(warnings(dws([50, 51], 1))).toEqual([
      `teams can together make 101 provisioning requests at a time, and the region takes 100 (active_resize_requests): ${ways}`,
    ]);
  });

  test("flex-start makes none", () => {
    const flavors: Queues["flavors"] = { flex: { gpu: "l4", provisioning: "flex-start" } };
    expect(warnings(withTeam({ gpus: { flex: 500 } }, flavors))).toEqual([]);
  });
});

describe("memory for each vCPU", () => {
  test.each([10, 65])("%d GiB for 10 vCPU is fine", (memoryGib) => {
    expect(warnings(withTeam({ cpu: 10, memoryGib }))).toEqual([]);
  });

  test.each([
    [9, "0.9"],
    [66, "6.6"],
  ])("%d GiB for 10 vCPU cannot all be used", (memoryGib, ratio) => {
    expect(warnings(withTeam({ cpu: 10, memoryGib }))).toEqual([
      `teams.team.memoryGib leaves a part of the quota without use: Autopilot gives a pod 1 to 6.5 GiB a vCPU, and ${memoryGib} GiB for 10 vCPU is ${ratio}`,
    ]);
  });
});

describe("tiers of neighbouring domains", () => {
  const apart = (production: number) => warnings({ ...cpuOnly, priorities: { production, staging: 500 } });

  test.each([500, 521])("%d beside 500 is fine", (production) => {
    expect(apart(production)).toEqual([]);
  });

  test.each([501, 520])("%d beside 500 lets them cross", (production) => {
    expect(apart(production)).toEqual([
      `priorities.production is only ${production - 500} above that of "staging": tasks of "production-batch" would not go before "staging-interactive"; leave more than 20`,
    ]);
  });
});
