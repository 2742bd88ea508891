import { GcsBackend, type ITerraformDependable, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AccessLogBucket } from "../constructs/google/access-log-bucket";
import { BOOTSTRAP, Deployer, Planner } from "../constructs/google/deployer";
import { GithubFederation } from "../constructs/google/github-federation";
import { ProjectServices } from "../constructs/google/project-services";
import { StateBucket } from "../constructs/google/state-bucket";
import type { Environment } from "../src/environment/define";
import { type Names, namesFor } from "../src/environment/names";
import { googleProvider, requireProviders } from "./providers";
import { moreRolesToPlan, rolesToDeploy } from "./roles-to-deploy";
import { stackAccounts } from "./service-accounts";

export interface BootstrapProps {
  /** File of the local state; the bucket where there is none. */
  readonly localState?: string;
  /** Buckets that this stack makes. The others exist already, made by hand or for another environment. */
  readonly makes: { readonly stateBucket: boolean; readonly accessLogBucket: boolean };
}

/**
 * What must be there before an environment's four stacks: the bucket for the states, the APIs by which Terraform switches
 * on the others, and who deploys. It belongs to no app of the environments: `platform bootstrap` synthesises it alone.
 */
export class BootstrapStack extends TerraformStack {
  private readonly names: Names;
  private readonly labels: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    private readonly environment: Environment,
    private readonly props: BootstrapProps,
  ) {
    super(scope, `${environment.name}-bootstrap`);
    this.names = namesFor(environment);
    this.labels = { environment: environment.name, "managed-by": "terraform", ...environment.labels };
    this.addBackend();
    googleProvider(this, environment);
    requireProviders(this, ["google"]);

    const services = new ProjectServices(this, "services", {
      project: environment.project,
      services: ["cloudresourcemanager", "serviceusage", "iam", "iamcredentials", "storage", "sts"],
    });
    this.addDeployers(services.ready, this.addBuckets(services.ready));
  }

  private addBackend(): void {
    const { bucket, prefix } = this.environment.state;
    const { localState } = this.props;
    if (localState === undefined) new GcsBackend(this, { bucket, prefix: `${prefix}/${BOOTSTRAP}` });
    else new LocalBackend(this, { path: localState });
  }

  private addBuckets(dependsOn: ITerraformDependable[]): ITerraformDependable[] {
    const { region, state, storage } = this.environment;
    const { makes } = this.props;
    const common = { location: region, labels: this.labels };
    const ready: ITerraformDependable[] = [];
    if (makes.accessLogBucket && storage.accessLogBucket !== undefined) {
      const logs = new AccessLogBucket(this, "access-logs", {
        ...common,
        project: storage.accessLogProject,
        name: storage.accessLogBucket,
        dependsOn,
      });
      ready.push(...logs.ready);
    }
    if (makes.stateBucket) {
      const states = new StateBucket(this, "state", {
        ...common,
        project: state.project,
        name: state.bucket,
        accessLogBucket: storage.accessLogBucket,
        dependsOn: [...dependsOn, ...ready],
      });
      ready.push(...states.ready);
    }
    return ready;
  }

  private addDeployers(services: ITerraformDependable[], buckets: ITerraformDependable[]): void {
    const { project, state, github } = this.environment;
    const common = {
      project,
      stateBucket: state.bucket,
      stateProject: state.project,
      statePrefix: state.prefix,
      dependsOn: [...services, ...buckets],
    };
    const federation =
      github &&
      new GithubFederation(this, "github", {
        ...github,
        project,
        poolId: this.names.githubPool,
        environments: { deploy: this.environment.name, plan: `${this.environment.name}-plan` },
        dependsOn: services,
      });
    const deployer = new Deployer(this, "deployer", {
      ...common,
      accountId: this.names.deployerAccount,
      roles: Object.keys(rolesToDeploy(this.environment)),
      accounts: stackAccounts(this.environment),
      ...(federation && { users: { github: federation.members.deploy } }),
    });
    new TerraformOutput(this, "deployer_account", { value: deployer.email });
    if (!federation) return;
    const planner = new Planner(this, "planner", {
      ...common,
      accountId: this.names.plannerAccount,
      secrets: [this.names.databaseSecret, this.names.oidcSecret],
      roleId: this.names.plannerRole,
      moreRoles: moreRolesToPlan(this.environment),
      users: { github: federation.members.plan },
    });
    new TerraformOutput(this, "planner_account", { value: planner.email });
    new TerraformOutput(this, "deploy_provider", { value: federation.providers.deploy });
    new TerraformOutput(this, "plan_provider", { value: federation.providers.plan });
  }
}
