import type { Flavor, LadderStep, Provisioning } from "../../../../constructs/kueue/types";
import { everyMode, problems, withFlavor } from "../queues";

const l4 = (flavor: Partial<Flavor> = {}): Flavor => ({ gpu: "l4", provisioning: "on-demand", ...flavor });
const queued = (flavor: Partial<Flavor> = {}): Flavor => l4({ provisioning: "queued", ...flavor });
const ladder = (steps: readonly string[], flavor: Partial<Flavor> = {}): Flavor =>
  l4({ provisioning: "ladder", ladder: steps as readonly LadderStep[], ...flavor });

function of(flavor: Flavor): string[] {
  return problems(withFlavor(flavor));
}

function named(name: string, flavor: Flavor = l4()): string[] {
  return problems({ ...withFlavor(l4(), {}), flavors: { [name]: flavor } });
}

test("a flavor of each mode passes", () => {
  expect(problems(everyMode)).toEqual([]);
});

describe("flavor names", () => {
  test.each(["l", "l4", "h100-dws", "a".repeat(63)])("%s passes", (name) => {
    expect(named(name)).toEqual([]);
  });

  test.each(["4l", "L4", "l4-", "l_4", "a".repeat(64)])("fails for %s", (name) => {
    expect(named(name)).toEqual([
      `flavors.${name} must be named with 1 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last, got "${name}"`,
    ]);
  });

  test.each(["default", "environment", "general", "gpu-hosts", "tasks"])(
    "fails for the reserved %s",
    (name) => {
      expect(named(name)).toEqual([
        `flavors.${name} must have another name: "default", "environment", "general", "gpu-hosts", "tasks" mean something of their own, got "${name}"`,
      ]);
    },
  );

  test.each(["gke-l4", "autopilot"])("fails for a ladder called %s", (name) => {
    expect(named(name, ladder(["on-demand", "spot"]))).toEqual([
      `flavors.${name} must not begin with "gke" or "autopilot": a ladder's ComputeClass has its name, and GKE keeps those for itself`,
    ]);
    expect(named(name)).toEqual([]);
  });
});

describe("the AdmissionCheck of a queued flavor", () => {
  const timed = queued({ maxRunDuration: "7d", validUntil: "90d" });

  test("has a name of 63 characters at most, its parameters included", () => {
    expect(named("a".repeat(45), timed)).toEqual([]);
  });

  test("fails one character above", () => {
    const name = "a".repeat(46);
    expect(named(name, timed)).toEqual([
      `flavors.${name} must give an AdmissionCheck name of at most 63 characters, got "${name}-168h-within-2160h" with 64; shorten the flavor`,
    ]);
    expect(named(name, queued())).toEqual([]);
  });
});

describe("the GPU", () => {
  const all =
    '"t4", "l4", "a100-40gb", "a100-80gb", "h100-80gb", "h100-mega-80gb", "h200-141gb", "b200", "rtx-pro-6000"';

  test.each([
    ["h100", '; did you mean "h100-80gb"?'],
    ["a100-80g", '; did you mean "a100-80gb"?'],
    ["nvidia-l4", '; did you mean "l4"?'],
    ["gb200", '; did you mean "b200"?'],
    ["constructor", ""],
  ])("fails for the unknown %s", (gpu, hint) => {
    expect(of(l4({ gpu }))).toEqual([`flavors.x.gpu must be one of ${all}, got "${gpu}"${hint}`]);
  });

  test("fails for a provisioning that does not exist", () => {
    expect(of(l4({ provisioning: "flexstart" as Provisioning }))).toEqual([
      'flavors.x.provisioning must be one of "on-demand", "spot", "flex-start", "queued", "reservation", "ladder", got "flexstart"; did you mean "flex-start"?',
    ]);
  });
});

describe("GPUs per node", () => {
  test.each([
    ["l4", 1],
    ["l4", 8],
    ["a100-40gb", 16],
    ["h100-80gb", 8],
    ["b200", 8],
  ])("%s × %d passes", (gpu, gpusPerNode) => {
    expect(of({ gpu, provisioning: "spot", gpusPerNode })).toEqual([]);
  });

  test.each([
    ["h100-80gb", 3, "1, 2, 4, 8"],
    ["l4", 0, "1, 2, 4, 8"],
    ["l4", 16, "1, 2, 4, 8"],
    ["a100-80gb", 16, "1, 2, 4, 8"],
    ["t4", 8, "1, 2, 4"],
    ["b200", 1, "8"],
  ])("fails for %s × %d", (gpu, gpusPerNode, counts) => {
    expect(of({ gpu, provisioning: "spot", gpusPerNode })).toEqual([
      `flavors.x.gpusPerNode must be one of ${counts} for gpu "${gpu}", got ${gpusPerNode}`,
    ]);
  });

  test("fails when it is left out and one GPU is no shape", () => {
    expect(of({ gpu: "b200", provisioning: "spot" })).toEqual([
      'flavors.x.gpusPerNode must be one of 8 for gpu "b200", got 1',
    ]);
  });
});

describe("what Google offers a machine as", () => {
  test.each(["spot", "flex-start", "queued"] as const)("H100 × 1 comes as %s", (provisioning) => {
    expect(of({ gpu: "h100-80gb", provisioning })).toEqual([]);
  });

  test("fails for H100 × 1 on demand", () => {
    expect(of({ gpu: "h100-80gb", provisioning: "on-demand" })).toEqual([
      'flavors.x.provisioning must be one of "spot", "flex-start", "queued" for 1 × gpu "h100-80gb" in a node, got "on-demand"; Google offers that machine in no other way',
    ]);
    expect(of({ gpu: "h100-80gb", gpusPerNode: 8, provisioning: "on-demand" })).toEqual([]);
  });

  test("fails for H200 on demand, not out of a reservation", () => {
    expect(of({ gpu: "h200-141gb", gpusPerNode: 8, provisioning: "on-demand" })).toEqual([
      'flavors.x.provisioning must be one of "spot", "flex-start", "queued", "reservation" for 8 × gpu "h200-141gb" in a node, got "on-demand"; Google offers that machine in no other way',
    ]);
    expect(of({ gpu: "h200-141gb", gpusPerNode: 8, provisioning: "reservation", reservation: "r" })).toEqual(
      [],
    );
  });

  test("fails for a step of a ladder that does not exist for the machine", () => {
    expect(of(ladder(["on-demand", "spot"], { gpu: "h100-80gb" }))).toEqual([
      'flavors.x.ladder must be made of "spot", "flex-start" for 1 × gpu "h100-80gb" in a node, got "on-demand"; Google offers that machine in no other way',
    ]);
    expect(of(ladder(["flex-start", "spot"], { gpu: "h100-80gb" }))).toEqual([]);
  });
});

describe("run limits", () => {
  const form = (field: string, most: string, got: string) =>
    `flavors.x.${field} must be 10 minutes to ${most}, written like "90m", "12h" or "7d", got "${got}"`;

  test.each(["10m", "600m", "12h", "168h", "7d"])("%s passes for queued and flex-start", (maxRunDuration) => {
    expect(of(queued({ maxRunDuration }))).toEqual([]);
    expect(of(l4({ provisioning: "flex-start", maxRunDuration }))).toEqual([]);
    expect(of(ladder(["flex-start", "spot"], { maxRunDuration }))).toEqual([]);
  });

  test.each(["9m", "169h", "8d", "10081m", "0h", "12", "1.5h", "12 h", "12s", "-1h", ""])(
    "fails for %p",
    (text) => {
      expect(of(queued({ maxRunDuration: text }))).toEqual([form("maxRunDuration", "7 days", text)]);
    },
  );

  test.each(["10m", "90d"])("%s passes as validUntil", (validUntil) => {
    expect(of(queued({ validUntil }))).toEqual([]);
  });

  test.each(["9m", "91d"])("fails for %s as validUntil", (validUntil) => {
    expect(of(queued({ validUntil }))).toEqual([form("validUntil", "90 days", validUntil)]);
  });

  test.each(["on-demand", "reservation"] as const)("fails for %s", (provisioning) => {
    expect(
      of(
        l4({
          provisioning,
          maxRunDuration: "12h",
          ...(provisioning === "reservation" && { reservation: "r" }),
        }),
      ),
    ).toEqual([
      `flavors.x.maxRunDuration must be left out for provisioning "${provisioning}": only nodes of DWS have a run limit, got "12h"; bound a task with @task(timeout=…)`,
    ]);
  });

  test("fails for a ladder without flex-start", () => {
    expect(of(ladder(["on-demand", "spot"], { maxRunDuration: "12h" }))).toEqual([
      'flavors.x.maxRunDuration must be left out for a ladder without the step "flex-start": only nodes of DWS have a run limit, got "12h"',
    ]);
  });
});

describe("forbidden pairs", () => {
  test("fails for spot + flex-start", () => {
    expect(of(l4({ provisioning: "spot", maxRunDuration: "12h" }))).toEqual([
      'flavors.x.maxRunDuration must be left out for provisioning "spot": a run limit belongs to flex-start, and GKE refuses a pod that asks for spot and flex-start at once; use "flex-start", or a "ladder" with both as steps',
    ]);
  });

  test("fails for reservation + queued", () => {
    expect(of(queued({ reservation: "r" }))).toEqual([
      'flavors.x.reservation must be left out for provisioning "queued": a ProvisioningRequest cannot take nodes out of a reservation, GKE refuses the pair; use "reservation", or a "ladder" whose first step it is',
    ]);
  });

  test("fails for reservation + flex-start", () => {
    expect(of(l4({ provisioning: "flex-start", reservation: "r" }))).toEqual([
      'flavors.x.reservation must be left out for provisioning "flex-start": flex-start cannot take nodes out of a reservation, GKE refuses the pair; use "reservation", or a "ladder" whose first step it is',
    ]);
  });

  test("fails for ComputeClass + queued, either way round", () => {
    expect(of(queued({ ladder: ["on-demand", "spot"] }))).toEqual([
      'flavors.x.ladder must be left out for provisioning "queued": a ladder is a ComputeClass, and GKE has no ProvisioningRequest for one; use provisioning "ladder" alone',
    ]);
    expect(of(ladder(["on-demand", "queued"]))).toEqual([
      'flavors.x.ladder must be made of "reservation", "on-demand", "flex-start", "spot", got "queued"; a ladder is a ComputeClass, and GKE has no ProvisioningRequest for one',
    ]);
  });
});

describe("reservations", () => {
  test("fails without the name", () => {
    expect(of(l4({ provisioning: "reservation" }))).toEqual([
      'flavors.x.reservation must name the reservation for provisioning "reservation"',
    ]);
    expect(of(ladder(["reservation", "spot"]))).toEqual([
      'flavors.x.reservation must name the reservation for the step "reservation" of the ladder',
    ]);
  });

  test("fails where none is used", () => {
    const unused = (provisioning: string) =>
      `flavors.x.reservation must be left out for provisioning "${provisioning}": it is not used; use "reservation", or a "ladder" whose first step it is`;
    expect(of(l4({ reservation: "r" }))).toEqual([unused("on-demand")]);
    expect(of(ladder(["on-demand", "spot"], { reservation: "r" }))).toEqual([unused("ladder")]);
  });

  test.each(["R", "1a", "a-", "a".repeat(64)])("fails for the name %s", (reservation) => {
    expect(of(l4({ provisioning: "reservation", reservation }))).toEqual([
      `flavors.x.reservation must be the name of a reservation: 1 to 63 lower-case letters, digits and hyphens, got "${reservation}"`,
    ]);
    expect(of(l4({ provisioning: "reservation", reservation: "a".repeat(63) }))).toEqual([]);
  });
});

describe("ladders", () => {
  test.each([[["on-demand", "spot"]], [["spot", "on-demand", "flex-start"]]])("%p passes", (steps) => {
    expect(of(ladder(steps))).toEqual([]);
  });

  test.each([
    [[], "must have at least two steps, got 0; with one way only, make it the provisioning"],
    [["spot"], "must have at least two steps, got 1; with one way only, make it the provisioning"],
    [["spot", "on-demand", "spot"], 'must have each step once, got "spot" twice'],
    [
      ["on-demand", "preemptible"],
      'must be one of "reservation", "on-demand", "flex-start", "spot", got "preemptible"',
    ],
  ])("fails for %p", (steps, message) => {
    expect(of(ladder(steps))).toEqual([`flavors.x.ladder ${message}`]);
  });

  test("fails when a reservation is not the first step", () => {
    expect(of(ladder(["on-demand", "reservation"], { reservation: "r" }))).toEqual([
      'flavors.x.ladder must begin with "reservation" when it has that step: it is paid for in any case, got "on-demand", "reservation"',
    ]);
  });

  test("fails for steps without a ladder, and for a ladder without steps", () => {
    expect(of(l4({ ladder: ["on-demand", "spot"] }))).toEqual([
      'flavors.x.ladder must be left out for provisioning "on-demand": only a ladder has steps; use provisioning "ladder" alone',
    ]);
    expect(of(l4({ provisioning: "ladder" }))).toEqual([
      "flavors.x.ladder must have at least two steps, got 0; with one way only, make it the provisioning",
    ]);
  });
});

describe("what only provisioning requests have", () => {
  const retry = { limit: 3, baseSeconds: 60, maxSeconds: 600 };

  test.each([
    ["validUntil", { validUntil: "6h" }],
    ["retry", { retry }],
    ["pinToRequest", { pinToRequest: true }],
  ])("fails for %s elsewhere", (field, part) => {
    expect(of(queued(part))).toEqual([]);
    expect(of(l4({ provisioning: "flex-start", ...part }))).toEqual([
      `flavors.x.${field} must be left out for provisioning "flex-start": it is about provisioning requests, which only "queued" makes`,
    ]);
  });

  test.each([
    [{ limit: 0, baseSeconds: 1, maxSeconds: 1 }],
    [{ limit: 10, baseSeconds: 86_400, maxSeconds: 86_400 }],
  ])("retry %p passes", (good) => {
    expect(of(queued({ retry: good }))).toEqual([]);
  });

  test.each([-1, 11, 1.5])("fails for a retry limit of %d", (limit) => {
    expect(of(queued({ retry: { ...retry, limit } }))).toEqual([
      `flavors.x.retry must have a limit of 0 to 10, got ${limit}; Flyte itself tries again after that`,
    ]);
  });

  test.each([
    [0, 60],
    [60, 59],
    [60, 86_401],
  ])("fails for waits of %d and %d seconds", (baseSeconds, maxSeconds) => {
    expect(of(queued({ retry: { limit: 3, baseSeconds, maxSeconds } }))).toEqual([
      `flavors.x.retry must have baseSeconds from 1 and maxSeconds from baseSeconds to 86400, got ${baseSeconds} and ${maxSeconds}`,
    ]);
  });
});

describe("an extended run time", () => {
  test.each<[Partial<Flavor>]>([
    [{ provisioning: "on-demand" }],
    [{ provisioning: "reservation", reservation: "r" }],
  ])("keeps node upgrades away from %p", (flavor) => {
    expect(of(l4({ ...flavor, extendedRunTime: true }))).toEqual([]);
  });

  test.each(["spot", "flex-start", "queued"] as const)(
    "fails for %s, which has none or refuses it",
    (mode) => {
      expect(of(l4({ provisioning: mode, extendedRunTime: true }))).toContain(
        `flavors.x.extendedRunTime must be left out for provisioning "${mode}": it keeps node upgrades away, which only "on-demand" and "reservation" have; nodes of DWS are not upgraded while they run, and GKE refuses it on spot`,
      );
    },
  );
});

test("fails with all problems of all flavors at once", () => {
  const queues = withFlavor(l4({ gpu: "l5", reservation: "r" }));
  expect(
    problems({ ...queues, flavors: { ...queues.flavors, tasks: queued({ gpusPerNode: 3 }) } }),
  ).toHaveLength(4);
});
