import { cidrProblem, parseCidr } from "../../../constructs/google/cidr";

describe("an IPv4 range", () => {
  test("is its first address and its prefix length", () => {
    expect(parseCidr("10.9.16.0/20")).toEqual({ address: "10.9.16.0", prefix: 20 });
  });

  test.each(["10.0.0.1/20", "10.0.0.0", "10.0/20", "300.0.0.0/8", "10.0.0.0/33", "", "fd00::/8"])(
    "fails for %j",
    (cidr) => {
      expect(parseCidr(cidr)).toBeUndefined();
      expect(cidrProblem("podsCidr", cidr, 9, 21)).toBe(
        `podsCidr must be an IPv4 range such as "10.0.0.0/20", got ${JSON.stringify(cidr)}`,
      );
    },
  );

  test.each([
    ["10.0.0.0/8", 'podsCidr must be between a /9 and a /21, got "10.0.0.0/8"'],
    ["10.0.0.0/9", undefined],
    ["10.0.0.0/21", undefined],
    ["10.0.0.0/22", 'podsCidr must be between a /9 and a /21, got "10.0.0.0/22"'],
  ])("is judged by its size: %s", (cidr, problem) => {
    expect(cidrProblem("podsCidr", cidr, 9, 21)).toBe(problem);
  });
});
