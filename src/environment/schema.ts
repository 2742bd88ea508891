import type * as z from "zod/mini";
import type { DeepReadonly } from "./plain-data";
import { addOns } from "./schema/add-ons";
import { cluster } from "./schema/cluster";
import { database } from "./schema/database";
import { flyte, kueue } from "./schema/flyte";
import { defaulted, flag, group, mapOf, optional, required, text, wholeNumber } from "./schema/kinds";
import { monitoring } from "./schema/monitoring";
import { bucketName, projectId } from "./schema/names";
import { network } from "./schema/network";
import { policies } from "./schema/policies";
import { queues } from "./schema/queues";
import { backup, encryption, registry, storage } from "./schema/storage";
import { volumes } from "./schema/volumes";

const state = group({
  bucket: required(bucketName(), {
    meaning:
      "The bucket for Terraform's state; it may serve several environments. `npm run platform -- bootstrap <name>` makes it, or uses one that exists.",
    change: "Move the state first: `terraform init -migrate-state`.",
    example: '"acme-terraform-state"',
  }),
  project: optional(projectId(), {
    meaning:
      "The project that holds the bucket. Names of buckets are everybody's: one of another project is refused, because whoever made it could read and rewrite the state.",
    default: "the environment's `project`",
    change: "In place: it says who must own the bucket, and moves nothing.",
    example: '"acme-terraform"',
  }),
  prefix: optional(
    text("a path of letters, digits, hyphens, underscores and slashes", /^[\w-]+(\/[\w-]+)*$/),
    {
      meaning: "Folder in the bucket. Each stack has its own below it.",
      default: "the environment's `name`",
      change: "Move the state first: `terraform init -migrate-state`.",
    },
  ),
});

const github = group({
  repository: required(
    text('a repository such as "acme/flyte"', /^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/),
    {
      meaning: "The repository whose workflows may plan and deploy.",
      change: "In place, with the next `platform bootstrap`.",
      example: '"acme/flyte"',
    },
  ),
  repositoryId: optional(wholeNumber(1, Number.MAX_SAFE_INTEGER), {
    meaning:
      "GitHub's own number of that repository: `gh api repos/acme/flyte --jq .id`. A name that is given up can be taken by anybody, the number never.",
    default: "the name alone",
    change: "In place, with the next `platform bootstrap`.",
    example: "123456789",
  }),
  branch: defaulted(text("a branch", /^[A-Za-z0-9][A-Za-z0-9._/-]*$/), "main", {
    meaning: "The branch whose runs may deploy. Runs of pull requests may only plan.",
    change: "In place, with the next `platform bootstrap`.",
  }),
});

function regionOfZone(value: string): string | undefined {
  const region = /^([a-z]+-[a-z]+\d+)-[a-z]$/.exec(value)?.[1];
  return region && `that is a zone: use region "${region}"`;
}

/** Everything an environment can say. The one source of types, defaults, error texts and docs/configuration.md. */
export const environmentSchema = group({
  name: required(
    text("2 to 12 lower-case letters and digits, starting with a letter", /^[a-z][a-z0-9]{1,11}$/, (value) =>
      value.includes("-") ? "`cdktf deploy '<name>-*'` must mean one environment, so no hyphen" : undefined,
    ),
    {
      meaning:
        "Part of every name, and of the deploy command: `cdktf deploy '<name>-*'`. No hyphen, so that the pattern fits one environment.",
      change: "A new name is a new environment.",
      example: '"prod"',
    },
  ),
  project: required(projectId(), {
    meaning:
      "The Google Cloud project to deploy into. It exists already, with billing. Each environment needs its own: clusters of one project share its workload identity pool, and so each other's rights.",
    change: "A new project is a new environment.",
    example: '"acme-flyte-prod"',
  }),
  region: required(text('a region such as "us-central1"', /^[a-z]+-[a-z]+\d+$/, regionOfZone), {
    meaning: "Where everything runs. Choose one that has the GPUs you want: a warning says which do.",
    change: "Replaces everything, which `deletionProtection` refuses.",
    example: '"us-central1"',
  }),
  prefix: defaulted(
    text(
      "up to 20 lower-case letters, digits and hyphens, starting with a letter, not ending with a hyphen",
      /^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/,
    ),
    "flyte",
    {
      meaning:
        "First part of every name: `<prefix>-<name>-<role>`. Long ones do not fit a service account's 30 characters.",
      change: "Replaces everything, which `deletionProtection` refuses.",
    },
  ),
  state: required(state, { meaning: "Where Terraform's state is kept.", change: "Move the state first." }),
  github: optional(github, {
    meaning:
      "GitHub Actions plan and deploy without a key, by Workload Identity Federation. Made by `npm run platform -- bootstrap <name>`.",
    default: "nobody but people",
    change: "In place, with the next `platform bootstrap`.",
  }),
  labels: defaulted(
    mapOf(
      "labels",
      text(
        "up to 63 lower-case letters, digits, hyphens and underscores, starting with a letter",
        /^[a-z][a-z0-9_-]{0,62}$/,
      ),
      text("up to 63 lower-case letters, digits, hyphens and underscores", /^[a-z0-9_-]{0,63}$/),
    ),
    {},
    {
      meaning:
        "Labels on everything that takes them. `environment` (the name) and `managed-by` are there by themselves; what is written for these two wins.",
      change: "In place.",
      example: '{ team: "ml-platform", "cost-center": "4711" }',
    },
  ),
  deletionProtection: defaulted(flag(), true, {
    meaning:
      "Refuse to delete the cluster, the database and the buckets, in Terraform and at Google. On means production-grade: backups are required, and risky choices are warned about.",
    change: "In place. Switch it off and deploy before a destroy.",
  }),
  network: defaulted(
    network,
    {},
    { meaning: "Address ranges, or a network that exists.", change: "See each key." },
  ),
  cluster: defaulted(cluster, {}, { meaning: "The GKE Autopilot cluster.", change: "See each key." }),
  database: defaulted(
    database,
    {},
    {
      meaning: "The Cloud SQL instance that holds Flyte's metadata. It has a private address only.",
      change: "See each key.",
    },
  ),
  storage: defaulted(
    storage,
    {},
    { meaning: "The buckets for Flyte's metadata and the tasks' data.", change: "See each key." },
  ),
  registry: defaulted(
    registry,
    {},
    { meaning: "The Artifact Registry repository for task images.", change: "See each key." },
  ),
  encryption: defaulted(encryption, {}, { meaning: "Keys of your own (CMEK).", change: "See each key." }),
  backup: defaulted(backup, {}, { meaning: "Backup for GKE.", change: "See each key." }),
  queues: required(queues, {
    meaning: "GPUs, teams and their quotas, in Kueue's words.",
    change: "See each key.",
  }),
  volumes: defaulted(
    volumes,
    {},
    {
      meaning:
        "Data that tasks find under `/mnt/<name>`, by themselves: those of the teams that name it in `queues.teams.<name>.volumes`. Each is a bucket, a file server, or a claim of your own.",
      change: "In place, for tasks from then on. A renamed one is removed and added.",
      example:
        '{ datasets: { bucket: "acme-datasets", readOnly: true }, scratch: { filestore: { tier: "REGIONAL", sizeGib: 1024 } } }',
    },
  ),
  kueue: defaulted(kueue, {}, { meaning: "The queue controller.", change: "See each key." }),
  monitoring: defaulted(
    monitoring,
    {},
    { meaning: "Seeing why work waits, and being told.", change: "See each key." },
  ),
  flyte: defaulted(flyte, {}, { meaning: "The Flyte backend.", change: "See each key." }),
  addOns: defaulted(
    addOns,
    {},
    {
      meaning: "What the platform can do beside its own: each add-on that is named here is on.",
      change: "See each key.",
    },
  ),
  policies: defaulted(
    policies,
    {},
    { meaning: "What tasks may do in the cluster.", change: "See each key." },
  ),
});

type Parsed = z.output<typeof environmentSchema>;

/** What a fork writes in `src/environments/<name>.ts`. */
export type EnvironmentConfig = DeepReadonly<z.input<typeof environmentSchema>>;

/** An environment with every default applied: what names and stacks are made from. Frozen. */
export type Environment = DeepReadonly<
  Omit<Parsed, "state" | "storage" | "queues" | "database" | "policies"> & {
    state: Required<Parsed["state"]>;
    storage: Parsed["storage"] & { location: string; accessLogProject: string };
    database: Parsed["database"] & { backups: Required<Parsed["database"]["backups"]> };
    queues: Parsed["queues"] & { priorities: Record<string, number> };
    policies: {
      network: Required<Parsed["policies"]["network"]>;
      admission: Required<Parsed["policies"]["admission"]>;
    };
  }
>;

const usualPriorities: Readonly<Record<string, number>> = {
  production: 1000,
  staging: 500,
  development: 100,
};

/** The defaults that follow from other keys. Takes the sections that could be read; gives the same ones. */
export function withDerivedDefaults(parsed: Partial<Parsed>): Partial<Environment> {
  const { name = "", project = "", region = "", state, storage, database, queues, policies } = parsed;
  const domains = parsed.flyte?.domains ?? [];
  const priorities = Object.entries(usualPriorities).filter(([domain]) => domains.includes(domain));
  return {
    ...parsed,
    ...(state && { state: { prefix: name, project, ...state } }),
    ...(storage && { storage: { location: region, accessLogProject: project, ...storage } }),
    ...(database && { database: { ...database, backups: withRecovery(database.backups) } }),
    ...(queues && { queues: { priorities: Object.fromEntries(priorities), ...queues } }),
    ...(policies && { policies: withModes(policies, parsed.deletionProtection ?? true) }),
  } as Partial<Environment>;
}

function withRecovery(backups: Parsed["database"]["backups"]) {
  return { pointInTimeRecovery: backups.enabled, ...backups };
}

/** Where things are tried out, a rule that nobody expects would be in the way: it is only noted. */
function withModes({ network, admission }: Parsed["policies"], strict: boolean) {
  return {
    network: { enabled: strict, ...network },
    admission: { mode: strict ? "enforce" : "audit", registries: [], ...admission },
  };
}
