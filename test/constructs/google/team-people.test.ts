import { TeamPeople, type TeamPeopleProps } from "../../../constructs/google/team-people";
import { onlyResource, resources } from "../../support/synth";
import { synthGoogleStack } from "./google-stack";

const minimal: TeamPeopleProps = {
  project: "acme-ml",
  location: "us-central1",
  name: "flyte-prod-team-research",
  group: "ml-research@acme.example",
  cluster: "flyte-prod-cluster",
  namespaces: ["vision-development", "vision-production"],
};

const synth = (props: Partial<TeamPeopleProps> = {}) =>
  synthGoogleStack((stack) => void new TeamPeople(stack, "people", { ...minimal, ...props }));
const messageOf = (props: Partial<TeamPeopleProps>) => {
  try {
    synth(props);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a team's people at Google", () => {
  test("ask for the cluster's address on the project, and for nothing else there", () => {
    expect(onlyResource(synth(), "google_project_iam_member")).toEqual({
      project: "acme-ml",
      role: "roles/container.clusterViewer",
      member: "group:ml-research@acme.example",
    });
  });

  test("read the view of their own log bucket, never the project's logs", () => {
    expect(onlyResource(synth(), "google_logging_log_view_iam_member")).toMatchObject({
      parent: "projects/acme-ml",
      location: "us-central1",
      bucket: "flyte-prod-team-research",
      name: "tasks",
      role: "roles/logging.viewAccessor",
      member: "group:ml-research@acme.example",
      depends_on: ["google_logging_log_view.people_view_359009A2"],
    });
  });

  test("find there what their own namespaces write in this cluster", () => {
    const json = synth();
    const [bucket] = Object.keys(resources(json, "google_logging_project_bucket_config"));
    expect(onlyResource(json, "google_logging_project_sink")).toMatchObject({
      destination: `logging.googleapis.com/\${google_logging_project_bucket_config.${bucket}.id}`,
      filter:
        'resource.type=("k8s_container" OR "k8s_pod") AND resource.labels.cluster_name="flyte-prod-cluster" AND resource.labels.namespace_name=("vision-development" OR "vision-production")',
    });
    expect(onlyResource(json, "google_logging_project_bucket_config")).toMatchObject({ retention_days: 30 });
  });

  test("are told the address of the Logs Explorer with that view chosen", () => {
    const urls: string[] = [];
    synthGoogleStack((stack) => urls.push(new TeamPeople(stack, "people", minimal).logsUrl));
    expect(urls).toEqual([
      "https://console.cloud.google.com/logs/query;storageScope=storage,projects%2Facme-ml%2Flocations%2Fus-central1%2Fbuckets%2Fflyte-prod-team-research%2Fviews%2Ftasks?project=acme-ml",
    ]);
  });
});

describe("the props", () => {
  test("fail all at once", () => {
    expect(messageOf({ name: "a b", group: "group:x@y.example", namespaces: [], retentionDays: 0 })).toBe(
      [
        "test/people has 4 problems:",
        '- name must be 1 to 100 letters, digits, hyphens and underscores, got "a b"',
        '- group must be the address of a Google group, got "group:x@y.example"',
        "- namespaces must name at least one, got none; the sink would copy nothing",
        "- retentionDays must be a whole number from 1 to 3650, got 0",
      ].join("\n"),
    );
  });

  test.each([
    [287, ""],
    [288, "namespaces must fit into a sink's filter of 20000 characters, got"],
  ])("%d namespaces of 63 characters", (count, message) => {
    const namespaces = Array.from({ length: count }, (_, index) => String(index).padStart(63, "n"));
    expect(messageOf({ namespaces })).toContain(message);
    expect(messageOf({ namespaces }) === "").toBe(message === "");
  });
});
