import { FileServer, type FileServerProps } from "../../../constructs/google/file-server";
import { onlyResource } from "../../support/synth";
import { synthGoogleStack } from "./google-stack";

const least: FileServerProps = {
  project: "acme-dev",
  region: "us-central1",
  name: "flyte-dev-files-scratch",
  network: "projects/acme-dev/global/networks/flyte-dev-network",
  nodesCidr: "10.16.0.0/20",
  tier: "REGIONAL",
  sizeGib: 1024,
};
const synth = (props: Partial<FileServerProps> = {}) =>
  synthGoogleStack((scope) => void new FileServer(scope, "scratch", { ...least, ...props }));
const server = (props?: Partial<FileServerProps>) => onlyResource(synth(props), "google_filestore_instance");

describe("a file server", () => {
  test("answers the nodes alone, at a private address, and is protected without being told so", () => {
    expect(server()).toEqual({
      project: "acme-dev",
      name: "flyte-dev-files-scratch",
      location: "us-central1",
      tier: "REGIONAL",
      description: "Files of tasks",
      file_shares: {
        name: "tasks",
        capacity_gb: 1024,
        nfs_export_options: [
          { ip_ranges: ["10.16.0.0/20"], access_mode: "READ_WRITE", squash_mode: "NO_ROOT_SQUASH" },
        ],
      },
      networks: [
        {
          network: "projects/acme-dev/global/networks/flyte-dev-network",
          modes: ["MODE_IPV4"],
          connect_mode: "PRIVATE_SERVICE_ACCESS",
        },
      ],
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("can be given up, has a key of one's own, and is where its zone is", () => {
    expect(
      server({ deletionProtection: false, kmsKeyName: "k", tier: "ZONAL", zone: "us-central1-b" }),
    ).toMatchObject({
      deletion_protection_enabled: false,
      lifecycle: { prevent_destroy: false },
      kms_key_name: "k",
      location: "us-central1-b",
    });
  });

  test.each<[Partial<FileServerProps>, string | undefined]>([
    [
      { sizeGib: 1023 },
      "sizeGib must be 1024 to 9984 GiB in steps of 256, or 10240 to 102400 GiB in steps of 2560 with tier REGIONAL, got 1023",
    ],
    [{ sizeGib: 1024 }, undefined],
    [{ sizeGib: 9984 }, undefined],
    [
      { sizeGib: 10_000 },
      "sizeGib must be 1024 to 9984 GiB in steps of 256, or 10240 to 102400 GiB in steps of 2560 with tier REGIONAL, got 10000",
    ],
    [{ sizeGib: 10_240 }, undefined],
    [
      { zone: "us-central1-b" },
      'zone must be left out with tier REGIONAL, which is in the whole region, got "us-central1-b"',
    ],
    [
      { tier: "BASIC_HDD" },
      'zone must be a zone of us-central1 with tier BASIC_HDD, such as "us-central1-b", got nothing',
    ],
    [{ tier: "BASIC_HDD", zone: "us-central1-b" }, undefined],
    [
      { tier: "ZONAL", zone: "us-east1-b" },
      'zone must be a zone of us-central1 with tier ZONAL, such as "us-central1-b", got "us-east1-b"',
    ],
    [
      { tier: "BASIC_SSD", zone: "us-central1-b" },
      "sizeGib must be 2560 to 65433 GiB with tier BASIC_SSD, got 1024",
    ],
    [
      { tier: "BASIC_SSD", zone: "us-central1-b", sizeGib: 2560, kmsKeyName: "k" },
      'tier must be one of "ZONAL", "REGIONAL" with encryption.enabled, got "BASIC_SSD", which takes no key of your own',
    ],
  ])("%j", (props, problem) => {
    if (problem === undefined) expect(() => synth(props)).not.toThrow();
    else expect(() => synth(props)).toThrow(problem);
  });
});
