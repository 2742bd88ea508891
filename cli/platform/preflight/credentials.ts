import type { Context } from "../context";
import { UserError } from "../exit";
import { type Finding, found, refused } from "./finding";

/** There is somebody to ask Google as. */
export async function checkCredentials({ google }: Context): Promise<Finding> {
  try {
    await google.token();
    return found("credentials", "there");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [text = "", fix = ""] = error.message.split("; run: ");
    return refused("credentials", text.replace("credentials ", ""), fix);
  }
}
