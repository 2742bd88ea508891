import { differences, withoutVersions } from "../../../cli/cdktn/compare";

describe("two synthesised stacks", () => {
  const stack = (version: string, name: string) => ({
    "//": { metadata: { stackName: "dev", version } },
    resource: { google_storage_bucket: { data: { name } } },
  });

  test("are the same when only the library's version differs", () => {
    const [ours, theirs] = [stack("0.21.0", "a"), stack("0.24.0", "a")].map(withoutVersions);
    expect(differences(ours, theirs)).toEqual([]);
  });

  test("differ in a value, with its path", () => {
    expect(differences(withoutVersions(stack("1", "a")), withoutVersions(stack("1", "b")))).toEqual([
      '$.resource.google_storage_bucket.data.name is "a" here, "b" with the other',
    ]);
  });

  test("differ in what only one has, in length, and in null", () => {
    expect(differences({ a: 1, c: null }, { b: [1], c: {} })).toEqual([
      "$.a is 1 here, absent with the other",
      "$.b is absent here, [1] with the other",
      "$.c is null here, {} with the other",
    ]);
    expect(differences([1], [1, 2])).toEqual(["$ is [1] here, [1,2] with the other"]);
  });

  test("do not differ in the order of keys", () => {
    expect(differences({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
  });
});
