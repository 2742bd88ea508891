import { running, type Stacks } from "./fixture";

/** Four stacks in the shape of an environment, each with one resource; quick. */
export const environment: Stacks = {
  foundation: {
    data: { network: { input: "1" } },
    outputs: { network: { value: "${terraform_data.network.output}" } },
  },
  data: { after: ["foundation"], data: { database: { input: "1" } } },
  cluster: { after: ["foundation"], data: { cluster: { input: "1" } } },
  platform: { after: ["data", "cluster"], data: { flyte: { input: "1" } } },
};

export const foundation: Stacks = {
  foundation: { data: { network: { input: "1" } } },
};

/** One stack that makes something, then is under way for some seconds, then makes something else. */
export const waiting = (seconds: number): Stacks => ({
  foundation: {
    data: {
      first: { input: "1" },
      second: {
        ...running(`echo $PPID > "$FAULT_FILE"; sleep ${seconds}`),
        depends_on: ["terraform_data.first"],
      },
      third: { input: "3", depends_on: ["terraform_data.second"] },
    },
  },
});

/** What `waiting` makes, as the state names it. */
export const allThree = ["terraform_data.first", "terraform_data.second", "terraform_data.third"];
