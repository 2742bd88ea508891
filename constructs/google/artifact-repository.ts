import {
  ArtifactRegistryRepository,
  type ArtifactRegistryRepositoryConfig,
} from "@cdktf/provider-google/lib/artifact-registry-repository";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";
import { grantOnRepository, type Grants } from "./grants";
import { repositoryUrl } from "./repository-url";

export interface ArtifactRepositoryProps {
  readonly project: string;

  /** Region, or one of the multi-regions `asia`, `europe`, `us`. Change: replaces the repository. */
  readonly location: string;

  /**
   * Last part of the repository's name.
   *
   * Shape: 1 to 63 lowercase letters, digits and hyphens, a letter first, no hyphen last.
   * Change: replaces the repository.
   */
  readonly repositoryId: string;

  /** @default none */
  readonly description?: string;

  /**
   * Whether a tag, once pushed, stays on its image for ever: what ran last week is what runs today.
   * Tags such as `latest` cannot be pushed a second time then.
   * @default true
   */
  readonly immutableTags?: boolean;

  /**
   * Days after which an image that no tag names is deleted. Tagged images stay.
   *
   * Shape: whole number, at least 1.
   * @default 30
   */
  readonly untaggedDays?: number;

  /**
   * How many of the newest versions of each image stay, tagged or not.
   *
   * Shape: whole number, at least 1.
   * @default 10
   */
  readonly keepVersions?: number;

  /**
   * Cloud KMS key that encrypts the images. Artifact Registry's service agent must be able to use it first (`dependsOn`).
   *
   * Change: replaces the repository.
   * @default Google's own key
   */
  readonly kmsKeyName?: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Refuse to destroy the repository. @default true */
  readonly deletionProtection?: boolean;

  /** Who may pull and push. @default nobody */
  readonly grants?: Grants;

  /** @default nothing */
  readonly dependsOn?: ITerraformDependable[];
}

/** A Docker repository that cleans up after itself and scans what is pushed. */
export class ArtifactRepository extends Construct {
  /** Where images are pushed to and pulled from: `europe-west4-docker.pkg.dev/acme-dev/flyte-dev`. A plain string. */
  readonly url: string;
  /** Everything a consumer must wait for: the repository and its grants. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ArtifactRepositoryProps) {
    super(scope, id);
    check(this, props, artifactRepositoryRules);
    const repository = new ArtifactRegistryRepository(this, "Default", repositoryConfig(props));
    // Not in the bindings: prevent_destroy is lost with the block it stands in, this lock stays in the state.
    // registry.terraform.io/providers/hashicorp/google/7.45.0/docs/resources/artifact_registry_repository#deletion_policy
    repository.addOverride("deletion_policy", (props.deletionProtection ?? true) ? "PREVENT" : "DELETE");
    const { project, location } = props;
    const target = { project, location, repository: repository.name };
    const grants = grantOnRepository(this, "grants", target, props.grants ?? {});

    this.url = repositoryUrl(project, location, props.repositoryId);
    this.ready = [repository, ...grants];
  }
}

/** The problem with a repository id, or nothing. `prop` is how the caller names the value. */
export function repositoryIdProblem(prop: string, repositoryId: string): string | undefined {
  return /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(repositoryId)
    ? undefined
    : `${prop} must be 1 to 63 lowercase letters, digits and hyphens, start with a letter and not end with a hyphen, ` +
        `got ${JSON.stringify(repositoryId)}`;
}

const artifactRepositoryRules: readonly Rule<ArtifactRepositoryProps>[] = [
  ({ repositoryId }) => repositoryIdProblem("repositoryId", repositoryId),
  ({ untaggedDays = 30 }) => atLeastOne("untaggedDays", untaggedDays),
  ({ keepVersions = 10 }) => atLeastOne("keepVersions", keepVersions),
];

function atLeastOne(prop: string, value: number): string | undefined {
  return Number.isInteger(value) && value >= 1
    ? undefined
    : `${prop} must be a whole number of at least 1, got ${value}`;
}

function repositoryConfig(props: ArtifactRepositoryProps): ArtifactRegistryRepositoryConfig {
  return {
    project: props.project,
    location: props.location,
    repositoryId: props.repositoryId,
    description: props.description,
    labels: props.labels,
    format: "DOCKER",
    mode: "STANDARD_REPOSITORY",
    // Only when true: what is false is sent as nothing, and read as nothing, so that its block would be a change for ever.
    // Left out, it is switched off: the provider sends the missing block when the state has one.
    dockerConfig: (props.immutableTags ?? true) ? { immutableTags: true } : undefined,
    cleanupPolicyDryRun: false,
    cleanupPolicies: [
      {
        id: "delete-untagged",
        action: "DELETE",
        // Seconds, as the API returns it: no difference to explain in a plan.
        condition: { tagState: "UNTAGGED", olderThan: `${(props.untaggedDays ?? 30) * 86_400}s` },
      },
      // Wins over every DELETE policy.
      { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: props.keepVersions ?? 10 } },
    ],
    // INHERITED: on where the project enables the container scanning API.
    vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
    kmsKeyName: props.kmsKeyName,
    lifecycle: { preventDestroy: props.deletionProtection ?? true },
    dependsOn: props.dependsOn,
  };
}
