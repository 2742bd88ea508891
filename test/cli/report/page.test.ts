import { readFileSync } from "node:fs";
import { identitiesOf } from "../../../cli/report/identities";
import { costsOf } from "../../../cli/report/costs";
import { reportPage } from "../../../cli/report/page";
import { type PriceList, pricesFile } from "../../../cli/report/prices";
import { widthOf, wrapped } from "../../../cli/report/svg";
import type { Stack } from "../../../cli/report/synthesised-stack";
import { defineEnvironment } from "../../../src/environment/define";
import { dev } from "../../support/environments/dev";

const member =
  "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p.svc.id.goog/namespace/";
const bucketGrant = (who: string, role: string) => ({ bucket: "b", role: `roles/${role}`, member: who });
const stack: Stack = {
  name: "dev-platform",
  dependencies: [],
  state: "gs://state/dev/platform",
  outputs: [],
  resources: {
    google_service_account: { backend: { account_id: "flyte-dev-backend" } },
    google_storage_bucket_iam_member: {
      a: bucketGrant(`${member}vision-dev`, "storage.objectUser"),
      b: bucketGrant(`${member}vision-dev`, "storage.legacyBucketReader"),
      c: bucketGrant(`${member}nlp-dev`, "storage.objectUser"),
      d: bucketGrant(`${member}nlp-dev`, "storage.legacyBucketReader"),
      e: bucketGrant("${google_service_account.backend.member}", "storage.objectUser"),
      f: bucketGrant(
        `${member.replace("principalSet", "principal").replace(/namespace\/$/, "")}subject/ns/spark/sa/history`,
        "storage.objectViewer",
      ),
    },
    google_service_account_iam_member: {
      pod: {
        service_account_id: "${google_service_account.backend.name}",
        role: "roles/iam.workloadIdentityUser",
        member: "serviceAccount:p.svc.id.goog[flyte/flyte-binary]",
      },
    },
  },
};

describe("who may do what", () => {
  test("joins roles on a target, and namespaces that may do the same; names what a reference means", () => {
    expect(identitiesOf([stack])).toEqual([
      {
        title: "Tasks of 2 namespaces",
        kind: "each its own Workload Identity principal, no account, no key",
        grants: [
          { roles: ["storage.legacyBucketReader", "storage.objectUser"], on: { name: "b", kind: "bucket" } },
        ],
      },
      {
        title: "flyte-dev-backend",
        kind: "service account, no key",
        grants: [{ roles: ["storage.objectUser"], on: { name: "b", kind: "bucket" } }],
      },
      {
        title: "spark/history",
        kind: "Kubernetes service account",
        grants: [{ roles: ["storage.objectViewer"], on: { name: "b", kind: "bucket" } }],
      },
      {
        title: "flyte/flyte-binary",
        kind: "Kubernetes service account",
        grants: [{ roles: ["iam.workloadIdentityUser"], on: { name: "flyte-dev-backend", kind: "account" } }],
      },
    ]);
  });
});

describe("the report", () => {
  const prices = JSON.parse(readFileSync(pricesFile, "utf8")) as PriceList;
  const page = () => reportPage([defineEnvironment(dev)], [stack], prices);

  test("needs nothing else: no address is fetched", () => {
    expect(/(src|href)="(?!#)|url\((?!#)|@import/.exec(page())).toBeNull();
  });

  test("is the same for the same input, and small", () => {
    expect(page()).toBe(page());
    expect(Buffer.byteLength(page())).toBeLessThan(1024 * 1024);
  });

  test("draws the operators of add-ons, and counts what they cost", () => {
    const words = ["Training Operator, 0.25 vCPU and 0.5 GiB", "namespace training-operator"];
    const on = reportPage([defineEnvironment({ ...dev, addOns: { training: {} } })], [stack], prices);
    for (const each of words) {
      expect(on).toContain(each);
      expect(page()).not.toContain(each);
    }
  });

  test("counts a file server, used or not", () => {
    const { research } = dev.queues.teams;
    const served = {
      ...dev,
      volumes: { scratch: { filestore: { tier: "REGIONAL", sizeGib: 1024 } as const } },
      queues: { ...dev.queues, teams: { research: { ...research!, volumes: ["scratch"] } } },
    };
    const { fixed } = costsOf(defineEnvironment(served), [stack], prices);
    expect(fixed.filter(({ part }) => part === "files")).toEqual([
      {
        part: "files",
        what: "volume scratch, 1024 GiB of Filestore REGIONAL, used or not",
        month: 1024 * prices.prices["filestore.REGIONAL"]!.value,
      },
    ]);
  });

  test("names the stack's state, the quotas to ask for, the password's place, and what the amounts are", () => {
    for (const words of [
      "gs://state/dev/platform",
      "PREEMPTIBLE_NVIDIA_L4_GPUS",
      "flyte-dev-database-password",
      `collected ${prices.date}; never a quote`,
    ])
      expect(page()).toContain(words);
  });
});

describe("text in pictures", () => {
  const style = { size: 12 };

  test("breaks after hyphens, and inside a word only where it must", () => {
    expect(wrapped("flyte-prod-database-password", 120, style)).toEqual([
      "flyte-prod-",
      "database-",
      "password",
    ]);
    expect(wrapped("abcdefghijkl", 40, style).join("")).toBe("abcdefghijkl");
  });

  test("never gets wider than it may", () => {
    for (const text of [
      "serviceAccount:image-builder@acme-ml-build.iam.gserviceaccount.com",
      "WWWWWWWWWWWW",
      "a b c",
    ])
      for (const line of wrapped(text, 90, style)) expect(widthOf(line, style)).toBeLessThanOrEqual(90);
  });
});
