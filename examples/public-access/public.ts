import type { EnvironmentConfig } from "../../src/environment/schema";

/** Flyte for the whole company: HTTPS under a name of its own, sign-in by the company's identity provider, no single pod. */
export const open: EnvironmentConfig = {
  name: "open",
  project: "acme-ml-open",
  region: "us-central1",
  state: { bucket: "acme-ml-open-state" },
  encryption: { enabled: true },
  queues: {
    flavors: { l4: { gpu: "l4", provisioning: "on-demand" } },
    teams: { research: { projects: ["vision"], cpu: 128, memoryGib: 512, gpus: { l4: 4 } } },
  },
  flyte: {
    topology: "core",
    access: {
      mode: "public",
      host: "flyte.acme.example",
      oidc: { baseUrl: "https://accounts.google.com", clientId: "1234-abcd.apps.googleusercontent.com" },
      dnsZone: "acme-example",
      cloudArmorPolicy: "flyte",
    },
  },
};

/** The same in one pod, with a record that somebody makes by hand: the least that public access takes. */
export const least: EnvironmentConfig = {
  name: "least",
  project: "acme-ml-least",
  region: "us-central1",
  state: { bucket: "acme-ml-least-state" },
  deletionProtection: false,
  queues: { teams: { research: { projects: ["vision"], cpu: 32, memoryGib: 128 } } },
  // Without deletionProtection both are off, or only note: not on the internet.
  policies: { network: { enabled: true }, admission: { mode: "enforce" } },
  flyte: {
    access: {
      mode: "public",
      host: "flyte.least.acme.example",
      oidc: { baseUrl: "https://idp.acme.example", clientId: "flyte" },
    },
  },
};
