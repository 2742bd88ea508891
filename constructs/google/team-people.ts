import { LoggingLogView } from "@cdktf/provider-google/lib/logging-log-view";
import { LoggingProjectBucketConfig } from "@cdktf/provider-google/lib/logging-project-bucket-config";
import { LoggingProjectSink } from "@cdktf/provider-google/lib/logging-project-sink";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check, type Rule } from "../rules";
import { grantOnLogView, grantOnProject, grantsTo } from "./grants";

export interface TeamPeopleProps {
  readonly project: string;

  /** Region of the log bucket. Change: replaces it, without its logs. */
  readonly location: string;

  /**
   * Name of the log bucket and of the sink that fills it.
   *
   * Shape: 1 to 100 letters, digits, hyphens and underscores.
   * Change: replaces both; Google keeps a deleted bucket for 7 days, and its name.
   */
  readonly name: string;

  /** Address of the team's Google group. Change: replaces the grants. */
  readonly group: string;

  /** Name of the cluster that the logs are from. */
  readonly cluster: string;

  /**
   * Kubernetes namespaces of the team.
   *
   * Shape: at least one.
   * Change: in place, for logs from then on.
   */
  readonly namespaces: readonly string[];

  /**
   * Days after which a log entry is deleted. Up to 30 Google asks nothing for keeping them.
   *
   * Shape: whole number, 1 to 3650.
   * @default 30
   */
  readonly retentionDays?: number;
}

/** The one view of the bucket. Google's own `_AllLogs` cannot carry a grant. */
const VIEW = "tasks";

/**
 * What a team's people may do at Google, outside of the registry: ask for the cluster's address, so that Kubernetes can
 * decide the rest, and read the logs of their namespaces.
 *
 * A view of the project's own log bucket cannot choose by namespace (source, type of resource and name of the log is
 * all that its filter takes), so each team has a bucket that a sink copies its logs to. What is copied is paid for
 * twice.
 *
 * @see cloud.google.com/logging/docs/logs-views, cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac (2026-11)
 */
export class TeamPeople extends Construct {
  /** Address of the Logs Explorer with the team's logs in it. */
  readonly logsUrl: string;
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: TeamPeopleProps) {
    super(scope, id);
    check(this, props, teamPeopleRules);
    const { project, location, name } = props;
    const member = `group:${props.group}`;
    const cluster = grantOnProject(
      this,
      "cluster",
      { project },
      // Address and certificate, and by the DNS endpoint a connection; nothing in the cluster itself.
      grantsTo(member, ["roles/container.clusterViewer"]),
    );
    const view = this.addLogs(props);
    const parent = `projects/${project}`;
    const logs = grantOnLogView(
      this,
      "logs",
      { parent, location, bucket: name, name: VIEW, dependsOn: [view] },
      grantsTo(member, ["roles/logging.viewAccessor"]),
    );
    const viewName = encodeURIComponent(`${parent}/locations/${location}/buckets/${name}/views/${VIEW}`);
    this.logsUrl = `https://console.cloud.google.com/logs/query;storageScope=storage,${viewName}?project=${project}`;
    this.ready = [...cluster, ...logs];
  }

  private addLogs({ project, location, name, retentionDays, ...which }: TeamPeopleProps): LoggingLogView {
    const bucket = new LoggingProjectBucketConfig(this, "Default", {
      project,
      location,
      bucketId: name,
      description: "Logs of one team's tasks",
      retentionDays: retentionDays ?? 30,
    });
    new LoggingProjectSink(this, "sink", {
      project,
      name,
      description: "Logs of one team's tasks, to a bucket that its people may read",
      destination: `logging.googleapis.com/${bucket.id}`,
      filter: logsOf(which),
      uniqueWriterIdentity: true,
    });
    return new LoggingLogView(this, "view", {
      bucket: bucket.id,
      name: VIEW,
      description: "All of it",
    });
  }
}

/** What the namespaces' containers write, and the events of their pods. */
function logsOf({ cluster, namespaces }: Pick<TeamPeopleProps, "cluster" | "namespaces">): string {
  const anyOf = (values: readonly string[]) =>
    `(${values.map((value) => JSON.stringify(value)).join(" OR ")})`;
  return [
    `resource.type=${anyOf(["k8s_container", "k8s_pod"])}`,
    `resource.labels.cluster_name=${JSON.stringify(cluster)}`,
    `resource.labels.namespace_name=${anyOf(namespaces)}`,
  ].join(" AND ");
}

/** Google's limit of a sink's filter. */
const FILTER_LIMIT = 20_000;

const teamPeopleRules: readonly Rule<TeamPeopleProps>[] = [
  ({ name }) =>
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(name)
      ? undefined
      : `name must be 1 to 100 letters, digits, hyphens and underscores, got ${JSON.stringify(name)}`,
  ({ group }) =>
    /^[^@\s:]+@[^@\s]+$/.test(group)
      ? undefined
      : `group must be the address of a Google group, got ${JSON.stringify(group)}`,
  ({ namespaces }) =>
    namespaces.length > 0
      ? undefined
      : "namespaces must name at least one, got none; the sink would copy nothing",
  (props) => {
    const { length } = logsOf(props);
    return length <= FILTER_LIMIT
      ? undefined
      : `namespaces must fit into a sink's filter of ${FILTER_LIMIT} characters, got ${length} with ${props.namespaces.length} namespaces`;
  },
  ({ retentionDays = 30 }) =>
    Number.isInteger(retentionDays) && retentionDays >= 1 && retentionDays <= 3650
      ? undefined
      : `retentionDays must be a whole number from 1 to 3650, got ${retentionDays}`,
];
