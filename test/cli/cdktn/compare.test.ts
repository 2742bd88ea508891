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
      '$.resource.google_storage_bucket.data.name is "a" with cdktf, "b" with cdktn',
    ]);
  });

  test("differ in what only one has, in length, and in null", () => {
    expect(differences({ a: 1, c: null }, { b: [1], c: {} })).toEqual([
      "$.a is 1 with cdktf, absent with cdktn",
      "$.b is absent with cdktf, [1] with cdktn",
      "$.c is null with cdktf, {} with cdktn",
    ]);
    expect(differences([1], [1, 2])).toEqual(["$ is [1] with cdktf, [1,2] with cdktn"]);
  });

  test("do not differ in the order of keys", () => {
    expect(differences({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
  });
});
