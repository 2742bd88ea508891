import type { Context } from "../context";
import { UserError } from "../exit";
import type { Product } from "../google/products";

/** Work of Google's that goes on after its answer. */
export interface Operation {
  readonly name?: string;
  readonly done?: boolean;
  readonly error?: { readonly message?: string };
}

const LIMIT = 120_000;

/** Waits until an operation of `product` has ended well. `what` begins the error: "the APIs can't be switched on". */
export async function finished(
  { google, sleep, now }: Pick<Context, "google" | "sleep" | "now">,
  product: Product,
  begun: Operation,
  what: string,
): Promise<void> {
  let operation = begun;
  for (const deadline = now() + LIMIT; operation.done !== true && operation.name;) {
    // Google's word for "nothing to do": an operation that can't be asked about.
    if (operation.name.endsWith("DONE_OPERATION")) return;
    if (now() > deadline)
      throw new UserError(`${what}: not done after two minutes; run the same command again`);
    await sleep(2_000);
    operation = await google.request<Operation>({ product, path: operation.name });
  }
  if (operation.error)
    throw new UserError(`${what}: ${operation.error.message ?? "Google does not say why"}`);
}
