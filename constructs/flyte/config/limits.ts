import type { Values } from "../values";

const MIB = 1024 * 1024;

/**
 * The most that a task's inputs or its outputs may be as data, MiB; files and tables are links, and count little. Every
 * worker of the engine may hold as much, several times over.
 */
export const largestDataMib = 10;

/**
 * The most that one message between a client and Flyte, or between parts of Flyte, may be, MiB: such data, and what is said
 * about it. gRPC's own 4 MiB start no execution with inputs that the storage would take, and remember no outputs of a
 * cached task that the engine took; a dynamic task of some thousand nodes can't report what it is made of.
 */
const largestMessageMib = 16;

/**
 * Inputs, and outputs, from this size on reach a client as a link and not in the answer. Both in one answer, and what is
 * said about them, stay below the 4 MiB that a gRPC client takes which nobody told otherwise: flytekit's.
 */
const largestInAnswer = 1.5 * MIB;

/** How much may wait, and how large what people and the engine hand to the API may be. */
export const apiLimits = {
  flyteadmin: {
    // Every task that waits in a queue counts, not only those that run: at Flyte's 25, thirty that wait for a GPU keep all
    // other nodes of their execution from starting. Kueue limits what runs; this, what a runaway loop may throw at it.
    maxParallelism: 1000,
    // Else both are parts of an object of Kubernetes, which takes 1.5 MiB.
    useOffloadedWorkflowClosure: true,
    useOffloadedInputs: true,
  },
  server: { grpc: { maxMessageSizeBytes: largestMessageMib * MIB } },
} satisfies Values;

export const remoteDataLimits = { maxSizeInBytes: largestInAnswer } satisfies Values;

/** The engine as a client of the API. */
export const apiClientLimits = { maxMessageSizeBytes: largestMessageMib * MIB } satisfies Values;

/** The catalog of cached outputs: a message holds them all. */
export const catalogLimits = { grpcMaxRecvMsgSizeMBs: largestMessageMib } satisfies Values;

/** The engine as a client of the catalog has no other setting than gRPC's own (github.com/grpc/grpc/blob/master/doc/service_config.md). */
export const catalogClientLimits = {
  "default-service-config": JSON.stringify({
    methodConfig: [{ name: [{}], maxResponseMessageBytes: largestMessageMib * MIB }],
  }),
} satisfies Values;
