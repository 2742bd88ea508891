import { importId, importIds, type Resources } from "../../../cli/platform/deploy/import-ids";
import { shippedAndFull } from "../../support/shipped-stacks";

/** Google gives these an ID of its own, or takes a second one of the same: they never say that something is there. */
const never = [
  /_iam_member$/,
  /^google_monitoring_/,
  /^google_project_service$/,
  /^google_secret_manager_secret_version$/,
  /^terraform_data$/,
];

const stacks = shippedAndFull().flatMap(({ stacks }) =>
  Object.entries(stacks).map(([name, { resource }]) => [name, resource as unknown as Resources] as const),
);

test("every resource of every stack that may be there already has a whole import ID", () => {
  const without = stacks.flatMap(([name, resources = {}]) =>
    Object.entries(resources)
      .filter(([type]) => !never.some((each) => each.test(type)))
      .flatMap(([type, byId]) =>
        Object.keys(byId)
          .filter((id) => !/^[^{}$]+$/.test(importId(resources, `${type}.${id}`) ?? ""))
          .map((id) => `${name}: ${type}.${id.replace(/_[0-9A-F]{8}$/, "")}`),
      ),
  );
  // Google makes the name of the record that proves a domain's owner.
  expect(without.filter((each) => !/google_dns_record_set\..*authorization-record$/.test(each))).toEqual([]);
});

test("a record whose name Google makes has none: only Google knows it", () => {
  const name = "${google_certificate_manager_dns_authorization.a.dns_resource_record[0].name}";
  const record = { project: "p", managed_zone: "z", name, type: "CNAME" };
  expect(importId({ google_dns_record_set: { r: record } }, "google_dns_record_set.r")).toBeUndefined();
});

const resources: Resources = {
  google_kms_key_ring: { keys: { project: "p", location: "l", name: "ring" } },
  google_kms_crypto_key: { key: { key_ring: "${google_kms_key_ring.keys.id}", name: "k" } },
  google_service_account: { sa: { project: "p", account_id: "nodes" } },
  google_sql_database_instance: { db: { project: "p", name: "flyte" } },
  google_sql_user: {
    user: { project: "p", instance: "${google_sql_database_instance.db.name}", name: "flyte" },
  },
  kubernetes_namespace_v1: { a: { metadata: { name: "flyte" } }, b: { metadata: [{ name: "kueue" }] } },
  helm_release: { x: { namespace: "flyte", name: "flyte-backend" } },
};

test.each([
  ["google_kms_crypto_key.key", "projects/p/locations/l/keyRings/ring/cryptoKeys/k"],
  ["google_service_account.sa", "projects/p/serviceAccounts/nodes@p.iam.gserviceaccount.com"],
  ["google_sql_user.user", "p/flyte/flyte"],
  ["kubernetes_namespace_v1.a", "flyte"],
  ["kubernetes_namespace_v1.b", "kueue"],
  ["helm_release.x", "flyte/flyte-backend"],
  ["helm_release.gone", undefined],
])("%s is imported as %s", (address, id) => expect(importId(resources, address)).toBe(id));

test("each template names its arguments in braces", () => {
  for (const template of Object.values(importIds)) expect(template).toMatch(/\{[a-z_.|]+\}/);
});
