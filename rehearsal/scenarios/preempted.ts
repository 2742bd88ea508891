/** Reasons of Kueue's for stopping a task whose quota another one gets; the second when it is just letting the pod go. */
export const preempted: readonly string[] = ["Preempted", "NoMatchingWorkload"];
