import { problemsFor } from "./support";

describe("authorised networks", () => {
  const office = (cidr: string) =>
    problemsFor({ cluster: { controlPlane: { authorizedNetworks: { office: cidr } } } });
  const path = "cluster.controlPlane.authorizedNetworks.office";

  test.each([["10.0.0.0/8"], ["203.0.113.7/32"], ["203.0.113.0/24"]])("may be %s", (cidr) => {
    expect(office(cidr)).toEqual([]);
  });

  test.each([
    ["0.0.0.0/0", "the whole internet"],
    ["0.0.0.0/1", "2,147,483,648 addresses"],
    ["10.0.0.0/7", "33,554,432 addresses"],
  ])("fails for %s", (cidr, what) => {
    expect(office(cidr)).toEqual([
      `${path} must be a /8 or smaller, got "${cidr}", which is ${what}; to be reachable from anywhere use cluster.controlPlane.dnsEndpoint`,
    ]);
  });

  test("fails for what is no network address, and for IPv6", () => {
    expect(office("203.0.113.7/24")).toEqual([
      `${path} must start at its first address, got "203.0.113.7/24"; write "203.0.113.0/24"`,
    ]);
    expect(office("::/0")).toEqual([`${path} must be an IPv4 range such as "203.0.113.0/24", got "::/0"`]);
  });
});

describe("a way into the cluster", () => {
  const controlPlane = (changes: Record<string, unknown>) =>
    problemsFor({ cluster: { controlPlane: changes } });

  test("may be either, or both", () => {
    const authorizedNetworks = { office: "203.0.113.0/24" };
    expect(controlPlane({ dnsEndpoint: true })).toEqual([]);
    expect(controlPlane({ dnsEndpoint: false, authorizedNetworks })).toEqual([]);
    expect(controlPlane({ dnsEndpoint: true, authorizedNetworks })).toEqual([]);
  });

  test("fails when there is none", () => {
    expect(controlPlane({ dnsEndpoint: false })).toEqual([
      "cluster.controlPlane must leave a way in: set dnsEndpoint to true, or name authorizedNetworks",
    ]);
  });
});

describe("the maintenance window", () => {
  const maintenance = (changes: Record<string, unknown>) =>
    problemsFor({ cluster: { maintenance: changes } });
  const daily = { startTime: "2026-01-03T00:00:00Z", recurrence: "FREQ=DAILY" };

  test.each([
    ["2026-01-03T03:59:00Z", "3.98"],
    ["2026-01-04T00:01:00Z", "24.02"],
    ["2026-01-02T00:00:00Z", "-24"],
  ])("fails when it ends at %s", (endTime, hours) => {
    expect(maintenance({ ...daily, endTime })).toEqual([
      `cluster.maintenance.endTime must be 4 to 24 hours after startTime, got ${hours} hours`,
    ]);
  });

  test.each([["2026-01-03T04:00:00Z"], ["2026-01-04T00:00:00Z"]])("may end at %s", (endTime) => {
    expect(maintenance({ ...daily, endTime })).toEqual([]);
  });

  test("fails for a day that no calendar has", () => {
    expect(
      maintenance({ ...daily, startTime: "2026-02-30T00:00:00Z", endTime: "2026-03-01T24:00:00Z" }),
    ).toEqual([
      'cluster.maintenance.startTime must be a time that exists, got "2026-02-30T00:00:00Z"',
      'cluster.maintenance.endTime must be a time that exists, got "2026-03-01T24:00:00Z"',
    ]);
  });

  const weekend = (hours: string, recurrence: string) =>
    maintenance({ startTime: "2026-01-03T00:00:00Z", endTime: `2026-01-03T${hours}:00:00Z`, recurrence });

  test.each([
    ["06", "FREQ=WEEKLY;BYDAY=SA,SU"],
    ["12", "FREQ=WEEKLY"],
    ["04", "FREQ=DAILY;INTERVAL=2"],
    ["04", "FREQ=DAILY;BYDAY=MO,TU,WE"],
    ["08", "FREQ=MONTHLY;BYDAY=SA,SU"],
    ["12", "FREQ=MONTHLY;BYMONTHDAY=1,8,15,22,-1"],
    ["12", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,2,3,-3,-2,-1"],
    ["06", "FREQ=YEARLY;BYDAY=SA,SU"],
    ["12", "FREQ=WEEKLY;WKST=SU"],
  ])("of %s hours may recur as %s", (hours, recurrence) => {
    expect(weekend(hours, recurrence)).toEqual([]);
  });

  test.each([
    ["05", "FREQ=WEEKLY;BYDAY=SA,SU", 40],
    ["11", "FREQ=WEEKLY", 44],
    ["23", "FREQ=WEEKLY;INTERVAL=2", 46],
    ["04", "FREQ=DAILY;INTERVAL=3", 40],
    ["04", "FREQ=DAILY;BYDAY=SA,SU", 32],
  ])("of %s hours fails as %s", (hours, recurrence, got) => {
    expect(weekend(hours, recurrence)).toEqual([
      `cluster.maintenance.recurrence must give at least 48 hours of windows in 32 days, got ${got} with "${recurrence}"; GKE refuses less`,
    ]);
  });
});

describe("maintenance exclusions", () => {
  const exclusion = (endTime: string, scope = "NO_UPGRADES") =>
    problemsFor({
      cluster: {
        maintenance: { exclusions: { freeze: { startTime: "2026-01-01T00:00:00Z", endTime, scope } } },
      },
    });

  test.each([["2026-01-01T00:00:01Z"], ["2026-04-01T00:00:00Z"]])("may end at %s", (endTime) => {
    expect(exclusion(endTime)).toEqual([]);
  });

  test("may last longer when patches are let through", () => {
    expect(exclusion("2026-09-01T00:00:00Z", "NO_MINOR_UPGRADES")).toEqual([]);
  });

  test("fails when it ends before it begins, or lasts too long", () => {
    expect(exclusion("2026-01-01T00:00:00Z")).toEqual([
      'cluster.maintenance.exclusions.freeze.endTime must be after startTime "2026-01-01T00:00:00Z", got "2026-01-01T00:00:00Z"',
    ]);
    expect(exclusion("2026-04-01T12:00:00Z")).toEqual([
      "cluster.maintenance.exclusions.freeze.endTime must be at most 90 days after startTime for NO_UPGRADES, got 90.5 days",
    ]);
    expect(exclusion("2026-04-31T00:00:00Z")).toEqual([
      'cluster.maintenance.exclusions.freeze.endTime must be a time that exists, got "2026-04-31T00:00:00Z"',
    ]);
  });
});
